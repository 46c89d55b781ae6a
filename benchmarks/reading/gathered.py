"""A paper that no weight was fitted on: the articles of many kinds by which recognition is judged, signed by lot."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_HEAD = re.compile(r"= (?P<genre>[^|]+)\|[^|]+\|(?P<headline>.+)")
_TRUTH = re.compile(r"(?:#|[POD]\?? |O\?$)")
_OPENING = re.compile(r"本报讯[ 　]*(?![（(])")
_NAMES = ("汤若溪", "蓝一舟", "车朗", "辛夷", "卓远航", "柯以宁", "尚清和", "闵佳音", "席慕川", "连城")
_SHORTEST = 60  # characters; less is a specimen of a phrase, no article


def gathered(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """Articles in the form of `texts.json`, from files in the format of `benchmarks.recognition`."""
    found: list[dict[str, Any]] = []
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            if head := _HEAD.fullmatch(line.strip()):
                found.append({"genre": head["genre"].strip(), "headline": head["headline"].strip(), "paragraphs": []})
            elif line.strip() and not _TRUTH.match(line):
                found[-1]["paragraphs"] += [part.strip() for part in line.split("⏎") if part.strip()]
    long = [article for article in found if sum(map(len, article["paragraphs"])) >= _SHORTEST]
    return [_signed(article, number) for number, article in enumerate(long, 1)]


def _signed(article: dict[str, Any], number: int) -> dict[str, Any]:
    rng = random.Random(article["headline"])
    paragraphs = list(article["paragraphs"])
    report = bool(_OPENING.match(paragraphs[0]))
    inline = paragraphs[0].startswith("本报讯") and not report
    paragraphs[0] = _OPENING.sub("", paragraphs[0])
    roles = () if inline else rng.choices([(), ("记者",), ("记者", "通讯员")], [3, 4, 3])[0]
    names = rng.sample(_NAMES, len(roles))
    return {
        "id": f"g-{number:03}",
        "genre": article["genre"],
        "kicker": None,
        "headline": article["headline"],
        "subtitle": None,
        "paragraphs": paragraphs,
        "bylines": [{"role": role, "name": name} for role, name in zip(roles, names, strict=True)],
        "form": ("opening" if report and rng.random() < 0.15 else "end") if roles else "none",
        "report": report,
    }
