"""File → source lines. One function for every kind; kinds that can't be read yet say what to do instead."""

from __future__ import annotations

import hashlib
from pathlib import Path

from articles.newsprint.extraction.bundle import Bundle, BundledPage, LooseFile, arranged, has_several_pages, unpacked
from articles.newsprint.extraction.eyes import recognised
from articles.newsprint.extraction.kinds import kind_of, refuse
from articles.newsprint.extraction.plain_text import decode, split_lines
from articles.newsprint.extraction.progress import Progress
from articles.newsprint.extraction.sandbox import Limits, read_apart
from articles.newsprint.values import PageImages, ReadingError, Source

__all__ = [
    "MAX_BYTES",
    "Bundle",
    "BundledPage",
    "LooseFile",
    "Progress",
    "arranged",
    "extract",
    "has_several_pages",
    "kind_of",
    "page_count",
    "page_images",
    "unpacked",
]

MAX_BYTES = 40_000_000  # of any file
MAX_TEXT_BYTES = 5_000_000
_PDF_LIMITS = Limits(memory=768, cpu=15, wall=60, result=16)
_SCAN_PICTURE_LIMITS = Limits(memory=2048, cpu=30, wall=90, result=16)
_LIMITS = {
    "docx": Limits(memory=1024, cpu=30, result=32),
    "html": Limits(memory=768, cpu=20, result=32),
    "zip": Limits(memory=1536, cpu=60, result=32),
}


def extract(
    source: Path | str | bytes,
    name: str | None = None,
    page_index: int | None = None,
    *,
    glance: bool = False,
    progress: Progress | None = None,
) -> Source:
    """Lines of a file (a path) or of its bytes, with its SHA-256. A glance leaves out what takes long: a scan's lines.

    `page_index` counts from 0 and picks a page of a PDF that has several. `progress` is told about once a second how far
    the reading is, and may raise to stop it.

    Raises ReadingError: `not-found`, `unreadable`, `empty`, `too-large`, `binary`, `unsupported-kind`,
    `unknown-encoding`, `line-too-long`, `too-many-lines`; those of `read_apart` and of the kind's parser.
    """
    if isinstance(source, bytes):
        data, label = source, name or "page.txt"
    else:
        label = name or Path(source).name
        data = _load(Path(source), label)
    kind = kind_of(data, label)
    most, what = (MAX_TEXT_BYTES, "的文本") if kind == "text" else (MAX_BYTES, "")
    if len(data) > most:
        raise ReadingError(
            "too-large",
            f"“{label}”超过 {most // 1_000_000} MB，不像是一个版面{what}。请按版面拆成多个文件后上传。",
        )
    if kind == "pdf":
        return _pdf(data, label, page_index, glance, progress)
    if kind == "scan":
        read_apart("scan", "check_scan", data, label, limits=_PDF_LIMITS)
        return recognised(data, label, glance=glance, progress=progress)
    if kind in _LIMITS:
        read: Source = read_apart("readers", "read_kind", data, label, kind, limits=_LIMITS[kind], on_progress=progress)
        return read
    if kind != "text":
        refuse(kind, label)
    text, encoding = decode(data, label)
    return Source(
        file=label,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=encoding,
        kind="text",
        lines=split_lines(text, label),
    )


def _pdf(data: bytes, label: str, page_index: int | None, glance: bool, progress: Progress | None) -> Source:
    """By its text layer; where that is missing or wrong, by its picture."""
    try:
        printed: Source = read_apart(
            "pdf", "read_pdf", data, label, page_index, limits=_PDF_LIMITS, on_progress=progress
        )
    except ReadingError as error:
        if error.code not in ("no-text-layer", "garbled-text-layer"):
            raise
        return recognised(data, label, page_index, error, glance=glance, progress=progress)
    return printed


def page_count(data: bytes, name: str) -> int:
    """How many pages a file has: those of a PDF, of all other kinds one. Raises ReadingError as `read_pdf` does."""
    if kind_of(data, name) != "pdf":
        return 1
    pages: int = read_apart("pdf", "page_count", data, name, limits=_PDF_LIMITS)
    return pages


def page_images(data: bytes, name: str, page_index: int | None = None, *, scanned: bool = False) -> PageImages | None:
    """The page drawn in two sizes; None for kinds that have no picture. `scanned`: a PDF that was read by its picture.

    Raises ReadingError as `read_pdf` and `read_scan` do.
    """
    kind = kind_of(data, name)
    if kind == "scan":
        scan: PageImages = read_apart("pdf_image", "scan_images", data, name, limits=_SCAN_PICTURE_LIMITS)
        return scan
    if kind != "pdf":
        return None
    call = "scanned_images" if scanned else "page_images"
    images: PageImages = read_apart("pdf_image", call, data, name, page_index, limits=_PDF_LIMITS)
    return images


def _load(path: Path, label: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise ReadingError("not-found", f"找不到文件“{label}”。请检查文件名和路径。") from None
    except IsADirectoryError:
        raise ReadingError("unreadable", f"“{label}”是文件夹。请给出其中的版面文件。") from None
    except OSError as error:
        reason = error.strerror or ""
        raise ReadingError("unreadable", f"无法打开“{label}”（{reason}）。请检查文件权限。") from None
