"""One run of the search benchmark: build, ask, compare, measure; everything printed, and kept as JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from benchmarks import measures, tables
from benchmarks.agreement import compare
from benchmarks.building import build
from benchmarks.questions import Asker
from benchmarks.spread import counts_of, source_spread, spread
from benchmarks.timing import columns_of, time_row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def run(folder: Path, count: int, engines: Sequence[str], rounds: int, results: Path | None) -> dict[str, Any]:
    """Figures of one size; also written to `results` where given."""
    archive = build(folder, count, engines)
    peers = archive.peers
    try:
        counts = counts_of(archive.articles)
        characters = sum(len(a.body) for a in archive.articles) / count
        figures: dict[str, Any] = {
            "articles": count,
            "characters": round(characters),
            "spread": spread(counts, count),
            "source": source_spread(),
        }
        tables.print_spread(figures)
        rows = Asker(archive.articles, counts).rows()
        pages = rows["whole page"]
        for row in ("whole page, search()", "whole page, view"):
            rows[row] = [replace(question, row=row) for question in pages]
        figures["measures"] = {}
        if "newsarchive" in peers:
            figures["measures"]["rebuild"] = measures.rebuild(archive)
        figures["asked"] = {row: [question.typed for question in questions] for row, questions in rows.items()}
        plain = [q for row, questions in rows.items() if not row.startswith("whole page") for q in questions]
        figures["disagreements"] = compare(peers, plain, archive.articles)
        figures["rows"] = {}
        for row, questions in rows.items():
            figures["rows"][row] = time_row(columns_of(peers, row), questions, rounds)
            tables.print_row(row, figures["rows"][row], first=len(figures["rows"]) == 1)
        tables.print_disagreements(figures["disagreements"])
        if "newsarchive" in peers:
            typed = [question.typed for question in pages]
            figures["measures"] |= {
                "size": measures.size(archive),
                "suggest": measures.suggest(archive),
                "process": measures.fresh_process(archive, typed),
                "load": measures.new_articles_under_load(archive, typed),
                "paced": measures.new_articles_under_load(archive, typed, paced=True),
            }
            tables.print_measures(figures["measures"])
    finally:
        for own in peers.values():
            own.close()
    if results:
        kept = json.loads(results.read_text()) if results.exists() else {}
        kept[str(count)] = figures
        results.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n")
    return figures
