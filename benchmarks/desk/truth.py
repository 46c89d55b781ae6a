"""What is printed on a page, as its truth file tells it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HEAD = ("kicker", "headline", "subtitle")
FORMS = {".txt": "text", ".pdf": "PDF"}


class NotPrintedError(Exception):
    """A part of an article is not made of whole lines of its file."""


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
    parts: tuple[str, ...]  # texts of kicker, headline, subtitle, body, byline, without white space

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
    """A page: its file, its articles, and the lines that belong to none, by number with their kind.

    The lines of a PDF have numbers only when it has been read: until then its articles have none, see `located`.
    """

    path: Path
    number: int
    articles: tuple[PrintedArticle, ...]
    aside: dict[int, str]

    @property
    def form(self) -> str:
        """Text or PDF."""
        return FORMS[self.path.suffix]

    def located(self, lines: dict[int, str]) -> PrintedPage:
        """The page with the numbers of its articles' lines, given all lines of its file by number."""
        if self.form == "text":
            return self
        left = {number: squash(text) for number, text in lines.items() if squash(text)}
        articles = []
        for article in self.articles:
            numbers = [_run(part, left, f"{self.path.name}: {article.headline}") for part in article.parts]
            *head, body, byline = numbers
            lines = {"head_lines": chain(*head), "body_lines": body, "byline_lines": byline}
            articles.append(replace(article, **{name: tuple(found) for name, found in lines.items()}))
        return replace(self, articles=tuple(articles), aside=dict.fromkeys(left, "unknown"))


@dataclass(frozen=True)
class PrintedIssue:
    """One day's pages; other printings of the same day are further editions."""

    paper: str
    date: str
    edition: int
    pages: tuple[PrintedPage, ...]

    @property
    def form(self) -> str:
        """Of its pages: text or PDF."""
        return self.pages[0].form

    @property
    def numbers(self) -> list[int]:
        """Of its pages, as `files` has them."""
        return [page.number for page in self.pages]

    def files(self) -> list[tuple[str, bytes]]:
        """Name and content of each page's file, as it is uploaded."""
        return [(f"{self.date}-{page.number}{page.path.suffix}", page.path.read_bytes()) for page in self.pages]


def load_issues(folder: Path, damage: str | None) -> list[PrintedIssue]:
    """Issues of all pages in a folder: PDFs, and text pages of one kind of damage where asked for.

    Each is an edition of its day by itself, so that no two want the same page.
    """
    seen: Counter[tuple[str, str, str, int]] = Counter()
    issues: dict[tuple[str, str, str, int], list[PrintedPage]] = defaultdict(list)
    for path in sorted(folder.glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(truth, dict) or not truth.get("articles") or "issue_date" not in truth:
            continue
        page = _page(folder, truth)
        if page is None or (page.form == "text" and damage not in (None, truth["damage"])):
            continue
        key = truth["paper"], truth["issue_date"], page.form
        seen[*key, page.number] += 1
        issues[*key, seen[*key, page.number]].append(page)
    editions: Counter[tuple[str, str]] = Counter()
    found = []
    for (paper, date, _form, _nth), pages in sorted(issues.items()):
        editions[paper, date] += 1
        pages.sort(key=lambda page: page.number)
        found.append(PrintedIssue(paper, date, editions[paper, date], tuple(pages)))
    return found


def _page(folder: Path, truth: dict[str, Any]) -> PrintedPage | None:
    path = folder / truth["source"]
    lines = [line for line in truth.get("lines") or () if line["role"] != "blank"]
    if path.suffix not in FORMS or (path.suffix == ".txt" and not lines):
        return None
    articles = tuple(_article(one, lines) for one in truth["articles"])
    placed = frozenset().union(*(article.lines for article in articles))
    aside = {line["n"]: line["role"] for line in lines if line["n"] not in placed}
    return PrintedPage(path, truth["page"], articles, aside)


def _article(one: dict[str, Any], lines: list[dict[str, Any]]) -> PrintedArticle:
    def numbers(*roles: str) -> tuple[int, ...]:
        return tuple(line["n"] for line in _in_order(lines) if line["article"] == one["id"] and line["role"] in roles)

    groups = tuple({role: squash(reading.get(role)) for role in HEAD} for reading in (one, *one.get("accept", ())))
    body, byline = squash("".join(one["paragraphs"])), squash("".join(one["byline_text"]))
    return PrintedArticle(
        one["id"],
        one["headline"],
        groups,
        body,
        byline,
        numbers(*HEAD),
        numbers("body"),
        numbers("byline"),
        (*(squash(one.get(role)) for role in HEAD), body, byline),
    )


def _in_order(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Lines as they are read: by paragraph, then as printed."""
    return sorted(lines, key=lambda line: (line.get("paragraph") or 0, line["n"]))


def _run(text: str, left: dict[int, str], where: str) -> list[int]:
    """Numbers of the lines that give a text one after the other, taken out of those that are left.

    Lines go on downwards where they can; a line that says the same elsewhere is tried next.
    """
    run: list[int] = []
    tries: list[Sequence[int]] = []
    rest = text
    while rest:
        if len(tries) == len(run):
            tries.append(_beginning(rest, left, run))
        if tries[-1]:
            number, *others = tries.pop()
            tries.append(others)
            run.append(number)
            rest = rest[len(left[number]) :]
        elif run:
            tries.pop()
            rest = left[run.pop()] + rest
        else:
            raise NotPrintedError(f"{where}: “{text[:20]}” is not made of whole lines")
    for number in run:
        del left[number]
    return run


def _beginning(text: str, left: dict[int, str], run: Iterable[int]) -> list[int]:
    """Lines with which a text may begin: the next one below the last first, then the others from the top."""
    run = list(run)
    last = run[-1] if run else 0
    found = [number for number, said in left.items() if number not in run and text.startswith(said)]
    return sorted(found, key=lambda number: (number < last, number))
