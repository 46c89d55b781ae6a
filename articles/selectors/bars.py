"""Counts over time as bars: by month for a search, by year for a person or a body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
        (
            year,
            tuple(counts.get((year, m), 0) for m in range(1, 13)),
            sum(counts.get((year, m), 0) for m in range(1, 13)),
        )
        for year in range(first, last + 1)
    )
    by_month = len(rows) <= _MOST_YEARS_BY_MONTH
    values = [n for _, months_, _ in rows for n in months_] if by_month else [total for _, _, total in rows]
    return Histogram(bars(values), stretches([(year, total) for year, _, total in rows]), rows, by_month)


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
                )
            )
    return tuple(found)


def stretches(years: Sequence[tuple[int, int]]) -> tuple[Stretch, ...]:
    """Years as links of equal width, several years to a link where one a year would not fit."""
    size = -(-len(years) // _MOST_LABELS) or 1
    parts = [years[at : at + size] for at in range(0, len(years), size)]
    return tuple(Stretch(part[0][0], part[0][0] + size - 1, sum(n for _, n in part)) for part in parts)
