"""The columns of a story in reading order → paragraphs and bylines, by indentation."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from articles.newsprint.reconstruction.bylines import read_signature
from articles.newsprint.reconstruction.laid_out.belonging import Story
from articles.newsprint.reconstruction.laid_out.columns import Column
from articles.newsprint.reconstruction.laid_out.sheet import Printed, Usual
from articles.newsprint.reconstruction.type_lines import is_date, opens_report
from articles.newsprint.reconstruction.typography import bare, ends_sentence

_INDENT = (1.2, 3.4)  # ems
_MARKS = frozenset("，。；：！？、")
_ADDRESSED = re.compile(r"(?:同志|先生|女士|老师|朋友)[：:]")  # a letter begins: 编辑同志：上个月


@dataclass(slots=True)
class Text:
    """What a story says: paragraphs and bylines as lines."""

    paragraphs: list[list[Printed]] = field(default_factory=list)
    bylines: list[Printed] = field(default_factory=list)
    torn: int = 0  # joints between columns where a sentence neither ends nor goes on


def text_of(story: Story, page: Usual) -> Text:
    """Read a story."""
    columns = in_reading_order(story.columns, page)
    _level_edges(columns)
    placed = [(column, line) for column in columns for line in column.lines]
    signed = _signed(placed)
    text = Text([], [line for at, (_, line) in enumerate(placed) if at in signed])
    body = [pair for at, pair in enumerate(placed) if at not in signed]
    indented = sum(_is_indented(column, line) for column, line in body) >= 1 + len(body) // 40
    before: tuple[Column, Printed] | None = None
    for column, line in body:
        if before is None or _begins(before, (column, line), indented=indented):
            text.paragraphs.append([])
        text.paragraphs[-1].append(line)
        before = column, line
    text.torn = sum(_torn(a, b) for a, b in itertools.pairwise(columns))
    return text


def in_reading_order(columns: Sequence[Column], page: Usual) -> list[Column]:
    """From left to right within a row of columns, rows from the top; or down each column first where sentences say so."""
    rows = [column for row in _rows(columns, page) for column in _across(row, page)]
    straight = _across(columns, page)
    if straight != rows and _joints(straight) > _joints(rows):
        return straight
    return rows


def _rows(columns: Sequence[Column], page: Usual) -> list[list[Column]]:
    rows: list[list[Column]] = []
    for column in sorted(columns, key=lambda column: (column.area.y0, column.area.x0)):
        for row in rows:
            if any(
                column.area.shared_height(other.area) > 0.3 * min(column.area.height, other.area.height)
                for other in row
            ):
                row.append(column)
                break
        else:
            rows.append([column])
    return sorted(rows, key=lambda row: min(column.area.y0 for column in row))


def _across(columns: Sequence[Column], page: Usual) -> list[Column]:
    """By left edge, those on one edge from the top."""
    edges: list[float] = []
    for column in sorted(columns, key=lambda column: column.left):
        if not edges or column.left - edges[-1] > 2.6 * page.size:
            edges.append(column.left)
    place = {id(column): max(at for at, edge in enumerate(edges) if edge <= column.left + 0.01) for column in columns}
    return sorted(columns, key=lambda column: (place[id(column)], column.area.y0))


def _joints(columns: Sequence[Column]) -> int:
    """Joints at which the text of one column fits on to that of the next, less those at which it does not."""
    return sum(-1 if _torn(a, b) else 1 for a, b in itertools.pairwise(columns))


def _torn(a: Column, b: Column) -> bool:
    """A sentence that breaks off before a new paragraph, or a paragraph that ended before the rest of one."""
    if a.ends_inside:
        return len(b.lines) > 1 and not b.starts_inside
    return b.starts_inside and a.right - a.lines[-1].area.x1 > 3 * a.size


def _level_edges(columns: Sequence[Column]) -> None:
    """A column of one or two lines may show no full line: its edge follows from the others, which stand in step."""
    sure = [column for column in columns if len(column.lines) >= 3]
    for column in columns:
        if len(column.lines) >= 3 or not sure:
            continue
        first = min(line.area.x0 for line in column.lines)
        em = column.size
        same = [other.left for other in sure if -0.3 * em < first - other.left < 3.2 * em]
        if same:
            column.left = min(column.left, max(same))
            continue
        step = _step(sure)
        for other in sure:
            if step is None:
                break
            times = round((first - 1.0 * em - other.left) / step)
            expected = other.left + times * step
            if -0.4 * em < first - expected < 3.2 * em:
                column.left = min(column.left, expected)
                break


def _step(columns: Sequence[Column]) -> float | None:
    lefts = sorted({round(column.left, 1) for column in columns})
    steps = [b - a for a, b in itertools.pairwise(lefts) if b - a > 6 * columns[0].size]
    return median(steps) if steps else None


def _is_indented(column: Column, line: Printed) -> bool:
    return _INDENT[0] <= column.indent(line) <= _INDENT[1]


def _begins(before: tuple[Column, Printed], here: tuple[Column, Printed], *, indented: bool) -> bool:
    """Whether a paragraph begins with this line."""
    (above_column, above), (column, line) = before, here
    if indented:
        if _is_indented(column, line):
            return True
        if column is not above_column and len(column.lines) == 1 and column.left == line.area.x0:
            return ends_sentence(above.text) and above_column.right - above.area.x1 > line.size
        return column.indent(line) > _INDENT[1] and ends_sentence(above.text)
    if opens_report(line.text):
        return True
    gap = line.area.y0 - above.area.y1 if column is above_column else 0.0
    short = above_column.right - above.area.x1 > 1.5 * line.size
    return ends_sentence(above.text) and (short or gap > 1.1 * line.size)


def _signed(placed: Sequence[tuple[Column, Printed]]) -> set[int]:
    """Positions of byline lines: at the top, at the end, and wherever one is set to the right and says who."""
    out: set[int] = set()
    for order in (range(len(placed)), range(len(placed) - 1, -1, -1)):
        for at in order:
            if not _is_byline(*placed[at], top=order.step == 1):
                break
            out.add(at)
    for at, (column, line) in enumerate(placed):
        signature = None if _ADDRESSED.search(line.text) else read_signature(line.text)
        if signature is not None and signature.certain and column.indent(line) > _INDENT[1]:
            out.add(at)
    return out if len(out) < len(placed) else set()


def _is_byline(column: Column, line: Printed, *, top: bool) -> bool:
    text = bare(line.text)
    if is_date(text) or opens_report(line.text) or _ADDRESSED.search(text):
        return False
    signature = read_signature(line.text)
    indent = column.indent(line)
    room = (column.right - line.area.x1) / line.size
    flush = indent > _INDENT[1] and room < 1.5
    centred = indent > 1.0 and abs(indent - room) < 1.6
    if signature is not None:
        # A name alone at the left edge is text; where it stands elsewhere it was set as a byline.
        return signature.certain or flush or column.signed or (top and centred)
    if any(char in _MARKS for char in text) or len(text) > 20:
        return False
    return flush and not top
