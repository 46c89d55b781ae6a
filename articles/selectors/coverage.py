"""How much is printed about a person or a body: by year, article by article, and with whom."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import CharField, Count, Max, Min, Value
from django.db.models.functions import Cast, Concat, ExtractYear

from articles.models import Article, Mention, Organisation, Person

from .officials import public_organisations, public_people
from .stories import with_bylines
from .tenures import Evidence, evidence_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from articles.models import ArticleQuerySet

_SENTENCE_END = re.compile(r"[。！？；!?;](?:[”’」』）)])*")
_LONGEST = 60  # characters on either side of a name before a sentence is cut


@dataclass(frozen=True, slots=True)
class Sentence:
    """The sentence that names a record, in three pieces."""

    before: str
    name: str
    after: str


@dataclass(frozen=True, slots=True)
class Span:
    """How often, and first and last in print."""

    count: int
    first: datetime.date | None
    last: datetime.date | None


def articles_naming(record: Person | Organisation) -> ArticleQuerySet:
    """Published articles that name a record, newest first."""
    return (
        Article.objects.published()
        .naming(record)
        .with_place()
        .prefetch_related(with_bylines())
        .order_by("-page__issue__date", "page__number", "position", "pk")
    )


def signed_by(person: Person) -> ArticleQuerySet:
    """Published articles that a person signed, newest first."""
    return (
        Article.objects.published()
        .filter(pk__in=person.bylines.values("article"))
        .with_place()
        .prefetch_related(with_bylines())
        .order_by("-page__issue__date", "page__number", "position", "pk")
    )


def span_of(articles: ArticleQuerySet) -> Span:
    """Count, first and last date over articles."""
    found = articles.order_by().aggregate(
        count=Count("pk"), first=Min("page__issue__date"), last=Max("page__issue__date")
    )
    return Span(**found)


def by_year(articles: ArticleQuerySet) -> list[tuple[int, int]]:
    """Years from the first to the last with the number of articles, years without any too."""
    rows = articles.order_by().annotate(y=ExtractYear("page__issue__date")).values_list("y").annotate(Count("pk"))
    counts = dict(rows)
    return [(y, counts.get(y, 0)) for y in range(min(counts), max(counts) + 1)] if counts else []


def sentences(record: Person | Organisation, articles: Iterable[Article]) -> dict[int, Sentence]:
    """For each article the first sentence of the body that names the record."""
    articles = list(articles)
    mentions = (
        Mention.objects.settled().of(record).filter(article__in=articles).order_by("article", "paragraph", "start")
    )
    by_article: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_article.setdefault(mention.article_id, []).append(mention)
    found = {}
    for article in articles:
        sentence = sentence_naming(article.paragraphs, by_article.get(article.pk, ()))
        if sentence:
            found[article.pk] = sentence
    return found


def sentence_naming(paragraphs: Sequence[str], mentions: Iterable[Mention]) -> Sentence | None:
    """The sentence of the first mention that stands in the body; where none has its place, the first that reads so."""
    for mention in mentions:
        if mention.end and 0 <= mention.paragraph < len(paragraphs):
            text = paragraphs[mention.paragraph]
            if text[mention.start : mention.end] == mention.surface:
                return sentence_around(text, mention.start, mention.end)
    for mention in mentions:  # the place is not known, or only the headline names it
        for text in paragraphs:
            start = text.find(mention.surface)
            if start >= 0:
                return sentence_around(text, start, start + len(mention.surface))
    return None


def sentence_around(text: str, start: int, end: int) -> Sentence:
    """The sentence of `text` in which text[start:end] stands; long ones are cut on either side with …"""
    left = max((m.end() for m in _SENTENCE_END.finditer(text, 0, start)), default=0)
    stop = _SENTENCE_END.search(text, end)
    right = stop.end() if stop else len(text)
    before, after = text[left:start].lstrip(), text[end:right].rstrip()
    if len(before) > _LONGEST:
        before = "…" + before[-_LONGEST:]
    if len(after) > _LONGEST:
        after = after[:_LONGEST] + "…"
    return Sentence(before, text[start:end], after)


@dataclass(frozen=True, slots=True)
class Companion:
    """A record named in the same articles as another: how many, and the latest of them."""

    record: Person | Organisation
    count: int
    latest: Evidence


def printed_with(record: Person | Organisation, limit: int = 8) -> list[Companion]:
    """People most often named in the same published articles."""
    return _companions(record, "person", public_people(), limit)


def bodies_with(record: Person | Organisation, limit: int = 8) -> list[Companion]:
    """Bodies most often named in the same published articles."""
    return _companions(record, "organisation", public_organisations(), limit)


def _companions(
    record: Person | Organisation, kind: str, public: QuerySet[Person] | QuerySet[Organisation], limit: int
) -> list[Companion]:
    """Counted over all shared articles; the latest one is looked for only of those who are shown."""
    articles = Mention.objects.settled().in_published().of(record).order_by().values("article").distinct()
    shared = Mention.objects.settled().filter(article__in=articles, **{f"{kind}__isnull": False}).order_by()
    if isinstance(record, Person if kind == "person" else Organisation):
        shared = shared.exclude(**{kind: record})
    rows = shared.values_list(kind).annotate(n=Count("article", distinct=True)).order_by("-n", kind)
    counts = dict(rows[: limit * 4])  # more than are shown: not everyone is public
    records = public.in_bulk(list(counts)) if counts else {}
    shown = [pk for pk in counts if pk in records][:limit]
    day = Cast("article__page__issue__date", CharField())
    newest = Max(Concat(day, Value("|"), Cast("article", CharField()), output_field=CharField()))
    picks = dict(shared.filter(**{f"{kind}__in": shown}).values_list(kind).annotate(newest=newest))
    latest = evidence_of(picks.values())
    return [Companion(records[pk], counts[pk], latest[picks[pk]]) for pk in shown]


def names_printed(organisation: Organisation) -> list[str]:
    """Other names under which published articles print a body, the most frequent first."""
    rows = (
        Mention.objects.settled()
        .in_published()
        .of(organisation)
        .exclude(surface=organisation.name)
        .order_by()
        .values_list("surface")
        .annotate(n=Count("pk"))
        .order_by("-n", "surface")
    )
    return [surface for surface, _ in rows[:20]]
