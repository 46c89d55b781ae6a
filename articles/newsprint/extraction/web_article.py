"""One article of a digital paper as HTML → kicker, headline, subtitle, who wrote it, paragraphs. Runs in the sandbox.

Papers mark these in many ways: in a comment for the publishing system, in elements of its own, in headings, in names
of classes. Each is looked for; what none of them gives is found by where most text stands.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from articles.newsprint.extraction.web_text import paragraphs_in, text_in, tree_of
from articles.newsprint.values import ReadingError

_FIELDS = {"introtitle": "kicker", "title": "headline", "subtitle": "subtitle", "author": "author"}
_FIELD = re.compile(r"<(introtitle|title|subtitle|author)>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_KICKER = re.compile(
    r"intro-?_?title|yin-?_?ti|primer|kicker|pre-?_?title|shoulder|jian-?_?biao|eyebrow", re.IGNORECASE
)
_SUBTITLE = re.compile(r"sub-?_?title|fu-?_?ti|fu-?_?biao", re.IGNORECASE)
_HEADLINE = re.compile(
    r"^(?:title_?a?|main-?_?title|article-?_?title|zhu-?_?ti|biao-?_?ti|headline|bt)\d*$", re.IGNORECASE
)
_AUTHOR = re.compile(r"author|zuo-?_?zhe|writer|byline", re.IGNORECASE)
_CONTENT = re.compile(
    r"^(?:ozoom|zoom|content_?text|article-?_?content|content|main-?_?content|text_c|news-?_?content|cont|nr|article-?_?body)$",
    re.IGNORECASE,
)
_HEADINGS = ("h1", "h2", "h3", "h4")
_ENOUGH = 8  # characters that make a text


@dataclass(frozen=True, slots=True)
class WebArticle:
    """What one article's file says. `captions` stand under its pictures."""

    headline: str
    paragraphs: tuple[str, ...]
    kicker: str = ""
    subtitle: str = ""
    author: str = ""
    captions: tuple[str, ...] = ()


def read_web_article(data: bytes, name: str) -> WebArticle:
    """Raises ReadingError `no-article` where there is no text, `broken-html`, `empty`, `binary`."""
    root = tree_of(data, name)
    said = _said_in_comment(root)
    seen = _seen(root, said.get("headline", ""))
    nodes = _content(root)
    captions: list[str] = []
    paragraphs: list[str] = []
    heads = {_bare(text) for text in (*said.values(), *seen.values()) if text}
    for text, captioned in paragraphs_in(nodes):
        if not paragraphs and _bare(text) in heads:
            continue
        (captions if captioned else paragraphs).append(text)
    headline = said.get("headline") or seen.get("headline", "")
    if not paragraphs and not (headline and captions):
        raise ReadingError("no-article", f"“{name}”里没有找到稿件正文。请在浏览器里打开稿件页，重新保存后上传。")
    return WebArticle(
        headline,
        tuple(paragraphs),
        said.get("kicker") or seen.get("kicker", ""),
        said.get("subtitle") or seen.get("subtitle", ""),
        said.get("author") or seen.get("author", ""),
        tuple(captions),
    )


def _said_in_comment(root: Any) -> dict[str, str]:
    """<!--enpproperty <title>…</title><subtitle>…</subtitle> … /enpproperty-->"""
    for comment in root.iter(tag=etree.Comment):
        text = comment.text or ""
        if text.lstrip().startswith("enpproperty"):
            fields = {_FIELDS[key.lower()]: _plain(value) for key, value in _FIELD.findall(text)}
            return {key: value for key, value in fields.items() if value}
    return {}


