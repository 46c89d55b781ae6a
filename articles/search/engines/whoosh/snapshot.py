"""One state of the index as arrays over all its articles. It never changes; a commit makes a new one."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .schema import FACTS, LINKS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .codec import Numbers
    from .segment import Segment

Mask = NDArray[np.bool_]
_FEW = 8  # records: each is looked for on its own


@dataclass(frozen=True)
class Links:
    """Which records the articles are linked to: record `ids[number]` for document `documents[i]`, `numbers[i]`;
    documents ascending."""

    ids: Numbers
    documents: Numbers
    numbers: NDArray[np.int32]
    count: int  # of all documents

    def of(self, records: Sequence[int]) -> Numbers:
        """Documents that are linked to one of the records; those linked to several stand there several times."""
        numbers = np.flatnonzero(np.isin(self.ids, np.array(records, dtype=np.int64)))
        if len(numbers) > _FEW:
            return self.documents[np.isin(self.numbers, numbers)]
        found = [self.documents[self.numbers == number] for number in numbers.tolist()]
        return np.concatenate([np.zeros(0, dtype=np.int64), *found])

    def counts(self, mask: Mask) -> Numbers:
        """How many of the documents in the mask are linked to each record, in the order of `ids`."""
        chosen = np.flatnonzero(mask)
        if len(chosen) < len(mask) // 10:  # few are looked up
            starts = self._starts[chosen]
            lengths = self._starts[chosen + 1] - starts
            places = np.repeat(starts - (np.cumsum(lengths) - lengths), lengths) + np.arange(lengths.sum())
            return np.bincount(self.numbers[places], minlength=len(self.ids))
        there = mask[self.documents]
        if len(chosen) > len(mask) // 2:  # fewer are left out
            return self._totals - np.bincount(self.numbers[~there], minlength=len(self.ids))
        return np.bincount(self.numbers[there], minlength=len(self.ids))

    @cached_property
    def _starts(self) -> Numbers:
        """Where each document's links begin, and where the last one's end."""
        return np.searchsorted(self.documents, np.arange(self.count + 1))

    @cached_property
    def _totals(self) -> Numbers:
        return np.bincount(self.numbers, minlength=len(self.ids))

    @cached_property
    def values(self) -> tuple[list[str], Numbers]:
        """The ids as text, and each one's place among them in order of text."""
        values = [str(one) for one in self.ids.tolist()]
        places = np.empty(len(values), dtype=np.int64)
        places[sorted(range(len(values)), key=values.__getitem__)] = np.arange(len(values))
        return values, places

    def following(self, merged: Mapping[int, int]) -> Links:
        """The same with the records that live on. Of two that became one, an article is linked to it once."""
        living = np.array([merged.get(record, record) for record in self.ids.tolist()], dtype=np.int64)
        ids, number_of = np.unique(living, return_inverse=True)
        numbers = number_of.astype(np.int32)[self.numbers]
        joined = (np.bincount(number_of, minlength=len(ids)) > 1)[numbers]
        pairs = np.unique(self.documents[joined] * len(ids) + numbers[joined])
        documents = np.concatenate([self.documents[~joined], pairs // len(ids)])
        order = np.argsort(documents, kind="stable")
        numbers = np.concatenate([numbers[~joined], (pairs % len(ids)).astype(np.int32)])
        return Links(ids, documents[order], numbers[order], self.count)


class Snapshot:
    """Documents are numbered from 0 over all segments, deleted ones too; `alive` says which count."""

    def __init__(self, segments: list[tuple[Segment, list[int]]]) -> None:
        self.segments = [segment for segment, _ in segments]
        counts = [segment.count for segment in self.segments]
        self.bases = np.cumsum([0, *counts])[:-1].tolist() if counts else []
        self.count = sum(counts)
        self.alive: Mask = np.ones(self.count, dtype=np.bool_)
        for base, (_, deleted) in zip(self.bases, segments, strict=True):
            self.alive[[base + number for number in deleted]] = False
        self.alive_count = int(self.alive.sum())
        self._followed: dict[str, tuple[dict[int, int], Links]] = {}

    @cached_property
    def facts(self) -> NDArray[Any]:
        """A row of FACTS for each document."""
        return np.concatenate([s.facts for s in self.segments]) if self.segments else np.zeros(0, FACTS)

    @cached_property
    def articles(self) -> Numbers:
        """Ids of articles."""
        return self.facts["article"].astype(np.int64)

    @cached_property
    def dates(self) -> Numbers:
        """Days of printing, as date.toordinal()."""
        return self.facts["date"].astype(np.int64)

    @cached_property
    def papers(self) -> Numbers:
        """Ids of papers."""
        return self.facts["paper"].astype(np.int64)

    @cached_property
    def pages(self) -> Numbers:
        """Numbers of pages."""
        return self.facts["page"].astype(np.int64)

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
        lengths = self.facts["words_length"] + HEADLINE_WEIGHT * self.facts["headline_length"]
        return np.array(lengths, dtype=np.float64)

    @cached_property
    def mean_length(self) -> float:
        """Over living documents; at least 1."""
        if not self.alive_count:
            return 1.0
        total = int(self.lengths[self.alive].sum())  # whole numbers, so the sum doesn't depend on the order
        return max(total / self.alive_count, 1.0)

    @cached_property
    def links(self) -> dict[str, Links]:
        """Links of each kind, documents ascending."""
        return {name: self._links(name) for name in LINKS}

    def links_following(self, name: str, merged: Mapping[int, int]) -> Links:
        """Links of a kind with the records that live on; worked out again when another record was merged."""
        links = self.links[name]
        if not merged or not len(links.ids):
            return links
        kept = self._followed.get(name)
        if kept is None or kept[0] != merged:
            kept = self._followed[name] = dict(merged), links.following(merged)
        return kept[1]

    def _links(self, name: str) -> Links:
        parts = [segment.links(name) for segment in self.segments]
        flat = np.concatenate([ids for ids, _ in parts]) if parts else np.zeros(0, np.int64)
        per_document = np.concatenate([counts for _, counts in parts]) if parts else np.zeros(0, np.int64)
        ids, numbers = np.unique(flat, return_inverse=True)
        documents = np.repeat(np.arange(self.count), per_document)
        return Links(ids, documents, numbers.astype(np.int32), self.count)

    @cached_property
    def sections(self) -> tuple[list[str], Numbers]:
        """Names of sections and the number of each document's."""
        names: dict[str, int] = {}
        rows = []
        for segment in self.segments:
            own, numbers = segment.sections
            mapping = np.array([names.setdefault(name, len(names)) for name in own], dtype=np.int64)
            rows.append(mapping[numbers])
        return list(names), np.concatenate(rows) if rows else np.zeros(0, np.int64)

    @cached_property
    def months(self) -> tuple[list[str], Numbers]:
        """Months (YYYY-MM) that articles were printed in, in order, and the number of each document's."""
        days, numbers = np.unique(self.dates, return_inverse=True)
        names = [datetime.date.fromordinal(day).isoformat()[:7] for day in days.tolist()]
        order = {name: number for number, name in enumerate(sorted(set(names)))}
        mapping = np.array([order[name] for name in names], dtype=np.int64)
        return list(order), mapping[numbers] if len(mapping) else np.zeros(0, np.int64)

    @cached_property
    def newest_first(self) -> Numbers:
        """All documents, latest day first, then the later article."""
        return np.lexsort((-self.articles, -self.dates))

    @cached_property
    def rank_of_newest(self) -> Numbers:
        """For each document its place in `newest_first`: what breaks ties."""
        ranks = np.empty(self.count, dtype=np.int64)
        ranks[self.newest_first] = np.arange(self.count)
        return ranks


HEADLINE_WEIGHT = 3
