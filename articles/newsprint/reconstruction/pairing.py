"""Which headline stands over which article: the one-to-one pairing of greatest gain over the whole page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import lap
import numpy as np

from articles.newsprint.reconstruction.affinities import Affinities, Span
from articles.newsprint.reconstruction.page_plan import Page, Segment
from articles.newsprint.reconstruction.pieces import HeadLine
from articles.newsprint.reconstruction.plan_terms import Terms

Parts = Mapping[int, tuple[list[Segment], list[Segment]]]
Spans = tuple[Span, ...]
Groups = Sequence[tuple[int, tuple[HeadLine, ...]]]
_SLACK = 1e-6  # more than sums of scores differ by the order of adding


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


@dataclass(frozen=True, slots=True)
class Headed:
    """Headline groups of a page, and where an article must begin or end to stand right below or above one."""

    groups: tuple[tuple[HeadLine, ...], ...]
    numbers: tuple[tuple[int, ...], ...]  # of their lines
    before: Mapping[tuple[int, int], int]  # (run, first paragraph) of an article → the group right above it
    after: Mapping[tuple[int, int], int]  # (run, paragraph behind its last) → the group right below it
    columns: dict[Spans, list[float]] = field(
        default_factory=dict
    )  # what each group gains over a text, wherever it stands

    @classmethod
    def over(cls, page: Page, groups: Groups) -> Headed:
        """The groups, each with the run it stands in."""
        before, after = {}, {}
        for g, (run, _) in enumerate(groups):
            if (g + 1 == len(groups) or groups[g + 1][0] != run) and run + 1 < len(page.runs):
                before[run + 1, page.runs[run + 1].first] = g
            if (g == 0 or groups[g - 1][0] != run) and run:
                after[run - 1, page.runs[run - 1].last] = g
        numbers = tuple(tuple(head.number for head in group) for _, group in groups)
        return cls(tuple(group for _, group in groups), numbers, before, after)

    def above(self, main: Segment) -> int | None:
        """The group that stands right above an article."""
        return self.before.get((main.run, main.first))

    def below(self, main: Segment) -> int | None:
        """The group that stands right below an article."""
        return self.after.get((main.run, main.last))


class Pairing:
    """Pairs headline groups and articles of one page."""

    def __init__(self, affinities: Affinities, weigh: Mapping[str, float]) -> None:
        self._affinities = affinities
        self._weigh = weigh
        self._pairs: dict[Spans, dict[tuple[int, ...], float]] = {}

    def terms(self, headed: Headed, g: int, main: Segment, spans: Spans) -> Terms:
        """What speaks for a group standing over an article: what both print, and where they stand."""
        terms = self._shared(headed.groups[g], spans)
        if headed.above(main) == g:
            terms.append(("pair: before", 1.0))
        elif headed.below(main) == g:
            terms.append(("pair: after", 1.0))
        return terms

    def _shared(self, group: Sequence[HeadLine], spans: Spans) -> Terms:
        beginning = ((spans[0][0], spans[0][0] + 1),)
        return [
            ("pair: shared", sum(self._affinities.line_over(head, spans) for head in group)),
            ("pair: shared with beginning", max(self._affinities.line_over(head, beginning) for head in group)),
        ]

    def _column(self, headed: Headed, spans: Spans) -> list[float]:
        """What each group gains over the text of these spans, by what both print."""
        column = headed.columns.get(spans)
        if column is None:
            pairs = self._pairs.setdefault(spans, {})
            for numbers, group in zip(headed.numbers, headed.groups, strict=True):
                if numbers not in pairs:
                    pairs[numbers] = sum(self._weigh[name] * amount for name, amount in self._shared(group, spans))
            column = headed.columns[spans] = [pairs[numbers] for numbers in headed.numbers]
        return column

    def _gains(self, headed: Headed, mains: Sequence[Segment], spans: Sequence[Spans]) -> np.ndarray:
        """Log-odds of each group (row) standing over each article (column)."""
        gains = np.array([self._column(headed, own) for own in spans]).reshape(len(mains), len(headed.groups)).T
        for m, main in enumerate(mains):
            if (g := headed.above(main)) is not None:
                gains[g, m] += self._weigh["pair: before"]
            if (g := headed.below(main)) is not None:
                gains[g, m] += self._weigh["pair: after"]
        return gains

    def _best(self, gains: np.ndarray) -> tuple[float, np.ndarray]:
        """The greatest gain of a one-to-one pairing, and each group's article; a number that is none: unpaired."""
        groups, mains = gains.shape
        cost = np.zeros((groups + mains, groups + mains))
        cost[:groups, mains:] = -self._weigh["unpaired headline"]
        cost[groups:, :mains] = -self._weigh["unpaired article"]
        cost[:groups, :mains] = -gains
        total, columns, _ = lap.lapjv(cost)
        return -float(total), columns

    def gain(self, headed: Headed, mains: Sequence[Segment], spans: Sequence[Spans], least: float) -> float:
        """The greatest gain of pairing headlines and articles one to one; where that is below `least`, at most that little."""
        bare_group = self._weigh["unpaired headline"]
        if not mains or not headed.groups:
            return bare_group * len(headed.groups) + self._weigh["unpaired article"] * len(mains)
        gains = self._gains(headed, mains, spans)
        alone = self._weigh["unpaired article"]
        # Were each headline free to stand over the article it fits best, whatever the others do:
        bound = alone * len(mains) + float(np.maximum(gains.max(axis=1) - alone, bare_group).sum())
        return bound if bound < least - _SLACK else self._best(gains)[0]

    def assign(
        self, headed: Headed, mains: Sequence[Segment], spans: Sequence[Spans], parts: Parts
    ) -> tuple[list[Assembly], list[HeadLine]]:
        """The articles of the pairing of greatest gain, and the headline lines left over."""
        if not mains:
            return [], [head for group in headed.groups for head in group]
        gains = self._gains(headed, mains, spans)
        _, columns = self._best(gains)
        chosen = {int(columns[g]): g for g in range(len(headed.groups)) if columns[g] < len(mains)}
        articles: list[Assembly] = []
        for m, main in enumerate(mains):
            own = chosen.get(m)
            rivals = [gains[o, m] for o in range(len(headed.groups)) if o != own]
            articles.append(
                Assembly(
                    main,
                    tuple(parts[main.first][0]),
                    tuple(parts[main.first][1]),
                    headed.groups[own] if own is not None else (),
                    own is not None and headed.above(main) == own,
                    float(gains[own, m]) if own is not None else 0.0,
                    float(max(rivals, default=0.0)),
                )
            )
        spare = [head for g, group in enumerate(headed.groups) if g not in chosen.values() for head in group]
        return articles, spare


def spans_of(main: Segment, leads: Sequence[Segment], tails: Sequence[Segment]) -> Spans:
    """Paragraphs of an article in reading order."""
    return tuple((s.first, s.last) for s in (*leads, main, *tails))
