"""Classed lines → the pieces a page is stitched from: headline lines, paragraphs and bylines, in printed order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from articles.newsprint.reconstruction.bylines import Signature
from articles.newsprint.reconstruction.type_lines import ClassedLine, Gap, Role, is_date, is_list_item, opens_report
from articles.newsprint.reconstruction.typography import Measure, bare, ends_sentence

_CAP = re.compile(r"[\u3400-\u9fff]")
_TIMED = re.compile(r"\d[:：]\d{2}$")  # an entry of a timetable


@dataclass(frozen=True, slots=True)
class HeadLine:
    """One line of some headline group."""

    number: int
    text: str
    gap: Gap
    margin: float


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of one paragraph. `width` is the column it was set in, in cells."""

    numbers: tuple[int, ...]
    lines: tuple[str, ...]
    gap: Gap
    width: float
    margin: float

    @property
    def text(self) -> str:
        return "".join(bare(line) for line in self.lines)

    @property
    def opens(self) -> bool:
        return opens_report(self.lines[0])

    @property
    def announces(self) -> bool:
        """名单如下： and the like: something must follow."""
        return self.lines[-1].strip().endswith(("：", ":", "；", ";"))

    @property
    def listed(self) -> bool:
        """医务工作者（8名）：…: an item of a list."""
        return is_list_item(self.lines[0]) or bool(_TIMED.search(self.text))

    @property
    def converses(self) -> bool:
        """问：… or 答：…"""
        return self.text.startswith(("问：", "答：", "问:", "答:"))

    @property
    def dated(self) -> bool:
        """A date alone signs off a notice."""
        return len(self.lines) == 1 and is_date(self.lines[0])

    @property
    def ended(self) -> bool:
        return ends_sentence(self.lines[-1])


@dataclass(frozen=True, slots=True)
class Signed:
    """Lines of one byline."""

    numbers: tuple[int, ...]
    lines: tuple[str, ...]
    gap: Gap
    signatures: tuple[Signature, ...]


Piece = HeadLine | Paragraph | Signed


def pieces(classed: Sequence[ClassedLine], page: Measure) -> tuple[Piece, ...]:
    """Group consecutive lines; a byline goes on over lines that no blank parts."""
    out: list[Piece] = []
    i = 0
    while i < len(classed):
        item = classed[i]
        line = item.line
        if item.role is Role.HEAD:
            out.append(HeadLine(line.number, line.text, line.gap, item.margin))
            i += 1
            continue
        end = i + 1
        if item.role is Role.SIGNATURE:
            while end < len(classed) and classed[end].role is Role.SIGNATURE and classed[end].line.gap is Gap.NONE:
                end += 1
        else:
            while end < len(classed) and classed[end].role is Role.CONTINUATION:
                end += 1
        run = _cap_first(classed[i:end]) if item.role is not Role.SIGNATURE else classed[i:end]
        numbers = tuple(member.line.number for member in run)
        texts = tuple(member.line.text for member in run)
        if item.role is Role.SIGNATURE:
            signatures = tuple(member.line.signature for member in run if member.line.signature)
            out.append(Signed(numbers, texts, line.gap, signatures))
        else:
            width = max(page.widths[i:end])
            out.append(Paragraph(numbers, texts, line.gap, width, min(member.margin for member in run)))
        i = end
    return tuple(out)


def _cap_first(run: Sequence[ClassedLine]) -> Sequence[ClassedLine]:
    """天来了，… and 春 below it: a first character set large stands lower than its line, and some tools print it second."""
    if len(run) < 3:
        return run
    first, cap, third = (member.line.text for member in run[:3])
    begun = len(bare(first)) > 1 and not first[:1].isspace() and not ends_sentence(first)
    if begun and _CAP.fullmatch(bare(cap)) and len(bare(third)) > 1:
        return [run[1], run[0], *run[2:]]
    return run
