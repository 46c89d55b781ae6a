"""A made-up archive for timing: real sentences from the fixture pages, drawn again and again."""

from __future__ import annotations

import datetime
import json
import random
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SECTIONS = ("要闻", "综合", "社会", "副刊")


def sentences(pages: Path) -> list[str]:
    """Sentences of 8 to 80 characters as printed on the fixture pages."""
    text = "\n".join(path.read_text(encoding="utf-8", errors="ignore") for path in sorted(pages.rglob("*.txt")))
    joined = re.sub(r"\s+", "", text)
    return [part for part in re.findall(r"[^。！？]+[。！？]", joined) if 8 <= len(part) <= 80]


def write_table(path: Path, pages: Path, articles: int, characters: int = 500, seed: int = 7) -> None:
    """A table of articles for import_articles, the same for the same seed."""
    draw = random.Random(seed)
    known = sentences(pages)
    first = datetime.date(2015, 1, 1)
    with path.open("w", encoding="utf-8") as file:
        for number in range(articles):
            body = ""
            while len(body) < characters:
                body += draw.choice(known) + ("\n" if draw.random() < 0.3 else "")
            row = {
                "title": draw.choice(known)[:20].rstrip("。！？") + str(number),
                "date": (first + datetime.timedelta(days=number % 3000)).isoformat(),
                "page": number % 4 + 1,
                "section": SECTIONS[number % 4],
                "body": body.strip(),
            }
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
