"""Pieces that were recognised → lines: what one line was parted into is joined, marks are those of Chinese print, and
type that is nearly of the text's size is of that size.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from articles.newsprint.extraction.scan_ink import Found
from articles.newsprint.values import SourceLine

_LARGE = 1.22  # times the size of the text: type of headlines
_LOOSE = 1.6  # ems of the text that may part the words of a headline or the halves of a signature
_NEAR_SIZE = (-0.06, 0.085)  # marks reach higher than characters
_ROWS = 9  # lines up and down in which a column shows its edge
_WIDE = {"(": "（", ")": "）", ",": "，", ":": "：", ";": "；", "?": "？", "!": "！"}
_CHINESE = r"[\u3007\u4e00-\u9fff\u3000-\u303f\uff01-\uff5e“”‘’]"
_MARK = re.compile(rf"(?<={_CHINESE})[(),:;?!]|[(),:;?!](?={_CHINESE})")
_DASH = re.compile(r"^(?:—一|一—|—-|-—|—(?=[\u4e00-\u9fff]))")
_MARKS = frozenset("，。、；：！？”")
_NO_TYPE = re.compile(r"[☑✓✔]")  # what a blank was taken for


def joined(found: Sequence[Found], text_size: float) -> list[Found]:
    """Lines from the top left. `text_size` is that of the page's text, in pixels."""
    upright = [line for line in found if not line.vertical]
    hanging = [line.turned() for line in found if line.vertical]
    lines = [*_together(upright, text_size), *(line.turned() for line in _together(hanging, 10 * text_size))]
    return sorted((replace(line, text=mended(line.text)) for line in lines), key=lambda line: (line.y0, line.x0))


def to_read_again(pieces: Sequence[Found], text_size: float) -> list[tuple[Found, ...]]:
    """Pieces of one line of large type, marks among them that stand higher than the rest."""
    groups: list[tuple[Found, ...]] = []
    taken: set[int] = set()
    upright = sorted((piece for piece in pieces if not piece.vertical), key=lambda piece: piece.x0)
    for line in sorted(upright, key=lambda piece: -piece.em):
        if line.em <= _LARGE * text_size or id(line) in taken:
            continue
        group = [line]
        for piece in upright:
            middle = (piece.y0 + piece.y1) / 2
            if piece is line or id(piece) in taken or not line.y0 < middle < line.y1 or piece.em > 1.11 * line.em:
                continue
            left, right = min(part.x0 for part in group), max(part.x1 for part in group)
            if max(left - piece.x1, piece.x0 - right) < min(line.em, _LOOSE * text_size) and (
                piece.em > 0.9 * line.em or len(piece.text) <= 3
            ):
                group.append(piece)
        if len(group) > 1:
            taken.update(map(id, group))
            groups.append(tuple(sorted(group, key=lambda piece: piece.x0)))
    return groups


def over_gutters(
    pieces: Sequence[Found], blanks: Sequence[Sequence[tuple[float, float]]], text_size: float
) -> dict[int, list[Found]]:
    """Lines of text that were found as one across a gutter, by position, each with the places of its parts.

    `blanks` are those of each line. A gutter is where lines above or below end and others begin, and none crosses.
    """
    out: dict[int, list[Found]] = {}
    text = [line for line in pieces if not line.vertical and abs(line.em / text_size - 1) < 0.09]
    for at, (line, gaps) in enumerate(zip(pieces, blanks, strict=True)):
        if line not in text:
            continue
        near = [other for other in text if other is not line and abs(other.y0 - line.y0) < 1.6 * _ROWS * line.em]
        edges = [gap for gap in gaps if gap[1] - gap[0] > 0.7 * line.em and _is_gutter(gap, near, line.em)]
        if edges:
            lefts, rights = [line.x0, *(gap[1] for gap in edges)], [*(gap[0] for gap in edges), line.x1]
            out[at] = [replace(line, text="", x0=x0, x1=x1) for x0, x1 in zip(lefts, rights, strict=True)]
    return out


def _is_gutter(gap: tuple[float, float], near: Sequence[Found], em: float) -> bool:
    begins = [line.x0 for line in near if gap[0] + 0.3 * em < line.x0 < gap[1] + 0.35 * em]
    edge = min((x for x in begins if sum(abs(x - other) < 0.35 * em for other in begins) >= 3), default=None)
    if edge is None or any(line.x0 < gap[0] - em and line.x1 > gap[1] + 0.3 * em for line in near):
        return False
    return sum(line.x1 < edge + 0.3 * em and gap[0] - line.x1 < 2 * em for line in near) >= 3


