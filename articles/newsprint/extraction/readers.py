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
    if kind in ("html", "zip"):
        from articles.newsprint.extraction.web_page import read_web
        from articles.newsprint.extraction.zipped import PackedFile, unpack

        files = unpack(data, name, len(data) * 100).files if kind == "zip" else (PackedFile(f"{name}.html", data),)
        web = read_web(files, name)
        return Source(name, digest, web.encoding, "html", web.lines, notices=web.notices, zones=web.zones)
    raise ValueError(kind)
