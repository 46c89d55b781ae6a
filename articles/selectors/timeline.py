"""Posts drawn as bands over the years: a band from first to last in print, a tick for every month seen."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .officials import Held

WIDTH = 1000
_MOST_LABELS = 8


@dataclass(frozen=True, slots=True)
class Band:
    """One person in one post, in units of a drawing WIDTH wide."""

    held: Held
    x: float
    width: float
    ticks: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bands over the same years. `labels` are as wide as one another; `lines` are where they begin."""

    labels: tuple[int, ...]
    lines: tuple[float, ...]
    bands: tuple[Band, ...]


def timeline(posts: Sequence[Held]) -> Timeline | None:
    """Draw posts over the years from the first to the last in print; None without any."""
    if not posts:
        return None
    first, last = min(p.first.date.year for p in posts), max(p.last.date.year for p in posts)
    step = -(-(last - first + 1) // _MOST_LABELS)
    years = tuple(range(first, last + 1, step))
    end = first + len(years) * step
    start = datetime.date(first, 1, 1)
    days = (datetime.date(min(end, 9999), 1, 1) - start).days

    def at(date: datetime.date) -> float:
        return round((date - start).days / days * WIDTH, 1)

    bands = []
    for post in posts:
        left, right = at(post.first.date), at(post.last.date)
        ticks = {(seen.date.year, seen.date.month): at(seen.date) for seen in post.seen}
        bands.append(Band(post, left, max(round(right - left, 1), 2), tuple(ticks.values())))
    lines = tuple(round(n * WIDTH / len(years), 1) for n in range(len(years) + 1))
    return Timeline(years, lines, tuple(bands))
