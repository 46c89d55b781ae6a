"""Answers a request with array arithmetic over a snapshot of the index."""

from __future__ import annotations

import math
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from articles.search import plan
from articles.search.happenings import articles_telling_of
from articles.search.plan import Answer, Node, Request

from .facets import count_facets
from .schema import HEADLINE, SIGNED, WORDS
from .segment import HEADLINE_WEIGHT

if TYPE_CHECKING:
    from .codec import Numbers
    from .links import Mask
    from .snapshot import Snapshot

# The usual BM25 constants; a headline's words count HEADLINE_WEIGHT times, as if the headline were printed so often.
K1 = 1.2
B = 0.75

Scores = NDArray[np.float64]


class Execution:
    """One request's work. Masks are kept, since facets and counts ask for the same parts again."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._masks: dict[Node, Mask] = {}
        self._postings: dict[tuple[str, str], tuple[Numbers, Numbers | None]] = {}

    def answer(self, request: Request) -> Answer:
        """Total, slice, facets."""
        base = self.mask(request.plan) & self.snapshot.alive
        filters = {name: self.mask(node) for name, node in request.filters.items()}
        matched = reduce(np.logical_and, filters.values(), base)
        documents = np.flatnonzero(matched)
        start, stop = max(request.start, 0), max(min(request.stop, len(documents)), 0)
        chosen, scores = self._ranked(request, documents, matched, stop)
        return Answer(
            total=len(documents),
            articles=tuple(self.snapshot.articles[chosen[start:stop]].tolist()),
            scores=tuple(scores[start:stop].tolist()),
            facets=count_facets(self.snapshot, request, base, filters, matched),
        )

    def count(self, node: Node) -> int:
        """How many articles meet it."""
        return int(np.count_nonzero(self.mask(node) & self.snapshot.alive))

    def postings(self, field: str, term: str) -> tuple[Numbers, Numbers | None]:
        """Documents and counts of a term, read once: matching and scoring both ask for them."""
        found = self._postings.get((field, term))
        if found is None:
            found = self._postings[field, term] = self.snapshot.postings(field, term)
        return found

    # Matching

    def mask(self, node: Node) -> Mask:
        """Which documents meet it; deleted ones may be among them."""
        mask = self._masks.get(node)
        if mask is None:
            mask = self._masks[node] = self._match(node)
        return mask

    def _match(self, node: Node) -> Mask:
        snapshot = self.snapshot
        match node:
            case plan.Word():
                return self._word(node)
            case plan.Characters():
                return self._of(snapshot.holding(node.text, in_headline=node.headline))
            case plan.Linked():
                return self._of(snapshot.links[node.kind].of(node.ids))
            case plan.Signed():
                return self._of(self.postings(SIGNED, node.name)[0])
            case plan.Printed():
                mask = np.ones(snapshot.count, dtype=np.bool_)
                if node.since is not None:
                    mask &= snapshot.dates >= node.since.toordinal()
                if node.until is not None:
                    mask &= snapshot.dates <= node.until.toordinal()
                return mask
            case plan.OfPapers():
                return self._among(snapshot.papers, node.ids)
            case plan.InSection():
                names, numbers = snapshot.sections
                return self._among(numbers, (names.index(node.name) if node.name in names else -1,))
            case plan.OnPage():
                return self._among(snapshot.pages, (node.number,))
            case plan.Articles():
                return self._among(snapshot.articles, node.ids)
            case plan.All():
                whole: Mask = np.ones(snapshot.count, dtype=np.bool_)
                for part in node.nodes:
                    whole &= self.mask(part)
                return whole
            case plan.AnyOf() | plan.Meant():
                none: Mask = np.zeros(snapshot.count, dtype=np.bool_)
                for part in node.nodes:
                    none |= self.mask(part)
                return none
            case plan.Not():
                return ~self.mask(node.node)
            case plan.Preferring():
                return self.mask(node.node)
            case plan.Happened():
                return self._among(snapshot.articles, articles_telling_of(node.since, node.until))
            case plan.Mostly():
                return self._mostly(node)

    def _mostly(self, node: plan.Mostly) -> Mask:
        weighed: Scores = np.zeros(self.snapshot.count)
        holding = np.zeros(self.snapshot.count, dtype=np.int64)
        whole = 0.0
        for part in node.parts:
            weight = self._weigh(part, weighed)
            if weight:
                holding += self.mask(part)
                whole += weight
        weighed[~(self.mask(node.node) & self.snapshot.alive) | (holding < node.fewest)] = 0.0
        needed = node.share * whole
        enough = min(node.enough, len(weighed))
        if int(np.count_nonzero(weighed >= needed)) < enough:
            needed = min(needed, float(np.partition(weighed, -enough)[-enough]))
        mostly: Mask = (weighed >= needed * (1 - 1e-9)) & (weighed > 0)
        return mostly

    def _weigh(self, part: Node, weighed: Scores) -> float:
        """Add what the part weighs to each document where it holds; 0 where it holds nowhere."""
        mask = self.mask(part)
        if not self._is_met(mask):
            return 0.0
        weight = self._idf(mask)
        weighed[mask] += weight
        return weight

    def _share(self, node: plan.Meant) -> float:
        return node.share if self._is_met(self.mask(node.nodes[0])) else 1.0

    def _is_met(self, mask: Mask) -> bool:
        return bool((mask & self.snapshot.alive).any())

    @staticmethod
    def _among(values: Numbers, wanted: tuple[int, ...]) -> Mask:
        return np.isin(values, np.array(wanted, dtype=np.int64))

    def _of(self, documents: Numbers) -> Mask:
        mask = np.zeros(self.snapshot.count, dtype=np.bool_)
        mask[documents] = True
        return mask

    def _word(self, node: plan.Word) -> Mask:
        mask = self._of(self.postings(HEADLINE, node.text)[0])
        if not node.headline:
            mask[self.postings(WORDS, node.text)[0]] = True
        if not node.cut and not self._is_met(mask):
            return self.mask(plan.Characters(node.text, node.headline))
        return mask

    # Ranking

    def _ranked(
        self, request: Request, documents: Numbers, matched: Mask, stop: int
    ) -> tuple[Numbers, NDArray[np.float64]]:
        """The first `stop` documents in order, and their scores."""
        snapshot = self.snapshot
        scores = np.zeros(snapshot.count)
        scored = self._score(request.plan, matched, scores)
        newness = snapshot.oldness[documents]
        if request.sort == "oldest":
            order = np.lexsort((snapshot.articles[documents], snapshot.dates[documents]))[:stop]
        elif request.sort == "newest" or not scored:
            order = _smallest(newness, stop)
        else:
            order = self._best(scores[documents], newness, stop)
        chosen = documents[order]
        return chosen, scores[chosen]

    @staticmethod
    def _best(scores: Scores, newness: Numbers, stop: int) -> Numbers:
        """Highest score first; equal scores, newest first, so that the order is the same on every run and slice."""
        if 0 < stop < len(scores) // 4:
            edge = np.partition(scores, len(scores) - stop)[len(scores) - stop]
            candidates = np.flatnonzero(scores >= edge)
        else:
            candidates = np.arange(len(scores))
        return candidates[np.lexsort((newness[candidates], -scores[candidates]))][:stop]

    def _score(self, node: Node, matched: Mask, scores: Scores) -> bool:
        """Add what each part of the question is worth; False when no part is worth anything."""
        match node:
            case plan.Word():
                self._score_word(node, matched, scores)
            case plan.Characters() | plan.Linked() | plan.Signed() | plan.Happened():
                self._score_presence(node, matched, scores)
            case plan.All() | plan.AnyOf():
                worths = [self._score(part, matched, scores) for part in node.nodes]  # every part adds its own
                return any(worths)
            case plan.Meant():
                self._score_meant(node, matched, scores)
            case plan.Mostly():
                return self._score_mostly(node, matched, scores)
            case plan.Preferring():
                worth = self._score(node.node, matched, scores)
                for part in node.preferred:
                    self._score_presence(part, matched, scores)
                return worth or bool(node.preferred)
            case _:
                return False
        return True

    def _idf(self, mask: Mask) -> float:
        found = int(np.count_nonzero(mask & self.snapshot.alive))
        return math.log(1 + (self.snapshot.alive_count - found + 0.5) / (found + 0.5))

    def _score_word(self, node: plan.Word, matched: Mask, scores: Scores) -> None:
        snapshot = self.snapshot
        mask = self.mask(node)
        counts = np.zeros(snapshot.count)
        fields = ((HEADLINE, HEADLINE_WEIGHT),) if node.headline else ((HEADLINE, HEADLINE_WEIGHT), (WORDS, 1))
        for name, weight in fields:
            documents, frequency = self.postings(name, node.text)
            counts[documents] += weight if frequency is None else weight * frequency
        wanted = np.flatnonzero(mask & matched)
        frequency_there = np.maximum(counts[wanted], 1.0)
        scores[wanted] += self._idf(mask) * self._saturated(frequency_there, wanted)

    def _score_presence(self, node: Node, matched: Mask, scores: Scores) -> None:
        mask = self.mask(node)
        wanted = np.flatnonzero(mask & matched)
        scores[wanted] += self._idf(mask) * self._saturated(np.ones(len(wanted)), wanted)

    def _score_meant(self, node: plan.Meant, matched: Mask, scores: Scores) -> None:
        best: Scores = np.zeros(self.snapshot.count)
        share = self._share(node)
        for place, part in enumerate(node.nodes):
            worth: Scores = np.zeros(self.snapshot.count)
            self._score(part, matched, worth)
            np.maximum(best, worth * share if place else worth, out=best)
        scores += best

    def _score_mostly(self, node: plan.Mostly, matched: Mask, scores: Scores) -> bool:
        worth: Scores = np.zeros(self.snapshot.count)
        held: Scores = np.zeros(self.snapshot.count)
        whole = 0.0
        for part in node.parts:
            weight = self._weigh(part, held)
            if weight:
                self._score(part, matched, worth)
                whole += weight
        scores += worth * held / (whole or 1.0)
        worths = self._score(node.node, matched, scores)
        return worths or whole > 0

    def _saturated(self, frequency: Scores, documents: Numbers) -> Scores:
        snapshot = self.snapshot
        length = snapshot.lengths[documents] / snapshot.mean_length
        return frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * length))


def _smallest(ranks: Numbers, stop: int) -> Numbers:
    """Places of the `stop` smallest ranks, in order; no two are equal."""
    if 0 < stop < len(ranks) // 4:
        places = np.argpartition(ranks, stop)[:stop]
        return places[np.argsort(ranks[places])]
    return np.argsort(ranks)[:stop]