def around(pieces: Sequence[Found]) -> Found:
    """The place that pieces of one line take together, without a text."""
    tallest = max(pieces, key=lambda piece: piece.em)
    left, right = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    return Found("", left, tallest.y0, right, tallest.y1, min(piece.score for piece in pieces), tallest.em)


def mended(text: str) -> str:
    """Marks beside Chinese characters are full-width ones, also where they were recognised as others: (二) → （二）."""
    text = _DASH.sub("——", _NO_TYPE.sub(" ", text).replace("☐", "□").strip())
    if re.search(r"[\u4e00-\u9fff]", text):
        text = text.replace("(", "（").replace(")", "）")
    before = ""
    while before != text:
        before, text = text, _MARK.sub(lambda mark: _WIDE[mark.group()], text)
    return text


def size_of_text(found: Sequence[Found]) -> float:
    """Of most of the type on the page, in pixels."""
    weights: dict[float, float] = {}
    for line in found:
        for near in (round(line.em * 2) / 2 + step for step in (-1, -0.5, 0, 0.5, 1)):
            weights[near] = weights.get(near, 0.0) + len(line.text)
    most = max(weights, key=lambda size: weights[size])
    own = [line.em for line in found if abs(line.em - most) <= 0.06 * most]
    return float(np.median(own)) if own else most


def source_lines(
    found: Sequence[Found], text_size: float, width: int, height: int, points: float
) -> tuple[SourceLine, ...]:
    """With boxes in fractions of a page of `width` by `height` pixels and sizes in points, `points` to a pixel."""
    out = []
    for number, line in enumerate(found, 1):
        em = text_size if _NEAR_SIZE[0] <= line.em / text_size - 1 <= _NEAR_SIZE[1] else line.em
        box = (_part(line.x0, width), _part(line.y0, height), _part(line.x1, width), _part(line.y1, height))
        size = round(em * points, 2)
        out.append(SourceLine(number, line.text, box, size, line.score, vertical=line.vertical))
    return tuple(out)


def _part(value: float, whole: int) -> float:
    return min(1.0, max(0.0, round(float(value) / whole, 6)))


def _together(found: Sequence[Found], text_size: float) -> list[Found]:
    edges = sorted((line.x0, line.y0, line.em) for line in found)
    out: list[Found] = []
    for piece in sorted(found, key=lambda line: (line.x0, line.y0)):
        for at, line in enumerate(out):
            text = _continued(line, piece, text_size, edges)
            if text is not None:
                top, bottom = min(line.y0, piece.y0), max(line.y1, piece.y1)
                right, score = max(line.x1, piece.x1), min(line.score, piece.score)
                em = line.em if len(line.text) >= len(piece.text) else piece.em
                out[at] = Found(text, line.x0, top, right, bottom, score, em)
                break
        else:
            out.append(piece)
    return out


def _continued(line: Found, piece: Found, text_size: float, edges: Sequence[tuple[float, float, float]]) -> str | None:
    """The text of both where they are one line: read twice in two bands, or set with a blank between."""
    em = min(line.em, piece.em)
    level = (min(line.y1, piece.y1) - max(line.y0, piece.y0)) / em
    gap = piece.x0 - line.x1
    if level > 0.6 and gap < -0.6 * em:
        if piece.x1 <= line.x1 + 0.5 * em:
            return line.text
        shared = max(n for n in range(len(piece.text) + 1) if line.text.endswith(piece.text[:n]))
        if shared:
            return line.text + piece.text[shared:]
        if gap < -1.4 * em:
            return None
    if level < 0.8 or not 0.9 < line.em / piece.em < 1.11 or gap > min(1.45 * em, _LOOSE * text_size):
        return None
    text_like = abs(em / text_size - 1) < 0.09
    if em <= _LARGE * text_size and (_is_edge(piece, edges) or (text_like and line.text[-1] in _MARKS)):
        return None
    return line.text + ("　" if gap > 0.5 * em else "") + piece.text


def _is_edge(piece: Found, edges: Sequence[tuple[float, float, float]]) -> bool:
    """Whether other lines near by begin just there, as those of a column do."""
    slack = 0.35 * piece.em
    first, last = bisect_left(edges, (piece.x0 - slack, 0.0, 0.0)), bisect_right(edges, (piece.x0 + slack, 1e9, 0.0))
    reach = 1.6 * _ROWS * piece.em
    alike = [y for _, y, em in edges[first:last] if 0.92 < em / piece.em < 1.09]
    return sum(0 < abs(y - piece.y0) < reach for y in alike) >= 2
