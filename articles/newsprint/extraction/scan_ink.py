"""Where the ink of a recognised line begins and ends, and how large its type is. A recogniser's boxes tremble by a third
of the type's height; ink does not.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

OF_TYPE = 0.92  # of the size of type, the height of Chinese characters' ink
_OF_BOX = 0.84  # of the height of a box, where no ink can be measured
_BESIDE = 0.3  # of its height, what is looked at around a box
_FAINT = 25  # shades from the paper's on which ink begins
_OPENING = "“‘（《【「『〔〈"
_CLOSING = "，。、；：！？”’）》】」』〕〉"
_FLAT = frozenset("一—…-·.。，、“”‘’\"'~～_ 　")  # tell nothing about the size of type
_BLANK, _WIDE_BLANK = 0.42, 0.8  # ems between two characters: half a blank, a whole one
_DASH = 1.3  # ems: a longer flat stroke is a dash

Bitmap = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Found:
    """A line as it was recognised, in pixels of the straight page. `em` is the size of its type once it is measured."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    score: float
    em: float = 0.0

    @property
    def vertical(self) -> bool:
        """Whether it runs from top to bottom."""
        return self.y1 - self.y0 > 1.8 * (self.x1 - self.x0) and len(self.text) > 1

    def turned(self) -> Found:
        """With across and down exchanged, so that a vertical line is treated like any other."""
        return replace(self, x0=self.y0, y0=self.x0, x1=self.y1, y1=self.x1)


def measured(bitmap: Bitmap, lines: Sequence[Found]) -> list[Found]:
    """Lines in the squares of their type, as a typesetter sees them, with its size."""
    paper = float(np.median(bitmap))
    turned = bitmap.T
    return [
        _measured(turned, line.turned(), paper).turned() if line.vertical else _measured(bitmap, line, paper)
        for line in lines
    ]


def blanks_in(bitmap: Bitmap, line: Found) -> list[tuple[float, float]]:
    """Blanks inside a line that was measured, from where to where."""
    if line.vertical:
        return []
    rows = int(line.y0 + 0.05 * line.em), int(line.y1 - 0.05 * line.em)
    paper = float(np.median(bitmap[rows[0] : rows[1]])) if rows[1] > rows[0] else 255.0
    _, _, blanks = _across(bitmap, line, rows, paper, reverse=False)
    return [blank for blank in blanks if blank[1] - blank[0] > _BLANK * line.em]


def mark_may_follow(bitmap: Bitmap, line: Found, paper: float) -> bool:
    """Whether a little ink stands right behind the line: a mark that was cut off, perhaps. A closing ” hides one."""
    if line.vertical or line.text[-1:] in "，。、；：！？":
        return False
    if line.text[-1:] in _CLOSING:
        return True
    left, right = int(line.x1), int(line.x1 + 0.9 * line.em)
    ink = (bitmap[int(line.y0) : int(line.y1), left:right] < paper - 60).sum() / line.em**2
    return bool(0.006 < ink < 0.12)


def _measured(bitmap: Bitmap, line: Found, paper: float) -> Found:
    high = line.y1 - line.y0
    top, bottom = max(0, int(line.y0 - 0.12 * high)), int(line.y1 + 0.12 * high) + 1
    left, right = max(0, int(line.x0)), int(line.x1) + 1
    reverse = _is_reverse(bitmap[top:bottom, left:right], paper)
    dark = _darkness(bitmap[top:bottom, left:right], paper, reverse=reverse)
    rows = _stretch(dark.mean(axis=1), high) if dark.size else None
    if rows is None:
        return replace(line, em=_OF_BOX * high)
    em = (rows[1] - rows[0]) / OF_TYPE
    if all(char in _FLAT for char in line.text):
        em = max(em, 0.7 * high)
    middle = top + (rows[0] + rows[1]) / 2
    x0, x1, blanks = _across(bitmap, line, (top + rows[0], top + rows[1]), paper, reverse=reverse)
    text = _spaced(line.text, x0, x1, [blank for blank in blanks if blank[1] - blank[0] > _BLANK * em], em)
    if _is_dash(bitmap, x1, middle, em, paper) and not text.endswith(("—", "…")):
        text, x1 = text + "——", x1 + 2 * em
    if _is_dash(bitmap, x0 - 2.3 * em, middle, em, paper) and not text.startswith(("—", "…", "一")):
        text, x0 = "——" + text, x0 - 2 * em
    x0 -= (0.5 if text[0] in _OPENING else 0.04) * em
    x1 += (0.5 if text[-1] in _CLOSING else 0.04) * em
    return Found(text, x0, middle - em / 2, x1, middle + em / 2, line.score, em)


