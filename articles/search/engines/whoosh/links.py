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
_FEW = 8  # records: each is looked for on its own


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
        ids, _places = self.records.known
        numbers = np.flatnonzero(np.isin(ids, np.array(records, dtype=np.int64)))
        if len(numbers) > _FEW:
            return self.documents[np.isin(self.numbers, numbers)]
        found = [self.documents[self.numbers == number] for number in numbers.tolist()]
        return np.concatenate([np.zeros(0, dtype=np.int64), *found])

    def counts(self, mask: Mask) -> Numbers:
        """How many of the documents in the mask are linked to each record, by its number; the last may be left out."""
        chosen = np.flatnonzero(mask)
        if len(chosen) < len(mask) // 10:  # few are looked up
            starts = self._starts[chosen]
            lengths = self._starts[chosen + 1] - starts
            places = np.repeat(starts - (np.cumsum(lengths) - lengths), lengths) + np.arange(lengths.sum())
            return np.bincount(self.numbers[places], minlength=self._most)
        there = mask[self.documents]
        if len(chosen) > len(mask) // 2:  # fewer are left out
            return self._totals - np.bincount(self.numbers[~there], minlength=self._most)
        return np.bincount(self.numbers[there], minlength=self._most)

    @cached_property
    def _starts(self) -> Numbers:
        """Where each document's links begin, and where the last one's end."""
        return np.concatenate([[0], np.cumsum(np.bincount(self.documents, minlength=self.count))])

    @cached_property
    def _totals(self) -> Numbers:
        return np.bincount(self.numbers, minlength=self._most)

    @cached_property
    def _most(self) -> int:
        return len(self.records.known[0])

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


def joined(records: Records, parts: Sequence[tuple[int, Links]]) -> Links:
    """Links of several segments as one, each given with its first document's number."""
    documents = [links.documents + base for base, links in parts]
    numbers = [links.numbers for _base, links in parts]
    return Links(
        records,
        np.concatenate([np.zeros(0, dtype=np.int64), *documents]),
        np.concatenate([np.zeros(0, dtype=np.int32), *numbers]),
        sum(links.count for _base, links in parts),
    )
