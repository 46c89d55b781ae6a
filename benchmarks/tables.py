"""Prints the figures."""

from __future__ import annotations

from itertools import groupby
from typing import Any

TITLES = {
    "newsarchive": "newsarchive",
    "stock_haystack": "stock Haystack",
    "fts5": "SQLite FTS5",
    "postgres": "PostgreSQL",
    "tantivy": "tantivy",
    "xapian": "Xapian",
}


def print_spread(figures: dict[str, Any]) -> None:
    """Share of articles that hold the 1st, 10th, … word."""
    print(
        f"\n{figures['articles']} articles of {figures['characters']} characters on average; share of articles with the"
    )
    for name, shares in (("made-up archive", figures["spread"]), ("its source", figures["source"])):
        told = ", ".join(f"{rank}. word {share:.2%}" for rank, share in shares.items() if rank != "words")
        print(f"  {name}: {told}; {shares['words']} words")


def print_row(row: str, by_engine: dict[str, dict[str, float]], *, first: bool) -> None:
    """One line: CPU p50/p95 and wall p95 of every engine, in milliseconds."""
    if first:
        print("\nmilliseconds: CPU median / CPU p95 (wall p95)")
        print(" " * 22 + "".join(f"{TITLES[name]:>25}" for name in by_engine))
    cells = []
    for name in TITLES:
        own = by_engine.get(name)
        if own:
            cells.append(f"{own['cpu_p50']:>9.2f}/{own['cpu_p95']:.2f} ({own['wall_p95']:.1f})".rjust(25))
    print(f"{row:<22}" + "".join(cells), flush=True)


def print_disagreements(found: list[dict[str, Any]]) -> None:
    """Where an engine's ids or total differ from a plain look at every article."""
    if not found:
        print("\nAll engines give the same articles and totals as a look at every article.")
        return
    print("\nNot the articles that a look at every article finds:")
    order = sorted(found, key=lambda one: (one["engine"], one["reason"], one["row"]))
    for (engine, reason), group in groupby(order, key=lambda one: (one["engine"], one["reason"])):
        print(f"  {TITLES[engine]}: {reason}")
        for one in list(group):
            told = f"{one['right']} right, {one['missing']} missing, {one['too_many']} too many, total {one['total']}"
            print(f"    {one['row']:<22}{one['question']}: {told}")


def print_measures(measures: dict[str, Any]) -> None:
    """The other measurements."""
    print()
    for name, figures in measures.items():
        print(f"{name:<10}" + ", ".join(f"{key} {value}" for key, value in figures.items()))
