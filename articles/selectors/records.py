"""Authority records as editors work on them: drafts and doubtful mentions count too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from articles.models import Article, Mention, Organisation, OutboxEntry, Person, PrintedPost, RecordChange

from .coverage import Sentence, sentences
from .tenures import Held, held, on_the_desk

if TYPE_CHECKING:
    from django.db.models import QuerySet

    Record = Person | Organisation

_MOST = 200  # articles shown for choosing


@dataclass(frozen=True, slots=True)
class Naming:
    """An article that names the record, with its sentence and the posts printed there."""

    article: Article
    sentence: Sentence | None
    posts: tuple[str, ...]
    in_doubt: bool


def records_called(model: type[Person] | type[Organisation], text: str) -> QuerySet[Person] | QuerySet[Organisation]:
    """Living records whose name, other name or pinyin has the text in it, by pinyin; all without one."""
    records = model._default_manager.filter(merged_into__isnull=True)
    text = "".join(text.split())
    if text:
        spoken = Q(initials__istartswith=text) if text.isascii() else Q()
        records = records.filter(Q(name__contains=text) | Q(other_names__name__contains=text) | spoken).distinct()
    return records.annotate(printed=Count("mentions__article", distinct=True)).order_by("pinyin", "name", "pk")


def namings(record: Record) -> list[Naming]:
    """Articles that name the record, newest first, whatever their status."""
    mentions = Mention.objects.of(record).exclude(status=Mention.Status.REJECTED)
    articles = list(
        Article.objects.filter(pk__in=mentions.values("article"))
        .with_place()
        .order_by("-page__issue__date", "page__number", "position", "pk")[:_MOST]
    )
    said = sentences(record, articles)
    doubtful = set(mentions.doubtful().filter(article__in=articles).values_list("article", flat=True))
    posts: dict[int, dict[str, None]] = {}
    printed = PrintedPost.objects.filter(mention__in=mentions.filter(article__in=articles))
    for article, text in printed.values_list("mention__article", "text"):
        posts.setdefault(article, {})[text] = None
    return [Naming(a, said.get(a.pk), tuple(posts.get(a.pk, ())), a.pk in doubtful) for a in articles]


def seen_posts(person: Person) -> list[Held]:
    """Posts printed beside a name, earliest first, in drafts and doubtful mentions too."""
    return held(on_the_desk().filter(mention__person=person))


def still_to_follow() -> int:
    """Articles whose entries in the search are still to be brought up to date, after a split of thousands for a while."""
    return OutboxEntry.objects.values("article_id").distinct().count()


def namesakes(record: Record) -> list[Record]:
    """Other living records of the same name."""
    others = type(record)._default_manager.filter(name=record.name, merged_into__isnull=True, rejected=False)
    return list(others.exclude(pk=record.pk).order_by("pk"))


def changes_about(record: Record) -> QuerySet[RecordChange]:
    """What was done to a record, newest first."""
    return RecordChange.objects.about(record).select_related(
        "person", "other_person", "organisation", "other_organisation", "actor", "undone_by"
    )
