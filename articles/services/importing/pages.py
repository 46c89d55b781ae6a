"""Files, folders and zips of a newspaper's pages → page files in order, each read from disk only when its turn comes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from articles.newsprint.extraction import LooseFile, arranged
from articles.services.arranging import left_out, open_zip, page_numbers
from articles.services.uploading import PageFile, Refusal

MAX_PAGES = 2_000
_LAST = 100_000


class PagesError(Exception):
    """A path that holds no pages; nothing was imported. The message says what to do."""


@dataclass(frozen=True, slots=True)
class PageOnDisk:
    """A page that is still where it was found."""

    name: str
    read: Callable[[], bytes]
    number: int | None = None
    section: str = ""

    def load(self) -> PageFile:
        """With its bytes. Raises OSError."""
        return PageFile(self.name, self.read(), self.number, self.section)


@dataclass(slots=True)
class FoundPages:
    """Pages in order; files that were left out, each with its sentence; notices about files that are no pages."""

    pages: list[PageOnDisk] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def find_pages(paths: Iterable[Path]) -> FoundPages:
    """Every page under these paths, by page number where page or name tell it. Raises PagesError."""
    found = FoundPages()
    loose = [file for path in paths for file in _files_of(path, found)]
    bundle = arranged(loose)
    found.refused += [Refusal(*item) for item in bundle.refused]
    found.notices += left_out(bundle)
    if not bundle.pages and not found.refused:
        raise PagesError(_("没有找到版面文件"))
    if len(bundle.pages) > MAX_PAGES:
        message = _("有 %(count)s 个版面，一次最多 %(most)s 个")
        raise PagesError(message % {"count": len(bundle.pages), "most": MAX_PAGES})
    numbers = page_numbers([(page.name, page.number) for page in bundle.pages])
    pages = [
        PageOnDisk(page.name, page.read, number, page.section)
        for page, number in zip(bundle.pages, numbers, strict=True)
    ]
    found.pages = sorted(pages, key=lambda page: (page.number or _LAST, page.name))
    return found


def _files_of(path: Path, found: FoundPages) -> Iterator[LooseFile]:
    try:
        if path.is_dir():
            for inner in sorted(path.rglob("*")):
                if inner.is_file() and not inner.is_symlink():
                    yield from _file(inner, inner.relative_to(path).as_posix(), found)
        else:
            path.stat()
            yield from _file(path, path.name, found)
    except OSError as error:
        raise PagesError(_("读不了“%(name)s”，请检查路径") % {"name": path.name}) from error


def _file(path: Path, name: str, found: FoundPages) -> Iterator[LooseFile]:
    if path.stat().st_size > settings.MAX_SOURCE_BYTES:
        most = settings.MAX_SOURCE_BYTES // (1024 * 1024)
        found.refused.append(Refusal(name, _("“%(name)s”超过 %(most)s MB") % {"name": name, "most": most}))
    elif path.suffix.lower() == ".zip":
        inside, refused = open_zip(path.read_bytes(), name)
        found.refused += refused
        yield from inside
    else:
        yield LooseFile(name, path.read_bytes)
