"""What speaks for and against one reading of a page, in log-odds. The search keeps the reading that sums highest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import lap
import numpy as np

from articles.newsprint.reconstruction.cohesion import Cohesion, grams
from articles.newsprint.reconstruction.line_classes import Gap
from articles.newsprint.reconstruction.page_plan import Page, Plan, Segment, groups_of, segments_of
from articles.newsprint.reconstruction.pieces import HeadLine

UNPAIRED = 5.0  # an article without a headline, or a headline without an article
ADJACENT = 3.0
LEAD = -1.0  # that a paragraph is displaced
ARTICLE = 1.0  # what another article must bring in evidence


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


def _over(affinity: float) -> float:
    """That a line stands over a text, by their affinity: half of all headlines share a name, few share nothing."""
    return min(7.0, max(-3.0, 1.2 * affinity - 1.0))


class Judge:
    """Scores plans of one page; what does not depend on the plan is worked out once."""

    def __init__(self, page: Page, presumed: Sequence[Sequence[tuple[int, int]]]) -> None:
        """`presumed` are the spans of paragraphs of each article, as far as is known."""
        self.page = page
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
        self._pair: dict[tuple[tuple[int, ...], tuple[tuple[int, int], ...]], float] = {}
        self._like: dict[tuple[tuple[int, int], tuple[int, int]], float] = {}
        self._text: dict[tuple[int, int], frozenset[str]] = {}
        self._joint = {p: self._joint_score(p) for p in page.joints}
        self._signed_at = {signing.after for signing in page.signings}
        opening = [paragraph.opens for paragraph in page.paragraphs]
        headed = sum(bool(run.heads) for run in page.runs) or 1
        self.opening_share = min(1.0, sum(opening) / headed)

    def judge(self, plan: Plan) -> Verdict:
        """Score a plan, with the best one-to-one pairing of its headlines and articles."""
        segments = segments_of(self.page, plan)
        homes = plan.home_of()
        starts = {segment.first: segment for segment in segments}
        mains = [s for s in segments if s.first not in homes or homes[s.first] not in starts]
        parts: dict[int, tuple[list[Segment], list[Segment]]] = {main.first: ([], []) for main in mains}
        score = sum(self._joint[p] for p in plan.cuts if p in self._joint and p not in self._signed_at)
        score += sum(self._side_score(index, index in plan.below) for index in range(len(self.page.signings)))
        for segment in segments:
            home = homes.get(segment.first)
            if home is None or segment.first in parts:
                continue
            if home not in parts:
                return Verdict(plan, -1e9, (), ())
            main = starts[home]
            lead, tail = self.lead_score(segment, main), self.tail_score(segment, main)
            score += max(lead, tail)
            parts[home][0 if lead >= tail else 1].append(segment)
        for segment in segments:
            score += self._inside(segment)
        for main in mains:
            score += self._article_score(main, *parts[main.first])
        groups = groups_of(self.page, plan)
        score += self._grouping(plan)
        paired, gain, spare = self._assign(groups, mains, parts)
        return Verdict(plan, score + gain, tuple(paired), tuple(spare))

    # -- joints and segments

    def _joint_score(self, p: int) -> float:
        """That a new segment begins at paragraph `p`, with no byline or headline before it."""
        above, here = self.page.paragraphs[p - 1], self.page.paragraphs[p]
        score = -3.5
        if here.opens:
            score += 8.0
        if here.gap is Gap.OTHER:
            score += 2.0
        elif here.gap is Gap.NONE:
            score -= 2.0
        score += 6.0 if abs(here.width - above.width) >= 4 else 0.0  # columns of one body differ less
        if above.dated:
            score += 6.0
        if not above.ended and here.ended:  # a list ends without a full stop, prose does not
            score += 1.0
        if above.announces:
            score -= 2.0
        return score

    def turns(self, p: int) -> bool:
        """Whether the text changes its subject at joint `p`."""
        return self._joint[p] > -1.0 or self.affinity((p - 1, p), (p, p + 1)) < -0.4

    def _inside(self, segment: Segment) -> float:
        """What speaks for the paragraphs of a segment being one text."""
        total = 0.0
        for p in range(segment.first + 1, segment.last):
            total += min(1.3, max(-3.0, self.affinity((segment.first, p), (p, p + 1)) + 0.2))
        return total

    def _side_score(self, index: int, below: bool) -> float:
        signing = self.page.signings[index]
        if signing.bound:
            return 0.0
        signed = signing.signed
        opening = any(s.opening for s in signed.signatures)
        score = 2.0 if signed.gap is Gap.NONE else -0.5
        score += -1.0 if opening else 1.5
        return -score if below else score

    def _own(self, *spans: tuple[int, int]) -> int:
        own = 0
        for first, last in spans:
            for p in range(first, last):
                own |= self._group_of[p]
        return own

    def text(self, span: tuple[int, int]) -> frozenset[str]:
        """Bigrams of paragraphs [first, last)."""
        known = self._text.get(span)
        if known is None:
            known = frozenset().union(*self.page.grams[span[0] : span[1]])
            self._text[span] = known
        return known

    def affinity(self, left: tuple[int, int], right: tuple[int, int]) -> float:
        """Log-odds that two spans of paragraphs are of one article."""
        key = (left, right)
        if key not in self._like:
            self._like[key] = self.cohesion.affinity(self.text(left), self.text(right), self._own(left, right))
        return self._like[key]

    def lead_score(self, segment: Segment, main: Segment) -> float:
        """That `segment` is the first paragraph of `main`, printed elsewhere."""
        page = self.page
        if segment.last == main.first and segment.run == main.run:
            return -10.0  # it stands where it belongs
        score = LEAD - 3.0 * (segment.last - segment.first - 1)
        if segment.top or segment.end:
            score -= 6.0
        if page.paragraphs[main.first].opens:
            score -= 8.0
        if page.paragraphs[segment.first].opens:
            score += 1.5
        if main.last - main.first < 2:
            score -= 1.5
        if page.paragraphs[segment.last - 1].announces:
            score += 4.0 if page.paragraphs[main.first].listed else -2.0
        width, home = page.paragraphs[segment.first].width, page.paragraphs[main.first].width
        if width >= home + 4:
            score += 2.0
        return score + self._displaced(segment, main)

    def _displaced(self, segment: Segment, main: Segment) -> float:
        likeness = self.affinity((segment.first, segment.last), (main.first, main.last))
        return min(2.7, max(-3.5, 0.6 * likeness))

    def tail_score(self, segment: Segment, main: Segment) -> float:
        """That `segment` is the last column of `main`, printed elsewhere."""
        page = self.page
        score = -5.0
        if segment.top or main.end:
            score -= 6.0
        if segment.end:
            score += 1.0
        if page.paragraphs[segment.first].opens:
            score -= 8.0
        if segment.first < main.first:
            score -= 2.0
        if not page.paragraphs[main.last - 1].ended:
            score += 3.0
        return score + self._displaced(segment, main)

    def _article_score(self, main: Segment, leads: Sequence[Segment], tails: Sequence[Segment]) -> float:
        score = -ARTICLE
        first = leads[0] if leads else main
        if len(leads) > 1:
            score -= 6.0
        if len(tails) > 1:
            score -= 3.0
        last = (tails[-1] if tails else main).last
        if self.page.paragraphs[last - 1].lines[-1].strip().endswith(("：", ":")):
            score -= 4.0
        opens = self.page.paragraphs[first.first].opens
        if not opens and not main.top:
            score -= 1.5 * self.opening_share
        signed_end = main.end or any(tail.end for tail in tails)
        if main.top and signed_end:
            score -= 2.0
        if not main.top and not signed_end:
            score -= 0.8
        return score

    # -- headlines

    def _grouping(self, plan: Plan) -> float:
        score = 0.0
        for number, run in enumerate(self.page.runs):
            size = 1
            for position in range(1, len(run.heads)):
                head = run.heads[position]
                if (number, position) in plan.breaks:
                    score += {Gap.NONE: -6.0, Gap.BLANK: 0.0, Gap.OTHER: 2.0}[head.gap]
                    size = 1
                else:
                    size += 1
                    score -= 1.5 if size == 4 else 3.0 if size > 4 else 0.0
        return score

    def pair(self, group: Sequence[HeadLine], spans: tuple[tuple[int, int], ...]) -> float:
        """That the headline stands over the text of these spans, by what both print."""
        key = (tuple(head.number for head in group), spans)
        known = self._pair.get(key)
        if known is None:
            printed: frozenset[str] = frozenset().union(*(self.text(span) for span in spans))
            own = self._own(*spans)
            known = sum(_over(self.cohesion.affinity(grams(head.text), printed, own)) for head in group)
            self._pair[key] = known
        return known

    def _assign(
        self,
        groups: Sequence[tuple[int, tuple[HeadLine, ...]]],
        mains: Sequence[Segment],
        parts: Mapping[int, tuple[list[Segment], list[Segment]]],
    ) -> tuple[list[Assembly], float, list[HeadLine]]:
        """Pair headlines and articles one to one for the greatest gain; also the gain and the lines left over."""
        articles: list[Assembly] = []
        if not mains:
            return articles, -UNPAIRED * len(groups), [head for _, group in groups for head in group]
        spans = [
            tuple((s.first, s.last) for s in (*parts[main.first][0], main, *parts[main.first][1])) for main in mains
        ]
        gains = np.zeros((len(groups), len(mains)))
        adjacent = np.zeros((len(groups), len(mains)), dtype=bool)
        for g, (run, group) in enumerate(groups):
            last_of_run = g + 1 == len(groups) or groups[g + 1][0] != run
            for m, main in enumerate(mains):
                adjacent[g, m] = last_of_run and main.run == run + 1 and main.first == self.page.runs[run + 1].first
                gains[g, m] = self.pair(group, spans[m]) + (ADJACENT if adjacent[g, m] else 0.0)
        size = len(groups) + len(mains)
        cost = np.full((size, size), UNPAIRED)
        cost[len(groups) :, len(mains) :] = 0.0
        cost[: len(groups), : len(mains)] = -gains
        total, columns, _ = lap.lapjv(cost)
        chosen = {int(columns[g]): g for g in range(len(groups)) if columns[g] < len(mains)}
        for m, main in enumerate(mains):
            leads, tails = parts[main.first]
            own = chosen.get(m)
            rivals = [gains[o, m] for o in range(len(groups)) if o != own]
            articles.append(
                Assembly(
                    main,
                    tuple(leads),
                    tuple(tails),
                    groups[own][1] if own is not None else (),
                    bool(own is not None and adjacent[own, m]),
                    float(gains[own, m]) if own is not None else 0.0,
                    float(max(rivals, default=0.0)),
                )
            )
        spare = [head for g, (_, group) in enumerate(groups) if g not in chosen.values() for head in group]
        return articles, -float(total), spare
