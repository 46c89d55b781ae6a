"""The published articles that name a record, newest first: counted and put in order along its mentions alone."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, overload

from articles.models import Article, Mention, Organisation, Person
from articles.search.rows import PLACES, as_day, compiled, rows_of

from .stories import with_bylines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from articles.search.rows import Compiled

RECENT = 200  # articles that are looked at one by one: for what an official did, and with whom


@dataclass(frozen=True, slots=True)
class Span:
    """How often, and first and last in print, with the ids of those articles."""

    count: int
    first: datetime.date | None = None
    last: datetime.date | None = None
    first_id: int | None = None
    last_id: int | None = None


@dataclass(frozen=True, slots=True)
class Headed:
    """An article by its headlines."""

    article_id: int
    kicker: str
    headline: str
    subtitle: str
    date: datetime.date


class Appearances:
    """A sequence of articles, fetched slice by slice; doubtful and rejected mentions and unpublished articles left out.

    One query puts their ids and days in order; counts are read from that.
    """

    def __init__(self, record: Person | Organisation) -> None:
        self._record = record

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, key: int) -> Article: ...
    @overload
    def __getitem__(self, key: slice) -> list[Article]: ...
    def __getitem__(self, key: int | slice) -> Article | list[Article]:
        if isinstance(key, int):
            return self[key : key + 1][0]
        ids = [pk for pk, _ in self._rows[key]]
        known = Article.objects.with_place().prefetch_related(with_bylines()).in_bulk(ids)
        return [known[pk] for pk in ids if pk in known]

    def __iter__(self) -> Iterator[Article]:
        return iter(self[:])

    @property
    def ids(self) -> list[int]:
        """Their ids."""
        return [pk for pk, _ in self._rows]

    @property
    def span(self) -> Span:
        """How often, and first and last in print."""
        if not self._rows:
            return Span(0)
        (last_id, last), (first_id, first) = self._rows[0], self._rows[-1]
        return Span(len(self._rows), first, last, first_id, last_id)

    @property
    def years(self) -> list[tuple[int, int]]:
        """Years from the first to the last with the number of articles, years without any too."""
        counts = Counter(day.year for _, day in self._rows)
        return [(y, counts[y]) for y in range(min(counts), max(counts) + 1)] if counts else []

    @cached_property
    def recent(self) -> list[Headed]:
        """The latest articles, RECENT at most."""
        newest = self._rows[:RECENT]
        known: dict[int, tuple[int, str, str, str]] = {
            row[0]: row for row in rows_of(_heads(), [pk for pk, _ in newest])
        }
        return [Headed(*known[pk], day) for pk, day in newest if pk in known]

    @property
    def only_recent(self) -> int:
        """How many of the latest are looked at, where there are more; else 0."""
        return RECENT if len(self) > RECENT else 0

    @cached_property
    def _rows(self) -> list[tuple[int, datetime.date]]:
        found = list(set(rows_of(_places(type(self._record)), [self._record.pk])))
        # Put in order here: in the database it takes two sorts, one of them to find what is twice.
        found.sort()
        found.sort(key=itemgetter(3), reverse=True)
        days = {day: as_day(day) for day in {row[3] for row in found}}
        return [(pk, days[day]) for _, _, pk, day in found]


@cache
def _places(model: type[Person] | type[Organisation]) -> Compiled:
    """Number of the page, position on it, article and day."""
    record = "person" if model is Person else "organisation"
    mentions = Mention.objects.settled().in_published().filter(**{record: PLACES[0]}).order_by()
    where = ("article__page__number", "article__position", "article", "article__page__issue__date")
    return compiled(mentions.values_list(*where))


@cache
def _heads() -> Compiled:
    articles = Article.objects.filter(pk__in=PLACES).order_by()
    return compiled(articles.values_list("pk", "kicker", "headline", "subtitle"))
