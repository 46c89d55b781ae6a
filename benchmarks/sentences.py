"""Real sentences of the demo archive and the fixture pages, with places where names, numbers and words may change."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jieba
import rjieba

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "fixtures" / "demo" / "beiyuan-xinbao.jsonl"
PAGES = ROOT / "fixtures" / "pages"
EXCHANGED = {"n", "v", "vn", "a"}  # kinds of words that stand in for one another


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence: `kind` is text, person, organisation, number, or a kind of word (n, v, vn, a)."""

    kind: str
    text: str


Template = tuple[Piece, ...]


def demo_articles() -> list[dict[str, object]]:
    """The rows of the demo archive."""
    return [json.loads(line) for line in DEMO.read_text(encoding="utf-8").splitlines()]


def source_texts() -> list[str]:
    """Whole articles of the source, for comparing how often words stand in an article."""
    return [f"{row['title']}\n{row['body']}" for row in demo_articles()]


@cache
def word_kinds() -> dict[str, tuple[list[str], list[int]]]:
    """Two-character words of jieba's dictionary by kind, with how often each stands in its counts."""
    kinds: dict[str, tuple[list[str], list[int]]] = {kind: ([], []) for kind in sorted(EXCHANGED)}
    for line in Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines():
        word, count, kind = line.split(" ")
        if kind in kinds and len(word) == 2 and int(count) > 2:
            words, counts = kinds[kind]
            words.append(word)
            counts.append(int(count))
    return kinds


def templates() -> list[Template]:
    """Sentences of 8 to 90 characters, none twice."""
    names, bodies = {}, {}
    texts = []
    for row in demo_articles():
        texts.append(str(row["body"]))
        names.update({person["name"]: "person" for person in row.get("people", ())})  # type: ignore[attr-defined]
        for body in row.get("organisations", ()):  # type: ignore[attr-defined]
            bodies.update({surface: "organisation" for surface in body["surfaces"] if len(surface) > 5})
    pages = "".join(path.read_text(encoding="utf-8", errors="ignore") for path in sorted(PAGES.glob("*/*.txt")))
    texts.append(re.sub(r"\s+", "", pages))
    known = {**names, **bodies}
    marks = re.compile("|".join([*map(re.escape, sorted(known, key=len, reverse=True)), r"\d+(?:\.\d+)?"]))
    kinds = {word: kind for kind, (words, _counts) in word_kinds().items() for word in words}
    sentences = dict.fromkeys(
        part for text in texts for part in re.findall(r"[^。！？\n]+[。！？]", text) if 8 <= len(part) <= 90
    )
    return [tuple(_pieces(sentence, marks, known, kinds)) for sentence in sentences]


def _pieces(sentence: str, marks: re.Pattern[str], known: dict[str, str], kinds: dict[str, str]) -> list[Piece]:
    pieces: list[Piece] = []
    place = 0
    for match in [*marks.finditer(sentence), None]:
        end = match.start() if match else len(sentence)
        for word in rjieba.cut(sentence[place:end], False):
            kind = kinds.get(word, "text")
            if kind == "text" and pieces and pieces[-1].kind == "text":
                pieces[-1] = Piece("text", pieces[-1].text + word)
            else:
                pieces.append(Piece(kind, word))
        if match:
            pieces.append(Piece(known.get(match[0], "number"), match[0]))
            place = match.end()
    return pieces
