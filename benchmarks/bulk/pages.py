"""Makes a folder of newspaper pages of every kind, a few of them broken; the same arguments give the same bytes.

p0001.txt, p0002.pdf, p0003/node_3.htm, p0003/content_1.htm, … p0031.pdf (encrypted)
"""

from __future__ import annotations

import codecs
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.reading.accidents import CLASSES
from benchmarks.reading.printing import load, print_page
from tests.newsprint.documents import paragraph, word, zipped
from tests.newsprint.poison import flooded, locked, swelling_word
from tests.newsprint.press import Press

Files = dict[str, bytes]
_KINDS: dict[str, int] = {
    "utf-8": 30,
    "gb18030": 15,
    "utf-8-sig": 5,
    "utf-16": 5,
    "big5": 5,
    "pdf": 25,
    "docx": 8,
    "html": 7,
}
_BROKEN = (
    "encrypted",
    "truncated",
    "empty",
    "binary",
    "polyglot",
    "large-sheet",
    "content-bomb",
    "entity-bomb",
    "long-line",
    "old-word",
)
_COLUMNS = 4


def make(folder: Path, pages: int, seed: int = 1, broken: int = 3) -> list[int]:
    """Write pages 1 to `pages`, `broken` of a hundred of which can't be read; gives the numbers of these."""
    rng = random.Random(f"bulk {seed}")
    bad = sorted(rng.sample(range(1, pages + 1), round(pages * broken / 100)))
    texts = load()
    for number in range(1, pages + 1):
        if number in bad:
            files = _broken(number, _BROKEN[bad.index(number) % len(_BROKEN)], rng, texts)
        else:
            files = _good(number, rng.choices(list(_KINDS), list(_KINDS.values()))[0], rng, texts)
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return bad


def _good(number: int, kind: str, rng: random.Random, texts: list[dict[str, Any]]) -> Files:
    articles = [_own(text, rng) for text in rng.sample(texts, rng.randint(3, 6))]
    made = {"pdf": _pdf, "docx": _docx, "html": _html}.get(kind)
    if made:
        return made(number, articles)
    lines, _truths = print_page(articles, CLASSES[rng.choice(["mild", "usual", "usual", "hard"])], f"bulk {number}")
    return {f"p{number:04}.txt": _encoded("\n".join(line.text for line in lines) + "\n", kind)}


def _own(text: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """An article that differs from others of its text by its numbers."""
    figure = "".join(rng.choices("123456789", k=4))
    return text | {"paragraphs": [*text["paragraphs"], f"据统计，今年以来此类事项共有{figure}件。"]}


def _encoded(text: str, encoding: str) -> bytes:
    if encoding == "utf-16":
        return codecs.BOM_UTF16_LE + text.encode("utf-16-le")
    if encoding == "big5":
        from opencc import OpenCC

        text = OpenCC("s2t").convert(text)
        text = "".join(char for char in text if char.encode("big5", "ignore"))
    return text.encode(encoding)


def _sheet(articles: list[dict[str, Any]]) -> Press:
    """A tabloid page: each article a headline over the whole width and four columns below it."""
    sheet, top = Press(800, 1130), 60.0
    for article in articles:
        paragraphs = [*article["paragraphs"], *(f"{by['role']} {by['name']}" for by in article["bylines"][:1])]
        letters = sum(len(paragraph) + 16 for paragraph in paragraphs)
        depth = letters // (16 * _COLUMNS) + 3
        if top + 40 + 15 * depth > sheet.height - 20:
            break
        sheet.line(40, top, article["headline"].replace("\n", " ")[:26], 22)
        sheet.flow(paragraphs, [(40 + 185 * at, top + 12) for at in range(_COLUMNS)], cells=16, depth=depth)
        top += 50 + 15 * depth
    return sheet


def _pdf(number: int, articles: list[dict[str, Any]]) -> Files:
    return {f"p{number:04}.pdf": _sheet(articles).pdf()}


def _docx(number: int, articles: list[dict[str, Any]]) -> Files:
    parts: list[str] = []
    for article in articles:
        parts.append(paragraph(article["headline"].replace("\n", " "), style="1"))
        parts += [paragraph(text) for text in article["paragraphs"]]
    return {f"p{number:04}.docx": word(*parts)}


def _html(number: int, articles: list[dict[str, Any]]) -> Files:
    """A digital paper's page in a folder of its own, in the layout of the older publishing system."""
    areas, files = [], {}
    for at, article in enumerate(articles, 1):
        areas.append(f'<area shape="rect" coords="10,{100 * at},340,{100 * at + 90}" href="content_{at}.htm">')
        body = "".join(f"<p>　　{text}</p>" for text in article["paragraphs"])
        head = article["headline"].replace("\n", " ")
        files[f"content_{at}.htm"] = (
            f"<html><head><meta charset='utf-8'><title>{head}</title></head><body><!--enpproperty <title>{head}</title>"
            f"<author></author>/enpproperty--><div id='ozoom'><!--enpcontent-->{body}<!--/enpcontent--></div></body></html>"
        )
    files[f"node_{number}.htm"] = (
        f"<html><head><meta charset='utf-8'><title>澄湾导报-第{number}版：综合</title></head><body>"
        f'<img src="p.jpg" width="350" height="800" usemap="#m"><map name="m">{"".join(areas)}</map></body></html>'
    )
    return {f"p{number:04}/{name}": text.encode() for name, text in files.items()}


def _broken(number: int, kind: str, rng: random.Random, texts: list[dict[str, Any]]) -> Files:
    """Each number another file, so that none is taken for a copy of another."""
    sheet = _sheet([_own(text, rng) for text in rng.sample(texts, 3)])
    own = f"{number}".encode()
    make: dict[str, Callable[[], tuple[str, bytes]]] = {
        "encrypted": lambda: ("pdf", locked(sheet.pdf())),
        "truncated": lambda: ("pdf", sheet.pdf()[: 900 + number % 90]),
        "empty": lambda: ("txt", b" \n" * (number % 7 + 1) + b"\r\n" * number),
        "binary": lambda: ("txt", b"\x00\x01\x02\x03" * 100 + own),
        "polyglot": lambda: ("pdf", b"%PDF-1.7\n" + zipped({"p.txt": b"text " + own})),
        "large-sheet": lambda: ("pdf", Press(20_000 + number, 20_000).pdf()),
        "content-bomb": lambda: ("pdf", flooded(own)),
        "entity-bomb": lambda: ("docx", swelling_word(str(number))),
        "long-line": lambda: ("txt", "字".encode() * 1_000_000 + own),
        "old-word": lambda: ("doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + own),
    }
    ending, content = make[kind]()
    return {f"p{number:04}.{ending}": content}
