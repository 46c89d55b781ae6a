"""Gathering the texts of a segment and writing where their pairs of characters stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from .strings import ROW, ROW_BITS, Places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .codec import Numbers
    from .strings import Strings

_LINE_FEED = ord("\n")
_MOST_ROWS = ROW - 1
_AT_ONCE = 2_000_000  # pairs
_NARROW = 1 << 16  # so many characters are numbered in 16 bits
_NONE = np.uint32(0xFFFFFFFF)


class GatheredStrings:
    """Texts of one segment's documents, in their order."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._first_rows: list[int] = []
        self._headlines: list[int] = []  # one number a row, as `_documents`
        self._documents: list[int] = []
        self._taken: list[tuple[Places, Places, Places]] = []

    def put(self, document: int, parts: Sequence[str]) -> None:
        """A document's texts, the headline first. No text holds a line feed."""
        text = "\n".join(parts) + "\n"
        self._first_rows.append(len(self._documents))
        self._texts.append(text)
        more = len(text) >> ROW_BITS
        self._add_rows([min(len(parts[0]), ROW - 1), *[0] * more], [document] * (1 + more))

    def take_over(self, strings: Strings, numbers: Numbers) -> None:
        """Another segment's documents with their new numbers; those numbered -1 are left out."""
        firsts, seconds, places, staying = strings.taken_over(numbers)
        headlines, documents = strings.rows()
        self._taken.append((firsts, seconds, places + np.uint32(len(self._documents) << ROW_BITS)))
        self._add_rows(headlines[staying].tolist(), numbers[documents[staying]].tolist())

    def _add_rows(self, headlines: list[int], documents: list[int]) -> None:
        self._headlines += headlines
        self._documents += documents
        if len(self._documents) > _MOST_ROWS:
            raise OverflowError(f"a segment has room for {_MOST_ROWS} articles of 65,536 characters")

    def write(self, file: BinaryIO) -> None:
        """In the form that `strings` reads."""
        codes, seconds, places = self._pairs()
        characters = _characters(codes, seconds)
        firsts, seconds = _numbered(codes, characters), _numbered(seconds, characters)
        del codes
        following = np.bincount(firsts, minlength=len(characters))
        before = np.cumsum(following) - following
        kinds = np.zeros(len(characters), dtype=np.int64)  # how many pairs begin with each
        second_of, starts = [], [np.zeros(0, dtype=np.int64)]
        # Some first characters at a time: sorted all at once, they would need twice the memory.
        for part in np.unique(before // _AT_ONCE).tolist():
            low, high = np.searchsorted(before // _AT_ONCE, [part, part + 1]).tolist()
            chosen = np.flatnonzero((firsts >= low) & (firsts < high))
            first, second, own = _in_order(firsts[chosen], seconds[chosen], places[chosen], len(characters))
            file.write(own.astype("<u4").tobytes())
            fresh = np.flatnonzero(np.diff(first, prepend=_NONE) | np.diff(second, prepend=_NONE))
            starts.append(fresh + before[low])
            second_of.append(characters[second[fresh]])
            kinds += np.bincount(first[fresh], minlength=len(characters))
        starts.append(np.array([len(places)]))
        pairs_before = np.concatenate([[0], np.cumsum(kinds)])
        for array in (_joined(second_of), np.concatenate(starts), characters, pairs_before):
            file.write(array.astype("<u4").tobytes())
        for numbers in (self._headlines, self._documents):
            file.write(np.array(numbers, dtype="<u2").tobytes())
        counts = (len(places), int(kinds.sum()), len(characters), len(self._documents))
        file.write(np.array(counts, dtype="<u8").tobytes())

    def _pairs(self) -> tuple[Places, Places, Places]:
        chunks, self._taken = self._taken, []
        if self._texts:
            chunks.append(_pairs_of(self._texts, self._first_rows))
            self._texts = []
        firsts, seconds, places = (_joined([chunk[part] for chunk in chunks]) for part in range(3))
        return firsts, seconds, places


def _in_order(firsts: Places, seconds: Places, places: Places, characters: int) -> tuple[Places, Places, Places]:
    """The same sorted by first, second and place."""
    if characters > _NARROW:
        order = np.lexsort((places, seconds, firsts))
        return firsts[order], seconds[order], places[order]
    # One number of all three is sorted in a tenth of the time.
    whole = firsts.astype(np.uint64) << 48 | seconds.astype(np.uint64) << 32 | places
    whole.sort()
    return (whole >> 48).astype(np.uint32), (whole >> 32).astype(np.uint16).astype(np.uint32), whole.astype(np.uint32)


def _pairs_of(texts: list[str], first_rows: list[int]) -> tuple[Places, Places, Places]:
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    begins = np.cumsum(lengths) - lengths
    shifts = ((np.array(first_rows, dtype=np.int64) << ROW_BITS) - begins).astype(np.uint32)  # wraps, and back again
    places = np.repeat(shifts, lengths)
    places += np.arange(len(codes), dtype=np.uint32)
    pairs = np.flatnonzero(codes[:-1] != _LINE_FEED)
    return codes[pairs], codes[pairs + 1], places[pairs]


def _characters(firsts: Places, seconds: Places) -> Places:
    """Every character that stands there, ascending."""
    most = int(max(firsts.max(initial=0), seconds.max(initial=0)))
    there = np.zeros(most + 1 if len(firsts) else 0, dtype=np.bool_)
    there[firsts] = True
    there[seconds] = True
    return np.flatnonzero(there).astype(np.uint32)


def _numbered(codes: Places, characters: Places) -> Places:
    """Each code's place among the characters."""
    number_of = np.zeros(int(characters[-1]) + 1 if len(characters) else 0, dtype=np.uint32)
    number_of[characters] = np.arange(len(characters), dtype=np.uint32)
    return number_of[codes]


def _joined(arrays: list[NDArray[Any]]) -> NDArray[Any]:
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays or [np.zeros(0, dtype=np.uint32)])
