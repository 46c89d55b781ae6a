"""Where each article stands on the page: its type and pictures, and the white that is nobody else's."""

from __future__ import annotations

from collections.abc import Sequence

from articles.newsprint.reconstruction.laid_out.frames import Drawn
from articles.newsprint.reconstruction.laid_out.sheet import Area, Usual, around
from articles.newsprint.values import Sheet

_GUTTER = 2.0  # ems between articles
_HUNG = 0.5  # of a gutter: closing marks hang into it on the right


def article_areas(
    printed: Sequence[Sequence[Area]],
    frames: Sequence[int],
    others: Sequence[Area],
    shapes: Drawn,
    page: Usual,
    sheet: Sheet,
) -> list[Area]:
    """One area for each article, out of the areas of its lines and pictures, in points.

    It is grown into the white around it, up to a gutter from the next article, rule or frame, and not beyond the
    margins: the foot of a page is as wide as its sides.
    """
    areas = [around(parts) for parts in printed]
    if not areas:
        return []
    inked = around(areas)
    right = min(sheet.width, max(inked.x1, sheet.width - inked.x0 + _HUNG * _GUTTER * page.size))
    foot = max([inked.y1, sheet.height - inked.x0, *(frame.y1 for frame in shapes.frames)])
    bounds = Area(inked.x0, inked.y0, right, foot)
    gutter = _GUTTER * page.size
    inset = 0.6 * page.size
    rules = [rule for rule in shapes.rules if max(rule.width, rule.height) > 8 * page.size]
    for at in sorted(range(len(areas)), key=lambda at: (areas[at].y0, areas[at].x0)):
        frame = frames[at]
        walls: list[tuple[Area, float]] = [
            (other, gutter) for index, other in enumerate(areas) if index != at and not areas[at].holds(other)
        ]
        walls += [(other, 0.5 * gutter) for other in others]
        walls += [(rule, 0.5 * gutter) for rule in rules if not areas[at].meets(rule)]
        walls += [
            (other, inset + 0.5 * gutter)
            for index, other in enumerate(shapes.frames)
            if index != frame and not other.holds(areas[at], 2.0)
        ]
        limit = shapes.frames[frame].grown(-inset) if frame >= 0 else bounds
        areas[at] = _grown(areas[at], limit, walls)
    return areas


def _grown(area: Area, limit: Area, walls: Sequence[tuple[Area, float]]) -> Area:
    """As far as the walls let it, downwards first: columns end where the text does, articles where the next begins."""
    x0, y0, x1, y1 = area.x0, area.y0, area.x1, area.y1
    across = [(wall, gap) for wall, gap in walls if wall.shared_width(Area(x0, y0, x1, y1)) > 0]
    y1 = max(y1, min([limit.y1, *(wall.y0 - gap for wall, gap in across if wall.y0 >= area.y1 - 1)]))
    y0 = min(y0, max([limit.y0, y0 - 3.0, *(wall.y1 + gap for wall, gap in across if wall.y1 <= area.y0 + 1)]))
    beside = [(wall, gap) for wall, gap in walls if wall.shared_height(Area(x0, y0, x1, y1)) > 0]
    x1 = max(x1, min([limit.x1, *(wall.x0 - (1 - _HUNG) * gap for wall, gap in beside if wall.x0 >= area.x1 - 1)]))
    x0 = min(x0, max([limit.x0, *(wall.x1 + gap for wall, gap in beside if wall.x1 <= area.x0 + 1)]))
    return Area(x0, y0, x1, y1)
