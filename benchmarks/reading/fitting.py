"""Fits what the sights of a page count for, from pages whose articles are known.

python -m benchmarks.reading.fitting FOLDER… [--out articles/newsprint/reconstruction/weights.json]

Each page's true plan is set against the plans the search holds for better and against those that differ from
the truth in one decision. The weights make the truth likelier than all of them, and stay as near to the hand-set
ones (`hand_set.json`) as that allows; what is written lies half way, which reads unseen papers better than either.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np

from articles.newsprint.extraction import extract
from articles.newsprint.reconstruction import plan_scores
from articles.newsprint.reconstruction.line_classes import classify
from articles.newsprint.reconstruction.page_plan import Page, Plan, page_of
from articles.newsprint.reconstruction.pieces import pieces
from articles.newsprint.reconstruction.stitching import neighbours, stitch
from articles.newsprint.reconstruction.type_lines import measured, page_lines
from benchmarks.reading.truth import pages, pairs_of, shape, true_plan

WEIGHTS = Path(plan_scores.__file__).with_name("weights.json")
START = Path(__file__).with_name("hand_set.json")
SHARE = 0.5
ROUNDS = 3
NEAR = 7.0  # rivals that fall behind by more teach nothing
PULL = 0.002  # towards the weights it starts from


@dataclass(frozen=True)
class Known:
    """A page with its true plan."""

    page: Page
    plan: Plan
    pairs: dict[int, int]


def known_pages(folders: list[Path]) -> list[Known]:
    """Pages whose lines were read right, so that some plan is the true one."""
    out = []
    for path, truth in pages(folders):
        lines, _ = page_lines(extract(path).lines)
        measure = measured(lines)
        page = page_of(pieces(classify(lines, measure), measure))
        found = true_plan(page, truth)
        if found is not None:
            out.append(Known(page, *found))
    return out


def rivals(known: Known, weigh: dict[str, float]) -> Iterator[Counter[str]]:
    """Terms of the truth, then of what might be taken for it."""
    found, judge = stitch(known.page, weigh)
    truth = judge.judge(known.plan)
    terms = judge.terms(known.plan, known.pairs)
    yield terms
    score = sum(weigh[name] * amount for name, amount in terms.items())
    right = {shape(truth, known.pairs)}
    plans = [found.plan, known.plan, *neighbours(known.page, judge, known.plan)]
    for plan in dict.fromkeys(plans):
        verdict = judge.judge(plan)
        pairs = pairs_of(verdict)
        here = shape(verdict, pairs)
        if verdict.score > score - NEAR and here not in right:
            right.add(here)
            yield judge.terms(plan, pairs)
    for one, other in combinations(sorted(known.pairs), 2):
        swapped = known.pairs | {one: known.pairs[other], other: known.pairs[one]}
        terms = judge.terms(known.plan, swapped)
        if sum(weigh[name] * amount for name, amount in terms.items()) > score - NEAR:
            yield terms


def fit(sets: list[np.ndarray], start: np.ndarray) -> np.ndarray:
    """Weights under which the first row of each set is likeliest among its rows."""
    weights = start.copy()
    moment, spread = np.zeros_like(start), np.zeros_like(start)
    rows = np.concatenate([one[1:] - one[0] for one in sets])
    which = np.concatenate([np.full(len(one) - 1, i) for i, one in enumerate(sets)])
    for step in range(1, 1501):
        ahead = np.exp(np.clip(rows @ weights + 1.0, -30, 30))
        total = 1.0 + np.bincount(which, ahead, len(sets))
        slope = rows.T @ (ahead / total[which]) / len(sets) + 2 * PULL * (weights - start)
        moment = 0.9 * moment + 0.1 * slope
        spread = 0.999 * spread + 0.001 * slope**2
        weights = weights - 0.02 * (moment / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-8)
    return weights


def main() -> None:
    """Fit and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    given = parser.parse_args()
    weigh = dict(json.loads(START.read_text(encoding="utf-8")))
    names = list(weigh)
    start = np.array([weigh[name] for name in names])
    knowns = known_pages(given.folders)
    seen: list[list[np.ndarray]] = [[] for _ in knowns]
    for turn in range(ROUNDS):
        for known, rows in zip(knowns, seen, strict=True):
            for number, terms in enumerate(rivals(known, weigh)):
                if number or not rows:
                    rows.append(np.array([terms[name] for name in names]))
                else:
                    rows[0] = np.array([terms[name] for name in names])
        sets = [np.stack(rows) for rows in seen if len(rows) > 1]
        beaten = sum(bool((one[1:] @ start >= one[0] @ start).any()) for one in sets)
        fitted = fit(sets, start)
        left = sum(bool((one[1:] @ fitted >= one[0] @ fitted).any()) for one in sets)
        print(
            f"round {turn + 1}: {len(knowns)} pages, {sum(map(len, sets))} plans; truth beaten on {beaten} before, {left} after"
        )
        weigh = {name: round(float(value), 2) for name, value in zip(names, fitted, strict=True)}
    weigh = {name: round(float(b + SHARE * (weigh[name] - b)), 2) for name, b in zip(names, start, strict=True)}
    given.out.write_text(json.dumps(weigh, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
