"""Reading one segment of the index as arrays. A segment never changes, so what was read is kept."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec
from whoosh.reading import TermNotFound

from .codec import Numbers, read_postings
from .schema import FACTS, LINKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .storage import MappedStorage


_AT_ONCE = 64  # texts, where they are read one after the other


@dataclass(frozen=True, slots=True)
class Bytes:
    """A column of byte strings: the map they stand in, and where each begins and ends."""

    data: Any
    starts: Numbers
    ends: Numbers


def _map_of(storage: MappedStorage, segment: Any, column: str) -> Any:
    return storage.open_file(W3Codec.column_filename(segment, column)).mapped


def _read_bytes(data: Any, count: int) -> Bytes:
    """A VarBytesColumn: the values, then their lengths, then perhaps their offsets, then the type codes."""
    end = len(data) - 1
    code = chr(data[end])
    if code == "X":  # offsets were written too; the lengths say the same
        code = chr(data[end - 2])
        end = end - 2 - count * struct.calcsize(chr(data[end - 1]))
    kind = np.dtype(code).newbyteorder(">")
    lengths = np.frombuffer(data, dtype=kind, count=count, offset=end - count * kind.itemsize).astype(np.int64)
    ends = np.cumsum(lengths)
    return Bytes(data, ends - lengths, ends)


class Segment:
    """Terms and columns of one segment; documents are numbered from 0."""

    def __init__(self, storage: MappedStorage, segment: Any) -> None:
        self.storage = storage
        self.segment = segment
        self.count: int = segment.doc_count_all()
        self._terms = segment.codec().terms_reader(storage, segment)
        self.facts: NDArray[Any] = self._facts_of(storage, segment)
        # Mapped at once: a file that is mapped stays readable when a later commit deletes it.
        self._text_file = storage.open_unmapped(W3Codec.column_filename(segment, "text"))
        self._maps = {name: _map_of(storage, segment, name) for name in ("text", *LINKS, "section")}

    @cached_property
    def text(self) -> Bytes:
        """The normalised strings of each document, a line each, headline first."""
        return _read_bytes(self._maps["text"], self.count)

    def holding(self, needle: bytes, documents: Numbers, *, in_headline: bool) -> Numbers:
        """Those of the documents (ascending) whose text, or headline, holds the bytes in one line."""
        if not in_headline:
            return self._with_text(needle, documents)
        lines = self._headlines
        if len(documents) > self.count // 16:  # one search through all, where many would be looked at
            places = []
            place = lines.data.find(needle)
            while place >= 0:
                places.append(place)
                place = lines.data.find(needle, place + len(needle))
            found = np.unique(np.searchsorted(lines.ends, np.array(places, dtype=np.int64), side="right"))
            return np.intersect1d(found, documents, assume_unique=True)
        find = lines.data.find
        spans = zip(documents.tolist(), lines.starts[documents].tolist(), lines.ends[documents].tolist(), strict=True)
        return np.array([n for n, start, end in spans if find(needle, start, end) >= 0], dtype=np.int64)

    def _with_text(self, needle: bytes, documents: Numbers) -> Numbers:
        # Read, not looked at in the map: a map of all texts would soon count as this process's memory.
        read, kept = self._text_file.read, []
        starts, ends = self.text.starts[documents].tolist(), self.text.ends[documents].tolist()
        numbers = documents.tolist()
        if len(numbers) < self.count // 3:
            for number, start, end in zip(numbers, starts, ends, strict=True):
                if needle in read(start, end):
                    kept.append(number)
            return np.array(kept, dtype=np.int64)
        for first in range(0, len(numbers), _AT_ONCE):
            some = slice(first, first + _AT_ONCE)
            base = starts[first]
            find = read(base, ends[some][-1]).find
            for number, start, end in zip(numbers[some], starts[some], ends[some], strict=True):
                if find(needle, start - base, end - base) >= 0:
                    kept.append(number)
        return np.array(kept, dtype=np.int64)

    @cached_property
    def _headlines(self) -> Bytes:
        """The first line of each document's text, and the end of line after it."""
        lines = []
        starts, ends = self.text.starts.tolist(), self.text.ends.tolist()
        for first in range(0, self.count, _AT_ONCE):
            some = slice(first, first + _AT_ONCE)
            base = starts[first]
            data = self._text_file.read(base, ends[some][-1])
            for start, end in zip(starts[some], ends[some], strict=True):
                place = data.find(b"\n", start - base, end - base)
                lines.append(data[start - base : place if place >= 0 else end - base])
        lengths = np.fromiter(map(len, lines), np.int64, self.count)
        over = np.cumsum(lengths + 1) - 1
        return Bytes(b"\n".join(lines), over - lengths, over)

    @cached_property
    def _columns(self) -> dict[str, Bytes]:
        return {name: _read_bytes(self._maps[name], self.count) for name in (*LINKS, "section")}

    @staticmethod
    def _facts_of(storage: MappedStorage, segment: Any) -> NDArray[Any]:
        return np.frombuffer(_map_of(storage, segment, "facts"), dtype=FACTS, count=segment.doc_count_all())

    @staticmethod
    def article_ids(storage: MappedStorage, segment: Any) -> Numbers:
        """The article of each document, deleted ones among them."""
        return Segment._facts_of(storage, segment)["article"].astype(np.int64)

    def postings(self, field: str, term: str) -> tuple[Numbers, Numbers | None] | None:
        """Documents that hold the term, with counts; None when there is none."""
        try:
            info = self._terms.term_info(field, term.encode())
        except TermNotFound:
            return None
        return read_postings(self._terms._postfile.mapped, info)

    def all_postings(self) -> Iterator[tuple[str, str, Numbers, Numbers | None]]:
        """Field, term, documents and counts of every term, for taking the segment over into another."""
        for (field, term), info in self._terms.items():
            yield field, term.decode(), *read_postings(self._terms._postfile.mapped, info)

    def columns_of(self, document: int) -> dict[str, bytes]:
        """A document's row in every column, as bytes."""
        row = {"facts": self.facts[document].tobytes()}
        for name, column in (("text", self.text), *self._columns.items()):
            row[name] = column.data[column.starts[document] : column.ends[document]]
        return row

    def links(self, name: str) -> tuple[Numbers, Numbers]:
        """All record ids of this kind and how many each document has."""
        column = self._columns[name]
        size = int(column.ends[-1]) // 8 if self.count else 0
        return np.frombuffer(column.data, dtype="<i8", count=size).astype(np.int64), (column.ends - column.starts) // 8

    @cached_property
    def sections(self) -> tuple[list[str], NDArray[np.int32]]:
        """Names of sections and, for each document, the number of its own."""
        column = self._columns["section"]
        numbers: dict[bytes, int] = {}
        rows = [
            numbers.setdefault(column.data[start:end], len(numbers))
            for start, end in zip(column.starts.tolist(), column.ends.tolist(), strict=True)
        ]
        return [name.decode() for name in numbers], np.array(rows, dtype=np.int32)
