"""Areas of a map on a page's picture → polygons in fractions of the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

Polygon = tuple[tuple[float, float], ...]


def whole_size(image: Any, areas: Sequence[Any], picture: tuple[float, float] | None) -> tuple[float, float]:
    """What the coordinates count in: the picture as it is shown, else as it is, else as far as the areas reach."""
    points = [point for area in areas for point in _points(area)]
    reach_x, reach_y = max((x for x, _ in points), default=1.0), max((y for _, y in points), default=1.0)
    shown = _shown(image)
    if shown and picture and not all(shown):
        width, height = shown
        shown = (width or height * picture[0] / picture[1], height or width * picture[1] / picture[0])
    for size in (shown, picture):
        if size and all(size) and reach_x <= 1.03 * size[0] and reach_y <= 1.03 * size[1]:
            return size
    return reach_x, reach_y


def _shown(image: Any) -> tuple[float, float] | None:
    if image is None:
        return None
    out = []
    for side in ("width", "height"):
        styled = re.search(rf"(?:^|;)\s*{side}\s*:\s*(\d+)px", image.get("style") or "", re.IGNORECASE)
        value = styled.group(1) if styled else (image.get(side) or "").strip().removesuffix("px")
        out.append(float(value) if value.isdecimal() and len(value) < 7 else 0.0)
    return (out[0], out[1]) if any(out) else None


def _points(area: Any) -> list[tuple[float, float]]:
    """Corners of an area in the picture's own units."""
    numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", area.get("coords") or "")[:400]]
    shape = (area.get("shape") or "").lower()
    if shape.startswith("circ") and len(numbers) >= 3:
        x, y, r = numbers[:3]
        return [(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)]
    if len(numbers) == 4:
        x0, x1 = sorted((numbers[0], numbers[2]))
        y0, y1 = sorted((numbers[1], numbers[3]))
        return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    return list(zip(numbers[::2], numbers[1::2], strict=False))


def polygon_of(area: Any, width: float, height: float) -> Polygon:
    if "%" in (area.get("coords") or ""):
        width = height = 100.0
    points = [(_fraction(x, width), _fraction(y, height)) for x, y in _points(area)]
    points = [point for at, point in enumerate(points) if point != points[at - 1]] if len(points) > 1 else points
    wide = max((x for x, _ in points), default=0) - min((x for x, _ in points), default=0)
    high = max((y for _, y in points), default=0) - min((y for _, y in points), default=0)
    return tuple(points) if len(points) >= 3 and wide > 0.002 and high > 0.002 else ()


def _fraction(value: float, whole: float) -> float:
    return min(1.0, max(0.0, round(value / whole, 6))) if whole > 0 else 0.0
