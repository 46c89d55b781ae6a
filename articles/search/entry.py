"""What an index is told about one article; the same for every engine."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """A published article, ready for an index.

    `parts` are the normalised strings of headline, kicker, subtitle and paragraphs in this order (the first three may
    be empty); words are cut by the analyser; ids are those of the records linked, whatever they were merged into since.
    """

    article: int
    paper: int
    date: datetime.date
    page: int
    section: str
    headline_words: tuple[str, ...]
    words: tuple[str, ...]
    parts: tuple[str, ...]
    people: tuple[int, ...]
    organisations: tuple[int, ...]
    reporters: tuple[int, ...]
    signed: tuple[str, ...]
    fingerprint: int


def fingerprint_of(content_hash: str, *others: object) -> int:
    """64 bits that change when anything that was indexed changes."""
    digest = hashlib.sha256(repr((content_hash, *others)).encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "little")
