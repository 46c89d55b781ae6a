"""Articles with their truth, from the paragraphs' own format or from the truth of pages."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from articles.newsprint.values import Byline

Bounds = tuple[str | None, str | None]


def squash(text: str | None) -> str:
    """White space never counts."""
    return "".join((text or "").split())


@dataclass(slots=True)
class TrueArticle:
    """One article and what it names. `free` posts, bodies and times may be found or not.

    `same`: a shorter cut of a post (教师 for 退休教师) → the post, where either is right.
    """

    label: str
    issue_date: datetime.date
    headline: str
    paragraphs: list[str] = field(default_factory=list)
    kicker: str | None = None
    subtitle: str | None = None
    bylines: list[Byline] = field(default_factory=list)
    people: dict[str, set[str]] = field(default_factory=dict)
    free_posts: set[tuple[str, str]] = field(default_factory=set)
    same: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    organisations: set[str] = field(default_factory=set)
    free_organisations: set[str] = field(default_factory=set)
    dates: dict[str, list[Bounds]] = field(default_factory=dict)
    free_dates: set[str] = field(default_factory=set)

    @property
    def posts(self) -> set[tuple[str, str]]:
        return {(name, post) for name, posts in self.people.items() for post in posts} - self.free_posts


@dataclass(slots=True)
class TruthFile:
    """A file of articles; `source` is the page that a reader has to make them from, if there is one."""

    path: Path
    articles: list[TrueArticle]
    source: Path | None = None


def read_truth(path: Path) -> TruthFile:
    """Raises ValueError for a line that is none of the format."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        page = json.loads(text)
        if not isinstance(page, dict) or not {"source", "issue_date", "articles"} <= page.keys():
            raise ValueError(f"{path}: no truth of a page")
        return _of_page(path, page)
    articles: list[TrueArticle] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            _read_line(articles, line)
        except (ValueError, IndexError) as error:
            raise ValueError(f"{path}:{number}: {line!r}: {error}") from error
    return TruthFile(path, articles)


def _read_line(articles: list[TrueArticle], line: str) -> None:
    kind, _, rest = line.partition(" ")
    if kind == "=":
        genre, day, headline = (part.strip() for part in rest.split("|"))
        articles.append(TrueArticle(genre, datetime.date.fromisoformat(day), headline))
        return
    article = articles[-1]
    if kind == "P":
        name, _, posts = rest.partition(":")
        name, listed = squash(name), [squash(post) for post in posts.split(";") if post.strip()]
        held = [post for post in listed if not post.startswith("~")]
        article.people[name] = {post for post in held if not any(o != post and o.endswith(post) for o in held)}
        article.same |= {(name, o): (name, post) for post in article.people[name] for o in held if post.endswith(o)}
        article.free_posts |= {(name, post.removeprefix("~")) for post in listed if post.startswith("~")}
    elif kind == "O":
        article.organisations |= set(rest.split())
    elif kind == "O?":
        article.free_organisations |= set(rest.split())
    elif kind == "D":
        surface, first, last = (*rest.split(), rest.split()[-1])[:3]
        article.dates.setdefault(surface, []).append((_bound(first), _bound(last)))
    elif kind == "D?":
        article.free_dates |= set(rest.split())
    else:
        article.paragraphs.append(line.replace("⏎", "\n"))


def _bound(text: str) -> str | None:
    return None if text == "-" else datetime.date.fromisoformat(text).isoformat()


def _of_page(path: Path, page: dict[str, Any]) -> TruthFile:
    articles = []
    for item in page["articles"]:
        article = TrueArticle(
            f"{path.stem} {item['id']}",
            datetime.date.fromisoformat(page["issue_date"]),
            item["headline"],
            item["paragraphs"],
            item.get("kicker"),
            item.get("subtitle"),
            [Byline(byline["name"], byline["role"]) for byline in item["bylines"]],
            {squash(person["name"]): {squash(post) for post in person.get("posts") or []} for person in item["people"]},
        )
        for person in item["people"]:
            for key in ("former", "former_posts", "predicate_posts", "descriptor"):
                value = person.get(key) or []
                given = [value] if isinstance(value, str) else value
                article.free_posts |= {(squash(person["name"]), squash(post)) for post in given}
        for body in item["organisations"]:
            article.organisations |= {squash(surface) for surface in body["surfaces"]}
        for date in item["dates"]:
            article.dates.setdefault(squash(date["surface"]), []).append((date.get("start"), date.get("end")))
        articles.append(article)
    return TruthFile(path, articles, path.with_name(page["source"]))
