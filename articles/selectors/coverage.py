"""What print says of a person or a body: the sentences, the names that it goes by, what it signed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count

from articles.models import TEXT, Article, Byline, Mention, Organisation, Person
from articles.search import FoundArticle
from articles.search.rows import PLACES, as_day, compiled, rows_of

from .answers import bylines_of
from .tenures import Evidence

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from django.db.models import QuerySet

    from articles.search.rows import Compiled

_SENTENCE_END = re.compile(r"[。！？；!?;](?:[”’」』）)])*")
_LONGEST = 60  # characters on either side of a name before a sentence is cut
_SIGNED = 10  # articles that a person signed
_NAMES = 20  # other names of a body


@dataclass(frozen=True, slots=True)
class Sentence:
    """The sentence that names a record, in three pieces."""

    before: str
    name: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """An article that names a record: the sentence that does, and who signed."""

    article: FoundArticle
    sentence: Sentence | None
    bylines: Sequence[Byline]


class Placed(NamedTuple):
    """Where an article names a record, as a mention has it."""

    article: int
    record: int
    paragraph: int
    start: int
    end: int
    surface: str


def signed_by(person: Person) -> list[Evidence]:
    """The latest published articles that a person signed, newest first, and no more than a page shows."""
    rows = rows_of(_signed(), [person.pk])
    return [Evidence(pk, headline, as_day(date)) for pk, headline, date in rows]


@cache
def _signed() -> Compiled:
    signed = Byline.objects.filter(person=PLACES[0]).values("article")
    articles = Article.objects.published().filter(pk__in=signed)
    newest = articles.order_by("-page__issue__date", "page__number", "position", "pk")
    return compiled(newest.values_list("pk", "headline", "page__issue__date")[:_SIGNED])


def named_last(mentions: QuerySet[Mention]) -> Article | None:
    """The newest article in which one of the mentions stands."""
    named = Article.objects.filter(pk__in=mentions.values("article"))
    return named.with_place().order_by("-page__issue__date", "-pk").first()


def told_of(record: Person | Organisation, ids: Sequence[int]) -> list[Told]:
    """These published articles in the order given, each with the first sentence of its text that names the record."""
    known = {row[0]: row for row in rows_of(_articles(), ids)}
    places, bylines = _places(record, ids), bylines_of(ids)
    found = []
    for pk in ids:
        if pk in known:
            date, *told, text = known[pk][1:]
            paragraphs = [line for line in text.split("\n") if line.strip()]
            sentence = sentence_naming(paragraphs, places.get(pk, ()))
            found.append(Told(FoundArticle(pk, as_day(date), *told), sentence, bylines[pk]))
    return found


@cache
def _articles() -> Compiled:
    issue = "page__issue__"
    told = ("pk", f"{issue}date", "kicker", "headline", f"{issue}edition", f"{issue}paper", f"{issue}paper__name")
    articles = Article.objects.published().filter(pk__in=PLACES).order_by()
    return compiled(articles.values_list(*told, "page__number", "page__section", "continued", TEXT))


def sentences(record: Person | Organisation, articles: Sequence[Article]) -> dict[int, Sentence]:
    """For each article, whatever its status, the first sentence of the text that names the record."""
    places = _places(record, [article.pk for article in articles])
    told = {article.pk: sentence_naming(article.paragraphs, places.get(article.pk, ())) for article in articles}
    return {pk: sentence for pk, sentence in told.items() if sentence}


def _places(record: Person | Organisation, articles: Sequence[int]) -> dict[int, list[Placed]]:
    found: dict[int, list[Placed]] = {}
    for row in rows_of(_mentions("person" if isinstance(record, Person) else "organisation"), articles):
        if row[1] == record.pk:
            found.setdefault(row[0], []).append(Placed(*row))
    return found


@cache
def _mentions(kind: str) -> Compiled:
    named = Mention.objects.settled().filter(article__in=PLACES, **{f"{kind}__isnull": False})
    in_order = named.order_by("article_id", "paragraph", "start")
    return compiled(in_order.values_list("article", kind, "paragraph", "start", "end", "surface"))


def sentence_naming(paragraphs: Sequence[str], mentions: Collection[Mention | Placed]) -> Sentence | None:
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


def names_printed(organisation: Organisation) -> list[str]:
    """Other names under which published articles print a body, the most frequent first."""
    surfaces = [surface for (surface, _) in rows_of(_surfaces(), [organisation.pk]) if surface != organisation.name]
    return surfaces[:_NAMES]


@cache
def _surfaces() -> Compiled:
    named = Mention.objects.settled().in_published().filter(organisation=PLACES[0])
    counted = named.order_by().values_list("surface").annotate(n=Count("pk")).order_by("-n", "surface")
    return compiled(counted[: _NAMES + 1])
