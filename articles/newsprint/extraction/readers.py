"""Which parser reads which kind. Runs in the sandbox, so that each process loads only the parser it needs."""

from __future__ import annotations

import hashlib

from articles.newsprint.values import Source


def read_kind(data: bytes, name: str, kind: str) -> Source:
    """Read a file of a known kind: docx, html, scan or zip. Raises ReadingError."""
    digest = hashlib.sha256(data).hexdigest()
    if kind == "docx":
        from articles.newsprint.extraction.word import read_word

        lines, notices = read_word(data, name)
        return Source(name, digest, None, "docx", lines, notices=notices)
    raise ValueError(kind)
