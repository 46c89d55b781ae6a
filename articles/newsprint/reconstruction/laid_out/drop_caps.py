"""A first character set several lines high, with the lines beside it drawn in: 春 over three lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from articles.newsprint.reconstruction.laid_out.columns import Column
from articles.newsprint.reconstruction.laid_out.sheet import Area, Printed, Usual
from articles.newsprint.reconstruction.typography import bare

_LARGE = 1.8  # times the size of the text
_LETTERS = 2  # 12月 begins with two figures


def without_drop_caps(lines: Sequence[Printed], page: Usual) -> tuple[list[Printed], dict[int, Printed]]:
    """The other lines, those beside a drop cap out to its left edge; and each drop cap by the line it stands before."""
    caps: dict[int, Printed] = {}
    wide: dict[int, Printed] = {}
    for cap in lines:
        if cap.vertical or cap.size < _LARGE * page.size or not 1 <= len(bare(cap.text)) <= _LETTERS:
            continue
        beside = [line for line in lines if line is not cap and _is_beside(line, cap, page)]
        if len(beside) < 2:
            continue
        first = min(beside, key=lambda line: line.base)
        area = Area(cap.area.x0 + 2 * page.size, first.area.y0, first.area.x0, first.area.y1)
        caps[first.number] = replace(cap, area=area, size=first.size, font=first.font)
        wide |= {line.number: replace(line, area=replace(line.area, x0=cap.area.x0)) for line in beside}
    taken = {cap.number for cap in caps.values()}
    return [wide.get(line.number, line) for line in lines if line.number not in taken], caps


def _is_beside(line: Printed, cap: Printed, page: Usual) -> bool:
    gap = line.area.x0 - cap.area.x1
    alike = abs(line.size - page.size) < 0.1 * page.size and not line.vertical
    return (
        alike and -0.4 * page.size < gap < 1.2 * page.size and cap.area.holds_point((cap.area.x0, line.area.centre[1]))
    )


def put_back(caps: Mapping[int, Printed], columns: Sequence[Column]) -> None:
    """Each drop cap before its line, where the first character of an indented paragraph would stand."""
    for column in columns:
        for at in range(len(column.lines) - 1, -1, -1):
            if cap := caps.get(column.lines[at].number):
                column.lines.insert(at, cap)
