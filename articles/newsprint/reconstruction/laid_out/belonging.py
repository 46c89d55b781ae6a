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
from articles.newsprint.reconstruction.laid_out.sheet import Printed, Usual, around
from articles.newsprint.reconstruction.laid_out.sight import Above, Sight


@dataclass(slots=True)
class Story:
    """A heading (or none) and its columns, not yet in order. `doubts` says what was decided on thin evidence."""

    heading: Heading | None
    columns: list[Column] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


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
        self._page = page
        self._sight = Sight(found, columns, captions, shapes, page)
        self._story: dict[int, Story] = {}

    def stories(self) -> list[Story]:
        """Every heading's story, then what stands under no heading; no column is left out."""
        owned = {id(heading): Story(heading) for heading in self._headings}
        above = {id(column): self._sight.above(column.area, column.frame) for column in self._columns}
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
        self._signed_alone()
        self._without_heading()
        return [*owned.values(), *self._headless()]

    def _give(self, column: Column, story: Story) -> None:
        before = self._story.get(id(column))
        if before is not None:
            before.columns = [other for other in before.columns if other is not column]
        story.columns.append(column)
        self._story[id(column)] = story

    def _under_leads(self, above: dict[int, Above]) -> None:
        """Columns under a lead that is set across them have its heading."""
        for column in self._columns:  # from the top
            over = above[id(column)].column
            if over is None or id(column) in self._story or id(over) not in self._story:
                continue
            across = over.area.width > 1.4 * column.area.width
            within = over.left - self._page.size <= column.left and column.area.x1 <= over.area.x1 + self._page.size
            if across and within and above[id(column)].distance < 2.5 * self._page.leading:
                self._give(column, self._story[id(over)])

    def _mend_far_headings(self, above: dict[int, Above]) -> None:
        """A column that looks up past its own row to a heading far above belongs with its neighbour in the row."""
        for column in self._columns:
            far = above[id(column)]
            story = self._story.get(id(column))
            if far.heading is None or story is None or far.distance < 3 * self._page.leading:
                continue
            for other in self._sight.neighbours(column):
                home = self._story.get(id(other))
                if home is None or home is story or home.heading is None:
                    continue
                nearer = column.area.y0 - home.heading.area.y1
                beside = home.heading.vertical or nearer < far.distance - self._page.leading
                if beside and self._sight.level(column, other):
                    self._give(column, home)
                    home.doubts.append("row")
                    break

    # ---- to the side

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
        top = self._sight.top(column)
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
                    homes = [other for other in self._sight.neighbours(column) if id(other) in self._story]
                    level = [other for other in homes if self._sight.level(column, other)]
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
                level = abs(self._sight.top(column) - heading.area.y0) < 1.5 * self._page.leading
                if level and self._beside(column, story, heading):
                    self._give(column, story)
                    story.doubts.append("row")
        self._in_rows()

    def _beside(self, column: Column, story: Story, heading: Heading) -> bool:
        """Whether nothing but a gutter parts a column from a story as a whole."""
        whole = around([heading.area, *(other.area for other in story.columns)])
        gap = -whole.shared_width(column.area)
        within = whole.shared_height(column.area) > 0.5 * column.area.height
        next_to = min(story.columns, key=lambda other: -other.area.shared_width(column.area))
        near = -0.5 * self._page.size < gap < 5 * self._page.size
        return near and within and not self._sight.parted(column, next_to)

    # ---- what is left

    def _under_others(self, above: dict[int, Above]) -> None:
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

    def _signed_alone(self) -> None:
        """A byline set apart from all text belongs to what stands nearest over it or to its left."""
        for column in self._columns:
            if id(column) in self._story or not column.signed:
                continue
            near = [
                (max(0.0, -other.area.shared_width(column.area)) + max(0.0, column.area.y0 - other.area.y1), at)
                for at, other in enumerate(self._columns)
                if id(other) in self._story
                and other.frame == column.frame
                and other.area.y0 < column.area.y1
                and other.left <= column.left
            ]
            if near and min(near)[0] < 8 * self._page.leading:
                self._give(column, self._story[id(self._columns[min(near)[1]])])

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
