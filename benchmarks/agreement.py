"""Holds every engine's answers against a plain look at every article, and says why where they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.questions import matching

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.corpus import Printed
    from benchmarks.peers import Peer, Question

REASONS = {
    (
        "stock_haystack",
        "phrase",
    ): "jieba's analyser gives a word its character's place for a position: no quoted phrase is found",
    (
        "stock_haystack",
        "word",
    ): "jieba guesses unknown words (HMM) and adds shorter ones by another rule, so it cuts otherwise",
}


def compare(
    peers: dict[str, Peer], questions: Sequence[Question], articles: Sequence[Printed]
) -> list[dict[str, object]]:
    """For each engine and question: how many are missing from its ids, how many too many; only where some are."""
    found: list[dict[str, object]] = []
    for question in questions:
        truth = matching(question, articles)
        for name, own in peers.items():
            ids, answer = own.every(question), own.find(question)
            if ids == truth and answer.total == len(truth) and set(answer.ids) <= truth:
                continue
            kind = "phrase" if question.phrase else "word"
            found.append(
                {
                    "row": question.row,
                    "question": question.typed,
                    "engine": name,
                    "right": len(truth),
                    "total": answer.total,
                    "missing": len(truth - ids),
                    "too_many": len(ids - truth),
                    "reason": REASONS.get((name, kind), "not explained: look into it"),
                }
            )
    return found
