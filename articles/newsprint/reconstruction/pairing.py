"""Which headline stands over which article: the one-to-one pairing of greatest gain over the whole page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import lap
import numpy as np

from articles.newsprint.reconstruction.affinities import Affinities, Span
from articles.newsprint.reconstruction.page_plan import Page, Segment
from articles.newsprint.reconstruction.pieces import HeadLine
from articles.newsprint.reconstruction.plan_terms import Terms

Parts = Mapping[int, tuple[list[Segment], list[Segment]]]
Groups = Sequence[tuple[int, tuple[HeadLine, ...]]]


@dataclass(frozen=True, slots=True)
class Assembly:
    """An article as a plan makes it: segments in reading order (lead, main, tails) and its headline group."""

    main: Segment
    leads: tuple[Segment, ...]
    tails: tuple[Segment, ...]
    group: tuple[HeadLine, ...]
    adjacent: bool
    pair_score: float
    rival_score: float  # of the best other headline on the page

    @property
    def segments(self) -> tuple[Segment, ...]:
        """In reading order."""
        return (*self.leads, self.main, *self.tails)


class Pairing:
    """Pairs headline groups and articles of one page."""

    def __init__(self, page: Page, affinities: Affinities, weigh: Mapping[str, float]) -> None:
        self._page = page
        self._affinities = affinities
        self._weigh = weigh
        self._pairs: dict[tuple[tuple[int, ...], tuple[Span, ...], str], float] = {}

    def terms(self, groups: Groups, g: int, main: Segment, parts: Parts) -> Terms:
        """What speaks for a group standing over an article."""
        return self._terms(groups[g][1], _spans(main, parts), self._place(groups, g, main))

    def _terms(self, group: Sequence[HeadLine], spans: tuple[Span, ...], place: str) -> Terms:
        """The headline stands over the text of these spans, by what both print and where they stand."""
        beginning = ((spans[0][0], spans[0][0] + 1),)
        terms: Terms = [("pair: shared", sum(self._affinities.line_over(head, spans) for head in group))]
        terms.append(
            ("pair: shared with beginning", max(self._affinities.line_over(head, beginning) for head in group))
        )
        if place:
            terms.append((place, 1.0))
        return terms

    def _place(self, groups: Groups, g: int, main: Segment) -> str:
        """Where a headline group stands as seen from an article."""
        run = groups[g][0]
        last_of_run = g + 1 == len(groups) or groups[g + 1][0] != run
        if last_of_run and main.run == run + 1 and main.first == self._page.runs[run + 1].first:
            return "pair: before"
        first_of_run = g == 0 or groups[g - 1][0] != run
        if first_of_run and main.run == run - 1 and main.last == self._page.runs[run - 1].last:
            return "pair: after"
        return ""

    def _pair(self, group: Sequence[HeadLine], spans: tuple[Span, ...], place: str) -> float:
        """Log-odds of `_terms`."""
        key = (tuple(head.number for head in group), spans, place)
        known = self._pairs.get(key)
        if known is None:
            known = self._pairs[key] = sum(
                self._weigh[name] * amount for name, amount in self._terms(group, spans, place)
            )
        return known

    def assign(
        self, groups: Groups, mains: Sequence[Segment], parts: Parts
    ) -> tuple[list[Assembly], float, list[HeadLine]]:
        """Pair headlines and articles one to one for the greatest gain; also the gain and the lines left over."""
        alone, bare_group = self._weigh["unpaired article"], self._weigh["unpaired headline"]
        if not mains:
            return [], bare_group * len(groups), [head for _, group in groups for head in group]
        spans = [_spans(main, parts) for main in mains]
        places = [[self._place(groups, g, main) for main in mains] for g in range(len(groups))]
        gains = np.zeros((len(groups), len(mains)))
        for g, (_, group) in enumerate(groups):
            for m in range(len(mains)):
                gains[g, m] = self._pair(group, spans[m], places[g][m])
        size = len(groups) + len(mains)
        cost = np.zeros((size, size))
        cost[: len(groups), len(mains) :] = -bare_group
        cost[len(groups) :, : len(mains)] = -alone
        cost[: len(groups), : len(mains)] = -gains
        total, columns, _ = lap.lapjv(cost)
        chosen = {int(columns[g]): g for g in range(len(groups)) if columns[g] < len(mains)}
        articles: list[Assembly] = []
        for m, main in enumerate(mains):
            own = chosen.get(m)
            rivals = [gains[o, m] for o in range(len(groups)) if o != own]
            articles.append(
                Assembly(
                    main,
                    tuple(parts[main.first][0]),
                    tuple(parts[main.first][1]),
                    groups[own][1] if own is not None else (),
                    bool(own is not None and places[own][m] == "pair: before"),
                    float(gains[own, m]) if own is not None else 0.0,
                    float(max(rivals, default=0.0)),
                )
            )
        spare = [head for g, (_, group) in enumerate(groups) if g not in chosen.values() for head in group]
        return articles, -float(total), spare


def _spans(main: Segment, parts: Parts) -> tuple[Span, ...]:
    leads, tails = parts[main.first]
    return tuple((s.first, s.last) for s in (*leads, main, *tails))
