"""What is drawn on the sheet, told apart by what stands in it: frames round text, pictures, rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articles.newsprint.reconstruction.laid_out.sheet import Area, Printed, Usual, around, placed
from articles.newsprint.reconstruction.set_aside import opens_caption
from articles.newsprint.values import Sheet

HEADLINE = 1.15  # from this many times the size of the text on, type is a heading's


@dataclass(frozen=True, slots=True)
class Drawn:
    """Shapes in points: `frames` hold text of their own, nothing reads across their edges."""

    frames: tuple[Area, ...]
    pictures: tuple[Area, ...]
    rules: tuple[Area, ...]

    def frame_of(self, point: tuple[float, float]) -> int:
        """Index of the innermost frame round a point; -1 is the open page."""
        around_it = [(f.width * f.height, i) for i, f in enumerate(self.frames) if f.holds_point(point)]
        return min(around_it)[1] if around_it else -1

    def ruled_between(self, above: Area, below: Area) -> bool:
        """Whether a horizontal rule or a picture stands between two areas, one under the other."""
        middle, end = above.centre[1], below.centre[1]
        left, right = max(above.x0, below.x0), min(above.x1, below.x1)
        if right <= left:
            left, right = min(above.x0, below.x0), max(above.x1, below.x1)
        for shape in (*self.rules, *self.pictures):
            if shape.width < shape.height and shape in self.rules:
                continue
            if middle < shape.centre[1] < end and min(right, shape.x1) - max(left, shape.x0) > 0.3 * (right - left):
                return True
        return False


def drawn(sheet: Sheet, lines: Sequence[Printed], page: Usual) -> Drawn:
    """Tell shapes apart."""
    rules, areas, pictures = [], [], []
    for shape in sheet.shapes:
        area = placed(shape.box, sheet)
        if shape.kind == "rule":
            rules.append(area)
        elif shape.kind == "picture":
            if min(area.width, area.height) >= page.size:
                pictures.append(area)
        else:
            areas.append(area)
    areas += _ruled_round(rules, page)
    frames: list[Area] = []
    for area in pictures[:]:
        if _holds_text(area, lines, page):  # a background
            pictures.remove(area)
    for area in sorted(areas, key=lambda a: a.width * a.height):
        inside = [line for line in lines if area.holds_point(line.area.centre)]
        if not inside:
            if min(area.width, area.height) >= 2.5 * page.size or _has_caption(area, lines, page):
                pictures.append(area)
            elif max(area.width, area.height) >= 4 * page.size:
                rules.append(area)
        elif _is_picture(area, inside, page, pictures):
            pictures.append(area)
        elif _holds_text(area, lines, page) and not any(_same(area, frame, page) for frame in frames):
            frames.append(area)
    return Drawn(tuple(frames), tuple(_whole(pictures, page)), tuple(rules))


def _holds_text(area: Area, lines: Sequence[Printed], page: Usual) -> bool:
    """Text as well as headings: a bar behind a headline is no frame."""
    inside = [line for line in lines if area.holds_point(line.area.centre)]
    text = [line for line in inside if line.size < HEADLINE * page.size and not line.vertical]
    return len(text) >= 3 or any("。" in line.text for line in text)


def _is_picture(area: Area, inside: Sequence[Printed], page: Usual, pictures: Sequence[Area]) -> bool:
    """A photo with a word on it, or a box round a photo and its caption."""
    covered = sum(line.area.width * line.area.height for line in inside) / max(1.0, area.width * area.height)
    small = all(line.size < HEADLINE * page.size and not line.vertical for line in inside)
    if len(inside) <= 2 and covered < 0.08 and min(area.width, area.height) > 5 * page.size:
        return True
    boxed = any(area.holds(picture, 2.0) and picture.height > 0.5 * area.height for picture in pictures)
    return small and boxed and len(inside) <= 4 and covered < 0.25


def _has_caption(area: Area, lines: Sequence[Printed], page: Usual) -> bool:
    """A low picture is told from a thick rule by the small type under it."""
    under = [
        line
        for line in lines
        if -0.3 * line.size < line.area.y0 - area.y1 < 1.2 * page.size
        and area.x0 - page.size <= line.area.x0 <= line.area.x1 <= area.x1 + page.size
    ]
    return any(is_other_type(line, page) or opens_caption(line.text) for line in under)


def is_other_type(line: Printed, page: Usual) -> bool:
    """Smaller than the text, or of its size in another font."""
    if line.size < 0.95 * page.size:
        return True
    return line.size < 1.05 * page.size and line.font not in page.fonts


def _same(area: Area, frame: Area, page: Usual) -> bool:
    return area.holds(frame) and frame.holds(area, 0.8 * page.size)


def _whole(pictures: Sequence[Area], page: Usual) -> list[Area]:
    """Pictures that overlap or touch, as strips of one image do, are one."""
    out: list[Area] = []
    for picture in sorted(pictures, key=lambda a: (a.y0, a.x0)):
        touching = [other for other in out if other.grown(1.5).meets(picture)]
        out = [other for other in out if other not in touching]
        out.append(around([picture, *touching]))
    return out


def _ruled_round(rules: Sequence[Area], page: Usual) -> list[Area]:
    """Areas with a rule along each of their four sides."""
    slack = 0.6 * page.size
    level = [rule for rule in rules if rule.width > 6 * page.size]
    upright = [rule for rule in rules if rule.height > 3 * page.size]
    if len(level) * len(upright) > 40_000:
        return []
    out = []
    for top in level:
        for bottom in level:
            if bottom.y0 - top.y0 < 3 * page.size or abs(bottom.x0 - top.x0) > slack or abs(bottom.x1 - top.x1) > slack:
                continue
            sides = [
                any(
                    abs(rule.x0 - x) <= slack and rule.y0 <= top.y1 + slack and rule.y1 >= bottom.y0 - slack
                    for rule in upright
                )
                for x in (top.x0, top.x1)
            ]
            if all(sides):
                out.append(around([top, bottom]))
    return out
