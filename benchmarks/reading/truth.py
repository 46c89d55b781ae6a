"""What is known of a printed page, in the terms of its reading."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from articles.newsprint.reconstruction.page_plan import Page, Plan, Segment, segments_of
from articles.newsprint.reconstruction.plan_scores import Verdict

HEADS = ("kicker", "headline", "subtitle")


def pages(folders: Sequence[Path]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Text pages of the folders with their truth."""
    for folder in folders:
        for path in sorted(folder.glob("*.json")):
            truth = json.loads(path.read_text(encoding="utf-8"))
            if isinstance(truth, dict) and str(truth.get("source", "")).endswith(".txt"):
                yield folder / truth["source"], truth


def true_plan(page: Page, truth: Mapping[str, Any]) -> tuple[Plan, dict[int, int]] | None:
    """The plan that makes the true articles, with the article (by first paragraph) of each headline group.

    None where the page's lines were already misread, so that no plan could.
    """
    known = {line["n"]: line for line in truth["lines"]}

    def whose(numbers: Sequence[int], *roles: str) -> str | None:
        found = {known[n]["article"] for n in numbers}
        return found.pop() if len(found) == 1 and all(known[n]["role"] in roles for n in numbers) else None

    owners = [whose(paragraph.numbers, "body") for paragraph in page.paragraphs]
    signed = [whose(signing.signed.numbers, "byline") for signing in page.signings]
    heads = [[whose([head.number], *HEADS) for head in run.heads] for run in page.runs]
    if None in owners or None in signed or any(None in run for run in heads):
        return None
    if sum(map(len, heads)) != sum(line["role"] in HEADS for line in truth["lines"]):
        return None
    breaks = frozenset((i, k) for i, run in enumerate(heads) for k in range(1, len(run)) if run[k] != run[k - 1])
    place = [known[paragraph.numbers[0]]["paragraph"] for paragraph in page.paragraphs]
    cuts = frozenset(p for p in page.joints if owners[p] != owners[p - 1] or place[p] < place[p - 1])
    below = frozenset(
        i
        for i, signing in enumerate(page.signings)
        if signing.bound == 0 and owners[signing.after] == signed[i] != owners[signing.after - 1]
    )
    plan = Plan(cuts, below, (), breaks)
    parts: dict[str | None, list[Segment]] = {}
    for segment in segments_of(page, plan):
        parts.setdefault(owners[segment.first], []).append(segment)
    homes, mains = [], {}
    for owner, segments in parts.items():
        main = max(
            segments,
            key=lambda s: (s.last - s.first, sum(len(page.paragraphs[p].text) for p in range(s.first, s.last))),
        )
        homes += [(segment.first, main.first) for segment in segments if segment is not main]
        mains[owner] = main.first
    pairs = {}
    for i, run in enumerate(page.runs):
        for k, head in enumerate(run.heads):
            if (k == 0 or (i, k) in breaks) and heads[i][k] in mains:
                pairs[head.number] = mains[heads[i][k]]
    return Plan(cuts, below, tuple(sorted(homes)), breaks), pairs


def pairs_of(verdict: Verdict) -> dict[int, int]:
    """The article (by first paragraph) of each headline group (by first line)."""
    return {article.group[0].number: article.main.first for article in verdict.articles if article.group}


def shape(verdict: Verdict, pairs: Mapping[int, int]) -> frozenset[tuple[frozenset[tuple[int, int]], tuple[int, ...]]]:
    """What the articles of a verdict are made of, however its plan says so."""
    groups = {article.group[0].number: article.group for article in verdict.articles if article.group}
    over = {first: groups[number] for number, first in pairs.items() if number in groups}
    return frozenset(
        (
            frozenset((s.first, s.last) for s in article.segments),
            tuple(head.number for head in over.get(article.main.first, ())),
        )
        for article in verdict.articles
    )
