"""How sure an article is: what is doubtful about it, weighed so that nine in ten of those said to be 0.9 sure are right.

The weights in `confidence.json` are fitted on pages whose articles are known (`benchmarks/reading/fitting_confidence.py`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from articles.newsprint.reconstruction.page_plan import Page
from articles.newsprint.reconstruction.pairing import Assembly
from articles.newsprint.reconstruction.plan_scores import Judge, Verdict


@cache
def weights() -> dict[str, float]:
    """What each doubt counts for, in log-odds of the article being right."""
    found: dict[str, float] = json.loads(Path(__file__).with_name("confidence.json").read_text(encoding="utf-8"))
    return found


def doubts(
    page: Page, verdict: Verdict, judge: Judge, article: int, margins: Sequence[float], aside: int
) -> dict[str, float]:
    """What is doubtful about an article of a verdict.

    `margins` are by how much (log-odds) the page's reading beat the next one in which each article differs, `aside` how
    many printed lines of the page no rule could place.
    """
    assembly, margin = verdict.articles[article], margins[article]
    beside = [other for other in verdict.articles if other is not assembly]
    nearest = min((m for n, m in enumerate(margins) if n != article), default=4.0)
    paragraphs = [p for segment in assembly.segments for p in page.paragraphs[segment.first : segment.last]]
    heads = [head.margin for head in assembly.group]
    signed = any(segment.top or segment.end for segment in assembly.segments)
    # How near other headline lines of the page come to being body, and the reverse.
    lines = [p.margin for p in paragraphs]
    others = [head.margin for run in page.runs for head in run.heads if head not in assembly.group]
    return {
        "sure": 1.0,
        "narrow margin": max(0.0, 4.0 - margin) / 4.0,
        "very narrow margin": max(0.0, 1.0 - margin),
        "no headline": float(not assembly.group),
        "headline elsewhere": float(bool(assembly.group) and not assembly.adjacent),
        "headline shares little": max(0.0, 2.0 - assembly.pair_score) / 2.0 if assembly.group else 0.0,
        "three headline lines": float(len(assembly.group) > 2),
        "displaced lead": float(bool(assembly.leads)),
        "displaced tail": float(bool(assembly.tails)),
        "weak lead": max(0.0, 2.0 - min((judge.lead_score(s, assembly.main) for s in assembly.leads), default=2.0)),
        "unsigned": float(not signed),
        "unopened": float(not paragraphs[0].opens),
        "unended": float(not paragraphs[-1].ended and not paragraphs[-1].dated),
        "doubtful line": max(0.0, 3.0 - min(lines)) / 3.0,
        "doubtful headline line": max(0.0, 3.0 - min(heads, default=3.0)) / 3.0,
        "doubtful headline beside": max(0.0, 3.0 - min(others, default=3.0)) / 3.0,
        "spare headlines": float(min(2, len(verdict.spare))),
        "headless articles beside": float(min(2, sum(not a.group for a in beside))),
        "lines aside": float(min(3, aside)),
        "narrow margin beside": max(0.0, 4.0 - nearest) / 4.0,
        "headlines elsewhere beside": min(3, sum(bool(a.group) and not a.adjacent for a in beside)) / 3.0,
        "displaced beside": min(2, sum(bool(a.leads or a.tails) for a in beside)) / 2.0,
        "text turns": _turn(judge, assembly),
    }


def _turn(judge: Judge, assembly: Assembly) -> float:
    """How far the two sides of some place in the article are from speaking of one thing, 0 to 1: it may be two articles."""
    main = assembly.main
    sides = (((main.first, p), (p, main.last)) for p in range(main.first + 1, main.last))
    least = min((judge.affinities.of(above, below) for above, below in sides), default=1.0)
    return min(1.0, max(0.0, 1.0 - least) / 3.0)


def confidence(found: Mapping[str, float]) -> float:
    """Chance that the article is right in every line."""
    known = weights()
    score = sum(known[name] * amount for name, amount in found.items())
    return round(1.0 / (1.0 + math.exp(-max(-6.0, min(6.0, score)))), 3)
