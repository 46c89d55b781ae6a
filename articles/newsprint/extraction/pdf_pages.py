"""A PDF of several pages → a file for each page. Runs in the sandbox."""

from __future__ import annotations

import hashlib
import io
import re

import pypdfium2

from articles.newsprint.extraction.pdf import frame_of, opened
from articles.newsprint.extraction.pdf_folios import (
    PrintedPage,
    PrintedPages,
    folios_in,
    printed_numbers,
    section_in,
)
from articles.newsprint.values import ReadingError

MAX_PAGES = 100  # of one issue: a festival's edition has 64
_HEAD, _FOOT = 0.14, 0.95  # of the height: what stands above or below may be a folio
_STRIP = 4_000  # characters of it that are looked at
_MADE = re.compile(rb"(/CreationDate\s?\(D:)\d{14}")
_FILE_ID = re.compile(rb"/ID\s*\[\s*<[0-9A-Fa-f]*>\s*<[0-9A-Fa-f]*>\s*\]")


def split_pages(data: bytes, name: str = "issue.pdf") -> PrintedPages:
    """Nothing for a PDF of one page. The same file always gives the same pages, byte for byte.

    Raises ReadingError `encrypted`, `broken-pdf`, `too-many-pages`.
    """
    with opened(data, name) as document:
        count = len(document)
        if count == 1:
            return PrintedPages(())
        if count > MAX_PAGES:
            raise ReadingError(
                "too-many-pages", f"“{name}”有 {count} 页，一期最多 {MAX_PAGES} 页。请按期拆开，一期一个文件上传。"
            )
        heads = [_edges_of(document, at) for at in range(count)]
        numbers = printed_numbers([folios_in(head) for head in heads])
        pages = tuple(
            PrintedPage(_alone(document, at, data), number, section_in(heads[at]))
            for at, number in enumerate(numbers or range(1, count + 1))
        )
        return PrintedPages(pages, numbers is not None)


def _edges_of(document: pypdfium2.PdfDocument, at: int) -> str:
    """What is printed along the upper and the lower edge of a page; nothing where it can't be read."""
    try:
        page = document[at]
        frame = frame_of(page, "")
        text = page.get_textpage()
        parts = [
            text.get_text_bounded(*frame.on_page(0, top * frame.height, frame.width, bottom * frame.height))
            for top, bottom in ((0.0, _HEAD), (_FOOT, 1.0))
        ]
    except (pypdfium2.PdfiumError, ReadingError):
        return ""
    return "\n".join(part[:_STRIP] for part in parts)


def _alone(document: pypdfium2.PdfDocument, at: int, data: bytes) -> bytes | None:
    """One page as a file. PDFium writes the hour and a name drawn at random into it; ours follow from the file."""
    out = io.BytesIO()
    single = pypdfium2.PdfDocument.new()
    try:
        single.import_pages(document, [at])
        single.save(out)
    except pypdfium2.PdfiumError:
        return None
    finally:
        single.close()
    known = hashlib.sha256(data).hexdigest()[:32].encode()
    dated = _MADE.sub(rb"\g<1>19800101000000", out.getvalue())  # as long as before: a table counts the bytes
    return _FILE_ID.sub(lambda _: b"/ID[<%s><%s>]" % (known, known), dated)
