"""Reading one segment of the index as arrays. A segment never changes, so what was read is kept."""

from __future__ import annotations

import datetime
import struct
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec

from .codec import Numbers, place_of_postings, read_postings
from .links import Links
from .schema import FACTS, LINKS
from .strings import EXTENSION, Strings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .numbering import Numberings
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


HEADLINE_WEIGHT = 3
_ARTICLE_BITS = 41  # of an id beside a day in one number


class Segment:
    """Terms and columns of one segment; documents are numbered from 0.

    `numberings` are those of the index that it is read in; what is only merged or looked into needs none.
    """

    def __init__(self, storage: MappedStorage, segment: Any, numberings: Numberings | None = None) -> None:
        self._numberings = numberings
        self.storage = storage
        self.segment = segment
        self.count: int = segment.doc_count_all()
        self._terms = segment.codec().terms_reader(storage, segment)
        self.facts: NDArray[Any] = self._facts_of(storage, segment)
        # Opened at once: an open file stays readable when a later commit deletes it.
        self.strings = Strings(storage.open_unmapped(f"{segment.segment_id()}.{EXTENSION}"))
        self._links: dict[str, Links] = {}
        self._followed: dict[str, tuple[Mapping[int, int], Links]] = {}
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

    # Columns as they are asked for: worked out once, then joined with those of other segments as they are.

    @cached_property
    def articles(self) -> Numbers:
        return self.facts["article"].astype(np.int64)

    @cached_property
    def dates(self) -> Numbers:
        return self.facts["date"].astype(np.int64)

    @cached_property
    def papers(self) -> Numbers:
        return self.facts["paper"].astype(np.int64)

    @cached_property
    def pages(self) -> Numbers:
        return self.facts["page"].astype(np.int64)

    @cached_property
    def oldness(self) -> Numbers:
        return -(self.dates << _ARTICLE_BITS | self.articles)

    @cached_property
    def lengths(self) -> NDArray[np.float64]:
        lengths = self.facts["words_length"] + HEADLINE_WEIGHT * self.facts["headline_length"]
        return np.array(lengths, dtype=np.float64)

    @cached_property
    def length(self) -> int:
        """Of all documents, as scoring counts it."""
        return int(self.lengths.sum())  # whole numbers, so the sum doesn't depend on the order

    def links(self, name: str) -> Links:
        """Which records the documents are linked to."""
        kept = self._links.get(name)
        if kept is None:
            column = self._columns[name]
            size = int(column.ends[-1]) // 8 if self.count else 0
            ids, numbers = np.unique(np.frombuffer(column.data, dtype="<i8", count=size), return_inverse=True)
            documents = np.repeat(np.arange(self.count), (column.ends - column.starts) // 8)
            records = self._known.records[name]
            kept = Links(records, documents, records.of(ids.tolist())[numbers], self.count)
            self._links[name] = kept
        return kept

    def links_following(self, name: str, merged: Mapping[int, int]) -> Links:
        """The same with the records that live on; `merged` is one that is never changed."""
        kept = self._followed.get(name)
        if kept is None or (kept[0] is not merged and kept[0] != merged):
            kept = self._followed[name] = merged, self.links(name).following(merged)
        return kept[1]

    @cached_property
    def sections(self) -> NDArray[np.int32]:
        """The number of each document's section."""
        column = self._columns["section"]
        numbers: dict[bytes, int] = {}
        rows = [
            numbers.setdefault(column.data[start:end], len(numbers))
            for start, end in zip(column.starts.tolist(), column.ends.tolist(), strict=True)
        ]
        names = [name.decode() for name in numbers]
        return self._known.sections.of(names)[np.array(rows, dtype=np.int64)]

    @cached_property
    def paper_names(self) -> NDArray[np.int32]:
        """The number of each document's paper."""
        papers, numbers = np.unique(self.papers, return_inverse=True)
        return self._known.papers.of([str(paper) for paper in papers.tolist()])[numbers]

    @cached_property
    def months(self) -> NDArray[np.int32]:
        """The number of the month that each document was printed in."""
        days, numbers = np.unique(self.dates, return_inverse=True)
        names = [datetime.date.fromordinal(day).isoformat()[:7] for day in days.tolist()]
        return self._known.months.of(names)[numbers]

    @property
    def _known(self) -> Numberings:
        assert self._numberings is not None  # noqa: S101
        return self._numberings
