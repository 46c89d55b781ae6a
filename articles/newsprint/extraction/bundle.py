"""An upload of many files → the pages in it. The page of a digital paper is packed with its articles and its picture.

node_3.htm, content_101.htm, content_102.htm, p03.jpg, p04.pdf → page 3 (one zip), p04.pdf
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from articles.newsprint.extraction.sandbox import Limits, read_apart
from articles.newsprint.extraction.zipped import PackedFile, Unpacked, is_system

_ZIP_LIMITS = Limits(memory=4096, cpu=120, wall=300, result=1024)
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
    """Pages; files that were left out, each with its sentence; and files that are no pages: styles, scripts, icons."""

    pages: list[BundledPage] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


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
        else:
            bundle.pages.append(BundledPage(posixpath.basename(file.name), file.read))
    return bundle


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
