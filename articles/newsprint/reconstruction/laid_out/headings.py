"""Headings of a laid-out page: large type that stands together, and its roles by size and place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from articles.newsprint.reconstruction.bylines import read_signature
from articles.newsprint.reconstruction.laid_out.frames import HEADLINE, Drawn
from articles.newsprint.reconstruction.laid_out.sheet import Area, Printed, Usual, around
from articles.newsprint.reconstruction.typography import bare, ends_sentence

_SAME_SIZE = 0.06


@dataclass(slots=True)
class Heading:
    """Lines of one headline group, in reading order. `frame` is the frame it stands in, -1 the open page."""

    lines: list[Printed]
    frame: int
    kicker: list[Printed] = field(default_factory=list)
    headline: list[Printed] = field(default_factory=list)
    subtitle: list[Printed] = field(default_factory=list)

    @property
    def area(self) -> Area:
        return around([line.area for line in self.lines])

    @property
    def vertical(self) -> bool:
        return self.lines[0].vertical

    @property
    def size(self) -> float:
        return max(line.size for line in self.lines)


def headings(lines: Sequence[Printed], shapes: Drawn, page: Usual) -> list[Heading]:
    """Every heading, with the small lines that stand over or under it."""
    large = [line for line in lines if _is_large(line, page)]
    spoken = _spoken(large)
    large = [line for line in large if line.number not in spoken]
    found = [Heading(group, shapes.frame_of(group[0].area.centre)) for group in _standing_together(large, shapes, page)]
    used = {line.number for line in large}
    for heading in sorted(found, key=lambda heading: -heading.size):
        if not heading.vertical:
            for line in _small_lines(heading, [line for line in lines if line.number not in used], shapes, page):
                heading.lines.append(line)
                used.add(line.number)
        _give_roles(heading)
    return found


def _is_large(line: Printed, page: Usual) -> bool:
    if line.vertical:
        return line.size >= 1.05 * page.size and len(bare(line.text)) >= 2
    return line.size >= HEADLINE * page.size and len(bare(line.text)) >= 2


def _spoken(lines: Sequence[Printed]) -> set[int]:
    """Large type that is text: a lead over several lines with full stops."""
    out: set[int] = set()
    for stack in _stacks(lines):
        text = "".join(bare(line.text) for line in stack)
        if len(stack) >= 2 and ("。" in text[:-1] or text.count("，") >= 3):
            out |= {line.number for line in stack}
    return out


def _stacks(lines: Sequence[Printed]) -> list[list[Printed]]:
    """Lines of one size close under one another."""
    stacks: list[list[Printed]] = []
    for line in sorted(lines, key=lambda line: line.area.y0):
        for stack in stacks:
            last = stack[-1]
            close = 0 <= line.area.y0 - last.area.y1 < 0.9 * line.size
            if close and _alike(line, last) and line.area.shared_width(last.area) > 0 and not line.vertical:
                stack.append(line)
                break
        else:
            stacks.append([line])
    return stacks


def _alike(a: Printed, b: Printed) -> bool:
    return abs(a.size - b.size) <= _SAME_SIZE * max(a.size, b.size)


def _standing_together(lines: Sequence[Printed], shapes: Drawn, page: Usual) -> list[list[Printed]]:
    groups: list[list[Printed]] = []
    for line in sorted(lines, key=lambda line: (line.area.y0, line.area.x0)):
        near = [group for group in groups if any(_together(other, line, shapes) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([member for group in near for member in group] + [line])
    return groups


def _together(a: Printed, b: Printed, shapes: Drawn) -> bool:
    if a.vertical != b.vertical or shapes.frame_of(a.area.centre) != shapes.frame_of(b.area.centre):
        return False
    em = max(a.size, b.size)
    if a.vertical:
        return a.area.shared_width(b.area) > -1.0 * em and a.area.shared_height(b.area) > 0.3 * min(
            a.area.height, b.area.height
        )
    above, below = (a, b) if a.area.y0 <= b.area.y0 else (b, a)
    gap = below.area.y0 - above.area.y1
    shared = a.area.shared_width(b.area)
    if not (-0.5 * em < gap <= 0.9 * em and shared > 0.3 * min(a.area.width, b.area.width)):
        return False
    return not shapes.ruled_between(above.area, below.area)


def _small_lines(heading: Heading, lines: Sequence[Printed], shapes: Drawn, page: Usual) -> list[Printed]:
    """A kicker or subtitle that had to be set as small as the text, or smaller, to fit in."""
    out: list[Printed] = []
    for below in (True, False):
        for line in _next_lines(heading, lines, page, below=below):
            if line.vertical or shapes.frame_of(line.area.centre) != heading.frame:
                break
            pair = (heading.area, line.area) if below else (line.area, heading.area)
            if shapes.ruled_between(*pair) or not _belongs(heading, line, lines, page):
                break
            out.append(line)
    return out


def _next_lines(heading: Heading, lines: Sequence[Printed], page: Usual, *, below: bool) -> list[Printed]:
    """The line right under (or over) the heading and at most one more behind it."""
    area, reach = heading.area, 0.8 * heading.size
    out: list[Printed] = []
    for line in sorted(lines, key=lambda line: line.area.y0, reverse=not below):
        gap = line.area.y0 - area.y1 if below else area.y0 - line.area.y1
        if -0.4 * line.size < gap <= reach and line.area.shared_width(area) > 0.5 * line.area.width:
            out.append(line)
            area, reach = around([area, line.area]), 0.8 * page.size
    return out[:2]


def _belongs(heading: Heading, line: Printed, lines: Sequence[Printed], page: Usual) -> bool:
    if read_signature(line.text) is not None or (ends_sentence(line.text) and "。" in line.text):
        return False
    main = max(heading.lines, key=lambda member: member.size)
    level = [other for other in lines if other is not line and abs(other.base - line.base) < 0.3 * line.size]
    if any(
        abs(other.area.x0 - line.area.x1) < 4 * page.size and _alike(other, line)
        for other in level
        if other.area.shared_width(heading.area) > 0 and not other.vertical
    ):
        return False  # the first lines of several columns
    centred = abs(line.area.centre[0] - main.area.centre[0]) <= 0.6 * line.size
    flush = abs(line.area.x0 - main.area.x0) <= 0.4 * line.size
    if not (centred or flush):
        return False
    under = [
        other
        for other in lines
        if 0 < other.base - line.base < 2.5 * page.leading and other.area.shared_width(line.area) > 0
    ]
    other_type = abs(line.size - page.size) > 0.03 * page.size or line.font not in page.fonts
    across = len({round(other.area.x0 / (4 * page.size)) for other in under}) >= 2 and _side_by_side(under)
    if other_type:
        return centred or across
    following = min(under, key=lambda other: other.base, default=None)
    if following is None:  # a picture stands between it and the text
        return centred
    indented = following.area.x0 - line.area.x0 > 0.9 * page.size
    loose = following.base - line.base > 1.1 * page.leading
    return across or (centred and indented and loose)


def _side_by_side(lines: Sequence[Printed]) -> bool:
    return any(abs(a.base - b.base) < 2 and a.area.shared_width(b.area) < 0 for a in lines for b in lines if a is not b)


def _give_roles(heading: Heading) -> None:
    """The largest lines are the headline; what stands before them is the kicker, after them the subtitle."""
    if heading.vertical:
        leftwards = _reads_leftwards(heading)
        heading.lines.sort(key=lambda line: -line.area.x0 if leftwards else line.area.x0)
    else:
        heading.lines.sort(key=lambda line: line.area.centre[1])
    biggest = heading.size
    big = [at for at, line in enumerate(heading.lines) if line.size >= biggest * (1 - _SAME_SIZE)]
    first, last = big[0], _run_end(big)
    heading.kicker = heading.lines[:first]
    heading.headline = heading.lines[first : last + 1]
    heading.subtitle = heading.lines[last + 1 :]


def _reads_leftwards(heading: Heading) -> bool:
    """Vertical lines read from the right, as they always did, only where the smaller line stands left of the largest.

    Beside text set level they read like it, from the left.
    """
    by_place = sorted(heading.lines, key=lambda line: line.area.x0)
    sizes = [line.size for line in by_place]
    return len(sizes) > 1 and sizes[0] < sizes[-1] * (1 - _SAME_SIZE)


def _run_end(positions: Sequence[int]) -> int:
    for a, b in pairwise(positions):
        if b != a + 1:
            return a
    return positions[-1]
