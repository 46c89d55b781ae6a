"""Which lines belong to which paragraph after an editor typed: paragraphs may be split, joined, changed or struck."""

from __future__ import annotations

from bisect import bisect_right
from difflib import SequenceMatcher
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_FINE = 4_000_000  # beyond this product of lengths, lines are placed by proportion instead of by letters


class Paragraph(NamedTuple):
    """A paragraph as it was: its text, and for each of its lines an id and how many letters the line has."""

    text: str
    lines: tuple[tuple[int, int], ...]


def reseat(old: Sequence[Paragraph], new: Sequence[str]) -> list[list[int]]:
    """For each new paragraph the ids of the lines it was made of, every line once, in order.

    Lines of struck paragraphs go to the paragraph before (or, at the top, after), so that none is lost. With no new
    paragraph at all the result is empty.
    """
    seats: list[list[int]] = [[] for _ in new]
    if not new:
        return seats
    matcher = SequenceMatcher(None, [paragraph.text for paragraph in old], list(new), autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            for i, j in zip(range(i1, i2), range(j1, j2), strict=True):
                seats[j] += [line for line, _length in old[i].lines]
        elif j1 == j2:
            seats[max(j1 - 1, 0)] += [line for paragraph in old[i1:i2] for line, _length in paragraph.lines]
        elif i1 != i2:
            for j, lines in enumerate(_by_letters(old[i1:i2], new[j1:j2]), start=j1):
                seats[j] += lines
    return seats


def cut_at(printed: str, typed: str, letters: int) -> int:
    """Where in the typed text the printed letter number `letters` (blanks not counted) stands."""
    wanted = _Mapping(_squeezed(printed), _squeezed(typed))(letters)
    for index, char in enumerate(typed):
        if not char.isspace():
            if wanted == 0:
                return index
            wanted -= 1
    return len(typed)


def _by_letters(old: Sequence[Paragraph], new: Sequence[str]) -> list[list[int]]:
    """A line goes to the paragraph in which its first letter now stands."""
    ends = list(accumulate(len(_squeezed(text)) for text in new))
    before = "".join(_squeezed(paragraph.text) for paragraph in old)
    after = "".join(_squeezed(text) for text in new)
    moved = _Mapping(before, after)
    seats: list[list[int]] = [[] for _ in new]
    start = 0
    for paragraph in old:
        length = len(_squeezed(paragraph.text))
        printed = sum(letters for _line, letters in paragraph.lines) or 1
        at = 0
        for line, letters in paragraph.lines:
            offset = start + at * length // printed
            seats[min(bisect_right(ends, moved(offset)), len(new) - 1)].append(line)
            at += letters
        start += length
    return seats


class _Mapping:
    """Offsets in the old text to offsets in the new one; they never go backwards."""

    def __init__(self, before: str, after: str) -> None:
        self._scale = (len(after), max(len(before), 1))
        fine = len(before) * len(after) <= _FINE
        self._blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks() if fine else []

    def __call__(self, offset: int) -> int:
        for a, b, size in self._blocks:
            if offset < a + size:
                return b + max(offset - a, 0)
        if self._blocks:
            return self._scale[0]
        return offset * self._scale[0] // self._scale[1]


def _squeezed(text: str) -> str:
    return "".join(text.split())
