"""Lines of text → stretches of column: what follows line under line with nothing between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from articles.newsprint.reconstruction.bylines import read_signature
from articles.newsprint.reconstruction.laid_out.frames import Drawn
from articles.newsprint.reconstruction.laid_out.sheet import Area, Printed, Usual, around
from articles.newsprint.reconstruction.typography import ends_sentence

_SIZES = (0.88, 1.14)  # of two lines in one column


@dataclass(slots=True)
class Column:
    """Lines from top to bottom. `left` and `right` are the edges it was set to, so far as it shows them."""

    lines: list[Printed]
    frame: int
    left: float = 0.0
    right: float = 0.0

    @property
    def area(self) -> Area:
        """Where it is printed, out to the edges it was set to."""
        inked = around([line.area for line in self.lines])
        return Area(min(inked.x0, self.left), inked.y0, max(inked.x1, self.right), inked.y1)

    @property
    def size(self) -> float:
        return median(line.size for line in self.lines)

    def indent(self, line: Printed) -> float:
        """How far in from the left edge a line begins, in ems."""
        return (line.area.x0 - self.left) / line.size

    @property
    def signed(self) -> bool:
        """Whether it is a byline and nothing else."""
        return all(read_signature(line.text) is not None for line in self.lines)

    @property
    def starts_inside(self) -> bool:
        """Whether its first line goes on with a paragraph that began elsewhere."""
        return len(self.lines) > 1 and self.indent(self.lines[0]) < 1.0

    @property
    def ends_inside(self) -> bool:
        """Whether its last line breaks off in mid-sentence."""
        return not ends_sentence(self.lines[-1].text)


def columns(lines: Sequence[Printed], shapes: Drawn, page: Usual) -> list[Column]:
    """Stretches of column on the whole page, from the top left."""
    by_frame: dict[int, list[Printed]] = {}
    for line in lines:
        by_frame.setdefault(shapes.frame_of(line.area.centre), []).append(line)
    out: list[Column] = []
    for frame, members in by_frame.items():
        found = [Column(group, frame) for group in _followed(members, shapes, page)]
        for column in found:
            _set_edges(column)
        out += _stubs_joined(found, shapes, page)
    return sorted(out, key=lambda column: (column.area.y0, column.area.x0))


def _followed(lines: Sequence[Printed], shapes: Drawn, page: Usual) -> list[list[Printed]]:
    """Link each line to the one under it, where that is one and only one."""
    ordered = sorted(lines, key=lambda line: (line.base, line.area.x0))
    under: dict[int, Printed] = {}
    over: Counter[int] = Counter()
    for at, line in enumerate(ordered):
        below = _nearest_below(line, ordered[at + 1 :], page)
        if len(below) == 1 and not shapes.ruled_between(line.area, below[0].area):
            under[line.number] = below[0]
            over[below[0].number] += 1
    groups: dict[int, list[Printed]] = {}
    group_of: dict[int, list[Printed]] = {}
    for line in ordered:
        group = group_of.get(line.number)
        if group is None:
            group = groups.setdefault(line.number, [])
        group.append(line)
        following = under.get(line.number)
        if following is not None and over[following.number] == 1:
            group_of[following.number] = group
    return list(groups.values())


def _nearest_below(line: Printed, later: Sequence[Printed], page: Usual) -> list[Printed]:
    """Lines on the next base line within a leading and a half that overlap with this one."""
    reach = 1.6 * page.leading * max(0.8, line.size / page.size)
    out: list[Printed] = []
    for other in later:
        step = other.base - line.base
        if step > reach or (out and other.base - out[0].base > 0.4 * line.size):
            break
        shared = other.area.shared_width(line.area)
        if step < 0.6 * min(line.size, other.size) or shared < 0.35 * min(line.area.width, other.area.width):
            continue
        if _SIZES[0] <= other.size / line.size <= _SIZES[1]:
            out.append(other)
    return out or _indented_below(line, later, reach)


def _indented_below(line: Printed, later: Sequence[Printed], reach: float) -> list[Printed]:
    """A paragraph that begins under 米。 has no ink in common with it; what tells is that both begin at one edge."""
    for other in later:
        step = other.base - line.base
        if step > reach:
            break
        inwards = (other.area.x0 - line.area.x0) / line.size
        if step >= 0.6 * line.size and abs(inwards) < 3.4 and _SIZES[0] <= other.size / line.size <= _SIZES[1]:
            return [other]
    return []


def _set_edges(column: Column) -> None:
    """The left edge is where most unindented lines begin; the right one where full lines end, marks apart."""
    first = min(line.area.x0 for line in column.lines)
    near = [line.area.x0 for line in column.lines if line.area.x0 - first < 0.5 * line.size]
    column.left = median(near)
    column.right = _set_right(column)


def _set_right(column: Column) -> float:
    return max(_inked_end(line) for line in column.lines)


def _inked_end(line: Printed) -> float:
    """Where a line ends without a mark that hangs in the margin."""
    return line.area.x1 - (line.size if line.text[-1] in "，。、；：！？" and len(line.text) > 6 else 0.0)


def _stubs_joined(found: list[Column], shapes: Drawn, page: Usual) -> list[Column]:
    """A byline set to the right under a short last line overlaps with nothing: its column takes it in."""
    whole = [column for column in found if len(column.lines) >= 3]
    for column in found:
        if len(column.lines) < 3 and whole and not column.signed:
            nearest = min(whole, key=lambda other: _distance(column.area, other.area))
            width = min(nearest.right - nearest.left, 40 * column.size)
            walls = [
                other.left - 0.8 * page.size
                for other in found
                if other.left > column.left + 2.5 * column.size and other.area.shared_height(column.area) > 0
            ]
            column.right = max(column.right, min([column.left + width, *walls]))
    ordered = sorted(found, key=lambda column: column.area.y0)
    out: list[Column] = []
    for column in ordered:
        home = next((other for other in reversed(out) if _takes_in(other, column, shapes, page)), None)
        if home is None:
            out.append(column)
            continue
        left, right = min(home.left, column.left), max(home.right, _set_right(column))
        home.lines += column.lines
        home.lines.sort(key=lambda line: (line.base, line.area.x0))
        _set_edges(home)
        home.left, home.right = min(home.left, left), max(home.right, right)
    return out


def _takes_in(home: Column, stub: Column, shapes: Drawn, page: Usual) -> bool:
    if len(stub.lines) > 3 and len(home.lines) > 3:
        return False
    step = stub.lines[0].base - home.lines[-1].base
    slack = 1.2 * page.size
    if not 0.5 * page.size < step <= 1.6 * page.leading or not _SIZES[0] <= stub.size / home.size <= _SIZES[1]:
        return False
    ink = around([line.area for line in stub.lines])
    under = ink.x0 >= home.left - slack and ink.x1 <= home.right + slack
    ink = around([line.area for line in home.lines])
    over = ink.x0 >= stub.left - slack and ink.x1 <= stub.right + slack
    return (under or over) and not shapes.ruled_between(home.lines[-1].area, stub.lines[0].area)


def _distance(a: Area, b: Area) -> float:
    return max(0.0, -a.shared_width(b)) + max(0.0, -a.shared_height(b))
