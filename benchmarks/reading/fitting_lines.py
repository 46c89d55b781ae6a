"""Fits what the sights of lines count for, from pages whose lines are known.

python -m benchmarks.reading.fitting_lines FOLDER… [--out …/line_weights.json]

A chain over the lines of a page, as the reader's: the hand-set scores stay, the fitted ones are added to them, and
are kept small. The weights make the true roles likeliest among all sequences of roles.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from articles.newsprint.extraction import extract
from articles.newsprint.reconstruction import line_classes
from articles.newsprint.reconstruction.line_classes import first_manner
from articles.newsprint.reconstruction.line_scores import line_scores, sights_of_line, sights_of_pair
from articles.newsprint.reconstruction.type_lines import Role, measured, page_lines
from benchmarks.reading.truth import HEADS, pages

WEIGHTS = Path(line_classes.__file__).with_name("line_weights.json")
EMPTY: dict[str, dict[str, list[float]]] = {"line": {}, "pair": {}}


@dataclass
class Known:
    """Hand-set scores, sights (numbered) and true roles of a page's lines."""

    own: np.ndarray  # lines × 4
    pairs: np.ndarray  # lines - 1 × 4 × 4
    line_sights: list[list[int]]
    pair_sights: list[list[list[int]]]  # lines - 1 × 4 (role above)
    roles: list[int]


def true_roles(truth: dict[str, Any], numbers: Sequence[int]) -> list[int] | None:
    """Roles of these lines, or None where one of them belongs to no article."""
    known = {line["n"]: line for line in truth["lines"]}
    out: list[int] = []
    above: tuple[str, int] | None = None
    for number in numbers:
        line = known[number]
        here = (line["article"], line["paragraph"])
        if line["role"] in HEADS:
            out.append(Role.HEAD)
        elif line["role"] == "byline":
            out.append(Role.SIGNATURE)
        elif line["role"] == "body":
            out.append(Role.CONTINUATION if here == above else Role.START)
        else:
            return None
        above = here if line["role"] == "body" else None
    return out


def load(folders: list[Path], names: tuple[dict[str, int], dict[str, int]]) -> list[Known]:
    """Pages whose lines were rightly kept or set aside; `names` collects the sights."""
    out = []
    for path, truth in pages(folders):
        lines, _ = page_lines(extract(path).lines)
        roles = true_roles(truth, [line.number for line in lines])
        if roles is None or len(lines) < 2:
            continue
        page = measured(lines)
        manner = first_manner(lines, page)
        own, pairs = line_scores(lines, page, manner, EMPTY)
        texts = [line.text for line in lines]
        seen = [
            [names[0].setdefault(sight, len(names[0])) for sight in sights_of_line(lines, texts, i, page, manner)]
            for i in range(len(lines))
        ]
        both = [
            [
                [names[1].setdefault(sight, len(names[1])) for sight in sights_of_pair(lines, i, page, role)]
                for role in Role
            ]
            for i in range(1, len(lines))
        ]
        out.append(Known(np.maximum(own, -50.0), np.maximum(pairs, -50.0), seen, both, roles))
    return out


def expected(own: np.ndarray, pairs: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Chances of each role of each line, of each pair of roles, and the log of the sum over all sequences."""
    n = len(own)
    ahead, back = np.zeros((n, 4)), np.zeros((n, 4))
    ahead[0] = own[0]
    for i in range(1, n):
        both = ahead[i - 1][:, None] + pairs[i - 1]
        top = both.max(axis=0)
        ahead[i] = top + np.log(np.exp(both - top).sum(axis=0)) + own[i]
    for i in range(n - 2, -1, -1):
        both = pairs[i] + (own[i + 1] + back[i + 1])[None, :]
        top = both.max(axis=1)
        back[i] = top + np.log(np.exp(both - top[:, None]).sum(axis=1))
    total = ahead[-1].max() + np.log(np.exp(ahead[-1] - ahead[-1].max()).sum())
    single = np.exp(ahead + back - total)
    double = np.exp(ahead[:-1, :, None] + pairs + (own[1:] + back[1:])[:, None, :] - total)
    return single, double, float(total)


def fit(knowns: list[Known], sizes: tuple[int, int], turns: int, pull: float) -> tuple[np.ndarray, np.ndarray]:
    """Weights of the sights of lines (n × 4) and of pairs (n × 4 × 4)."""
    weights = [np.zeros((sizes[0], 4)), np.zeros((sizes[1], 4, 4))]
    moment = [np.zeros_like(one) for one in weights]
    spread = [np.zeros_like(one) for one in weights]
    step = 0
    rng = np.random.default_rng(1)
    for turn in range(turns):
        loss = 0.0
        for batch in np.array_split(rng.permutation(len(knowns)), max(1, len(knowns) // 12)):
            slope = [2 * pull * one for one in weights]
            for index in batch:
                known = knowns[index]
                own, pairs = known.own.copy(), known.pairs.copy()
                for i, sights in enumerate(known.line_sights):
                    own[i] += weights[0][sights].sum(axis=0)
                for i, above in enumerate(known.pair_sights):
                    for role in range(4):
                        pairs[i, role] += weights[1][above[role], role].sum(axis=0)
                single, double, total = expected(own, pairs)
                roles = known.roles
                score = own[np.arange(len(roles)), roles].sum() + sum(
                    pairs[i, roles[i], roles[i + 1]] for i in range(len(roles) - 1)
                )
                loss += total - score
                single[np.arange(len(roles)), roles] -= 1.0
                for i, sights in enumerate(known.line_sights):
                    slope[0][sights] += single[i] / len(batch)
                for i, above in enumerate(known.pair_sights):
                    double[i, roles[i], roles[i + 1]] -= 1.0
                    for role in range(4):
                        slope[1][above[role], role] += double[i, role] / len(batch)
            step += 1
            for k in (0, 1):
                moment[k] = 0.9 * moment[k] + 0.1 * slope[k]
                spread[k] = 0.999 * spread[k] + 0.001 * slope[k] ** 2
                pace = 0.03 if turn < turns * 2 // 3 else 0.01
                weights[k] = weights[k] - pace * (moment[k] / (1 - 0.9**step)) / (
                    np.sqrt(spread[k] / (1 - 0.999**step)) + 1e-6
                )
        if turn % 5 == 0 or turn == turns - 1:
            print(f"turn {turn + 1}: {loss / len(knowns):.3f} nats a page", flush=True)
    return weights[0], weights[1]


def main() -> None:
    """Fit and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--turns", type=int, default=25)
    parser.add_argument("--pull", type=float, default=0.003)
    given = parser.parse_args()
    names: tuple[dict[str, int], dict[str, int]] = ({}, {})
    knowns = load(given.folders, names)
    print(
        f"{len(knowns)} pages, {sum(len(one.roles) for one in knowns)} lines, {len(names[0])} and {len(names[1])} sights"
    )
    line, pair = fit(knowns, (len(names[0]), len(names[1])), given.turns, given.pull)
    shape = {
        "line": {name: [round(float(w), 2) for w in line[i]] for name, i in sorted(names[0].items())},
        "pair": {name: [round(float(w), 2) for w in pair[i].ravel()] for name, i in sorted(names[1].items())},
    }
    text = ",\n".join(
        f' "{key}": {{\n'
        + ",\n".join(f"  {json.dumps(name, ensure_ascii=False)}: {row}" for name, row in part.items())
        + "\n }"
        for key, part in shape.items()
    )
    given.out.write_text("{\n" + text + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
