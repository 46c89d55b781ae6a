"""The sheet in points: areas, lines of type with their places, and what is usual on this page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from articles.newsprint.values import Box, Sheet, SourceLine


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle in points, from the top left."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def centre(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def shared_width(self, other: Area) -> float:
        """Points of the horizontal that both cover; negative: the gap between them."""
        return min(self.x1, other.x1) - max(self.x0, other.x0)

    def shared_height(self, other: Area) -> float:
        """Points of the vertical that both cover; negative: the gap between them."""
        return min(self.y1, other.y1) - max(self.y0, other.y0)

    def holds(self, other: Area, slack: float = 0.0) -> bool:
        """Whether the other lies within, give or take `slack` points."""
        return (
            self.x0 - slack <= other.x0
            and self.y0 - slack <= other.y0
            and other.x1 <= self.x1 + slack
            and other.y1 <= self.y1 + slack
        )

    def holds_point(self, point: tuple[float, float]) -> bool:
        return self.x0 <= point[0] <= self.x1 and self.y0 <= point[1] <= self.y1

    def meets(self, other: Area, slack: float = 0.0) -> bool:
        """Whether they overlap by more than `slack` points both ways."""
        return self.shared_width(other) > slack and self.shared_height(other) > slack

    def grown(self, by: float) -> Area:
        return Area(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)


def around(areas: Iterable[Area]) -> Area:
    """The smallest area that holds all of them."""
    some = list(areas)
    return Area(min(a.x0 for a in some), min(a.y0 for a in some), max(a.x1 for a in some), max(a.y1 for a in some))


def placed(box: Box, sheet: Sheet) -> Area:
    """A box in page fractions as an area in points."""
    return Area(box[0] * sheet.width, box[1] * sheet.height, box[2] * sheet.width, box[3] * sheet.height)


@dataclass(frozen=True, slots=True)
class Printed:
    """A line of type on the sheet."""

    number: int
    text: str
    area: Area
    size: float
    font: str
    vertical: bool

    @property
    def base(self) -> float:
        return self.area.y1


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual on the page: size and leading of its text, in points, and the fonts it is set in."""

    size: float
    leading: float
    fonts: frozenset[str] = frozenset()


def printed_lines(lines: Sequence[SourceLine], sheet: Sheet) -> list[Printed]:
    """Lines that have a place; an unknown size is that of the box."""
    out = []
    for line in lines:
        if line.text.strip() and line.box:
            area = placed(line.box, sheet)
            size = line.font_size or max(1.0, area.width if line.vertical else area.height)
            out.append(Printed(line.number, line.text, area, size, line.font or "", line.vertical))
    return out


def usual(lines: Sequence[Printed]) -> Usual:
    """Most of the type on a page is body text."""
    sizes: Counter[float] = Counter()
    fonts: dict[float, Counter[str]] = {}
    for line in lines:
        if not line.vertical:
            size = round(line.size * 2) / 2
            sizes[size] += len(line.text)
            fonts.setdefault(size, Counter())[line.font] += len(line.text)
    if not sizes:
        return Usual(10.0, 15.0)
    size = sizes.most_common(1)[0][0]
    body = sorted((line for line in lines if abs(line.size - size) < 0.3), key=lambda line: line.base)
    steps = []
    for at, line in enumerate(body):
        for below in body[at + 1 : at + 60]:
            step = below.base - line.base
            if step > 0.8 * size and line.area.shared_width(below.area) > 0.5 * min(line.area.width, below.area.width):
                if step < 3 * size:
                    steps.append(step)
                break
    common = frozenset(font for font, letters in fonts[size].items() if letters >= 0.12 * sizes[size])
    return Usual(size, median(steps) if steps else 1.5 * size, common)
