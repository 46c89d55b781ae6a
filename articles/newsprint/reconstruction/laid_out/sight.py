"""What a column of a laid-out page sees over it and beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articles.newsprint.reconstruction.laid_out.columns import Column
from articles.newsprint.reconstruction.laid_out.frames import Drawn
from articles.newsprint.reconstruction.laid_out.headings import Heading
from articles.newsprint.reconstruction.laid_out.sheet import Area, Printed, Usual, around


@dataclass(slots=True)
class Above:
    """What is met going up from a column: a heading at a distance, or another column, or nothing."""

    heading: Heading | None = None
    column: Column | None = None
    distance: float = 0.0


class Sight:
    """Headings, columns, pictures and rules of one page, as seen from a column."""

    def __init__(
        self,
        found: Sequence[Heading],
        columns: Sequence[Column],
        captions: Sequence[Printed],
        shapes: Drawn,
        page: Usual,
    ) -> None:
        self._headings = found
        self._columns = columns
        self._shapes = shapes
        self._page = page
        self._pictures = [_with_captions(picture, captions, page) for picture in shapes.pictures]
        self._tops: dict[int, float] = {}

    def above(self, area: Area, frame: int, travelled: float = 0.0, depth: int = 0) -> Above:
        """The nearest thing over an area of one frame. Pictures are seen through: they illustrate what they are in."""
        least = 0.8 * self._page.size
        best, bottom = Above(), -1.0
        blocking: list[tuple[Area, object]] = [(heading.area, heading) for heading in self._in(frame, vertical=False)]
        blocking += [(column.area, column) for column in self._columns if column.frame == frame]
        blocking += [(picture, picture) for picture in self._pictures]
        blocking += [(rule, None) for rule in self._shapes.rules if rule.width > 4 * rule.height]
        blocking += [
            (Area(other.x0, other.y1, other.x1, other.y1), None)
            for at, other in enumerate(self._shapes.frames)
            if at != frame
        ]
        hit: object = None
        for other, what in blocking:
            over = other.y1 <= area.y0 + 0.35 * self._page.size and other.y1 > bottom and other != area
            if over and other.shared_width(area) > min(least, 0.5 * other.width, 0.5 * area.width):
                bottom, hit, met = other.y1, what, other
        if isinstance(hit, Heading):
            best = Above(heading=hit, distance=travelled + area.y0 - bottom)
        elif isinstance(hit, Column):
            best = Above(column=hit, distance=travelled + area.y0 - bottom)
        elif isinstance(hit, Area) and depth < 4:
            best = self.above(met, frame, travelled + area.y0 - bottom, depth + 1)
        return best

    def _in(self, frame: int, *, vertical: bool) -> list[Heading]:
        return [heading for heading in self._headings if heading.frame == frame and heading.vertical is vertical]

    def top(self, column: Column) -> float:
        """Where the column would begin, had no picture been set into it."""
        known = self._tops.get(id(column))
        if known is not None:
            return known
        top = column.area.y0
        for picture in sorted(self._pictures, key=lambda picture: -picture.y1):
            gap = top - picture.y1
            if -0.5 * self._page.size < gap < 2.5 * self._page.leading and picture.shared_width(column.area) > 0:
                top = picture.y0
        self._tops[id(column)] = top
        return top

    def neighbours(self, column: Column) -> list[Column]:
        """Columns just left, then just right, that nothing parts from this one."""
        sides = []
        for other in self._columns:
            if other is column or other.frame != column.frame:
                continue
            shared = other.area.shared_height(column.area)
            if shared < 0.3 * min(other.area.height, column.area.height) or shared <= 0:
                continue
            gap = -other.area.shared_width(column.area)
            if -0.5 * self._page.size < gap < 5 * self._page.size and not self.parted(column, other):
                sides.append((other.area.x0 > column.area.x0, gap, other))
        sides.sort(key=lambda side: (side[0], side[1]))
        return [other for _, _, other in sides]

    def level(self, a: Column, b: Column) -> bool:
        """Whether two columns begin on one line, pictures set into them aside."""
        slack = 0.7 * self._page.leading
        return min(abs(x - y) for x in (a.area.y0, self.top(a)) for y in (b.area.y0, self.top(b))) <= slack

    def parted(self, a: Column, b: Column) -> bool:
        """A vertical rule that goes higher than the columns' tops parts articles; one between the lines doesn't.

        A vertical heading between them parts them too.
        """
        left, right = (a, b) if a.area.x0 < b.area.x0 else (b, a)
        top = min(self.top(a), self.top(b))
        middle = max(a.area.y0, b.area.y0) + self._page.size
        for rule in self._shapes.rules:
            between = left.area.x1 - 2 * self._page.size <= rule.centre[0] <= right.area.x0 + self._page.size
            between = between and left.left < rule.centre[0] < right.left
            if between and rule.height > rule.width and rule.y0 < top - 1.2 * self._page.leading and rule.y1 > middle:
                return True
        return any(
            left.left < heading.area.centre[0] < right.left and heading.area.y0 < middle < heading.area.y1
            for heading in self._in(a.frame, vertical=True)
        )


def _with_captions(picture: Area, captions: Sequence[Printed], page: Usual) -> Area:
    """A picture with the captions that touch it."""
    area = picture
    for line in sorted(captions, key=lambda line: line.area.y0):
        if area.grown(1.3 * page.size).meets(line.area):
            area = around([area, line.area])
    return area