def _plain(value: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", value)).split())


def _seen(root: Any, headline: str) -> dict[str, str]:
    """What the page shows as headline, and round it as kicker, subtitle and author."""
    found = list(_heads(root))
    main = _main(root, found, headline)
    out = {"headline": text_in(found[main][1]) if main is not None else _window_title(root)}
    before, after = (found[:main], found[main + 1 :]) if main is not None else ([], found)
    near = found[main][1].getparent() if main is not None else None
    for side, key in ((before, "kicker"), (after, "subtitle")):
        for role, element in side:
            if any(element.iterancestors("a")):
                continue
            beside = near is not None and element.getparent() is near
            if role in ("kicker", "subtitle") or (role in _HEADINGS and beside):
                text = text_in(element)
                named = "subtitle" if role == "subtitle" else key
                if text and text != out["headline"] and len(text) <= 120:
                    out.setdefault(named, text)
    for role, element in found:
        if role == "author" and (text := text_in(element)) and len(text) <= 60:
            out.setdefault("author", text)
    return out


def _heads(root: Any) -> Iterator[tuple[str, Any]]:
    """Elements that name themselves a headline, a kicker, a subtitle or an author, and headings, in order."""
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in ("map", "area", "meta", "link", "script", "style"):
            continue
        if element.tag.startswith("founder-"):
            role = {"title": "headline", "introtitle": "kicker", "subtitle": "subtitle", "author": "author"}
            if element.tag[8:] in role:
                yield role[element.tag[8:]], element
            continue
        names = f"{element.get('class', '')} {element.get('id', '')}".split()
        if any(_SUBTITLE.search(n) for n in names):
            yield "subtitle", element
        elif any(_KICKER.search(n) for n in names):
            yield "kicker", element
        elif any(_HEADLINE.match(n) for n in names):
            yield "headline", element
        elif any(_AUTHOR.search(n) for n in names):
            yield "author", element
        elif element.tag in _HEADINGS:
            yield element.tag, element


def _main(root: Any, found: list[tuple[str, Any]], headline: str) -> int | None:
    """The headline among them: the one that the window's title repeats, else what calls itself so, else the first."""
    wanted = [_bare(headline), _bare(_title(root))]
    texts = [_bare(text_in(element)) for _role, element in found]
    for known in wanted:
        told = [at for at, text in enumerate(texts) if len(text) >= 2 and text in known and found[at][0] != "author"]
        if told:  # the longest: the paper's own name stands in the title too
            return max(told, key=lambda at: len(texts[at]))
    for role in ("headline", *_HEADINGS):
        for at, (own, _element) in enumerate(found):
            if own == role and 2 <= len(texts[at]) <= 120:
                return at
    return None


def _title(root: Any) -> str:
    for path in ("//meta[@property='og:title']/@content", "//title/text()"):
        for text in root.xpath(path):
            if text.strip():
                return str(text)
    return ""


def _window_title(root: Any) -> str:
    """春耕备耕全面铺开-河湾日报数字报 → 春耕备耕全面铺开."""
    return re.split(r"\s*[-_|｜]\s*|——", _title(root).strip())[0].strip()


def _content(root: Any) -> list[Any]:
    """Nodes that hold the text: between the system's comments, in its own element, in a place so named, or densest."""
    between = _between_comments(root)
    if _letters(between) >= _ENOUGH:
        return between
    for element in root.iter("founder-content"):
        if _letters([element]) >= _ENOUGH:
            return [element]
    named = [
        element
        for element in root.iter("div", "td", "article", "section", "span")
        if any(_CONTENT.match(n) for n in f"{element.get('class', '')} {element.get('id', '')}".split())
    ]
    named = [element for element in named if _letters([element]) >= _ENOUGH and element.find(".//map") is None]
    if named:  # the innermost that holds nearly all of the best one's text
        most = max(_letters([element]) for element in named)
        return [min((e for e in named if _letters([e]) >= 0.9 * most), key=lambda e: sum(1 for _ in e.iter()))]
    return _densest(root)


def _between_comments(root: Any) -> list[Any]:
    best: list[Any] = []
    for comment in root.iter(tag=etree.Comment):
        if (comment.text or "").strip() != "enpcontent":
            continue
        nodes = []
        for sibling in comment.itersiblings():
            if not isinstance(sibling.tag, str) and (sibling.text or "").strip() == "/enpcontent":
                break
            nodes.append(sibling)
        if _letters(nodes) > _letters(best):
            best = nodes
        bare_text = comment.tail or ""
        if not best and len(bare_text.strip()) >= _ENOUGH and comment.getparent() is not None:
            best = [comment.getparent()]
    return best


def _densest(root: Any) -> list[Any]:
    """The element whose own paragraphs hold the most text."""
    weights: dict[Any, int] = {}
    for p in root.iter("p"):
        parent = p.getparent()
        if parent is not None and not any(p.iterancestors("a", "map")):
            weights[parent] = weights.get(parent, 0) + _letters([p])
    if weights and max(weights.values()) >= _ENOUGH:
        return [max(weights, key=lambda element: weights[element])]
    body = root.find(".//body")
    return [body if body is not None else root]


def _letters(nodes: list[Any]) -> int:
    return sum(len("".join(text.split())) for text, _captioned in paragraphs_in(nodes))


def _bare(text: str) -> str:
    return re.sub(r"\W", "", text)
