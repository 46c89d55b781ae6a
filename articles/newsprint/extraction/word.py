"""A Word document → its lines, one a paragraph, with the headlines that its styles, sizes and bold type show.

Runs in the sandbox. Tables, text boxes, notes and insertions are read; deletions are not.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

import mammoth
from mammoth import documents

from articles.newsprint.extraction.headings import Paragraph, marked_lines
from articles.newsprint.extraction.zipped import opened, read_entry
from articles.newsprint.values import ReadingError, SourceLine

MAX_PART = 60_000_000  # bytes of one XML part, unpacked
MAX_PARAGRAPHS = 20_000
_CHOICE = re.compile(r"<mc:Choice\b.*?</mc:Choice>\s*(?=<mc:Fallback)", re.DOTALL)
_TEXT = re.compile(r"<w:t(?:\s[^>]*)?>([^<]*)</w:t>")


def read_word(data: bytes, name: str) -> tuple[tuple[SourceLine, ...], tuple[str, ...]]:
    """Lines and notices. Raises ReadingError: `broken-docx`, `zip-bomb`, `xml-bomb`, `empty`, `too-many-lines`."""
    printed = _text_parts(data, name)
    caught: list[documents.Document] = []

    def catch(document: documents.Document) -> documents.Document:
        caught.append(document)
        return document.copy(children=[])

    try:
        mammoth.convert_to_html(io.BytesIO(data), transform_document=catch)
    except (OSError, KeyError, expat.ExpatError, zipfile.BadZipFile):
        raise _broken(name) from None
    paragraphs = list(_paragraphs(caught[0].children)) if caught else []
    for note in caught[0].notes._notes.values() if caught else ():
        paragraphs += _paragraphs(note.body)
    if len(paragraphs) > MAX_PARAGRAPHS:
        raise ReadingError(
            "too-many-lines",
            f"“{name}”有 {len(paragraphs)} 段，一个版面最多 {MAX_PARAGRAPHS} 段。请按版面拆开后上传。",
        )
    if not any(paragraph.text.strip() for paragraph in paragraphs):
        raise ReadingError("empty", f"“{name}”里没有文字。如果版面在图片里，请另存为 PDF 或图片后上传。")
    read = sum(len("".join(paragraph.text.split())) for paragraph in paragraphs)
    notices = (f"“{name}”里有一部分文字（可能在图形里）没有读到，请对照原文件核对。",) if read < 0.98 * printed else ()
    return marked_lines(paragraphs), notices


def _text_parts(data: bytes, name: str) -> int:
    """Check every XML part before anything parses it, and count the characters that the main one prints."""
    printed = 0
    with opened(data, name) as archive:
        main = [entry for entry in archive.infolist() if re.fullmatch(r"/?word/document\d*\.xml", entry.filename)]
        if not main:
            raise _broken(name)
        for entry in archive.infolist():
            if not entry.filename.lower().endswith((".xml", ".rels")):
                continue
            if entry.file_size > MAX_PART:
                raise ReadingError("zip-bomb", f"“{name}”解压后大得不正常，没有读入。请检查后重新保存。")
            content = read_entry(archive, entry, name)
            _check_xml(content, name)
            if entry in main:
                text = _CHOICE.sub("", content.decode("utf-8", "replace"))
                printed += sum(len("".join(found.split())) for found in _TEXT.findall(text))
    return printed


def _check_xml(content: bytes, name: str) -> None:
    """Word never declares entities; who does means harm."""

    def declared(*_what: object) -> None:
        raise ReadingError(
            "xml-bomb", f"“{name}”的内部结构不正常（自定义了实体），没有读入。请用 Word 打开后另存一份。"
        )

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = declared
    parser.EntityDeclHandler = declared
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise _broken(name) from None


def _broken(name: str) -> ReadingError:
    return ReadingError(
        "broken-docx", f"“{name}”不是完整的 Word 文档（可能没有下载完或已损坏）。请用 Word 另存后上传。"
    )


def _paragraphs(elements: list[object]) -> Iterator[Paragraph]:
    for element in elements:
        if isinstance(element, documents.Paragraph):
            yield from _split(element)
        elif isinstance(element, documents.Table):
            yield from _table(element)
        elif isinstance(element, documents.HasChildren):
            yield from _paragraphs(element.children)


def _table(table: documents.Table) -> Iterator[Paragraph]:
    """A row of short cells is one line; a cell that holds text of its own gives its paragraphs."""
    for row in table.children:
        if not isinstance(row, documents.TableRow):
            continue
        cells = [list(_paragraphs(cell.children)) for cell in row.children if isinstance(cell, documents.TableCell)]
        filled = [[p for p in cell if p.text.strip()] for cell in cells]
        short = all(len(cell) <= 1 and sum(len(p.text) for p in cell) <= 30 for cell in filled)
        if len(filled) > 1 and short:
            yield Paragraph("　".join(p.text.strip() for cell in filled for p in cell), table=True)
        else:
            yield from (paragraph for cell in filled for paragraph in cell)


@dataclass(slots=True)
class _Type:
    """How much of a paragraph is bold, and its largest type."""

    bold: int = 0
    plain: int = 0
    size: float = 0.0


def _split(paragraph: documents.Paragraph) -> Iterator[Paragraph]:
    """A line break inside a paragraph parts it: editors press Shift and Enter for a new paragraph."""
    kind = _Type()
    text = "".join(_text(paragraph.children, kind))
    style = paragraph.style_name or ""
    for part in text.split("\n"):
        yield Paragraph(
            part.strip(" \t"),
            style=style,
            size=kind.size or None,
            bold=kind.bold > 0 and kind.plain == 0,
            centred=paragraph.alignment == "center",
        )


def _text(elements: list[object], kind: _Type, run: documents.Run | None = None) -> Iterator[str]:
    for element in elements:
        if isinstance(element, documents.Text):
            letters = len(element.value.strip())
            if run is not None and run.is_bold:
                kind.bold += letters
            else:
                kind.plain += letters
            if run is not None and run.font_size and letters:
                kind.size = max(kind.size, run.font_size)
            yield element.value.replace("\n", " ")
        elif isinstance(element, documents.Tab):
            yield "　"
        elif isinstance(element, documents.Break):
            yield "\n"
        elif isinstance(element, documents.Run):
            yield from _text(element.children, kind, element)
        elif isinstance(element, documents.HasChildren):
            yield from _text(element.children, kind, run)
