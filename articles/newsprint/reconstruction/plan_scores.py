"""What speaks for and against one reading of a page, in log-odds. The search keeps the reading that sums highest."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import lap
import numpy as np

from articles.newsprint.reconstruction.cohesion import Cohesion, grams
from articles.newsprint.reconstruction.habits import Habits
from articles.newsprint.reconstruction.page_plan import Page, Plan, Segment, groups_of, segments_of
from articles.newsprint.reconstruction.pieces import HeadLine
from articles.newsprint.reconstruction.plan_terms import (
    Shares,
    Terms,
    article_terms,
    grouping_terms,
    joint_terms,
    lead_terms,
    side_terms,
    tail_terms,
)

Span = tuple[int, int]
Parts = Mapping[int, tuple[list[Segment], list[Segment]]]


@cache
def weights() -> dict[str, float]:
    """What each term counts for, in log-odds; `benchmarks/reading/fitting.py` makes the file."""
    found: dict[str, float] = json.loads(Path(__file__).with_name("weights.json").read_text(encoding="utf-8"))
    return found


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
class Verdict:
    """A plan with its score and the articles it makes."""

    plan: Plan
    score: float
    articles: tuple[Assembly, ...]
    spare: tuple[HeadLine, ...]


class Judge:
    """Scores plans of one page; what does not depend on the plan is worked out once."""

    def __init__(
        self,
        page: Page,
        presumed: Sequence[Sequence[Span]],
        weigh: Mapping[str, float] | None = None,
        paper: Habits | None = None,
    ) -> None:
        """`presumed` are the spans of paragraphs of each article, as far as is known."""
        self.page = page
        self.weigh = weights() if weigh is None else weigh
        self._group_of = [0] * len(page.paragraphs)
        for number, spans in enumerate(presumed):
            for first, last in spans:
                self._group_of[first:last] = [1 << number] * (last - first)
        self.cohesion = Cohesion(
            [
                frozenset().union(*(page.grams[p] for first, last in spans for p in range(first, last)))
                for spans in presumed
            ]
        )
        self._head_grams = {head.number: grams(head.text) for run in page.runs for head in run.heads}
        self._over: dict[tuple[int, tuple[Span, ...]], float] = {}
        self._pairs: dict[tuple[tuple[int, ...], tuple[Span, ...], str], float] = {}
        self._like: dict[tuple[Span, Span], float] = {}
        self._text: dict[Span, frozenset[str]] = {}
        self._displaced: dict[tuple[Segment, Segment], tuple[float, float]] = {}
        self._insides: dict[Span, float] = {}
        self._joint = {p: self.sum(joint_terms(page, p)) for p in page.joints}
        self._side = [
            [self.sum(side_terms(page, index, below=below)) for below in (False, True)]
            for index in range(len(page.signings))
        ]
        self._signed_at = {signing.after for signing in page.signings}
        opening = [paragraph.opens for paragraph in page.paragraphs]
        headed = sum(bool(run.heads) for run in page.runs) or 1
        self.shares = Shares(min(1.0, sum(opening) / headed), 1.0)
        if paper is not None and paper.pages:
            share = self.shares.opening
            self.shares = Shares(
                share + 0.5 * paper.trust * (paper.opening - share), 1.0 + paper.trust * (paper.signed / 0.7 - 1.0)
            )

    def sum(self, terms: Terms) -> float:
        """Log-odds of terms."""
        return sum(self.weigh[name] * amount for name, amount in terms)

    def judge(self, plan: Plan) -> Verdict:
        """Score a plan, with the best one-to-one pairing of its headlines and articles."""
        segments = segments_of(self.page, plan)
        found = self._parts(plan, segments)
        if found is None:
            return Verdict(plan, -1e9, (), ())
        mains, parts, score = found
        score += sum(self._joint[p] for p in plan.cuts if p in self._joint and p not in self._signed_at)
        score += sum(self._side[index][index in plan.below] for index in range(len(self.page.signings)))
        for segment in segments:
            score += self._inside(segment)
        for main in mains:
            score += self.sum(article_terms(self.page, main, *parts[main.first], self.shares))
        score += self.sum(grouping_terms(self.page, plan))
        groups = groups_of(self.page, plan)
        paired, gain, spare = self._assign(groups, mains, parts)
        return Verdict(plan, score + gain, tuple(paired), tuple(spare))

    def terms(self, plan: Plan, pairs: Mapping[int, int]) -> Counter[str]:
        """All terms of a plan whose headline groups (by first line) stand over the given articles (by first paragraph)."""
        segments = segments_of(self.page, plan)
        found = self._parts(plan, segments)
        out: Counter[str] = Counter()
        if found is None:
            return out
        mains, parts, _ = found
        many: Terms = [
            t for p in plan.cuts if p in self._joint and p not in self._signed_at for t in joint_terms(self.page, p)
        ]
        many += [t for i in range(len(self.page.signings)) for t in side_terms(self.page, i, below=i in plan.below)]
        many += [t for segment in segments for t in self._inside_terms(segment)]
        for main in mains:
            leads, tails = parts[main.first]
            many += [
                t for s in leads for t in (*lead_terms(self.page, s, main), ("lead: alike", self.likeness(s, main)))
            ]
            many += [
                t for s in tails for t in (*tail_terms(self.page, s, main), ("tail: alike", self.likeness(s, main)))
            ]
            many += article_terms(self.page, main, leads, tails, self.shares)
        many += grouping_terms(self.page, plan)
        groups = groups_of(self.page, plan)
        over = set()
        for g, (_, group) in enumerate(groups):
            main_of = next((m for m in mains if m.first == pairs.get(group[0].number)), None)
            if main_of is None:
                many.append(("unpaired headline", 1.0))
                continue
            over.add(main_of.first)
            many += self.pair_terms(group, self._spans(main_of, parts), self._place(groups, g, main_of, parts))
        many.append(("unpaired article", float(len(mains) - len(over))))
        for name, amount in many:
            out[name] += amount  # type: ignore[assignment]
        return out

    # -- segments

    def _parts(self, plan: Plan, segments: Sequence[Segment]) -> tuple[list[Segment], Parts, float] | None:
        """Articles' main segments, leads and tails of each, and what displacing them scores; None if homeless."""
        homes = plan.home_of()
        starts = {segment.first: segment for segment in segments}
        mains = [s for s in segments if s.first not in homes or homes[s.first] not in starts]
        parts: dict[int, tuple[list[Segment], list[Segment]]] = {main.first: ([], []) for main in mains}
        score = 0.0
        for segment in segments:
            home = homes.get(segment.first)
            if home is None or segment.first in parts:
                continue
            if home not in parts:
                return None
            lead, tail = self.displaced(segment, starts[home])
            score += max(lead, tail)
            parts[home][0 if lead >= tail else 1].append(segment)
        return mains, parts, score

    def displaced(self, segment: Segment, main: Segment) -> tuple[float, float]:
        """Scores of `segment` being lead and tail of `main`."""
        key = (segment, main)
        known = self._displaced.get(key)
        if known is None:
            like = self.likeness(segment, main)
            lead = self.sum(lead_terms(self.page, segment, main)) + self.weigh["lead: alike"] * like
            if segment.last == main.first and segment.run == main.run:
                lead = -10.0  # it stands where it belongs
            tail = self.sum(tail_terms(self.page, segment, main)) + self.weigh["tail: alike"] * like
            known = self._displaced[key] = (lead, tail)
        return known

    def likeness(self, segment: Segment, main: Segment) -> float:
        """Affinity of a displaced piece and its home, within bounds."""
        return min(4.5, max(-5.8, self.affinity((segment.first, segment.last), (main.first, main.last))))

    def lead_score(self, segment: Segment, main: Segment) -> float:
        """That `segment` is the first paragraph of `main`, printed elsewhere."""
        return self.displaced(segment, main)[0]

    def tail_score(self, segment: Segment, main: Segment) -> float:
        """That `segment` is the last column of `main`, printed elsewhere."""
        return self.displaced(segment, main)[1]

    def turns(self, p: int) -> bool:
        """Whether the text changes its subject at joint `p`."""
        return self._joint[p] > -1.0 or self.affinity((p - 1, p), (p, p + 1)) < -0.4

    def _inside(self, segment: Segment) -> float:
        key = (segment.first, segment.last)
        if key not in self._insides:
            self._insides[key] = self.sum(self._inside_terms(segment))
        return self._insides[key]

    def _inside_terms(self, segment: Segment) -> Terms:
        """What speaks for the paragraphs of a segment being one text."""
        terms: Terms = []
        for p in range(segment.first + 1, segment.last):
            like = min(1.3, max(-3.0, self.affinity((segment.first, p), (p, p + 1)) + 0.2))
            terms.append(("inside: alike" if like > 0 else "inside: unlike", like))
        return terms

    def _own(self, *spans: Span) -> int:
        own = 0
        for first, last in spans:
            for p in range(first, last):
                own |= self._group_of[p]
        return own

    def text(self, span: Span) -> frozenset[str]:
        """Bigrams of paragraphs [first, last)."""
        known = self._text.get(span)
        if known is None:
            known = self._text[span] = frozenset().union(*self.page.grams[span[0] : span[1]])
        return known

    def affinity(self, left: Span, right: Span) -> float:
        """Log-odds that two spans of paragraphs are of one article."""
        key = (left, right)
        if key not in self._like:
            self._like[key] = self.cohesion.affinity(self.text(left), self.text(right), self._own(left, right))
        return self._like[key]

    # -- headlines

    def pair_terms(self, group: Sequence[HeadLine], spans: tuple[Span, ...], place: str) -> Terms:
        """The headline stands over the text of these spans, by what both print and where they stand."""
        beginning = ((spans[0][0], spans[0][0] + 1),)
        terms: Terms = [("pair: shared", sum(self._line_over(head, spans) for head in group))]
        terms.append(("pair: shared with beginning", max(self._line_over(head, beginning) for head in group)))
        if place:
            terms.append((place, 1.0))
        return terms

    def _line_over(self, head: HeadLine, spans: tuple[Span, ...]) -> float:
        """That a line stands over a text: half of all headlines share a name, few share nothing."""
        key = (head.number, spans)
        known = self._over.get(key)
        if known is None:
            printed = self.text(spans[0]) if len(spans) == 1 else frozenset().union(*map(self.text, spans))
            affinity = self.cohesion.affinity(self._head_grams[head.number], printed, self._own(*spans))
            known = self._over[key] = min(7.0, max(-3.0, 1.2 * affinity - 1.0))
        return known

    def _spans(self, main: Segment, parts: Parts) -> tuple[Span, ...]:
        leads, tails = parts[main.first]
        return tuple((s.first, s.last) for s in (*leads, main, *tails))

    def _place(self, groups: Sequence[tuple[int, tuple[HeadLine, ...]]], g: int, main: Segment, parts: Parts) -> str:
        """Where a headline group stands as seen from an article."""
        run = groups[g][0]
        last_of_run = g + 1 == len(groups) or groups[g + 1][0] != run
        if last_of_run and main.run == run + 1 and main.first == self.page.runs[run + 1].first:
            return "pair: before"
        first_of_run = g == 0 or groups[g - 1][0] != run
        if first_of_run and main.run == run - 1 and main.last == self.page.runs[run - 1].last:
            return "pair: after"
        return ""

    def pair(self, group: Sequence[HeadLine], spans: tuple[Span, ...], place: str) -> float:
        """Log-odds of `pair_terms`."""
        key = (tuple(head.number for head in group), spans, place)
        known = self._pairs.get(key)
        if known is None:
            known = self._pairs[key] = self.sum(self.pair_terms(group, spans, place))
        return known

    def _assign(
        self, groups: Sequence[tuple[int, tuple[HeadLine, ...]]], mains: Sequence[Segment], parts: Parts
    ) -> tuple[list[Assembly], float, list[HeadLine]]:
        """Pair headlines and articles one to one for the greatest gain; also the gain and the lines left over."""
        alone, bare_group = self.weigh["unpaired article"], self.weigh["unpaired headline"]
        if not mains:
            return [], bare_group * len(groups), [head for _, group in groups for head in group]
        spans = [self._spans(main, parts) for main in mains]
        places = [[self._place(groups, g, main, parts) for main in mains] for g in range(len(groups))]
        gains = np.zeros((len(groups), len(mains)))
        for g, (_, group) in enumerate(groups):
            for m in range(len(mains)):
                gains[g, m] = self.pair(group, spans[m], places[g][m])
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
