"""Where an article goes on on another page: （下转第3版）, 下转A03版：重大项目开工, （上接第一版）."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from articles.newsprint.reconstruction.paragraphs import paragraph_text
from articles.newsprint.reconstruction.typography import bare, ends_sentence

_WAY = r"(?P<way>下转|上接|紧接)(?:本报)?"
_PAGE = r"第?(?P<page>A?\d{1,3}|[一二三四五六七八九十]{1,3})版"
_JUMP = rf"{_WAY}{_PAGE}(?P<title>[^)】]{{0,24}})"
_ALONE = re.compile(rf"[(【]?{_JUMP}[)】]?")
_AT_AN_END = re.compile(rf"[(【]{_JUMP}[)】]$")
_AT_THE_HEAD = re.compile(rf"[(【]{_JUMP}[)】]")
_BESIDE_TITLE = re.compile(r"^\W+|\W+$")
_ONWARD = re.compile(r"\s*[(（【]\s*下转[^()（）【】]{1,30}[)）】]$")
_BACK = re.compile(r"^[(（【]\s*(?:上接|紧接)[^()（）【】]{1,30}[)）】]\s*")
_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", 1)}


class Begins(NamedTuple):
    """Where a part of a text begins: counted from 0, in characters of its paragraph."""

    paragraph: int
    offset: int


@dataclass(frozen=True, slots=True)
class Jump:
    """`onward`: the article goes on on page `page`; else it comes from there. `title`: what is named beside it, or ""."""

    onward: bool
    page: int
    title: str = ""


def read_jump(text: str) -> Jump | None:
    """The jump that a line is, or that it ends with (onward) or opens with (back) in brackets; None where there is none."""
    line = unicodedata.normalize("NFKC", bare(text))
    found = _ALONE.fullmatch(line) or _AT_AN_END.search(line) or _AT_THE_HEAD.match(line)
    if found is None:
        return None
    onward = found["way"] == "下转"
    if (found.end() < len(line) and onward) or (found.start() > 0 and not onward):
        return None
    page = _number(found["page"])
    return Jump(onward, page, _BESIDE_TITLE.sub("", found["title"])) if page else None


def joined_text(parts: Sequence[Sequence[str]]) -> tuple[list[str], list[Begins]]:
    """The paragraphs of an article that is printed in parts, and where each part begins in them.

    A sentence that the turn of the page cut in two is one again, and the jumps themselves are no text.
    """
    whole: list[str] = []
    begins: list[Begins] = []
    for at, part in enumerate(parts):
        own = [text for text in part if text]
        if own and at:
            own[0] = _BACK.sub("", own[0])
        if own and at < len(parts) - 1:
            own[-1] = _ONWARD.sub("", own[-1])
        own = [text for text in own if text]
        if at and whole and own and not ends_sentence(whole[-1]):
            begins.append(Begins(len(whole) - 1, len(whole[-1])))
            whole[-1] = paragraph_text([whole[-1], own.pop(0)])
        else:
            begins.append(Begins(len(whole), 0))
        whole += own
    return whole, begins


def _number(printed: str) -> int:
    """3, A03 and 十二 as numbers; 0 for what is none."""
    digits = printed.removeprefix("A")
    if digits.isdecimal():
        return int(digits)
    tens, ten, ones = digits.rpartition("十")
    return (_DIGITS.get(tens, 1 if not tens else 0) * 10 if ten else 0) + _DIGITS.get(ones, 0)
