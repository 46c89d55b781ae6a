"""A page that was laid askew on the scanner is turned straight, up to two and a half degrees."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

LEAST, MOST = 0.08, 2.5  # degrees
_WIDTH = 900  # pixels in which the angle is sought


def straightened(page: Image.Image) -> Image.Image:
    """The page, turned by the angle at which its lines are sharpest; a straight one stays as it is."""
    angle = skew_of(page)
    if abs(angle) < LEAST:
        return page
    return page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=int(np.median(np.asarray(page.resize((64, 64))))))


def skew_of(page: Image.Image) -> float:
    """Degrees by which the page must be turned against the clock to be straight."""
    small = page.resize((_WIDTH, max(1, round(page.height * _WIDTH / page.width))), Image.Resampling.BOX)
    ink = 255.0 - np.asarray(small, dtype=np.float32)
    ink = np.clip(ink - np.median(ink), 0, 160)
    margin = max(2, ink.shape[0] // 25)
    best = 0.0
    for step, reach in ((0.25, MOST), (0.05, 0.25)):
        tries = np.arange(best - reach, best + reach + 1e-6, step)
        best = float(max(tries, key=lambda angle: _sharpness(ink, float(angle), margin)))
    return max(-MOST, min(MOST, best))


def _sharpness(ink: NDArray[np.float32], angle: float, margin: int) -> float:
    """How much rows differ from their neighbours once each column is shifted as the angle asks."""
    height, width = ink.shape
    shifts = np.round(np.tan(np.radians(angle)) * (np.arange(width) - width / 2)).astype(int)
    rows = np.zeros(height, dtype=np.float64)
    for shift in np.unique(shifts):
        rows += np.roll(ink[:, shifts == shift].sum(axis=1), -shift)
    inner = rows[margin:-margin]
    return float(((inner[1:] - inner[:-1]) ** 2).sum())
