"""Which records articles are linked to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .codec import Numbers
    from .numbering import Records

Mask = NDArray[np.bool_]
LARGE = 1_000  # documents


@dataclass(frozen=True)
class Links:
    """Which records the articles are linked to: the record numbered `numbers[i]` for document `documents[i]`;
    documents ascending. Records that no document is linked to may have numbers too."""

    records: Records
    documents: Numbers
    numbers: NDArray[np.int32]
    count: int  # of all documents

    def of(self, records: Sequence[int]) -> Numbers:
        """Documents that are linked to one of the records; those linked to several stand there several times."""
        ids, _places, _texts = self.records.known
        wanted = np.flatnonzero(np.isin(ids, np.array(records, dtype=np.int64)))
        there, starts, documents = self._by_record
        ends = [*starts[1:].tolist(), len(documents)]
        found = [documents[starts[place] : ends[place]] for place in np.flatnonzero(np.isin(there, wanted)).tolist()]
        return np.concatenate([np.zeros(0, dtype=np.int64), *found])

    @property
    def most(self) -> int:
        """No record has so high a number."""
        there = self._by_record[0]
        return int(there[-1]) + 1 if len(there) else 0

    def add_counts(self, mask: Mask, counts: Numbers) -> None:
        """Add to each record's count, by its number, how many of the documents in the mask are linked to it."""
        chosen = np.flatnonzero(mask)
        if len(chosen) < len(mask) // 16:  # few are looked up
            starts = self._starts[chosen]
            lengths = self._starts[chosen + 1] - starts
            places = np.repeat(starts - (np.cumsum(lengths) - lengths), lengths) + np.arange(lengths.sum())
            counts += np.bincount(self.numbers[places], minlength=len(counts))
            return
        there, starts, documents = self._by_record
        if len(there):
            counts[there] += np.add.reduceat(mask.take(documents, mode="clip"), starts, dtype=np.int32)

    @cached_property
    def _starts(self) -> Numbers:
        """Where each document's links begin, and where the last one's end."""
        return np.concatenate([[0], np.cumsum(np.bincount(self.documents, minlength=self.count))])

    @cached_property
    def _by_record(self) -> tuple[NDArray[np.int32], NDArray[np.intp], Numbers]:
        """Numbers of the records that are linked to, ascending; where the documents of each begin; the documents."""
        order = np.argsort(self.numbers, kind="stable")
        there, starts = np.unique(self.numbers[order], return_index=True)
        return there, starts, self.documents[order]

    def following(self, merged: Mapping[int, int]) -> Links:
        """The same with the records that live on. Of two that became one, an article is linked to it once."""
        there = np.unique(self.numbers)
        ids = self.records.known[0][there].tolist()
        if not any(record in merged for record in ids):
            return self
        living = self.records.of([merged.get(record, record) for record in ids])
        new, per_new = np.unique(living, return_counts=True)
        place = np.searchsorted(there, self.numbers)
        numbers = living[place]
        joined = np.isin(living, new[per_new > 1])[place]
        most = len(self.records.values)
        pairs = np.unique(self.documents[joined] * most + numbers[joined])
        documents = np.concatenate([self.documents[~joined], pairs // most])
        order = np.argsort(documents, kind="stable")
        numbers = np.concatenate([numbers[~joined], (pairs % most).astype(np.int32)])
        return Links(self.records, documents[order], numbers[order], self.count)


@dataclass(frozen=True)
class AllLinks:
    """Links of all documents, in parts that follow each other: each part's first document, and its links."""

    records: Records
    parts: tuple[tuple[int, Links], ...]

    def of(self, records: Sequence[int]) -> Numbers:
        """As of `Links`."""
        return np.concatenate([np.zeros(0, dtype=np.int64), *(own.of(records) + base for base, own in self.parts)])

    def counts(self, mask: Mask) -> Numbers:
        """How many of the documents in the mask are linked to each record, by its number; the last may be left out."""
        counts = np.zeros(max((own.most for _base, own in self.parts), default=0), dtype=np.int64)
        for base, own in self.parts:
            own.add_counts(mask[base : base + own.count], counts)
        return counts


def together(records: Records, segments: Sequence[Links]) -> AllLinks:
    """Links of segments that follow each other. Those of large ones stay as they are, since these seldom change; those
    of small ones between them are joined, so that there are few parts."""
    parts: list[tuple[int, Links]] = []
    small: list[tuple[int, Links]] = []
    base = 0
    for links in segments:
        if links.count >= LARGE:
            parts += _joined(records, small)
            small = []
            parts.append((base, links))
        else:
            small.append((base, links))
        base += links.count
    return AllLinks(records, (*parts, *_joined(records, small)))


def _joined(records: Records, small: list[tuple[int, Links]]) -> list[tuple[int, Links]]:
    if len(small) < 2:
        return small
    first = small[0][0]
    documents = np.concatenate([links.documents + (base - first) for base, links in small])
    numbers = np.concatenate([links.numbers for _base, links in small])
    return [(first, Links(records, documents, numbers, sum(links.count for _base, links in small)))]
