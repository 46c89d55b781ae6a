"""Writes the tables of docs/benchmarks.md, and from the figures of two sizes or more the plot beside it.

python -m benchmarks.growth [RESULTS.json]      # default: benchmarks/results.json
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from benchmarks.floors import floors
from benchmarks.plot import Line, plot
from benchmarks.tables import TITLES

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results.json"
DOCUMENT = ROOT / "docs" / "benchmarks.md"
PICTURE = ROOT / "docs" / "images" / "search-growth.svg"
BEGIN, END = "<!-- figures: written by python -m benchmarks.growth -->", "<!-- end of figures -->"
MEASURES = {
    "rebuild": ("Rebuild from stored words, articles a second of CPU", "{articles_per_cpu_second}"),
    "load": (
        "40 new articles searchable while 8 processes search, seconds (5 times)",
        "{searchable}",
    ),
    "readers": (
        "those readers, wall p50 / p99 ms; errors of searches",
        "{reader_p50_ms} / {reader_p99_ms}; {errors} of {searches}",
    ),
    "process": ("Opening the index in a fresh process, ms of CPU", "{open_cpu_ms}"),
    "memory": ("Web process after 200 pages: resident MB (without pages of mapped files)", "{rss_mb} ({rss_own_mb})"),
    "suggest": ("Suggestion, CPU p50 / p95 ms", "{p50} / {p95}"),
    "size": ("Index over text", "{newsarchive}"),
}
SAME = {"readers": "load", "memory": "process"}


def table(figures: dict[str, Any]) -> list[str]:
    """CPU p50 / p95 of every row and engine."""
    engines = [name for name in TITLES if any(name in row for row in figures["rows"].values())]
    lines = ["| ms of CPU, p50 / p95 | " + " | ".join(TITLES[name] for name in engines) + " |"]
    lines.append("|---|" + "---:|" * len(engines))
    for row, by_engine in figures["rows"].items():
        cells = [
            f"{_short(by_engine[name]['cpu_p50'])} / {_short(by_engine[name]['cpu_p95'])}" if name in by_engine else "–"
            for name in engines
        ]
        lines.append(f"| {row} | " + " | ".join(cells) + " |")
    return lines


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def spread_table(results: dict[str, Any]) -> list[str]:
    """How often words stand in the articles, for every size and the source."""
    ranks = ("1", "10", "100", "1000", "10000")
    lines = [
        "| share of articles with the … word | " + " | ".join(f"{rank}." for rank in ranks) + " | distinct words |"
    ]
    lines.append("|---|" + "---:|" * (len(ranks) + 1))
    last = list(results.values())[-1]
    for name, shares in [
        *((f"{int(n):,} articles", f["spread"]) for n, f in results.items()),
        ("source", last["source"]),
    ]:
        cells = [f"{shares[rank]:.2%}" if rank in shares else "–" for rank in ranks]
        lines.append(f"| {name} | " + " | ".join(cells) + f" | {shares['words']:,} |")
    return lines


def measures_table(results: dict[str, Any]) -> list[str]:
    """The other measurements, a column for each size."""
    lines = ["| | " + " | ".join(f"{int(n):,}" for n in results) + " |", "|---|" + "---:|" * len(results)]
    for key, (title, form) in MEASURES.items():
        cells = [form.format(**_told(figures["measures"][SAME.get(key, key)])) for figures in results.values()]
        lines.append(f"| {title} | " + " | ".join(cells) + " |")
    lines.append("| Other indexes over text | " + " | ".join(_sizes(figures) for figures in results.values()) + " |")
    return lines


def _told(measured: dict[str, Any]) -> dict[str, Any]:
    seconds = measured.get("searchable_after_s")
    return {**measured, "searchable": f"{min(seconds):.2f} to {max(seconds):.2f}"} if seconds else measured


def _sizes(figures: dict[str, Any]) -> str:
    sizes = figures["measures"]["size"]
    return ", ".join(f"{TITLES[name]} {sizes[name]}" for name in TITLES if name in sizes and name != "newsarchive")


def disagreements(results: dict[str, Any]) -> list[str]:
    """Which engines answered otherwise than a look at every article, by size and reason."""
    lines = []
    for number, figures in results.items():
        reasons: dict[tuple[str, str], int] = {}
        for one in figures["disagreements"]:
            key = (one["engine"], one["reason"])
            reasons[key] = reasons.get(key, 0) + 1
        for (engine, reason), count in reasons.items():
            lines.append(f"- {int(number):,} articles, {TITLES[engine]}, {count} questions: {reason}.")
    return lines or ["- None."]


def document(results: dict[str, Any]) -> str:
    """What stands between the marks."""
    lines = ["## Answers", ""]
    for number, figures in reversed(results.items()):
        lines += [f"### {int(number):,} articles", "", *table(figures), ""]
    if len(results) > 1:
        lines += ["## Growth", "", "![Whole results page by size of the archive](images/search-growth.svg)", ""]
    lines += ["## Other measurements of newsarchive", "", *measures_table(results), ""]
    lines += ["## What is held", "", *floors(results), ""]
    lines += ["## Where answers differ", "", *disagreements(results), ""]
    lines += ["## The made-up archive", "", *spread_table(results), ""]
    return "\n".join(lines)


def lines_of(results: dict[str, Any]) -> list[Line]:
    """Whole page by engine, and the two views."""
    found = []
    wanted = [("whole page", name, TITLES[name]) for name in TITLES]
    wanted += [("whole page, view", name, f"{TITLES[name]}, view") for name in ("newsarchive", "stock_haystack")]
    for row, engine, title in wanted:
        points = [
            (int(number), figures["rows"][row][engine]["cpu_p95"])
            for number, figures in results.items()
            if engine in figures["rows"].get(row, {})
        ]
        if points:
            found.append(Line(title, points, own=engine == "newsarchive"))
    return found


def main() -> None:
    """Write both."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else RESULTS
    results = dict(sorted(json.loads(path.read_text()).items(), key=lambda pair: int(pair[0])))
    if len(results) > 1:
        title = "Whole results page, milliseconds of CPU (95th percentile)"
        PICTURE.write_text(plot(title, "articles", lines_of(results)))
    text = DOCUMENT.read_text()
    head, tail = text.split(BEGIN)[0], text.split(END)[1]
    DOCUMENT.write_text(f"{head}{BEGIN}\n\n{document(results)}\n{END}{tail}")
    print(f"written: {DOCUMENT.relative_to(ROOT)}" + (f", {PICTURE.relative_to(ROOT)}" if len(results) > 1 else ""))


if __name__ == "__main__":
    main()
