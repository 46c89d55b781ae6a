"""Atom feeds: what was published last, and what is printed about one person."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.syndication.views import Feed
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article, Person
from articles.selectors import officials
from articles.selectors.appearances import Appearances
from articles.selectors.stories import with_bylines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

_LENGTH = 30  # articles in a feed


class _ArticleFeed(Feed):  # type: ignore[type-arg]
    """Articles as entries: headline, first paragraph, authors, day of print."""

    feed_type = Atom1Feed
    language = "zh-Hans"

    def item_title(self, item: Article) -> str:
        return item.headline

    def item_description(self, item: Article) -> str:
        return Truncator(item.paragraphs[0] if item.paragraphs else "").chars(120)

    def item_link(self, item: Article) -> str:
        return item.get_absolute_url()

    def item_author_name(self, item: Article) -> str | None:
        return " ".join(byline.name for byline in item.bylines.all()) or None

    def item_categories(self, item: Article) -> list[str]:
        return [item.page.issue.paper.name, *([item.page.section] if item.page.section else [])]

    def item_pubdate(self, item: Article) -> datetime.datetime:
        return timezone.make_aware(datetime.datetime.combine(item.date, datetime.time()))

    def item_updateddate(self, item: Article) -> datetime.datetime:
        return item.modified_at


class LatestFeed(_ArticleFeed):
    """The newest printed articles of all papers."""

    title = gettext_lazy("新闻档案：最新稿件")
    subtitle = gettext_lazy("按见报日期，新的在前")

    def link(self) -> str:
        return reverse("articles:home")

    def items(self) -> Iterable[Article]:
        newest = Article.objects.published().with_place().prefetch_related(with_bylines())
        return newest.order_by("-page__issue__date", "page__number", "position", "pk")[:_LENGTH]


class PersonFeed(_ArticleFeed):
    """Articles that name one person; only people with a public page have one."""

    def get_object(self, request: HttpRequest, *args: Any, pk: int, **kwargs: Any) -> Person:
        person = officials.public_people().filter(pk=pk).first()
        if person is None:
            raise Http404
        return person

    def title(self, obj: Person) -> str:
        return _("新闻档案：%(name)s") % {"name": obj}

    def link(self, obj: Person) -> str:
        return obj.get_absolute_url()

    def items(self, obj: Person) -> Iterable[Article]:
        return Appearances(obj)[:_LENGTH]
