"""How pages whose articles are known are read: what share is right, how honest the confidence is, what went wrong, at what cost.

python -m benchmarks.reading.judging FOLDER… [--wrong] [--readings FILE.jsonl]

An article is right when its headline lines, the lines of its text in order and its byline are. `--wrong` names the others
with their kinds of error; `--readings` keeps what was read, so that two states of the reader can be compared.
"""

from __future__ import annotations

import argparse
import datetime
import json
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from articles.newsprint import read_page
from articles.newsprint.page_json import page_json
from articles.newsprint.values import ArticleLines, PageReading
from benchmarks.reading.faults import Parts, faults
from benchmarks.reading.shares import p95, reliability, share
from benchmarks.reading.truth import HEADS, pages


@dataclass(frozen=True, slots=True)
class Judged:
    """One page: how it was damaged, its CPU seconds, each article read with its confidence, each wrong one's faults."""

    name: str
    damage: str
    seconds: float
    printed: int
    said: tuple[tuple[float, bool], ...]
    wrong: Mapping[str, Sequence[str]]


def parts_of(lines: ArticleLines) -> Parts:
    """Line numbers of a read article."""
    body = tuple(number for paragraph in lines.body for number in paragraph)
    return Parts(frozenset((*lines.kicker, *lines.headline, *lines.subtitle)), body, tuple(lines.byline))


def true_parts(truth: Mapping[str, Any], article: str) -> Parts:
    """Line numbers of a printed article; its text in reading order."""
    own = [line for line in truth["lines"] if line["article"] == article]
    body = sorted((line["paragraph"], line["n"]) for line in own if line["role"] == "body")
    return Parts(
        frozenset(line["n"] for line in own if line["role"] in HEADS),
        tuple(number for _, number in body),
        tuple(line["n"] for line in own if line["role"] == "byline"),
    )


def judged(path: Path, truth: Mapping[str, Any]) -> tuple[Judged, PageReading]:
    """Read one page and hold it against its truth."""
    content, day = path.read_bytes(), datetime.date.fromisoformat(truth["issue_date"])
    start = time.process_time()
    reading = read_page(content, path.name, day)
    seconds = time.process_time() - start
    read = [parts_of(article.draft.lines) for article in reading.articles]
    printed = {article["id"]: true_parts(truth, article["id"]) for article in truth["articles"]}
    aside = {item.line: str(item.kind) for item in reading.unplaced}
    said = [
        (article.draft.confidence, own in printed.values()) for article, own in zip(reading.articles, read, strict=True)
    ]
    wrong = {name: faults(own, printed, read, aside) for name, own in printed.items() if own not in read}
    return Judged(path.stem, truth["damage"], seconds, len(printed), tuple(said), wrong), reading


def report(seen: Sequence[Judged]) -> None:
    """Tables by damage class, and for all."""
    classes = sorted(
        {page.damage for page in seen},
        key=lambda name: ("mild", "usual", "hard").index(name) if name in ("mild", "usual", "hard") else 3,
    )
    groups = {"all": seen, **{name: [page for page in seen if page.damage == name] for name in classes}}
    for name, group in groups.items():
        articles, wrong = sum(page.printed for page in group), sum(len(page.wrong) for page in group)
        taken = sorted(page.seconds for page in group)
        print(
            f"{name}: {len(group)} pages, {articles} articles; right {share(articles - wrong, articles)}; "
            f"CPU p50 {taken[len(taken) // 2]:.2f} p95 {p95(taken):.2f} most {taken[-1]:.2f} s a page"
        )
        for line in reliability([one for page in group for one in page.said]):
            print(f"  {line}")
    print("kinds of error, an article may have several:")
    kinds = {
        name: Counter(kind for page in group for one in page.wrong.values() for kind in set(one))
        for name, group in groups.items()
    }
    for kind, times in kinds["all"].most_common():
        print(f"  {kind:<42}{times:>4}  " + "  ".join(f"{name} {kinds[name][kind]}" for name in classes))


def main() -> None:
    """Read, judge, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--wrong", action="store_true", help="name the articles that were not right")
    parser.add_argument("--readings", type=Path, help="write what was read, a page a line")
    given = parser.parse_args()
    seen, read = [], []
    for number, (path, truth) in enumerate(pages(given.folders)):
        if not number:
            judged(path, truth)  # loads dictionaries and models
        page, reading = judged(path, truth)
        seen.append(page)
        read.append(json.dumps(page_json(reading), ensure_ascii=False))
        if given.wrong and page.wrong:
            print(f"{path} ({page.damage})")
            for name, found in page.wrong.items():
                print(f"    {name}: {', '.join(found)}")
    if given.readings:
        given.readings.write_text("\n".join(read) + "\n", encoding="utf-8")
    report(seen)


if __name__ == "__main__":
    main()
