"""Reading one segment of the index as arrays. A segment never changes, so what was read is kept."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec

from .codec import Numbers, place_of_postings, read_postings
from .schema import FACTS, LINKS
from .strings import EXTENSION, Strings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .storage import MappedStorage


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
        # Opened at once: an open file stays readable when a later commit deletes it.
        self.strings = Strings(storage.open_unmapped(f"{segment.segment_id()}.{EXTENSION}"))
        self._maps = {name: _map_of(storage, segment, name) for name in (*LINKS, "section")}

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
        place = place_of_postings(self._terms, field, term.encode())
        return None if place is None else read_postings(self._terms._postfile.mapped, place)

    def all_postings(self) -> Iterator[tuple[str, str, Numbers, Numbers | None]]:
        """Field, term, documents and counts of every term, for taking the segment over into another."""
        for (field, term), info in self._terms.items():
            yield field, term.decode(), *read_postings(self._terms._postfile.mapped, info.extent()[0])

    def columns_of(self, document: int) -> dict[str, bytes]:
        """A document's row in every column, as bytes."""
        row = {"facts": self.facts[document].tobytes()}
        for name, column in self._columns.items():
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
