"""Writing articles into a Whoosh index."""

from __future__ import annotations

from array import array
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.index import TOC, clean_files
from whoosh.writing import SegmentWriter

from .codec import ArrayCodec
from .schema import FACTS, HEADLINE, LINKS, SIGNED, WORDS
from .segment import Segment
from .string_writer import GatheredStrings
from .strings import EXTENSION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whoosh.index import FileIndex

    from articles.search.entry import Entry


ARTICLES_A_SEGMENT = 25_000  # at most, where segments are merged or built: postings of so many are held in memory
# Segments of fewer living articles than this, and how many of them may stand beside each other: more are made one.
# So a term is looked up in some twenty segments at most, and an article is copied four times at most.
_TIERS = ((200, 8), (1_000, 4), (5_000, 4), (ARTICLES_A_SEGMENT, 4))


class Postings:
    """Postings of one field: for each term its documents and, where counted, how often."""

    def __init__(self, *, counted: bool) -> None:
        self.counted = counted
        self.documents: dict[str, array[int]] = {}
        self.counts: dict[str, array[int]] = {}

    def add(self, document: int, terms: Iterable[str]) -> None:
        documents = self.documents
        if not self.counted:
            for term in terms:
                if term in documents:
                    documents[term].append(document)
                else:
                    documents[term] = array("I", (document,))
            return
        for term, count in Counter(terms).items():
            if term in documents:
                documents[term].append(document)
                self.counts[term].append(count)
            else:
                documents[term] = array("I", (document,))
                self.counts[term] = array("I", (count,))


class ArchiveWriter(SegmentWriter):  # type: ignore[misc]
    """A segment writer that keeps postings as arrays.

    Whoosh's pool sorts one tuple a posting, which costs most of the time.
    Documents are deleted by their number, found in a column: `update_document` opens a searcher each time.
    """

    def __init__(self, index: FileIndex, **kwargs: Any) -> None:
        super().__init__(index, codec=ArrayCodec(), compound=False, **kwargs)
        self._fields = {name: Postings(counted=name in (HEADLINE, WORDS)) for name in (HEADLINE, WORDS, SIGNED)}
        self._strings = GatheredStrings()

    def put(self, entry: Entry) -> None:
        """Add an article that is not in the index."""
        document = self.docnum
        row = np.array(
            (
                entry.article,
                entry.paper,
                entry.date.toordinal(),
                entry.page,
                len(entry.headline_words),
                len(entry.words),
                entry.fingerprint,
            ),
            dtype=FACTS,
        )
        writer = self.perdocwriter
        writer.start_doc(document)
        self._column("facts", row.tobytes())
        self._column("section", entry.section.encode("utf-8", "replace"))
        for name in LINKS:
            self._column(name, np.array(getattr(entry, name), dtype="<i8").tobytes())
        writer.finish_doc()
        fields = self._fields
        fields[HEADLINE].add(document, entry.headline_words)
        fields[WORDS].add(document, entry.words)
        fields[SIGNED].add(document, dict.fromkeys(entry.signed))
        self._strings.put(document, entry.parts)
        self._added = True
        self.docnum += 1

    def put_segment(self, segment: Segment, deleted: set[int]) -> None:
        """Take over a segment's documents that were not deleted, postings and columns as they are."""
        numbers: dict[int, int] = {}
        writer = self.perdocwriter
        for old in range(segment.count):
            if old not in deleted:
                numbers[old] = self.docnum
                writer.start_doc(self.docnum)
                for name, value in segment.columns_of(old).items():
                    self._column(name, value)
                writer.finish_doc()
                self._added = True
                self.docnum += 1
        renumbered = np.full(segment.count, -1, dtype=np.int64)
        renumbered[list(numbers)] = list(numbers.values())
        self._strings.take_over(segment.strings, renumbered)
        for name, term, documents, counts in segment.all_postings():
            new = renumbered[documents]
            kept = new >= 0
            if not kept.any():
                continue
            field = self._fields[name]
            field.documents.setdefault(term, array("I")).frombytes(new[kept].astype(np.uintc).tobytes())
            if field.counted:
                there = np.ones(len(new)) if counts is None else counts
                field.counts.setdefault(term, array("I")).frombytes(there[kept].astype(np.uintc).tobytes())

    def _column(self, name: str, value: bytes) -> None:
        self.perdocwriter.add_column_value(name, self.schema[name].column_type, value)

    def remove(self, articles: Iterable[int]) -> int:
        """Mark these articles as deleted wherever they stand in committed segments; says how many entries went."""
        wanted = np.fromiter(articles, dtype=np.int64)
        gone = 0
        for segment in self.segments:
            ids = Segment.article_ids(self.storage, segment)
            for number in np.flatnonzero(np.isin(ids, wanted)).tolist():
                if not segment.is_deleted(number):
                    segment.delete_document(number)
                    gone += 1
        return gone

    def finish_segment(self) -> Any:
        """Write the segment to disk, in no table of contents yet, and give it back."""
        segment = self._finalize_segment()
        self.storage.flush_to_disk(segment.list_files(self.storage))
        self._finish()
        return segment

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        writer = self.fieldwriter
        for name in sorted(self._fields):
            field = self._fields[name]
            writer.start_field(name, self.schema[name])
            for term in sorted(field.documents):
                writer.start_term(term.encode())
                writer._postwriter.add_all(field.documents[term], field.counts.get(term))
                writer.finish_term()
            writer.finish_field()
        writer.close()
        with self.storage.create_file(f"{self.newsegment.segment_id()}.{EXTENSION}") as file:
            self._strings.write(file)

    def _commit_toc(self, segments: list[Any]) -> None:
        storage = self.storage
        if self.newsegment in segments:
            storage.flush_to_disk(self.newsegment.list_files(storage))
        TOC(self.schema, segments, self.generation).write(storage, self.indexname)
        storage.flush_to_disk([TOC._filename(self.indexname, self.generation), "."])
        clean_files(storage, self.indexname, self.generation, segments)


def segments_to_merge(segments: Iterable[Any], most: int = ARTICLES_A_SEGMENT) -> list[Any]:
    """Segments of like size that should become one, the smallest tier first; none while they are few.

    Together they have at most `most` living articles.
    """
    sizes = sorted(((segment.doc_count(), place, segment) for place, segment in enumerate(segments)), key=_by_size)
    below = 0
    for edge, few in _TIERS:
        tier = [row for row in sizes if below <= row[0] < edge]
        below = edge
        if len(tier) > few:
            merged: list[Any] = []
            total = 0
            for size, _, segment in tier:
                total += size
                if total > most:
                    break
                merged.append(segment)
            if len(merged) > 1:
                return merged
    return []


def _by_size(row: tuple[int, int, Any]) -> tuple[int, int]:
    return row[:2]
