"""The search for the best reading of a page: start from what print leaves no doubt of, then change one thing at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from articles.newsprint.reconstruction.habits import Habits
from articles.newsprint.reconstruction.page_plan import Page, Plan, first_plan, segments_of
from articles.newsprint.reconstruction.pairing import Assembly
from articles.newsprint.reconstruction.plan_scores import Judge, Verdict

_MOST_STEPS = 60


def stitch(page: Page, weigh: Mapping[str, float] | None = None, paper: Habits | None = None) -> tuple[Verdict, Judge]:
    """The best plan that hill-climbing finds, and the judge that can say why.

    It climbs twice: what is rare on the page depends on where its articles are, which the first ascent tells.
    The second ascent starts from two places: what the first found, and the page cut wherever its text changes.
    """
    plan = first_plan(page)
    judge = Judge(page, [[(segment.first, segment.last)] for segment in segments_of(page, plan)], weigh, paper)
    verdict = judge.judge(_climb(page, judge, plan, pairs=False))
    judge = Judge(page, [[(s.first, s.last) for s in article.segments] for article in verdict.articles], weigh, paper)
    starts = (verdict.plan, plan._replace(cuts=plan.cuts | {p for p in page.joints if judge.turns(p)}))
    return judge.judge(max((_climb(page, judge, start) for start in starts), key=judge.score)), judge


def margins(page: Page, judge: Judge, verdict: Verdict) -> list[float]:
    """For each article, by how much the reading beat the best one near it in which the article differs; at most 12."""
    out = [12.0] * len(verdict.articles)
    shapes = [_shape(article) for article in verdict.articles]
    for plan in neighbours(page, judge, verdict.plan):
        farthest = max(out, default=0.0)
        behind = verdict.score - judge.score(plan, verdict.score - farthest)
        if behind >= farthest:
            continue
        kept = {_shape(article) for article in judge.judge(plan).articles}
        out = [min(known, behind) if shape not in kept else known for known, shape in zip(out, shapes, strict=True)]
    return [max(0.0, margin) for margin in out]


def _shape(article: Assembly) -> tuple[tuple[tuple[int, int], ...], tuple[int, ...]]:
    return tuple((s.first, s.last) for s in article.segments), tuple(head.number for head in article.group)


def _climb(page: Page, judge: Judge, plan: Plan, *, pairs: bool = True) -> Plan:
    """Single decisions as long as one of them helps, then pairs that only help together."""
    for _ in range(_MOST_STEPS):
        for moves in (neighbours, _paired) if pairs else (neighbours,):
            better, most = plan, judge.score(plan)
            for move in moves(page, judge, plan):
                if (score := judge.score(move, most)) > most:
                    better, most = move, score
            if most > judge.score(plan) + 1e-6:
                plan = better
                break
        else:
            break
    return plan


def neighbours(page: Page, judge: Judge, plan: Plan) -> Iterator[Plan]:
    """Plans that differ in one decision."""
    for p in page.joints:
        yield _toggled(plan, p)
    for index, signing in enumerate(page.signings):
        if signing.bound == 0:
            yield plan._replace(below=plan.below ^ {index})
    yield from _regrouped(page, plan)
    for segment in judge.segments(plan):
        if segment.first in plan.home_of():
            yield plan.with_home(segment.first, None)
        yield from _displaced(page, judge, plan, segment.first)


def _paired(page: Page, judge: Judge, plan: Plan) -> Iterator[Plan]:
    """A cut with what it makes possible: a displaced piece, or a headline for the article it frees."""
    cuts = [p for p in page.joints if p not in plan.cuts]
    for p in cuts:
        cut = _toggled(plan, p)
        starts = [segment.first for segment in judge.segments(cut)]
        for first in (p, max((start for start in starts if start < p), default=p)):
            yield from _displaced(page, judge, cut, first)
        if p + 1 in cuts:
            yield from _displaced(page, judge, _toggled(cut, p + 1), p)
        yield from _regrouped(page, cut)
    for regrouped in _regrouped(page, plan):
        for segment in judge.segments(plan):
            if segment.first in plan.home_of():
                yield regrouped.with_home(segment.first, None)
            else:
                yield from _displaced(page, judge, regrouped, segment.first)


def _regrouped(page: Page, plan: Plan) -> Iterator[Plan]:
    """One headline group more or less, or the border between two groups elsewhere."""
    for number, run in enumerate(page.runs):
        for position in range(1, len(run.heads)):
            here = (number, position)
            yield plan._replace(breaks=plan.breaks ^ {here})
            for other in range(position + 1, len(run.heads)):
                if ((number, other) in plan.breaks) != (here in plan.breaks):
                    yield plan._replace(breaks=plan.breaks ^ {here, (number, other)})


def _displaced(page: Page, judge: Judge, plan: Plan, first: int) -> Iterator[Plan]:
    """The segment that begins at `first` taken for a lead or tail of another article."""
    segments = judge.segments(plan)
    homes = plan.home_of()
    segment = next((s for s in segments if s.first == first), None)
    if segment is None or first in homes.values():
        return
    for main in segments:
        if main.first == first or main.first in homes or homes.get(first) == main.first:
            continue
        if max(judge.lead_score(segment, main), judge.tail_score(segment, main)) > -6.0:
            yield plan.with_home(first, main.first)


def _toggled(plan: Plan, p: int) -> Plan:
    homes = tuple((s, h) for s, h in plan.homes if p not in (s, h))
    return plan._replace(cuts=plan.cuts ^ {p}, homes=homes)
