"""What is printed on a page, as its truth file tells it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HEAD = ("kicker", "headline", "subtitle")


def squash(text: str | None) -> str:
    """Text without white space, which never counts."""
    return "".join((text or "").split())


@dataclass(frozen=True)
class PrintedArticle:
    """An article as printed. `groups` holds each reading of its headline group that counts as right."""

    id: str
    headline: str
    groups: tuple[dict[str, str], ...]
    body: str
    byline: str
    head_lines: tuple[int, ...]
    body_lines: tuple[int, ...]
    byline_lines: tuple[int, ...]

    @property
    def lines(self) -> frozenset[int]:
        """Numbers of all its lines."""
        return frozenset((*self.head_lines, *self.body_lines, *self.byline_lines))

    def is_group(self, texts: dict[str, str]) -> bool:
        """Whether these are the lines of its headline group; they may trade places among themselves."""
        found = {squash(text) for text in texts.values() if text}
        return any(found == {text for text in group.values() if text} for group in self.groups)


@dataclass(frozen=True)
class PrintedPage:
    """A page: its file, its articles, and the lines that belong to none, by number with their kind."""

    path: Path
    number: int
    articles: tuple[PrintedArticle, ...]
    aside: dict[int, str]


@dataclass(frozen=True)
class PrintedIssue:
    """One day's pages; other printings of the same day are further editions."""

    paper: str
    date: str
    edition: int
    pages: tuple[PrintedPage, ...]

    @property
    def numbers(self) -> list[int]:
        """Of its pages, as `files` has them."""
        return [page.number for page in self.pages]

    def files(self) -> list[tuple[str, bytes]]:
        """Name and content of each page's file, as it is uploaded."""
        return [(f"{self.date}-{page.number}.txt", page.path.read_bytes()) for page in self.pages]


def load_issues(folder: Path, damage: str | None) -> list[PrintedIssue]:
    """Issues of all text pages in a folder, of one kind of damage where asked for."""
    seen: Counter[tuple[str, str, int]] = Counter()
    issues: dict[tuple[str, str, int], list[PrintedPage]] = defaultdict(list)
    for path in sorted(folder.glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(truth, dict) or not truth.get("lines") or damage not in (None, truth["damage"]):
            continue
        paper, date, number = truth["paper"], truth["issue_date"], truth["page"]
        seen[paper, date, number] += 1
        issues[paper, date, seen[paper, date, number]].append(_page(folder, truth))
    return [PrintedIssue(*key, tuple(sorted(pages, key=lambda p: p.number))) for key, pages in sorted(issues.items())]


def _page(folder: Path, truth: dict[str, Any]) -> PrintedPage:
    lines = [line for line in truth["lines"] if line["role"] != "blank"]
    articles = tuple(_article(one, lines) for one in truth["articles"])
    placed = frozenset().union(*(article.lines for article in articles))
    aside = {line["n"]: line["role"] for line in lines if line["n"] not in placed}
    return PrintedPage(folder / truth["source"], truth["page"], articles, aside)


def _article(one: dict[str, Any], lines: list[dict[str, Any]]) -> PrintedArticle:
    def numbers(*roles: str) -> tuple[int, ...]:
        return tuple(line["n"] for line in _in_order(lines) if line["article"] == one["id"] and line["role"] in roles)

    groups = tuple({role: squash(reading.get(role)) for role in HEAD} for reading in (one, *one.get("accept", ())))
    return PrintedArticle(
        one["id"],
        one["headline"],
        groups,
        squash("".join(one["paragraphs"])),
        squash("".join(one["byline_text"])),
        numbers(*HEAD),
        numbers("body"),
        numbers("byline"),
    )


def _in_order(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Lines as they are read: by paragraph, then as printed."""
    return sorted(lines, key=lambda line: (line.get("paragraph") or 0, line["n"]))
