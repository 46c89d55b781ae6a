"""What is seen of a line and of a pair of neighbours, as named sights. What each counts for is fitted: `line_weights.json`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from articles.newsprint.reconstruction.typography import CLOSERS, bare, cells, ends_sentence

Weights = Mapping[str, Mapping[str, Sequence[float]]]

_HANGING = tuple("的在和与及为了将对把等是有从到向以于被让给使并而但其由")
_PAIRS = (("“", "”"), ("（", "）"), ("《", "》"))


@cache
def weights() -> Weights:
    """`line`: sight → what it adds to head, start, continuation, byline; `pair`: sight → 16 of them, by role above."""
    found: Weights = json.loads(Path(__file__).with_name("line_weights.json").read_text(encoding="utf-8"))
    return found


def line_sights(
    texts: Sequence[str], i: int, width: float, *, parted: bool, parted_below: bool, indented: bool, listed: bool
) -> list[str]:
    """Sights of line `i`; `parted`: a blank is above or below it, `indented`: the page's paragraphs are."""
    text = texts[i].strip()
    out = []
    commas = sum(text.count(mark) for mark in "，、；：")
    if text.endswith(("。", "；")):
        out.append("ends with a stop")
    elif text.endswith(("，", "、")):
        out.append("ends with a comma")
    elif text.endswith(("：", ":")):
        out.append("ends with a colon")
    elif text.endswith(("！", "？", "”", "……")):
        out.append("ends with ！？”")
    elif text.endswith(_HANGING):
        out.append("ends hanging")
    else:
        out.append("ends bare")
    if any(mark in text[:-1] for mark in "。！？；"):
        out.append("stop inside")
    out.append(f"commas {min(3, commas)}")
    share = cells(bare(text)) / max(width, 1.0)
    bounds = (0.35, 0.6, 0.8, 0.93, 1.07, 1.3, 1.8)
    out.append(f"width class {sum(share >= bound for bound in bounds)}")
    if any(text.count(left) != text.count(right) for left, right in _PAIRS):
        out.append("open quotation")
    if re.search(r"[\u4e00-\u9fff”！？》）][ 　]+[\u4e00-\u9fff“《（]", text):
        out.append("blank inside")
    if text[0] in CLOSERS:
        out.append("begins with a closing mark")
    out.append(
        ("alone" if parted_below else "below a blank") if parted else "above a blank" if parted_below else "amid"
    )
    if i + 1 < len(texts):
        below = texts[i + 1].strip()
        if below.startswith("本报"):
            out.append("本报 below")
        if ends_sentence(below):
            out.append("stop below")
    else:
        out.append("last line")
    if i == 0:
        out.append("first line")
    if indented:
        out.append("indented" if texts[i].startswith(("　", "  ")) else "not indented")
    if listed:
        out.append("among items")
    return out


def pair_sights(above: str, line: str, room: float, *, blank: bool, between: bool, same_word: bool) -> list[str]:
    """Sights of a pair of neighbours; `room` is what the upper line had to spare, in cells."""
    gap = "something between" if between else "blank" if blank else "unparted"
    fill = "full" if room < 0 else "nearly full" if room < 1 else "short" if room < 2.5 else "very short"
    text = above.strip()
    stop = (
        "ended"
        if ends_sentence(text)
        else "colon"
        if text.endswith(("：", ":"))
        else "comma"
        if text.endswith(("，", "、", "；"))
        else "open"
    )
    out = [gap, f"{gap}, {stop}", f"{gap}, {stop}, {fill}"]
    if same_word:
        out.append("one word")
    if text.endswith(_HANGING):
        out.append("hanging above")
    if any(text.count(left) > text.count(right) for left, right in _PAIRS):
        out.append("quotation open above")
    if line.strip().startswith("本报"):
        out.append("本报 below")
    if not any(mark in text + line for mark in "，。、；："):
        out.append("no mark in either")
    return out
