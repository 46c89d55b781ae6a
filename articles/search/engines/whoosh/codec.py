"""Whoosh's segment format with postings that numpy can read in place.

Stock Whoosh pickles a block's document numbers as a tuple of integers, which costs more to unpickle than the whole
search. Here the same blocks hold machine arrays: document numbers as differences, weights only where they are not 1.
Stock matchers read them through `ArrayMatcher`.
"""

from __future__ import annotations

import io
import pickle
import struct
import sys
from array import array
from operator import sub
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher, W3PostingsWriter, W3TermInfo, W3TermsReader
from whoosh.formats import Format

if TYPE_CHECKING:
    from collections.abc import Sequence

Numbers = NDArray[np.int64]

_BLOCK_LIMIT = 8192
_INLINE_LIMIT = 1  # none are inlined: Whoosh 2.7.4 calls a method that is not there (set_inline) when one is
_MAGIC_LENGTH = 4
_FEW = 64  # so many numbers are faster without numpy


_KINDS: dict[str, np.dtype[Any]] = {"B": np.dtype("<u1"), "H": np.dtype("<u2"), "I": np.dtype("<u4")}


def pack(numbers: Sequence[int]) -> tuple[str, bytes]:
    """Whole numbers from 0 in the fewest bytes that hold the largest."""
    largest = max(numbers)
    code = "B" if largest < 1 << 8 else "H" if largest < 1 << 16 else "I"
    packed = array(code, numbers)
    if sys.byteorder == "big":
        packed.byteswap()
    return code, packed.tobytes()


def unpack(packed: tuple[str, bytes]) -> Numbers:
    """The numbers that `pack` was given."""
    code, data = packed
    return np.frombuffer(data, dtype=_KINDS[code]).astype(np.int64)


class CountFormat(Format):  # type: ignore[misc]
    """Postings of article and count, nothing else; Whoosh's Frequency writes the count twice."""

    posting_size = 0

    def __init__(self, field_boost: float = 1.0, **options: Any) -> None:
        super().__init__(field_boost=field_boost, **options)

    def word_values(self, value: Any, analyzer: Any, **kwargs: Any) -> Any:
        counts: dict[str, int] = {}
        for token in analyzer(value, **kwargs):
            counts[token.text] = counts.get(token.text, 0) + 1
        for word in sorted(counts):
            yield word.encode(), counts[word], float(counts[word]), b""

    def fixed_value_size(self) -> int:
        return 0

    def decode_frequency(self, value: bytes) -> int:
        return 1


class ArrayPostingsWriter(W3PostingsWriter):  # type: ignore[misc]
    """Writes blocks of machine arrays and takes a term's postings all at once."""

    _ids: array[int]
    _weights: array[int]

    def add_all(self, documents: array[int], weights: array[int] | None) -> None:
        """All postings of the term that was started, in the order of the documents."""
        for start in range(0, len(documents), self._blocklimit):
            if len(self._ids):
                self._write_block()
            self._ids = documents[start : start + self._blocklimit]
            if weights is None:
                self._weights = _ONES[: len(self._ids)]
                self._maxweight = 1
            else:
                self._weights = weights[start : start + self._blocklimit]
                self._maxweight = max(self._weights)

    def _mini_ids(self) -> tuple[str, bytes]:
        ids = self._ids
        if len(ids) < _FEW:
            return pack([ids[0], *map(sub, ids[1:], ids)])
        return pack(np.diff(np.frombuffer(ids, dtype=ids.typecode), prepend=np.array(0, ids.typecode)).tolist())

    def _mini_weights(self) -> tuple[str, bytes] | None:
        weights = self._weights
        return None if max(weights) == 1 else pack([int(weight) for weight in weights])


_ONES = array("B", b"\x01" * _BLOCK_LIMIT)


class ArrayMatcher(W3LeafMatcher):  # type: ignore[misc]
    """Lets Whoosh's own queries read the arrays."""

    def _read_ids(self) -> None:
        if self._data is None:
            self._read_data()
        self._ids = np.cumsum(unpack(self._data[0])).tolist()

    def _read_weights(self) -> None:
        if self._data is None:
            self._read_data()
        packed = self._data[1]
        self._weights = [1.0] * self._blocklength if packed is None else unpack(packed).astype(float).tolist()

    def _read_values(self) -> None:
        self._values = (None,) * self._blocklength


class ArrayCodec(W3Codec):  # type: ignore[misc]
    """The codec of this engine; its class name is written into the index, so it must stay importable."""

    length_stats = False  # lengths are a column of ours, exact

    def __init__(self) -> None:
        super().__init__(blocklimit=_BLOCK_LIMIT, compression=0, inlinelimit=_INLINE_LIMIT)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> ArrayPostingsWriter:
        return ArrayPostingsWriter(
            dbfile,
            blocklimit=self._blocklimit,
            byteids=byteids,
            compression=self._compression,
            inlinelimit=self._inlinelimit,
        )

    def postings_reader(
        self, dbfile: Any, terminfo: W3TermInfo, format_: Format, term: Any = None, scorer: Any = None
    ) -> Any:
        if terminfo.is_inlined():
            return super().postings_reader(dbfile, terminfo, format_, term=term, scorer=scorer)
        offset, length = terminfo.extent()
        return ArrayMatcher(dbfile, offset, length, format_, term=term, scorer=scorer)


def place_of_postings(terms: W3TermsReader, field: str, term: bytes) -> int | None:
    """Where a term's postings begin in the postings file; None when there is no such term.

    Whoosh's own way through its hash table takes ten times as long, which is felt where a question has many words.
    """
    number = terms._fieldmap.get(field)
    if number is None:
        return None
    key = _FIELD.pack(number) + term
    table, data = terms._tindex, terms._dbfile.mapped
    hashed = table.hashfn(key)
    start, slots = table.tables[hashed & 255]
    for step in range(slots):
        slot = start + ((hashed >> 8) + step) % slots * _SLOT.size
        there, item = _SLOT.unpack_from(data, slot)
        if not item:
            return None
        if there == hashed:
            length, _ = _LENGTHS.unpack_from(data, item)
            begin = item + _LENGTHS.size
            if data[begin : begin + length] == key:
                return int(_OFFSET.unpack_from(data, begin + length + W3TermInfo._struct.size)[0])
    return None


_FIELD, _SLOT, _LENGTHS, _OFFSET = map(struct.Struct, ("!H", "!Iq", "!ii", "!q"))


def read_postings(postings: Any, place: int) -> tuple[Numbers, Numbers | None]:
    """A term's documents, ascending, and their counts (None: all 1), straight from the map of the postings file."""
    position = place + _MAGIC_LENGTH
    documents: list[Numbers] = []
    counts: list[Numbers | None] = []
    last = False
    while not last:
        (length,) = struct.unpack_from("!i", postings, position)
        last = length < 0
        start = position + 4
        position = start + abs(length)
        block = io.BytesIO(postings[start:position])
        pickle.load(block)  # the block's statistics  # noqa: S301 (the index is our own file)
        (code, packed), weights, *_ = pickle.load(block)  # noqa: S301
        documents.append(np.frombuffer(packed, dtype=_KINDS[code]).cumsum(dtype=np.int64))
        counts.append(None if weights is None else unpack(weights))
    if len(documents) == 1:
        return documents[0], counts[0]
    found = np.concatenate(documents)
    if all(count is None for count in counts):
        return found, None
    return found, np.concatenate(
        [np.ones(len(d), dtype=np.int64) if c is None else c for d, c in zip(documents, counts, strict=True)]
    )
