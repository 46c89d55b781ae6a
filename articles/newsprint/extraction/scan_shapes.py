"""Rules and pictures on a scanned page, found by their ink."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from articles.newsprint.values import Shape

MAX_SHAPES = 400
_Pixels = tuple[float, float, float, float]


def shapes_on(bitmap: NDArray[np.uint8], lines: Sequence[_Pixels]) -> tuple[Shape, ...]:
    """Shapes in page fractions; ink under lines of type is left out."""
    import cv2

    height, width = bitmap.shape
    paper = float(np.median(bitmap))
    ink = (bitmap < paper - 60).astype(np.uint8)
    free = ink.copy()
    for x0, y0, x1, y1 in lines:
        free[max(0, int(y0)) : int(y1) + 1, max(0, int(x0)) : int(x1) + 1] = 0
    out: list[Shape] = []
    for x0, y0, x1, y1 in (*_rules(cv2, ink, free), *_pictures(cv2, bitmap, paper, lines)):
        kind = "rule" if min(x1 - x0, y1 - y0) <= max(6, width * 0.004) else "picture"
        box = (round(x0 / width, 6), round(y0 / height, 6), round(x1 / width, 6), round(y1 / height, 6))
        out.append(Shape("rule" if kind == "rule" else "picture", box))
    return tuple(out[:MAX_SHAPES])


def _rules(cv2: Any, ink: NDArray[np.uint8], free: NDArray[np.uint8]) -> Iterator[_Pixels]:
    """Straight strokes longer than any of a character's; a little bent or broken ones too."""
    height, width = ink.shape
    most = max(6, width * 0.004)
    for level in (True, False):
        length = int((width if level else height) * 0.03)
        joint = cv2.getStructuringElement(cv2.MORPH_RECT, (9, 3) if level else (3, 9))
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (length, 1) if level else (1, length))
        strokes = cv2.morphologyEx(cv2.morphologyEx(free, cv2.MORPH_CLOSE, joint), cv2.MORPH_OPEN, kernel)
        _count, _labels, stats, _centres = cv2.connectedComponentsWithStats(cv2.dilate(strokes, joint))
        for x, y, wide, high, _area in stats[1:]:
            thin = (high if level else wide) - 2
            if thin <= most:
                yield float(x), float(y), float(x + wide), float(y + high)


def _pictures(cv2: Any, bitmap: NDArray[np.uint8], paper: float, lines: Sequence[_Pixels]) -> Iterator[_Pixels]:
    """Large areas of tone in which hardly any type was recognised."""
    height, width = bitmap.shape
    scale = 4
    small = cv2.resize(bitmap, (max(1, width // scale), max(1, height // scale)), interpolation=cv2.INTER_AREA)
    # Two rules close together are no area of tone, so gaps are closed by less than an area is high.
    tone = cv2.morphologyEx((small < paper - 12).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    for x0, y0, x1, y1 in lines:
        tone[
            max(0, int(y0) // scale - 1) : int(y1) // scale + 2, max(0, int(x0) // scale - 1) : int(x1) // scale + 2
        ] = 0
    tone = cv2.morphologyEx(tone, cv2.MORPH_OPEN, np.ones((15, 15), np.uint8))
    _count, _labels, stats, _centres = cv2.connectedComponentsWithStats(tone)
    for x, y, wide, high, area in stats[1:]:
        large = wide > 0.08 * width / scale and high > 0.015 * height / scale
        if large and area > 0.5 * wide * high:
            yield float(x * scale), float(y * scale), float((x + wide) * scale), float((y + high) * scale)
