"""An upload of many files → the pages in it. The page of a digital paper is packed with its articles and its picture;
a PDF of several pages is taken apart.

node_3.htm, content_101.htm, content_102.htm, p03.jpg, p04.pdf → page 3 (one zip), p04.pdf
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from articles.newsprint.extraction.kinds import kind_of
from articles.newsprint.extraction.pdf_folios import PrintedPages, may_have_several_pages
from articles.newsprint.extraction.sandbox import Limits, read_apart
from articles.newsprint.extraction.zipped import PackedFile, Unpacked, is_system
from articles.newsprint.values import ReadingError

_ZIP_LIMITS = Limits(memory=4096, cpu=120, wall=300, result=1024)
_SPLIT_LIMITS = Limits(memory=2048, cpu=60, result=512)
_LOOK_LIMITS = Limits(memory=1024, cpu=60, result=16)
_WEB = (".htm", ".html", ".shtml", ".xhtml")
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp", ".tif", ".tiff")
_TRIMMINGS = (
    ".css",
    ".js",
    ".ico",
    ".svg",
    ".swf",
    ".xml",
    ".json",
    ".map",
    ".woff",
    ".ttf",
    ".db",
    ".ini",
    ".mp3",
    ".md5",
)
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class LooseFile:
    """One file of an upload, read when needed; `name` is its path inside, with slashes."""

    name: str
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class BundledPage:
    """A file that is one page. Number and section are there where the page itself tells them."""

    name: str
    read: Callable[[], bytes]
    number: int | None = None
    section: str = ""


@dataclass(slots=True)
class Bundle:
    """Pages; files that were left out, each with its sentence; files that are no pages: styles, scripts, icons; and
    sentences on what was done with the files."""

    pages: list[BundledPage] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def unpacked(data: bytes, name: str, most: int) -> tuple[list[LooseFile], list[tuple[str, str]]]:
    """Files of a zip of at most `most` bytes each, and sentences about the others. Raises ReadingError."""
    found: Unpacked = read_apart("zipped", "unpack", data, name, most, limits=_ZIP_LIMITS)
    return [LooseFile(file.name, _giver(file.content)) for file in found.files], list(found.refused)


def arranged(files: Iterable[LooseFile]) -> Bundle:
    """Tell pages, their articles and trimmings apart."""
    bundle = Bundle()
    entries = [file for file in files if not is_system(file.name)]
    web = {file.name: file.read() for file in entries if file.name.lower().endswith(_WEB)}
    hot = [PackedFile(name, content) for name, content in web.items() if _has_map(content)]
    used = _packed_pages(hot, entries, bundle) if hot else set()
    for file in entries:
        lower = file.name.lower()
        if file.name in used:
            continue
        no_page = lower.endswith(_TRIMMINGS) or (bool(hot) and lower.endswith((*_WEB, *_PICTURES)))
        if no_page or (bool(web) and lower.endswith((".gif", ".png"))):
            bundle.ignored.append(file.name)
        elif not (lower.endswith(".pdf") and _taken_apart(file, bundle)):
            bundle.pages.append(BundledPage(posixpath.basename(file.name), file.read))
    return bundle


def has_several_pages(data: bytes, name: str) -> bool:
    """Whether a file may be a PDF that has to be taken apart; a quick look."""
    return kind_of(data, name) == "pdf" and may_have_several_pages(data)


def _taken_apart(file: LooseFile, bundle: Bundle) -> bool:
    """Give each page of a PDF its own file. False where it is one page or can't be opened, which its reading tells."""
    data, name = file.read(), posixpath.basename(file.name)
    if not has_several_pages(data, name):
        return False
    try:
        found: PrintedPages = read_apart("pdf_pages", "split_pages", data, name, limits=_SPLIT_LIMITS)
    except ReadingError as error:
        if error.code != "too-many-pages":
            return False
        bundle.refused.append((name, error.message))
        return True
    stem = posixpath.splitext(name)[0]
    for at, page in enumerate(found.pages, 1):
        if page.content is None:
            bundle.refused.append((name, f"“{name}”第 {at} 页已损坏，没有读入。请重新导出这一页后上传。"))
        else:
            part = BundledPage(f"{stem}-{at:02}.pdf", _giver(page.content), page.number, page.section)
            bundle.pages.append(part)
    if found.pages:
        how = "按各页印的版号编了版号" if found.printed else "按先后次序编了版号（各页没有印出能用的版号）"
        bundle.notices.append(f"“{name}”有 {len(found.pages)} 页，已按页拆开，{how}，请核对。")
    return bool(found.pages)


def _packed_pages(hot: Sequence[PackedFile], entries: Sequence[LooseFile], bundle: Bundle) -> set[str]:
    """Pack each page of a digital paper; which files went in."""
    by_name = {file.name: file for file in entries}
    used = {page.name for page in hot}
    looked: tuple[tuple[str, int | None, str, tuple[str, ...]], ...]
    looked = read_apart("web_page", "members_of_pages", list(hot), "数字报", tuple(by_name), limits=_LOOK_LIMITS)
    pages = {page.name: page.content for page in hot}
    for name, number, section, members in looked:
        if not members and len(hot) > 1:  # an overview whose areas lead to other pages
            bundle.ignored.append(name)
            continue
        used.update(members)
        content = pack([PackedFile(name, pages[name]), *(PackedFile(m, by_name[m].read()) for m in members)])
        stem = posixpath.splitext(posixpath.basename(name))[0]
        bundle.pages.append(BundledPage(f"{stem}.zip", _giver(content), number, section))
    return used


def pack(files: Sequence[PackedFile]) -> bytes:
    """A zip that depends on nothing but names and bytes, so that the same page always has the same SHA-256."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for file in sorted(files, key=lambda file: file.name):
            entry = zipfile.ZipInfo(file.name, _EPOCH)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, file.content)
    return out.getvalue()


def _has_map(data: bytes) -> bool:
    """Whether a file looks like the page of a digital paper; a quick look at its bytes."""
    lower = data.lower()
    return b"<area" in lower and b"<map" in lower


def _giver(content: bytes) -> Callable[[], bytes]:
    return lambda: content
