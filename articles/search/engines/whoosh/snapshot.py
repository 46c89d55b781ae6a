"""One state of the index as arrays over all its articles. It never changes; a commit makes a new one.

Whatever can be worked out of one segment is worked out there, once; here it is only joined.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .links import together
from .schema import FACTS, LINKS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .codec import Numbers
    from .links import AllLinks, Links, Mask
    from .numbering import Numbering, Numberings
    from .segment import Segment


class Snapshot:
    """Documents are numbered from 0 over all segments, deleted ones too; `alive` says which count."""

    def __init__(self, segments: list[tuple[Segment, list[int]]], numberings: Numberings) -> None:
        self._numberings = numberings
        self.segments = [segment for segment, _ in segments]
        counts = [segment.count for segment in self.segments]
        self.bases = np.cumsum([0, *counts])[:-1].tolist() if counts else []
        self.count = sum(counts)
        self.alive: Mask = np.ones(self.count, dtype=np.bool_)
        for base, (_, deleted) in zip(self.bases, segments, strict=True):
            self.alive[[base + number for number in deleted]] = False
        self.alive_count = int(self.alive.sum())
        self._followed: dict[str, tuple[Mapping[int, int], AllLinks]] = {}

    @cached_property
    def facts(self) -> NDArray[Any]:
        """A row of FACTS for each document."""
        return np.concatenate([s.facts for s in self.segments]) if self.segments else np.zeros(0, FACTS)

    @cached_property
    def articles(self) -> Numbers:
        """Ids of articles."""
        return self._joined([s.articles for s in self.segments])

    @cached_property
    def dates(self) -> Numbers:
        """Days of printing, as date.toordinal()."""
        return self._joined([s.dates for s in self.segments])

    @cached_property
    def papers(self) -> Numbers:
        """Ids of papers."""
        return self._joined([s.papers for s in self.segments])

    @cached_property
    def pages(self) -> Numbers:
        """Numbers of pages."""
        return self._joined([s.pages for s in self.segments])

    @staticmethod
    def _joined(parts: list[NDArray[Any]]) -> NDArray[Any]:
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)

    def postings(self, field: str, term: str) -> tuple[Numbers, Numbers | None]:
        """Documents that hold the term, ascending, with counts (None: all 1); deleted ones among them."""
        found: list[Numbers] = []
        counts: list[Numbers | None] = []
        for base, segment in zip(self.bases, self.segments, strict=True):
            postings = segment.postings(field, term)
            if postings is not None:
                found.append(postings[0] + base if base else postings[0])
                counts.append(postings[1])
        if not found:
            return np.zeros(0, dtype=np.int64), None
        if len(found) == 1:
            return found[0], counts[0]
        if all(count is None for count in counts):
            return np.concatenate(found), None
        filled = [np.ones(len(d), np.int64) if c is None else c for d, c in zip(found, counts, strict=True)]
        return np.concatenate(found), np.concatenate(filled)

    def holding(self, text: str, *, in_headline: bool) -> Numbers:
        """Documents, ascending, that hold the normalised string in one of their texts, or in the headline; deleted
        ones among them."""
        held = [np.zeros(0, dtype=np.int64)]
        for base, segment in zip(self.bases, self.segments, strict=True):
            held.append(segment.strings.holding(text, in_headline=in_headline) + base)
        return np.concatenate(held)

    @cached_property
    def lengths(self) -> NDArray[np.float64]:
        """Words of each document, as scoring counts them: a headline's words weigh more."""
        return self._joined([s.lengths for s in self.segments])

    @cached_property
    def mean_length(self) -> float:
        """Over living documents; at least 1."""
        if not self.alive_count:
            return 1.0
        total = sum(s.length for s in self.segments) - int(self.lengths[~self.alive].sum())
        return max(total / self.alive_count, 1.0)

    @cached_property
    def links(self) -> dict[str, AllLinks]:
        """Links of each kind."""
        return {name: self._together(name, [segment.links(name) for segment in self.segments]) for name in LINKS}

    def links_following(self, name: str, merged: Mapping[int, int]) -> AllLinks:
        """Links of a kind with the records that live on; worked out again when another record was merged."""
        if not merged:
            return self.links[name]
        kept = self._followed.get(name)
        if kept is None or kept[0] != merged:
            own = dict(merged)
            followed = [segment.links_following(name, own) for segment in self.segments]
            kept = self._followed[name] = own, self._together(name, followed)
        return kept[1]

    def _together(self, name: str, links: list[Links]) -> AllLinks:
        return together(self._numberings.records[name], links)

    @cached_property
    def sections(self) -> tuple[list[str], Numbers]:
        """Names of sections, perhaps more than are there, and the number of each document's."""
        return self._named(self._numberings.sections, [s.sections for s in self.segments])

    @cached_property
    def paper_names(self) -> tuple[list[str], Numbers]:
        """Ids of papers as text, and the number of each document's."""
        return self._named(self._numberings.papers, [s.paper_names for s in self.segments])

    @cached_property
    def months(self) -> tuple[list[str], Numbers]:
        """Months (YYYY-MM), perhaps more than articles were printed in, and the number of each document's."""
        return self._named(self._numberings.months, [s.months for s in self.segments])

    def _named(self, numbering: Numbering[str], rows: list[NDArray[np.int32]]) -> tuple[list[str], Numbers]:
        return list(numbering.values), self._joined(rows)

    @cached_property
    def oldness(self) -> Numbers:
        """The smaller, the later the day, and of one day the later the article; no two living documents have one."""
        return self._joined([s.oldness for s in self.segments])
