"""A PDF page → its lines with their places, the rules and pictures among them. Pure: bytes in, values out.

Nothing is taken from PDFium's own reading order; where type stands is all that counts.
"""

from __future__ import annotations

import ctypes
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
import pypdfium2.raw as pdfium

from articles.newsprint.extraction.pdf_letters import MAX_LETTERS, Frame, letters, letters_on
from articles.newsprint.extraction.pdf_lines import set_lines
from articles.newsprint.extraction.pdf_shapes import drawn_shapes
from articles.newsprint.extraction.pdf_unicode import Legibility, legibility
from articles.newsprint.values import ReadingError, Sheet, Source

MAX_PAGES = 2_000
MAX_SIDE = 14_400  # points: what PDF allows without a unit of its own, five metres

_UNREADABLE = "“{name}”不是完整的 PDF 文件（可能没有下载完或已损坏）。请从排版软件重新导出后上传。"


def page_count(data: bytes, name: str = "page.pdf") -> int:
    """How many pages a PDF has. Raises ReadingError `encrypted`, `broken-pdf`, `too-many-pages`."""
    with opened(data, name) as document:
        return len(document)


def read_pdf(data: bytes, name: str = "page.pdf", page_index: int | None = None) -> Source:
    """Lines and shapes of page `page_index`, counted from 0; without it the file must have one page only.

    Raises ReadingError: `encrypted`, `broken-pdf`, `too-many-pages`, `several-pages`, `page-size`, `too-many-letters`,
    `no-text-layer`, `garbled-text-layer`; the last two mean that the page must be recognised from its image.
    """
    with opened(data, name) as document:
        page = the_page(document, name, page_index)
        frame = frame_of(page, name)
        textpage = page.get_textpage()
        if letters_on(textpage) > MAX_LETTERS:
            raise ReadingError(
                "too-many-letters",
                f"“{name}”这一页有 {letters_on(textpage)} 个字，不像是一个版面。请按版面导出 PDF 后上传。",
            )
        printed = letters(textpage, frame)
        shapes = drawn_shapes(page, frame)
        notices = _judged(legibility(printed), name)
        lines = set_lines(printed, frame, [shape for shape in shapes if shape.kind == "rule"])
        digest = hashlib.sha256(data).hexdigest()
        return Source(name, digest, None, "pdf", lines, Sheet(frame.width, frame.height, shapes), notices)


@contextmanager
def opened(data: bytes, name: str) -> Iterator[pypdfium2.PdfDocument]:
    """A document, closed in the end. Raises ReadingError `encrypted`, `broken-pdf`, `too-many-pages`."""
    # PDFium mends files that end early and says nothing of what it left out.
    if data.rfind(b"startxref") < data.rfind(b"endobj"):
        raise ReadingError("broken-pdf", _UNREADABLE.format(name=name))
    try:
        document = pypdfium2.PdfDocument(data)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            message = f"“{name}”设有密码，无法读取。请在 PDF 阅读器中去掉密码，另存后再上传。"
            raise ReadingError("encrypted", message) from None
        raise ReadingError("broken-pdf", _UNREADABLE.format(name=name)) from None
    try:
        if not pages:
            raise ReadingError("broken-pdf", _UNREADABLE.format(name=name))
        if pages > MAX_PAGES:
            raise ReadingError(
                "too-many-pages", f"“{name}”有 {pages} 页，最多 {MAX_PAGES} 页。请按期拆开，一期一个文件上传。"
            )
        yield document
    finally:
        document.close()


def the_page(document: pypdfium2.PdfDocument, name: str, page_index: int | None) -> pypdfium2.PdfPage:
    """One page. Raises ReadingError `several-pages`, `no-such-page`, `broken-pdf`."""
    pages = len(document)
    if page_index is None and pages > 1:
        raise ReadingError(
            "several-pages",
            f"“{name}”有 {pages} 页，这里一个文件只能是一个版面。请在编辑台上传或用 import_issue 导入，会自动按页拆开。",
        )
    index = page_index or 0
    if not 0 <= index < pages:
        raise ReadingError("no-such-page", f"“{name}”共 {pages} 页，没有第 {index + 1} 页。")
    try:
        return document[index]
    except pypdfium2.PdfiumError:
        raise ReadingError("broken-pdf", _UNREADABLE.format(name=name)) from None


def frame_of(page: pypdfium2.PdfPage, name: str) -> Frame:
    """The part of a page that is shown. Raises ReadingError `page-size`."""
    width, height = page.get_size()
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        raise ReadingError(
            "page-size", f"“{name}”的页面尺寸是 {width:.0f} × {height:.0f} 磅，不是报纸版面。请检查导出设置后重新上传。"
        )
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
    return Frame(box.left, box.bottom, box.right, box.top, pdfium.FPDFPage_GetRotation(page))


def _judged(type_: Legibility, name: str) -> tuple[str, ...]:
    if not type_.letters:
        raise ReadingError(
            "no-text-layer", f"“{name}”里只有图像，没有文字层，需要先做文字识别（OCR）。请上传带文字层的 PDF 或文本。"
        )
    if type_.hopeless:
        raise ReadingError(
            "garbled-text-layer",
            f"“{name}”的文字层是乱码（字体没有正确的编码表），需要做文字识别（OCR）。"
            "请从排版软件重新导出，并选上“嵌入字体编码”。",
        )
    if type_.doubtful:
        return (f"“{name}”有 {type_.bad} 个字的编码不明，相关的行需要对照版面核对。",)
    return ()
