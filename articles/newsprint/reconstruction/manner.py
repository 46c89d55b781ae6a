"""What a page does where papers differ: how it parts paragraphs, where it prints lists and verse."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from articles.newsprint.reconstruction.type_lines import ClassedLine, Gap, Role, TypeLine, is_list_item, opens_report
from articles.newsprint.reconstruction.typography import Measure, bare, cells

_MARK = re.compile(r"[，。、；！？]")
_NOTHING_OF_VERSE = re.compile(r"[0-9“”《》：:]|[\u4e00-\u9fff][ 　]+[\u4e00-\u9fff]|——")
_HOURS = re.compile(r"\d{1,2}[:：]\d{2}\s*[—－~-]+\s*\d{1,2}[:：]\d{2}")  # of a timetable


@dataclass(frozen=True, slots=True)
class Manner:
    """What this page does where papers differ."""

    unparted_start: float = 0.0  # log-odds that a paragraph begins where no blank line parts it
    listed: tuple[bool, ...] = ()  # lines near which several list items begin
    verse: tuple[bool, ...] = ()  # lines of a poem, or of a table: short ones in a row, without a mark
    hours: tuple[bool, ...] = ()  # lines of a timetable's entry that are not its last: hours stand in the next one


def listed(lines: Sequence[TypeLine]) -> tuple[bool, ...]:
    """Lines near which several list items begin."""
    ends = [False, *(line.text.strip().endswith(("；", ";")) for line in lines[:-1])]
    items = [is_list_item(line.text) or after for line, after in zip(lines, ends, strict=True)]
    return tuple(sum(items[max(0, i - 12) : i + 9]) >= 3 for i in range(len(lines)))


def verse(lines: Sequence[TypeLine], page: Measure) -> tuple[bool, ...]:
    """Lines of a poem, or of a table."""
    out = [False] * len(lines)
    start = 0
    for i in range(len(lines) + 1):
        plain = (
            i < len(lines)
            and (lines[i].signature is None or (i > start and lines[i].perhaps_signed))
            and not _MARK.search(lines[i].text)
            and cells(bare(lines[i].text)) <= page.widths[i] + 4
        )
        if plain and (start == i or lines[i].gap is Gap.NONE):
            continue
        end = i
        while end > start and lines[end - 1].perhaps_signed and not _rest_of_verse(lines, end - 1, page):
            end -= 1  # who wrote it
        if end - start >= 4:
            out[start:end] = [True] * (end - start)
        start = i if plain else i + 1
    _parted_verse(lines, page, out)
    return tuple(out)


def _rest_of_verse(lines: Sequence[TypeLine], i: int, page: Measure) -> bool:
    """卸下 below 雾从桅杆上慢慢: what had no room on the line above looks like a pen name."""
    return i > 0 and page.room_left(i - 1, bare(lines[i - 1].text), bare(lines[i].text), first=True) < 0


def _parted_verse(lines: Sequence[TypeLine], page: Measure, out: list[bool]) -> None:
    """Lines of a poem that blanks part from each other: they stand below the poet's name."""
    start = 0
    for i in range(len(lines) + 1):
        text = lines[i].text.strip() if i < len(lines) else ""
        short = (
            i < len(lines)
            and lines[i].signature is None
            and lines[i].gap is not Gap.OTHER
            and not _MARK.search(text)
            and not _NOTHING_OF_VERSE.search(text)
            and 4 <= cells(bare(text)) <= min(14.0, page.widths[i] + 0.5)
        )
        if short:
            continue
        end = i
        if i < len(lines) and end > start and (lines[i].gap is Gap.NONE or opens_report(lines[i].text)):
            end -= 1  # the headline of what comes next
        poet = lines[start - 1].signature if start else None
        penned = poet is not None and (poet.opening or not poet.certain)
        if penned and end - start >= 4 and all(line.gap is Gap.BLANK for line in lines[start + 1 : end]):
            out[start:end] = [True] * (end - start)
        start = i + 1


def hours(lines: Sequence[TypeLine]) -> tuple[bool, ...]:
    """Where the hours of an entry stand in the next line: 望帆路菜市场东门, 每周三 14:00—16:00."""
    found = [bool(_HOURS.search(line.text)) for line in lines]
    if sum(found) < 3:
        return (False,) * len(lines)
    return tuple(
        i + 1 < len(lines)
        and not found[i]
        and lines[i + 1].gap is Gap.NONE
        and re.match(r"\S{0,3}\s*\d{1,2}[:：]\d{2}", lines[i + 1].text.strip()) is not None
        for i in range(len(lines))
    )


def unparted_start(classed: Sequence[ClassedLine]) -> float:
    """From how many of the paragraph starts within a body stand without a blank line."""
    body = (Role.START, Role.CONTINUATION)
    starts = [b.line.gap is Gap.NONE for a, b in pairwise(classed) if b.role is Role.START and a.role in body]
    share = (sum(starts) + 0.5) / (len(starts) + 2.0)
    return max(-2.5, min(1.5, math.log(share / (1.0 - share)) + 0.5))