def _is_reverse(part: Bitmap, paper: float) -> bool:
    """Light type on a dark bar."""
    return bool(part.size and (part < paper - 60).mean() > 0.5)


def _darkness(part: Bitmap, paper: float, *, reverse: bool) -> NDArray[np.float64]:
    """How much ink there is, whichever is the ink."""
    shades = part.astype(np.float64)
    if reverse and part.size:
        return np.clip(shades - np.median(shades) - _FAINT, 0, None)
    return np.clip(paper - shades - _FAINT, 0, None)


def _stretch(rows: NDArray[np.float64], high: float) -> tuple[int, int] | None:
    """The rows with ink around the middle, as far as no gap parts them from a neighbouring line."""
    strongest = np.sort(rows)[-max(1, len(rows) // 3) :].mean()
    inked = rows > 0.12 * strongest
    if strongest <= 0 or not inked.any():
        return None
    middle, gap = len(rows) // 2, max(2, int(0.12 * high))
    first, last = _reach(inked, middle, -1, gap), _reach(inked, middle, 1, gap)
    return (first, last + 1) if last > first else None


def _reach(inked: NDArray[np.bool_], start: int, step: int, gap: int) -> int:
    at, last, missed = start, start, 0
    while 0 <= at < len(inked) and missed <= gap:
        if inked[at]:
            last, missed = at, 0
        else:
            missed += 1
        at += step
    return last


def _across(
    bitmap: Bitmap, line: Found, rows: tuple[int, int], paper: float, *, reverse: bool
) -> tuple[float, float, list[tuple[float, float]]]:
    """The first and the last column with ink, and the blanks between. A little beyond the box too, where a character
    reaches out of it.
    """
    beyond = int(_BESIDE * (rows[1] - rows[0]))
    left, right = max(0, int(line.x0) - beyond), int(line.x1) + beyond
    ink = _darkness(bitmap[rows[0] : rows[1], left:right], paper, reverse=reverse).mean(axis=0)
    inner = ink[beyond : len(ink) - beyond]
    if not inner.size or inner.max() <= 0:
        return line.x0, line.x1, []
    inked = ink > 0.04 * np.sort(inner)[-max(1, len(inner) // 3) :].mean()
    at = np.flatnonzero(inked[beyond : len(ink) - beyond]) + beyond
    if not at.size:
        return line.x0, line.x1, []
    first, last = int(at[0]), int(at[-1])
    while first > 0 and inked[first - 1]:
        first -= 1
    while last < len(inked) - 1 and inked[last + 1]:
        last += 1
    blanks = [(float(left + a), float(left + b)) for a, b in itertools.pairwise(at) if b - a > 1]
    return float(left + first), float(left + last + 1), blanks


def _spaced(text: str, x0: float, x1: float, blanks: Sequence[tuple[float, float]], em: float) -> str:
    """With the blanks between words that were printed: 高新时报方宝岭 → 高新时报　方宝岭."""
    cells = sum(map(_cells, text))
    if not blanks or cells < 2 or 3 * len(blanks) > cells:  # letter-spaced
        return text
    pitch = (x1 - x0 - sum(b - a for a, b in blanks)) / cells
    places: dict[int, str] = {}
    passed = 0.0
    for left, right in blanks:
        aim, passed = (left - x0 - passed) / pitch, passed + right - left
        place, reached = 0, 0.0
        while place < len(text) and reached < aim - 0.3:
            reached += _cells(text[place])
            place += 1
        around = text[max(0, place - 1) : place + 1]
        if len(around) == 2 and abs(reached - aim) < 0.45 and all(char.isalnum() for char in around):
            places[place] = "　" if right - left > _WIDE_BLANK * em else " "
    return "".join(places.get(at, "") + char for at, char in enumerate(text))


def _cells(char: str) -> float:
    return 0.0 if char.isspace() else 0.5 if char.isascii() else 1.0


def _is_dash(bitmap: Bitmap, left: float, middle: float, em: float, paper: float) -> bool:
    """A flat stroke before or behind the line that was not taken for type."""
    left, right = max(0, int(left)), int(left + 2.3 * em)
    part = bitmap[max(0, int(middle - 0.5 * em)) : int(middle + 0.5 * em), left:right]
    if part.shape[1] < 2 * em or part.shape[0] < 3:
        return False
    ink = part < paper - 60
    rows = ink.mean(axis=1)
    flat = np.flatnonzero(rows > _DASH / 2.3)
    if not flat.size or flat[-1] - flat[0] > 0.2 * em:
        return False
    elsewhere = np.delete(rows, np.arange(max(0, flat[0] - 2), min(len(rows), flat[-1] + 3)))
    return bool(elsewhere.size and elsewhere.max() < 0.06)
