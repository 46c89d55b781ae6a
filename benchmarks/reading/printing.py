"""Prints pages of known articles the way text layers come out of another make of paper, with their truth.

python -m benchmarks.reading.printing OUT --pages 20 --seed 3 --damage usual

Each page is `NAME.txt` with `NAME.json` beside it: its articles, and for every line its article and role.
The same arguments give the same pages.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.reading.accidents import CLASSES, Accidents
from benchmarks.reading.between import advertisement, caption, furniture
from benchmarks.reading.gathered import gathered
from benchmarks.reading.typesetting import set_lines

TEXTS = Path(__file__).with_name("texts.json")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line; a blank one has no text."""

    text: str
    role: str
    article: str | None = None
    paragraph: int | None = None


BLANK = Line("", "blank")
Piece = list[Line]


@dataclass(frozen=True, slots=True)
class Style:
    """What the articles of one page have in common."""

    width: float
    marks: float
    paragraphs: str  # indent, indent+blank, blank or none
    signature: str
    mixed_widths: bool

    @classmethod
    def drawn(cls, rng: random.Random) -> Style:
        """A style at random."""
        return cls(
            rng.choice([9, 10, 12, 15, 17, 19, 22, 24, 27]),
            rng.choice([1.0, 1.0, 0.5]),
            rng.choices(["indent", "indent+blank", "blank", "none"], [5, 2, 4, 1])[0],
            rng.choice(["plain", "bracketed", "paper", "inline"]),
            rng.random() < 0.25,
        )


def load(path: Path = TEXTS) -> list[dict[str, Any]]:
    """The articles that pages are printed from."""
    return list(json.loads(path.read_text(encoding="utf-8"))["articles"])


def print_page(articles: Sequence[dict[str, Any]], chances: Accidents, seed: str) -> tuple[list[Line], list[dict]]:
    """Lines of one page and the truth of its articles."""
    rng = random.Random(seed)
    style = Style.drawn(rng)
    gathered = rng.random() < chances.headlines_gathered
    order: list[Piece] = []
    heads: list[Piece] = []
    leads: list[tuple[Piece, Piece]] = []
    truths = []
    for position, article in enumerate(articles):
        head, lead, body, truth = _set_article(article, style, chances, rng, headed=position == 0 or gathered)
        truths.append(truth)
        if lead:
            leads.append((lead, body))
        if gathered and head:
            heads.append(head)
            order.append(body)
        else:
            order.append(_with_headline(head, body, chances, rng) if head else body)
            leads = [(one, order[-1] if home is body else home) for one, home in leads]
    if rng.random() < chances.shuffled:
        rng.shuffle(order)
    for lead, home in leads:
        places = [i for i in range(len(order) + 1) if i == len(order) or order[i] is not home]
        order.insert(rng.choice(places), lead)
    order = heads + order if rng.random() < 0.5 else order + heads
    for make, counts in ((caption, chances.captions), (advertisement, chances.between), (furniture, chances.furniture)):
        for _ in range(rng.choice(counts)):
            piece = [Line(text, make.__name__) for text in make(rng)]
            at = rng.choice([0, len(order)]) if make is furniture else rng.randrange(len(order) + 1)
            order.insert(at, piece)
    return _laid_out(order, rng), truths


def _set_article(
    article: dict[str, Any], style: Style, chances: Accidents, rng: random.Random, *, headed: bool
) -> tuple[Piece, Piece, Piece, dict[str, Any]]:
    """Headline group, displaced lead, body with bylines, and the truth of all of them."""
    aid = article["id"]
    paragraphs = list(article["paragraphs"])
    signed = _signature(article, style, rng)
    if article["report"]:
        headless = not headed and rng.random() < chances.headless
        opening = "" if not headless and rng.random() < chances.opening_dropped else "本报讯"
        if article["form"] == "opening" or (opening and style.signature == "inline" and article["bylines"]):
            paragraphs[0] = f"{opening or '本报讯'}（{_people(article)}）{paragraphs[0]}"
            signed = []
        elif opening:
            paragraphs[0] = f"{opening} {paragraphs[0]}"
    else:
        headless = False
    head = [] if headless else _headline(article, style, rng)
    width = style.width if not style.mixed_widths else max(9.0, style.width + rng.choice([-3, 0, 0, 4]))
    lead: Piece = []
    body: Piece = []
    for index, paragraph in enumerate(paragraphs):
        moved = index == 0 and len(paragraphs) > 2 and len(paragraph) > 45 and rng.random() < chances.lead_moved
        here = _set_paragraph(paragraph, index, aid, width * (2 if moved else 1), style, 0 if moved else chances, rng)
        if moved:
            lead = here
            continue
        if body and "blank" in style.paragraphs and article["genre"] not in ("verse", "table"):
            body.append(BLANK)
        body += here
    own = [Line(text, "byline", aid) for text in signed]
    body = [*own, *([BLANK] if rng.random() < 0.5 else []), *body] if article["form"] == "top" else [*body, *own]
    if article["form"] != "top" and rng.random() < chances.jump:
        body.append(Line(rng.choice(["（下转第三版）", "下转第2版"]), "furniture"))
    truth = {
        "id": aid,
        "kicker": None if headless else article["kicker"],
        "headline": "" if headless else article["headline"].replace("\n", " "),
        "subtitle": None if headless else article["subtitle"],
        "paragraphs": paragraphs,
        "byline_text": signed,
        "bylines": article["bylines"],
        "people": [],
        "organisations": [],
        "dates": [],
    }
    if accepted := readings(head):
        truth["accept"] = accepted
    return head, lead, body, truth


