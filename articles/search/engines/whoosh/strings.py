"""Where every pair of neighbouring characters of a segment's texts stands: any string is found by it, and exactly.

A place is a whole number: the row of the article times 65,536, and the character's number in its texts. A text that is
longer goes on in the next row, so neighbouring characters have neighbouring places. Each text ends with a line feed,
which is the second of a pair and never the first; so no string reaches from one text into another, and each character
is the first of exactly one pair.

segment.str:  places, pair by pair, ascending              <u4
              second character of each pair                <u4   pairs in the order of their first, then second
              where each pair's places begin               <u4   one more than there are pairs
              characters, ascending                        <u4
              where each one's pairs begin                 <u4   one more than there are characters
              length of each row's headline, in characters <u2
              document of each row                         <u2
              the four counts                              <u8
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from .codec import Numbers
    from .storage import UnmappedFile

Places = NDArray[np.uint32]

EXTENSION = "str"
ROW_BITS = 16
ROW = 1 << ROW_BITS  # characters
_COUNTS = np.dtype([("places", "<u8"), ("pairs", "<u8"), ("characters", "<u8"), ("rows", "<u8")])
_WIDE, _NARROW = np.dtype("<u4"), np.dtype("<u2")


class Strings:
    """The file is read where it is needed and never mapped: mapped pages would soon count as the process's memory."""

    def __init__(self, file: UnmappedFile) -> None:
        self._file = file

    @cached_property
    def _parts(self) -> dict[str, tuple[int, int, np.dtype[Any]]]:
        """Where each array begins, how many numbers it has and of what kind."""
        size = self._file.size
        places, pairs, characters, rows = np.frombuffer(self._file.read(size - _COUNTS.itemsize, size), "<u8").tolist()
        parts = {}
        begin = 0
        for name, count, kind in (
            ("places", places, _WIDE),
            ("seconds", pairs, _WIDE),
            ("starts", pairs + 1, _WIDE),
            ("characters", characters, _WIDE),
            ("firsts", characters + 1, _WIDE),
            ("headlines", rows, _NARROW),
            ("documents", rows, _NARROW),
        ):
            parts[name] = begin, count, kind
            begin += count * kind.itemsize
        return parts

    def _read(self, name: str, start: int = 0, end: int | None = None) -> NDArray[Any]:
        begin, count, kind = self._parts[name]
        end = count if end is None else end
        return np.frombuffer(self._file.read(begin + start * kind.itemsize, begin + end * kind.itemsize), kind)

    @cached_property
    def _firsts(self) -> tuple[dict[int, int], list[int]]:
        """The number of each character, and where each one's pairs begin."""
        characters = self._read("characters").tolist()
        return {code: number for number, code in enumerate(characters)}, self._read("firsts").tolist()

    @cached_property
    def _headlines(self) -> NDArray[np.uint16]:
        return self._read("headlines")

    @cached_property
    def _documents(self) -> Numbers:
        return self._read("documents").astype(np.int64)

    @cached_property
    def _one_row_each(self) -> bool:
        return len(self._documents) == int(self._documents[-1]) + 1

    def _span(self, first: int, second: int | None) -> tuple[int, int]:
        """From where to where the places stand of a pair, or of all pairs that begin with the character."""
        numbers, begins = self._firsts
        number = numbers.get(first)
        if number is None:
            return 0, 0
        start, end = begins[number], begins[number + 1]
        if second is not None:
            seconds = self._read("seconds", start, end)
            start += int(np.searchsorted(seconds, second))
            if start == end or seconds[start - end] != second:
                return 0, 0
            end = start + 1
        starts = self._read("starts", start, end + 1)
        return int(starts[0]), int(starts[-1])

    def holding(self, text: str, *, in_headline: bool) -> Numbers:
        """Documents, ascending, that hold the string in one of their texts or in the headline; none where it is
        empty."""
        if not text:
            return np.zeros(0, dtype=np.int64)
        places = self._places(text)
        rows = places >> ROW_BITS
        if in_headline:
            rows = rows[(places & (ROW - 1)) + len(text) <= self._headlines[rows]]
        if not len(rows):
            return np.zeros(0, dtype=np.int64)
        held = np.zeros(len(self._documents), dtype=np.bool_)
        held[rows] = True
        return self._documents[held] if self._one_row_each else np.unique(self._documents[held])

    def _places(self, text: str) -> Places:
        """Where the string begins, each place once."""
        codes = list(map(ord, text))
        if len(codes) == 1:
            return self._read("places", *self._span(codes[0], None))
        # Pairs that cover the string: every second one, and the last.
        offsets = sorted({*range(0, len(codes) - 1, 2), len(codes) - 2})
        spans = {}
        for offset in offsets:
            start, end = spans[offset] = self._span(codes[offset], codes[offset + 1])
            if start == end:
                return np.zeros(0, dtype=_WIDE)
        offsets.sort(key=lambda offset: spans[offset][1] - spans[offset][0])
        begins: Places = self._read("places", *spans[offsets[0]]) - np.uint32(offsets[0])
        for offset in offsets[1:]:
            if not len(begins):
                break
            begins = begins[_among(begins + np.uint32(offset), self._read("places", *spans[offset]))]
        return begins

    def taken_over(self, numbers: Numbers) -> tuple[Places, Places, Places, NDArray[np.bool_]]:
        """First and second characters and places of all pairs whose documents stay, with the new number of each
        document in `numbers` (-1: goes), rows numbered afresh from 0; and which rows stay."""
        staying = numbers[self._documents] >= 0
        rows = np.cumsum(staying) - 1
        places = self._read("places")
        starts, firsts_of = self._read("starts").astype(np.int64), self._read("firsts").astype(np.int64)
        per_pair, per_first = starts[1:] - starts[:-1], firsts_of[1:] - firsts_of[:-1]
        kept = staying[places >> ROW_BITS]
        firsts = np.repeat(np.repeat(self._read("characters"), per_first), per_pair)[kept]
        seconds = np.repeat(self._read("seconds"), per_pair)[kept]
        places = places[kept]
        moved = (rows[places >> ROW_BITS].astype(_WIDE) << np.uint32(ROW_BITS)) | (places & np.uint32(ROW - 1))
        return firsts, seconds, moved, staying

    def rows(self) -> tuple[NDArray[np.uint16], Numbers]:
        """Length of each row's headline, and its document."""
        return self._headlines, self._documents


def _among(wanted: Places, places: Places) -> NDArray[np.bool_]:
    """Which of the wanted stand among the places; both ascend."""
    found = np.searchsorted(places, wanted)
    found[found == len(places)] = 0
    among: NDArray[np.bool_] = places[found] == wanted
    return among
