"""The search for the best reading of a page: start from what print leaves no doubt of, then change one thing at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from articles.newsprint.reconstruction.page_plan import Page, Plan, first_plan, segments_of
from articles.newsprint.reconstruction.plan_scores import Judge, Verdict

_MOST_STEPS = 60


def stitch(page: Page) -> tuple[Verdict, Judge]:
    """The best plan that hill-climbing finds, and the judge that can say why.

    It climbs twice: what is rare on the page depends on where its articles are, which the first ascent tells.
    """
    plan = first_plan(page)
    judge = Judge(page, [[(segment.first, segment.last)] for segment in segments_of(page, plan)])
    verdict = _climb(page, judge, plan)
    judge = Judge(page, [[(s.first, s.last) for s in article.segments] for article in verdict.articles])
    return _climb(page, judge, verdict.plan), judge


def _climb(page: Page, judge: Judge, plan: Plan) -> Verdict:
    best = judge.judge(plan)
    for _ in range(_MOST_STEPS):
        better = max((judge.judge(p) for p in _neighbours(page, judge, best)), key=lambda v: v.score, default=best)
        if better.score <= best.score + 1e-6:
            break
        best = better
    return best


def _neighbours(page: Page, judge: Judge, verdict: Verdict) -> Iterator[Plan]:
    """Plans that differ in one decision."""
    plan = verdict.plan
    segments = segments_of(page, plan)
    homes = plan.home_of()
    for p in page.joints:
        yield _toggled(plan, p)
    for index, signing in enumerate(page.signings):
        if signing.bound == 0:
            yield replace(plan, below=plan.below ^ {index})
    for number, run in enumerate(page.runs):
        for position in range(1, len(run.heads)):
            yield replace(plan, breaks=plan.breaks ^ {(number, position)})
            for other in range(1, len(run.heads)):
                if ((number, other) in plan.breaks) != ((number, position) in plan.breaks) and other > position:
                    yield replace(plan, breaks=plan.breaks ^ {(number, position), (number, other)})
    for segment in segments:
        if segment.first in homes:
            yield plan.with_home(segment.first, None)
        for main in segments:
            if main.first == segment.first or main.first in homes or segment.first in homes.values():
                continue
            if homes.get(segment.first) == main.first:
                continue
            worth = max(judge.lead_score(segment, main), judge.tail_score(segment, main))
            if worth > -6.0:
                yield plan.with_home(segment.first, main.first)
    yield from _cut_out(page, judge, plan, homes)


def _toggled(plan: Plan, p: int) -> Plan:
    homes = tuple((s, h) for s, h in plan.homes if p not in (s, h))
    return replace(plan, cuts=plan.cuts ^ {p}, homes=homes)


def _cut_out(page: Page, judge: Judge, plan: Plan, homes: dict[int, int]) -> Iterator[Plan]:
    """A first paragraph cut off its segment and taken for the displaced lead of another article."""
    for segment in segments_of(page, plan):
        if segment.last - segment.first < 2 or segment.first in homes:
            continue
        rest = segment.first + 1
        if rest not in page.joints:
            continue
        cut = replace(plan, cuts=plan.cuts | {rest})
        moved = tuple((s, rest if h == segment.first else h) for s, h in plan.homes)
        cut = replace(cut, homes=moved)
        lead = next((s for s in segments_of(page, cut) if s.first == segment.first), segment)
        for main in segments_of(page, cut):
            if main.first == segment.first or main.first in homes:
                continue
            if judge.lead_score(lead, main) > -6.0:
                yield cut.with_home(segment.first, main.first)