def _people(article: dict[str, Any]) -> str:
    return " ".join(f"{byline['role']} {byline['name']}" for byline in article["bylines"])


def _signature(article: dict[str, Any], style: Style, rng: random.Random) -> list[str]:
    bylines = article["bylines"]
    if article["form"] in ("none", "opening"):
        return []
    if bylines[0]["role"] == "作者":
        return [rng.choice(["□{}", "■ {}", "{}"]).format(bylines[0]["name"])]
    if bylines[0]["role"] == "摄":
        return [bylines[0]["name"] + " 摄"]
    if article["form"] == "top":
        return [rng.choice(["■本报记者 {}", "本报记者 {}", "□ 本报记者　{}"]).format(bylines[0]["name"])]
    text = _people(article)
    return [{"bracketed": f"（{text}）", "paper": f"澄湾导报{text}"}.get(style.signature, text)]


def _headline(article: dict[str, Any], style: Style, rng: random.Random) -> Piece:
    aid = article["id"]
    parts = article["headline"].split("\n")
    if len(parts) > 1 and rng.random() < 0.3:
        parts = [" ".join(parts)]
    elif len(parts) == 1 and " " in parts[0] and rng.random() < 0.4:
        parts = parts[0].split(" ")
    group = [Line(text, "headline", aid) for text in parts]
    if article["kicker"]:
        group.insert(0, Line(article["kicker"], "kicker", aid))
    if article["subtitle"]:
        group.append(Line(article["subtitle"], "subtitle", aid))
    parted = rng.random() < 0.2
    out: Piece = []
    for line in group:
        if out and parted and out[-1].role != line.role:
            out.append(BLANK)
        out.append(line)
    return out


def readings(group: Piece) -> list[dict[str, str | None]]:
    """Readings of a headline group between which type alone would decide."""
    texts = [line.text for line in group if line.text]
    marked = " ".join(text for text in texts if text.startswith("——")) or None
    rest = [text for text in texts if not text.startswith("——")]
    out = []
    for kicker in (0, 1):
        for subtitle in (0,) if marked else (0, 1):
            stop = len(rest) - subtitle
            if kicker < stop:
                out.append(
                    {
                        "kicker": " ".join(rest[:kicker]) or None,
                        "headline": " ".join(rest[kicker:stop]),
                        "subtitle": marked or " ".join(rest[stop:]) or None,
                    }
                )
    return out if len(out) > 1 else []


def _set_paragraph(
    text: str, index: int, aid: str, width: float, style: Style, chances: Accidents | int, rng: random.Random
) -> Piece:
    lines = set_lines(text, width, indent=2.0, marks=style.marks)
    out: Piece = []
    for number, line in enumerate(lines):
        if number and isinstance(chances, Accidents) and rng.random() < chances.column_end:
            out.append(BLANK)
        indent = "　　" if number == 0 and "indent" in style.paragraphs else ""
        out.append(Line(indent + line, "body", aid, index))
    return out


def _with_headline(head: Piece, body: Piece, chances: Accidents, rng: random.Random) -> Piece:
    gap = [BLANK] if rng.random() < 0.7 else []
    chance = rng.random()
    if chance < chances.headline_after:
        return [*body, BLANK, *head]
    ends = [i for i, line in enumerate(body) if line is BLANK and 2 < i < len(body) - 2]
    if ends and chance < chances.headline_after + chances.headline_inside:
        at = rng.choice(ends)
        return [*body[:at], BLANK, *head, BLANK, *body[at + 1 :]]
    return [*head, *gap, *body]


def _laid_out(order: list[Piece], rng: random.Random) -> list[Line]:
    out: list[Line] = []
    for piece in order:
        if out and out[-1].text:
            out.append(BLANK)
        for line in piece:
            if line.text or (out and out[-1].text):
                spaced = re.sub(r"(?<=[\u4e00-\u9fff])(?=\d)", " ", line.text) if rng.random() < 0.1 else line.text
                out.append(replace(line, text=spaced))
    return out


def main() -> None:
    """Write pages and their truth to a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--damage", choices=sorted(CLASSES), default="usual")
    parser.add_argument(
        "--texts", type=Path, nargs="+", default=[TEXTS], help="JSON, or files in the format of benchmarks.recognition"
    )
    parser.add_argument("--without", nargs="*", default=[], metavar="GENRE", help="leave out articles of these genres")
    parser.add_argument(
        "--half", type=int, choices=(1, 2), help="only every other article, from the first or second on"
    )
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    one = given.texts[0].suffix == ".json"
    texts = load(given.texts[0]) if one else gathered(given.texts)
    texts = [text for text in texts if text["genre"] not in given.without]
    texts = texts[given.half - 1 :: 2] if given.half else texts
    for number in range(1, given.pages + 1):
        seed = f"{given.seed} {given.damage} {number}"
        rng = random.Random(seed)
        articles = rng.sample(texts, rng.randint(4, 8))
        lines, truths = print_page(articles, CLASSES[given.damage], seed)
        name = f"{'chengwan' if one else 'gathered'}-{given.seed}-{given.damage}-{number:03}"
        (given.out / f"{name}.txt").write_text("\n".join(line.text for line in lines) + "\n", encoding="utf-8")
        truth = {
            "source": f"{name}.txt",
            "issue_date": "2024-06-07",
            "damage": given.damage,
            "articles": truths,
            "lines": [
                {"n": n, "article": line.article, "role": line.role, "paragraph": line.paragraph}
                for n, line in enumerate(lines, 1)
            ],
        }
        (given.out / f"{name}.json").write_text(json.dumps(truth, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
