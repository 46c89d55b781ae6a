"""How wide type is set: cells, units that never part at a line end, and the width of the local column.

A cell is one full-width character. Composition rules decide where a line must break, so they also tell
whether a line was broken for want of room or because its paragraph had ended.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

CLOSERS = frozenset("，。、；：！？）》〉”’」』】…—%‰·.,;:!?)]")
OPENERS = frozenset("（《〈“‘「『【([")
_PUNCTUATION = CLOSERS | OPENERS
_UNIT = re.compile(r"[A-Za-z0-9.%+/:\-]+|——|……|.", re.DOTALL)
_SENTENCE_END = re.compile(r"[。！？!?…][”’」』）》)]*$")
INDENT = 2.0
_KEPT = 4096  # strings of which the width is remembered: a page asks for each line's many times


@lru_cache(_KEPT)
def bare(text: str) -> str:
    """The line without any white space: blanks are accidents of the dump."""
    return "".join(text.split())


@lru_cache(_KEPT)
def cells(text: str, squeeze: float = 1.0) -> float:
    """Width in cells; `squeeze` is what a punctuation mark takes up on this page."""
    width = 0.0
    for char in text:
        if ord(char) < 128:
            width += 0.0 if char.isspace() else 0.5
        elif char in "　\u2003\ufeff\u200b":
            width += 0.0
        else:
            width += squeeze if char in _PUNCTUATION else 1.0
    return width


@lru_cache(_KEPT)
def core_cells(text: str, squeeze: float = 1.0) -> float:
    """Width without the closing marks at the end, which may hang into the margin."""
    end, hung = len(text), 0
    while end and text[end - 1] in CLOSERS and hung < 2:
        end, hung = end - 1, hung + 1
    return cells(text[:end], squeeze)


@lru_cache(_KEPT)
def leading_unit(text: str) -> str:
    """What must stand on one line with the first character: 《报告, 2006, 国，."""
    text = text.strip()
    end = 0
    for match in _UNIT.finditer(text):
        end = match.end()
        if text[match.start()] not in OPENERS:
            break
    hung = 0
    while end < len(text) and text[end] in CLOSERS and hung < 2:
        end, hung = end + 1, hung + 1
    return text[:end]


@lru_cache(_KEPT)
def ends_sentence(text: str) -> bool:
    """Whether the line ends where a sentence does."""
    return bool(_SENTENCE_END.search(text.strip()))


@dataclass(frozen=True, slots=True)
class Measure:
    """Column width around each line, in cells, and what a punctuation mark takes up on the page."""

    squeeze: float
    widths: tuple[float, ...]
    indented: bool  # paragraphs begin with printed blanks

    def room_left(self, index: int, text: str, following: str, *, first: bool) -> float:
        """Cells to spare on `text` had the first unit of `following` been set on it; < 0: the line was full."""
        limit = self.widths[index] - (INDENT if first else 0.0)
        unit = leading_unit(following)
        room = limit - cells(text, self.squeeze) - core_cells(unit, self.squeeze)
        # Marks behind the unit may hang in the margin or draw it down with them: either is good setting.
        return min(room, max(-0.1, limit - cells(text, self.squeeze) - cells(unit, self.squeeze)))

    def overrun(self, index: int, text: str, *, first: bool) -> float:
        """Cells by which the line is wider than its column; > 0 is impossible for type that was set in it."""
        return core_cells(text, self.squeeze) - (self.widths[index] - (INDENT if first else 0.0))


def measure(texts: Sequence[str], chunks: Sequence[int]) -> Measure:
    """Measure a page. `texts` are its type lines in order, `chunks` numbers the blank-parted piece of each."""
    best: tuple[float, float, tuple[float, ...]] | None = None
    for squeeze in (1.0, 0.75, 0.5):
        fit, widths = _widths(texts, chunks, squeeze)
        if best is None or fit > best[0] * 1.01:
            best = (fit, squeeze, widths)
    _, squeeze, widths = best or (0.0, 1.0, ())
    blanks = sum(text.startswith(("　", "  ")) for text in texts)
    return Measure(squeeze, widths, indented=blanks >= max(3, len(texts) // 30))


_GRID = 0.25


def _widths(texts: Sequence[str], chunks: Sequence[int], squeeze: float) -> tuple[float, tuple[float, ...]]:
    """How many lines some width explains, and the width around each line.

    A full line tells its column's width within a cell: at least what stands on it, less than what would have
    stood on it with the next unit. Lines vote for the widths they allow, loudest within their own piece.
    """
    votes: dict[int, dict[int, float]] = {}
    page: dict[int, float] = defaultdict(float)
    for i, text in enumerate(texts[:-1]):
        if chunks[i + 1] != chunks[i] or ends_sentence(text):
            continue
        first = i == 0 or chunks[i - 1] != chunks[i] or ends_sentence(texts[i - 1])
        piece = votes.setdefault(chunks[i], defaultdict(float))
        for width, weight in _allowed(bare(text), bare(texts[i + 1]), squeeze):
            for shift, share in ((0.0, 0.4), (INDENT, 0.6)) if first else ((0.0, 1.0),):
                piece[round((width + shift) / _GRID)] += weight * share
    for piece in votes.values():
        for grid, weight in piece.items():
            page[grid] += weight
    widest: dict[int, float] = {}
    closed: dict[int, bool] = {}
    for chunk, text in zip(chunks, texts, strict=True):
        widest[chunk] = max(widest.get(chunk, 0.0), core_cells(bare(text), squeeze))
        closed[chunk] = ends_sentence(text)
    by_chunk: dict[int, float] = {}
    fit = 0.0
    grids = sorted(page)
    at = {grid: place for place, grid in enumerate(grids)}
    heard = {chunk: _spread(piece, at) for chunk, piece in votes.items()}
    wide = _spread(page, at)
    for chunk in dict.fromkeys(chunks):
        if not votes:
            by_chunk[chunk] = 14.0
            continue
        total = np.zeros(len(grids))
        for other in range(chunk - 4, chunk + 5):
            if other in heard:
                distance = abs(other - chunk)
                total += np.minimum(heard[other], 4.0) * 0.25 / (1 + distance) if distance else heard[other]
        total += 0.5 * (wide / wide.max())
        by_chunk[chunk] = _roundest([grids[place] for place in np.flatnonzero(total >= total.max() - 1e-9)])
        if chunk in votes and closed[chunk] and widest[chunk] > by_chunk[chunk] + 3.0:  # a lead across columns
            top = max(votes[chunk].values())
            by_chunk[chunk] = max(grid for grid, weight in votes[chunk].items() if weight >= top - 1e-9) * _GRID
        fit += max(votes[chunk].values()) if chunk in votes else 0.0
    return fit, tuple(by_chunk[chunk] for chunk in chunks)


def _spread(votes: Mapping[int, float], at: Mapping[int, int]) -> np.ndarray:
    out = np.zeros(len(at))
    for grid, weight in votes.items():
        out[at[grid]] = weight
    return out


def _roundest(plateau: Sequence[int]) -> float:
    """Columns are most often a whole number of characters wide."""
    whole = [width for width in plateau if (width * _GRID) % 1 == 0]
    chosen = whole or list(plateau)
    return chosen[len(chosen) // 2] * _GRID


def _allowed(text: str, following: str, squeeze: float) -> Iterator[tuple[float, float]]:
    """Column widths that explain why the line broke where it did."""
    unit = leading_unit(following)
    lowest, here = core_cells(text, squeeze), cells(text, squeeze)
    tight, loose = here + core_cells(unit, squeeze), here + cells(unit, squeeze)
    width = math.ceil(lowest / _GRID - 1e-9) * _GRID
    while width < loose - 1e-9:
        yield width, 1.0 if width < tight - 1e-9 else 0.6
        width += _GRID
