"""The imposing stone: what every gesture on a page begins and ends with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from articles.models import Article, Page
from articles.services.makeup import GestureRefusedError, Makeup

if TYPE_CHECKING:
    from collections.abc import Iterable


class StalePageError(Exception):
    """Another editor changed the page since this one saw it. Nothing was changed."""


def locked_page(page: Page, version: int | None) -> Page:
    """The page's row, locked. Raises StalePageError where it is no longer the version that the editor saw."""
    locked = Page.objects.select_for_update().select_related("issue").get(pk=page.pk)
    if version is not None and locked.version != version:
        raise StalePageError
    return locked


def living_article(makeup: Makeup, pk: int) -> Article:
    """An article of the page that was not merged away."""
    article = makeup.articles.get(pk)
    if article is None or article.merged_into_id:
        raise GestureRefusedError(_("找不到这篇稿件，可能已经合并，请刷新后再试"))
    return article


def new_article(makeup: Makeup) -> Article:
    """A draft behind the others. Its row stands before it is filled, so that pieces can name it."""
    position = max((article.position + 1 for article in makeup.articles.values()), default=0)
    article = Article.objects.create(page=makeup.page, origin=Article.Origin.DESK, position=position)
    makeup.articles[article.pk] = article
    return article


def recompose(makeup: Makeup, touched: Iterable[int], heir: int | None) -> None:
    """Texts of the articles that lines left or joined. A draft left empty goes, or points to where its lines went."""
    for pk in touched:
        article = makeup.articles[pk]
        makeup.compose(article)
        if makeup.of(pk) or article.status != Article.Status.DRAFT:
            continue
        if heir is not None and heir != pk:
            bury(makeup, article, heir)
        else:
            gone = [article, *_buried_in(makeup, pk)]
            if all(each.published_at is None for each in gone):
                for each in gone:
                    del makeup.articles[each.pk]


def _buried_in(makeup: Makeup, pk: int) -> list[Article]:
    """Articles that were joined to this one, also by way of others."""
    direct = [article for article in makeup.articles.values() if article.merged_into_id == pk]
    return direct + [each for article in direct for each in _buried_in(makeup, article.pk)]


def bury(makeup: Makeup, article: Article, heir: int) -> None:
    """An article's row stays and points to the one that has its lines now."""
    makeup.compose(article)
    article.status, article.merged_into_id = Article.Status.WITHDRAWN, heir
    article.withdrawal_reason = _("并入另一篇")
