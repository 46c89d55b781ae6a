"""What a page of search results shows beside the hits: posts of the time, months as bars, ways out of no result."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from articles.models import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from articles.search.criteria import Criteria, FacetCount, Reading

_MOST_YEARS_BY_MONTH = 12  # beyond, a month is too thin a bar
_MOST_LABELS = 10
HEIGHT = 72
WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the histogram in units of the drawing, WIDTH by HEIGHT."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """Years under the bars that one link covers."""

    first: int
    last: int
    count: int

    @property
    def date_from(self) -> str:
        """ISO date of the first day."""
        return f"{self.first:04}-01-01"

    @property
    def date_to(self) -> str:
        """ISO date of the last day."""
        return f"{self.last:04}-12-31"


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars by month, or by year where there are many years; the same numbers as rows of a table."""

    bars: tuple[Bar, ...]
    stretches: tuple[Stretch, ...]
    rows: tuple[tuple[int, tuple[int, ...], int], ...]  # year, twelve months, sum
    by_month: bool


def histogram(months: Iterable[FacetCount]) -> Histogram | None:
    """Draw the counts of a months facet; None where there is nothing to compare."""
    counts = {(int(m.value[:4]), int(m.value[5:7])): m.count for m in months}
    if not counts:
        return None
    first, last = min(counts)[0], max(counts)[0]
    rows = tuple(
        (year, tuple(counts.get((year, m), 0) for m in range(1, 13)), sum(counts.get((year, m), 0) for m in range(1, 13)))
        for year in range(first, last + 1)
    )
    by_month = len(rows) <= _MOST_YEARS_BY_MONTH
    values = [n for _, months_, _ in rows for n in months_] if by_month else [total for _, _, total in rows]
    return Histogram(bars(values), stretches([(year, total) for year, _, total in rows]), rows, by_month)


def bars(values: Sequence[int], gap: float = 0.3) -> tuple[Bar, ...]:
    """Bars side by side over the whole width; the highest value fills the height, an empty one has no bar."""
    most, step = max(values, default=0), WIDTH / max(len(values), 1)
    found = []
    for n, value in enumerate(values):
        if value:
            height = max(value / most * (HEIGHT - 2), 2)
            found.append(
                Bar(round((n + gap / 2) * step, 2), round(HEIGHT - height, 2), round((1 - gap) * step, 2), round(height, 2))
            )
    return tuple(found)


def stretches(years: Sequence[tuple[int, int]]) -> tuple[Stretch, ...]:
    """Years as links of equal width, several years to a link where one a year would not fit."""
    size = -(-len(years) // _MOST_LABELS) or 1
    parts = [years[at : at + size] for at in range(0, len(years), size)]
    return tuple(Stretch(part[0][0], part[0][0] + size - 1, sum(n for _, n in part)) for part in parts)


def posts_of_the_time(criteria: Criteria, reading: Reading, articles: Iterable[int]) -> dict[int, list[tuple[str, list[str]]]]:
    """For each article the people who were asked for, with the posts printed there."""
    asked = Q(person__in=criteria.people) | Q(person__name__in=reading.people)
    mentions = (
        Mention.objects.settled()
        .filter(asked, article__in=list(articles), person__has_profile=True)
        .select_related("person")
        .prefetch_related("posts")
    )
    found: dict[int, dict[str, dict[str, None]]] = {}
    for mention in mentions:
        posts = [post.text for post in mention.posts.all()]
        if posts and mention.person:
            found.setdefault(mention.article_id, {}).setdefault(mention.person.name, {}).update(dict.fromkeys(posts))
    return {article: [(name, list(posts)) for name, posts in people.items()] for article, people in found.items()}


def month_bounds(text: str) -> tuple[datetime.date, datetime.date] | None:
    """First and last day of YYYY or YYYY-MM; None for anything else."""
    year, _, month = text.partition("-")
    if not (year.isascii() and year.isdigit() and len(year) == 4 and 1 <= int(year) <= 9998):
        return None
    if not month:
        return datetime.date(int(year), 1, 1), datetime.date(int(year), 12, 31)
    if not (month.isascii() and month.isdigit() and 1 <= int(month) <= 12):
        return None
    first = datetime.date(int(year), int(month), 1)
    return first, (first.replace(day=28) + datetime.timedelta(days=4)).replace(day=1) - datetime.timedelta(days=1)
