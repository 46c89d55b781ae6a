"""What speaks for and against one reading of a page, in log-odds. The search keeps the reading that sums highest."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from articles.newsprint.reconstruction.affinities import Affinities, Span
from articles.newsprint.reconstruction.habits import Habits
from articles.newsprint.reconstruction.page_plan import Page, Plan, Segment, groups_of, segments_of
from articles.newsprint.reconstruction.pairing import Assembly, Headed, Pairing, Parts, Spans, spans_of
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


@cache
def weights() -> dict[str, float]:
    """What each term counts for, in log-odds; `benchmarks/reading/fitting.py` makes the file."""
    found: dict[str, float] = json.loads(Path(__file__).with_name("weights.json").read_text(encoding="utf-8"))
    return found


@dataclass(frozen=True, slots=True)
class Verdict:
    """A plan with its score and the articles it makes."""

    plan: Plan
    score: float
    articles: tuple[Assembly, ...]
    spare: tuple[HeadLine, ...]


@dataclass(frozen=True, slots=True)
class _Cut:
    """The segments that cuts and bylines make, and what they score."""

    segments: list[Segment]
    starts: Mapping[int, Segment]
    joints: float
    sides: float
    insides: list[float]


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
        self.affinities = Affinities(page, presumed)
        self.pairing = Pairing(self.affinities, self.weigh)
        self._scores: dict[Plan, float] = {}
        self._cuts: dict[tuple[frozenset[int], frozenset[int]], _Cut] = {}
        self._headings: dict[frozenset[tuple[int, int]], tuple[Headed, float]] = {}
        self._articles: dict[tuple[Segment, tuple[Segment, ...], tuple[Segment, ...]], tuple[Spans, float]] = {}
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

    def score(self, plan: Plan, least: float = -math.inf) -> float:
        """Log-odds of a plan, with the best one-to-one pairing of its headlines and articles.

        Where that is below `least`, some number below `least` that is no less.
        """
        known = self._scores.get(plan)
        if known is None:
            known = self._scored(plan, least)
            if known >= least:
                self._scores[plan] = known
        return known

    def _scored(self, plan: Plan, least: float) -> float:
        cut = self._cut(plan)
        found = self._parts(plan, cut)
        if found is None:
            return -1e9
        mains, parts, score = found
        made = [self._made(main, parts) for main in mains]
        headed, grouped = self._headed(plan)
        score = sum((own for _, own in made), sum(cut.insides, score + cut.joints + cut.sides)) + grouped
        return score + self.pairing.gain(headed, mains, [spans for spans, _ in made], least - score)

    def judge(self, plan: Plan) -> Verdict:
        """A plan with its score and its articles."""
        found = self._parts(plan, self._cut(plan))
        if found is None:
            return Verdict(plan, -1e9, (), ())
        mains, parts, _ = found
        spans = [self._made(main, parts)[0] for main in mains]
        paired, spare = self.pairing.assign(self._headed(plan)[0], mains, spans, parts)
        return Verdict(plan, self.score(plan), tuple(paired), tuple(spare))

    def terms(self, plan: Plan, pairs: Mapping[int, int]) -> Counter[str]:
        """All terms of a plan whose headline groups (by first line) stand over the given articles (by first paragraph)."""
        cut = self._cut(plan)
        found = self._parts(plan, cut)
        out: Counter[str] = Counter()
        if found is None:
            return out
        mains, parts, _ = found
        many: Terms = [
            t for p in plan.cuts if p in self._joint and p not in self._signed_at for t in joint_terms(self.page, p)
        ]
        many += [t for i in range(len(self.page.signings)) for t in side_terms(self.page, i, below=i in plan.below)]
        many += [t for segment in cut.segments for t in self._inside_terms(segment)]
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
        headed, _ = self._headed(plan)
        over = set()
        for g, group in enumerate(headed.groups):
            main_of = next((m for m in mains if m.first == pairs.get(group[0].number)), None)
            if main_of is None:
                many.append(("unpaired headline", 1.0))
                continue
            over.add(main_of.first)
            many += self.pairing.terms(headed, g, main_of, self._made(main_of, parts)[0])
        many.append(("unpaired article", float(len(mains) - len(over))))
        for name, amount in many:
            out[name] += amount  # type: ignore[assignment]
        return out

    # -- parts of a plan, each worked out once

    def segments(self, plan: Plan) -> Sequence[Segment]:
        """The segments a plan makes."""
        return self._cut(plan).segments

    def _cut(self, plan: Plan) -> _Cut:
        key = (plan.cuts, plan.below)
        known = self._cuts.get(key)
        if known is None:
            segments = segments_of(self.page, plan)
            known = self._cuts[key] = _Cut(
                segments,
                {segment.first: segment for segment in segments},
                sum(self._joint[p] for p in plan.cuts if p in self._joint and p not in self._signed_at),
                sum(self._side[index][index in plan.below] for index in range(len(self.page.signings))),
                [self._inside(segment) for segment in segments],
            )
        return known

    def _headed(self, plan: Plan) -> tuple[Headed, float]:
        """Headline groups, and what grouping them so scores."""
        known = self._headings.get(plan.breaks)
        if known is None:
            headed = Headed.over(self.page, groups_of(self.page, plan))
            known = self._headings[plan.breaks] = (headed, self.sum(grouping_terms(self.page, plan)))
        return known

    def _made(self, main: Segment, parts: Parts) -> tuple[Spans, float]:
        """An article's paragraphs, and what its being one article scores."""
        leads, tails = parts[main.first]
        key = (main, tuple(leads), tuple(tails))
        known = self._articles.get(key)
        if known is None:
            score = self.sum(article_terms(self.page, main, leads, tails, self.shares))
            known = self._articles[key] = (spans_of(main, leads, tails), score)
        return known

    def _parts(self, plan: Plan, cut: _Cut) -> tuple[list[Segment], Parts, float] | None:
        """Articles' main segments, leads and tails of each, and what displacing them scores; None if homeless."""
        homes, starts = plan.home_of(), cut.starts
        mains = [s for s in cut.segments if s.first not in homes or homes[s.first] not in starts]
        parts: dict[int, tuple[list[Segment], list[Segment]]] = {main.first: ([], []) for main in mains}
        score = 0.0
        if len(mains) == len(cut.segments):
            return mains, parts, score
        for segment in cut.segments:
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
        return min(4.5, max(-5.8, self.affinities.of((segment.first, segment.last), (main.first, main.last))))

    def lead_score(self, segment: Segment, main: Segment) -> float:
        """That `segment` is the first paragraph of `main`, printed elsewhere."""
        return self.displaced(segment, main)[0]

    def tail_score(self, segment: Segment, main: Segment) -> float:
        """That `segment` is the last column of `main`, printed elsewhere."""
        return self.displaced(segment, main)[1]

    def turns(self, p: int) -> bool:
        """Whether the text changes its subject at joint `p`."""
        return self._joint[p] > -1.0 or self.affinities.of((p - 1, p), (p, p + 1)) < -0.4

    def _inside(self, segment: Segment) -> float:
        key = (segment.first, segment.last)
        if key not in self._insides:
            self._insides[key] = self.sum(self._inside_terms(segment))
        return self._insides[key]

    def _inside_terms(self, segment: Segment) -> Terms:
        """What speaks for the paragraphs of a segment being one text."""
        terms: Terms = []
        for p in range(segment.first + 1, segment.last):
            if p in self.page.briefs:
                continue
            like = min(1.3, max(-3.0, self.affinities.of((segment.first, p), (p, p + 1)) + 0.2))
            terms.append(("inside: alike" if like > 0 else "inside: unlike", like))
        return terms
