"""Posts drawn as bands over the years: bands where print shows them, a thin line over gaps, a tick for every month."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .tenures import Held

WIDTH = 1000
_MOST_LABELS = 8
_AT_ONCE = 15  # bands drawn before the rest is asked for
_GAP = datetime.timedelta(days=366)  # nothing in print for longer is a gap


@dataclass(frozen=True, slots=True)
class Band:
    """One person in one post, in units of a drawing WIDTH wide: `stretches` are (left, width), `gaps` (left, right)."""

    held: Held
    stretches: tuple[tuple[float, float], ...]
    gaps: tuple[tuple[float, float], ...]
    ticks: tuple[float, ...]

    @property
    def path(self) -> str:
        """All ticks as one SVG path."""
        return "".join(f"M{x} 4V28" for x in self.ticks)

    @property
    def gap_path(self) -> str:
        """All gaps as one SVG path."""
        return "".join(f"M{left} 16H{right}" for left, right in self.gaps)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bands over the same years. `labels` are as wide as one another; `lines` are where they begin."""

    labels: tuple[int, ...]
    lines: tuple[float, ...]
    bands: tuple[Band, ...]

    @property
    def latest(self) -> tuple[Band, ...]:
        """The bands drawn at once: of many, those printed last, in the same order."""
        newest = sorted(self.bands, key=lambda band: band.held.last.date, reverse=True)[:_AT_ONCE]
        kept = {id(band) for band in newest}
        return tuple(band for band in self.bands if id(band) in kept)

    @property
    def is_cut(self) -> bool:
        """Whether there are more bands than are drawn at once."""
        return len(self.bands) > _AT_ONCE

    @property
    def grid(self) -> str:
        """The lines as one SVG path."""
        return "".join(f"M{x} 0V32" for x in self.lines)


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
        runs = _runs([*post.months, post.last.date])
        stretches = [(at(run[0]), max(round(at(run[-1]) - at(run[0]), 1), 2)) for run in runs]
        gaps = [(at(run[-1]), at(following[0])) for run, following in pairwise(runs)]
        bands.append(Band(post, tuple(stretches), tuple(gaps), tuple(at(day) for day in post.months)))
    lines = tuple(round(n * WIDTH / len(years), 1) for n in range(len(years) + 1))
    return Timeline(years, lines, tuple(bands))


def _runs(days: Sequence[datetime.date]) -> list[list[datetime.date]]:
    """Days in print, oldest first, cut where nothing was printed for long."""
    runs: list[list[datetime.date]] = []
    for day in days:
        if runs and day - runs[-1][-1] <= _GAP:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs
