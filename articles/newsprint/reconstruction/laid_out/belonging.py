"""Which columns stand under which heading.

A column belongs to the heading over it unless a rule or a frame's edge parts them; columns that no heading covers
belong with their neighbours in the row; a vertical heading owns the row beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.newsprint.reconstruction.laid_out.columns import Column
from articles.newsprint.reconstruction.laid_out.frames import Drawn
from articles.newsprint.reconstruction.laid_out.headings import Heading
from articles.newsprint.reconstruction.laid_out.sheet import Area, Printed, Usual, around


@dataclass(slots=True)
class Story:
    """A heading (or none) and its columns, not yet in order. `doubts` says what was decided on thin evidence."""

    heading: Heading | None
    columns: list[Column] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Above:
    """What is met going up from a column: a heading at a distance, or another column, or nothing."""

    heading: Heading | None = None
    column: Column | None = None
    distance: float = 0.0


class Belonging:
    """Finds the heading of every column of one page."""

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
        self._story: dict[int, Story] = {}
        self._tops: dict[int, float] = {}

    def stories(self) -> list[Story]:
        """Every heading's story, then what stands under no heading; no column is left out."""
        owned = {id(heading): Story(heading) for heading in self._headings}
        above = {id(column): self._above(column.area, column.frame) for column in self._columns}
        for column in self._columns:
            heading = above[id(column)].heading
            if heading is not None:
                self._give(column, owned[id(heading)])
        self._under_leads(above)
        self._beside_vertical(owned)
        self._mend_far_headings(above)
        self._in_rows()
        self._mend_far_headings(above)
        self._level_with_headings(owned)
        self._under_others(above)
        self._without_heading()
        return [*owned.values(), *self._headless()]

    def _give(self, column: Column, story: Story) -> None:
        before = self._story.get(id(column))
        if before is not None:
            before.columns = [other for other in before.columns if other is not column]
        story.columns.append(column)
        self._story[id(column)] = story

    # ---- going up

    def _above(self, area: Area, frame: int, travelled: float = 0.0, depth: int = 0) -> _Above:
        """The nearest thing over an area of one frame. Pictures are seen through: they illustrate what they are in."""
        least = 0.8 * self._page.size
        best, bottom = _Above(), -1.0
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
            best = _Above(heading=hit, distance=travelled + area.y0 - bottom)
        elif isinstance(hit, Column):
            best = _Above(column=hit, distance=travelled + area.y0 - bottom)
        elif isinstance(hit, Area) and depth < 4:
            best = self._above(met, frame, travelled + area.y0 - bottom, depth + 1)
        return best

    def _in(self, frame: int, *, vertical: bool) -> list[Heading]:
        return [heading for heading in self._headings if heading.frame == frame and heading.vertical is vertical]

    def _top(self, column: Column) -> float:
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

    def _under_leads(self, above: dict[int, _Above]) -> None:
        """Columns under a lead that is set across them have its heading."""
        for column in self._columns:  # from the top
            over = above[id(column)].column
            if over is None or id(column) in self._story or id(over) not in self._story:
                continue
            across = over.area.width > 1.4 * column.area.width
            within = over.left - self._page.size <= column.left and column.area.x1 <= over.area.x1 + self._page.size
            if across and within and above[id(column)].distance < 2.5 * self._page.leading:
                self._give(column, self._story[id(over)])

    def _mend_far_headings(self, above: dict[int, _Above]) -> None:
        """A column that looks up past its own row to a heading far above belongs with its neighbour in the row."""
        for column in self._columns:
            far = above[id(column)]
            story = self._story.get(id(column))
            if far.heading is None or story is None or far.distance < 3 * self._page.leading:
                continue
            for other in self._neighbours(column):
                home = self._story.get(id(other))
                if home is None or home is story or home.heading is None:
                    continue
                nearer = column.area.y0 - home.heading.area.y1
                beside = home.heading.vertical or nearer < far.distance - self._page.leading
                if beside and self._level(column, other):
                    self._give(column, home)
                    home.doubts.append("row")
                    break

    # ---- to the side

    def _neighbours(self, column: Column) -> list[Column]:
        """Columns just left, then just right, that nothing parts from this one."""
        sides = []
        for other in self._columns:
            if other is column or other.frame != column.frame:
                continue
            shared = other.area.shared_height(column.area)
            if shared < 0.3 * min(other.area.height, column.area.height) or shared <= 0:
                continue
            gap = -other.area.shared_width(column.area)
            if -0.5 * self._page.size < gap < 5 * self._page.size and not self._parted(column, other):
                sides.append((other.area.x0 > column.area.x0, gap, other))
        sides.sort(key=lambda side: (side[0], side[1]))
        return [other for _, _, other in sides]

    def _parted(self, a: Column, b: Column) -> bool:
        """A vertical rule that goes higher than the columns' tops parts articles; one between the lines doesn't.

        A vertical heading between them parts them too.
        """
        left, right = (a, b) if a.area.x0 < b.area.x0 else (b, a)
        top = min(self._top(a), self._top(b))
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

    def _level(self, a: Column, b: Column) -> bool:
        """Whether two columns begin on one line, pictures set into them aside."""
        slack = 0.7 * self._page.leading
        return min(abs(x - y) for x in (a.area.y0, self._top(a)) for y in (b.area.y0, self._top(b))) <= slack

    def _beside_vertical(self, owned: dict[int, Story]) -> None:
        """The columns next to a vertical heading, first to its right, then those to its left that are still free."""
        for heading in (heading for heading in self._headings if heading.vertical):
            story = owned[id(heading)]
            for rightwards in (True, False):
                if story.columns:
                    break
                for column in self._columns:
                    beside = column.frame == heading.frame and self._touches(heading, column, rightwards=rightwards)
                    if beside and (rightwards or id(column) not in self._story):
                        self._give(column, story)

    def _touches(self, heading: Heading, column: Column, *, rightwards: bool) -> bool:
        area = heading.area
        gap = column.area.x0 - area.x1 if rightwards else area.x0 - column.area.x1
        top = self._top(column)
        begins = top >= area.y0 - 2 * self._page.leading
        shared = min(column.area.y1, area.y1) - max(top, area.y0)
        beside = shared > 0.5 * min(column.area.y1 - top, area.height)
        return begins and beside and -0.5 * self._page.size < gap < 3.5 * self._page.size

    def _in_rows(self) -> None:
        """Free columns go to the neighbour that begins level with them, as long as that finds one a home."""
        changed = True
        while changed:
            changed = False
            for strict in (True, False):
                for column in self._columns:
                    if id(column) in self._story:
                        continue
                    homes = [other for other in self._neighbours(column) if id(other) in self._story]
                    level = [other for other in homes if self._level(column, other)]
                    chosen = level if strict else [other for other in homes if self._flows(other, column)]
                    if chosen:
                        self._give(column, self._story[id(chosen[0])])
                        changed = True
                if changed:
                    break

    def _flows(self, home: Column, column: Column) -> bool:
        """Text that breaks off in one column and goes on in mid-paragraph in the next."""
        left, right = (home, column) if home.area.x0 < column.area.x0 else (column, home)
        return left.ends_inside and right.starts_inside

    def _level_with_headings(self, owned: dict[int, Story]) -> None:
        """A heading may stand amid its columns: those that begin level with it, right beside its own, are its too."""
        for column in self._columns:
            for story in owned.values():
                heading = story.heading
                if id(column) in self._story or heading is None or not story.columns or heading.frame != column.frame:
                    continue
                level = abs(self._top(column) - heading.area.y0) < 1.5 * self._page.leading
                if level and any(other in story.columns for other in self._neighbours(column)):
                    self._give(column, story)
                    story.doubts.append("row")
        self._in_rows()

    # ---- what is left

    def _under_others(self, above: dict[int, _Above]) -> None:
        """A column under another goes on with it where the sentence does, or where hardly more than a line parts them."""
        for column in self._columns:
            if id(column) in self._story:
                continue
            over = above[id(column)].column
            if over is None or id(over) not in self._story:
                continue
            going_on = column.starts_inside and over.ends_inside
            near = above[id(column)].distance < 3 * self._page.leading
            if near and column.area.shared_width(over.area) > 0.8 * column.area.width:
                self._give(column, self._story[id(over)])
            elif going_on and abs(over.left - column.left) < 1.5 * self._page.size:
                home = self._story[id(over)]
                self._give(column, home)
                home.doubts.append("below")
        self._in_rows()

    def _without_heading(self) -> None:
        """Columns that no heading claims make stories of their own, row by row."""
        for column in self._columns:
            if id(column) not in self._story:
                self._give(column, Story(None, doubts=["headless"]))
                self._in_rows()

    def _headless(self) -> list[Story]:
        seen: dict[int, Story] = {}
        for column in self._columns:
            story = self._story[id(column)]
            if story.heading is None:
                seen[id(story)] = story
        return list(seen.values())


def _with_captions(picture: Area, captions: Sequence[Printed], page: Usual) -> Area:
    """A picture with the captions that touch it."""
    area = picture
    for line in sorted(captions, key=lambda line: line.area.y0):
        if area.grown(1.3 * page.size).meets(line.area):
            area = around([area, line.area])
    return area
