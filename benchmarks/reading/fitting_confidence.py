"""Fits how sure an article is, from pages that were not used to fit its reading.

python -m benchmarks.reading.fitting_confidence FOLDER… [--check FOLDER…] [--out …/confidence.json]

Logistic regression of being right in every line on the doubts of `confidence.doubts`. No doubt may make surer.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from articles.newsprint.extraction import extract
from articles.newsprint.reconstruction import confidence
from articles.newsprint.reconstruction.drafts import page_draft
from articles.newsprint.reconstruction.line_classes import classify
from articles.newsprint.reconstruction.page_plan import page_of
from articles.newsprint.reconstruction.pieces import pieces
from articles.newsprint.reconstruction.stitching import margins, stitch
from articles.newsprint.reconstruction.type_lines import measured, page_lines
from benchmarks.reading.truth import HEADS, pages

WEIGHTS = Path(confidence.__file__).with_name("confidence.json")


def observed(folders: list[Path]) -> list[tuple[dict[str, float], bool]]:
    """Doubts of every article read, and whether it was right."""
    out = []
    for path, truth in pages(folders):
        source = extract(path)
        lines, aside = page_lines(source.lines)
        measure = measured(lines)
        page = page_of(pieces(classify(lines, measure), measure))
        verdict, judge = stitch(page)
        near = margins(page, judge, verdict)
        spare = len(verdict.spare) + sum(kind == "unknown" for kind in aside.values())
        wanted = {_lines(truth, article["id"]) for article in truth["articles"]}
        for number, article in enumerate(page_draft(source.lines, aside, page, verdict, judge).articles):
            has = article.lines
            heads = frozenset((*has.kicker, *has.headline, *has.subtitle))
            here = (heads, tuple(n for paragraph in has.body for n in paragraph), tuple(has.byline))
            out.append((confidence.doubts(page, verdict, judge, number, near, spare), here in wanted))
    return out


def _lines(truth: dict[str, Any], article: str) -> tuple[frozenset[int], tuple[int, ...], tuple[int, ...]]:
    own = [line for line in truth["lines"] if line["article"] == article]
    body = sorted((line["paragraph"], line["n"]) for line in own if line["role"] == "body")
    return (
        frozenset(line["n"] for line in own if line["role"] in HEADS),
        tuple(n for _, n in body),
        tuple(line["n"] for line in own if line["role"] == "byline"),
    )


def fit(rows: np.ndarray, right: np.ndarray, pull: float = 0.002) -> np.ndarray:
    """Logistic regression by gradient descent; the first column is the constant."""
    weights = np.zeros(rows.shape[1])
    weights[0] = 3.0
    moment, spread = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, 4001):
        chance = 1.0 / (1.0 + np.exp(-rows @ weights))
        slope = rows.T @ (chance - right) / len(rows) + 2 * pull * np.r_[0.0, weights[1:]]
        moment = 0.9 * moment + 0.1 * slope
        spread = 0.999 * spread + 0.001 * slope**2
        weights -= 0.02 * (moment / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-8)
        weights[1:] = np.minimum(weights[1:], 0.0)
    return weights


def report(seen: list[tuple[dict[str, float], bool]], weigh: dict[str, float]) -> None:
    """The reliability table, and how many of the wrong ones the least sure 30 % hold."""
    found = sorted(
        (1.0 / (1.0 + float(np.exp(-sum(weigh[name] * value for name, value in doubts.items())))), right)
        for doubts, right in seen
    )
    for low, high in ((0.0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 0.98), (0.98, 1.01)):
        part = [(chance, right) for chance, right in found if low <= chance < high]
        if part:
            said, were = np.mean([c for c, _ in part]), np.mean([r for _, r in part])
            print(f"  {low:.2f}-{min(high, 1.0):.2f}  {len(part):>5} articles  said {said:.3f}  right {were:.3f}")
    wrong = sum(not right for _, right in found)
    least = sum(not right for _, right in found[: round(0.3 * len(found))])
    print(f"  {len(found)} articles, {wrong} wrong; the least sure 30 % hold {least / max(1, wrong):.2f} of them")


def main() -> None:
    """Fit, write and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--check", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    given = parser.parse_args()
    seen = observed(given.folders)
    names = list(seen[0][0])
    rows = np.array([[doubts[name] for name in names] for doubts, _ in seen])
    fitted = fit(rows, np.array([float(right) for _, right in seen]))
    weigh = {name: round(float(value), 2) for name, value in zip(names, fitted, strict=True)}
    weigh["no headline"] = min(weigh["no headline"], -2.5)  # some do print none, but an editor should look
    given.out.write_text(json.dumps(weigh, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print("fitted on:")
    report(seen, weigh)
    for folder in given.check:
        print(f"{folder}:")
        report(observed([folder]), weigh)


if __name__ == "__main__":
    main()
