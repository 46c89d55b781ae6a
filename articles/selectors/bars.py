"""Counts over time as bars: by month for a search, by year for a person or a body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Mapping, Sequence

    from articles.search.criteria import FacetCount

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
    value: int = 0
    place: int = 0  # which value of all it is, from 0


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
class Month:
    """A month under its bar; `chosen` when the question asks for its days only."""

    year: int
    month: int
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars by month, or by year where there are many years; the same numbers as rows of a table.

    `year` is set where the bars are the twelve `months` of one year. With bars by month over several years, `months`
    has them all, so that a bar leads to its month.
    """

    bars: tuple[Bar, ...]
    stretches: tuple[Stretch, ...]
    rows: tuple[tuple[int, tuple[int, ...], int], ...]  # year, twelve months, sum
    by_month: bool
    year: int | None = None
    months: tuple[Month, ...] = ()

    @property
    def monthly_bars(self) -> tuple[tuple[Bar, Month], ...]:
        """Each bar with its month."""
        return tuple((bar, self.months[bar.place]) for bar in self.bars) if self.by_month else ()


def histogram(
    months: Iterable[FacetCount], since: datetime.date | None = None, until: datetime.date | None = None
) -> Histogram | None:
    """Draw the counts of a months facet, nearer where the question asks for a year or for some years; None where
    there is nothing to compare."""
    counts = {(int(m.value[:4]), int(m.value[5:7])): m.count for m in months}
    if not counts:
        return None
    first, last = min(counts)[0], max(counts)[0]
    rows = tuple(_row(year, counts) for year in range(first, last + 1))
    near_first = min(max(first, since.year), last) if since else first
    near_last = max(min(last, until.year), first) if until else last
    near = [row for row in rows if near_first <= row[0] <= near_last] or list(rows)
    by_month = len(near) <= _MOST_YEARS_BY_MONTH
    told = tuple(
        Month(year, number, count, _asked_for(year, number, since, until))
        for year, counted, _ in near
        for number, count in enumerate(counted, 1)
    )
    values = [month.count for month in told] if by_month else [total for _, _, total in near]
    return Histogram(
        bars=bars(values),
        stretches=stretches([(year, total) for year, _, total in near]),
        rows=rows,
        by_month=by_month,
        year=near[0][0] if len(near) == 1 else None,
        months=told if by_month else (),
    )


def _row(year: int, counts: Mapping[tuple[int, int], int]) -> tuple[int, tuple[int, ...], int]:
    months = tuple(counts.get((year, month), 0) for month in range(1, 13))
    return year, months, sum(months)


def _asked_for(year: int, month: int, since: datetime.date | None, until: datetime.date | None) -> bool:
    """The days asked for lie in this month."""
    if since is None or until is None:
        return False
    return (since.year, since.month) == (until.year, until.month) == (year, month)


def by_years(years: Sequence[tuple[int, int]]) -> Histogram | None:
    """Draw counts by year; None where there are none."""
    if not years:
        return None
    return Histogram(bars([count for _, count in years], gap=0.4), stretches(years), (), False)


def bars(values: Sequence[int], gap: float = 0.3) -> tuple[Bar, ...]:
    """Bars side by side over the whole width; the highest value fills the height, an empty one has no bar."""
    most, step = max(values, default=0), WIDTH / max(len(values), 1)
    found = []
    for n, value in enumerate(values):
        if value:
            height = max(value / most * (HEIGHT - 2), 2)
            found.append(
                Bar(
                    round((n + gap / 2) * step, 2),
                    round(HEIGHT - height, 2),
                    round((1 - gap) * step, 2),
                    round(height, 2),
                    value,
                    n,
                )
            )
    return tuple(found)


def stretches(years: Sequence[tuple[int, int]]) -> tuple[Stretch, ...]:
    """Years as links of equal width, several years to a link where one a year would not fit."""
    size = -(-len(years) // _MOST_LABELS) or 1
    parts = [years[at : at + size] for at in range(0, len(years), size)]
    return tuple(Stretch(part[0][0], part[0][0] + size - 1, sum(n for _, n in part)) for part in parts)
