"""Pages from disk with their readings; what the issue has already is passed over."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from articles.newsprint.reading_room import Work, read_pages
from articles.newsprint.reconstruction import Habits
from articles.newsprint.values import PageImages, PageReading
from articles.services.uploading import PageFile

from .pages import PageOnDisk

FEW = 3  # so many pages are read faster than processes start


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page with its reading and its pictures, or with the reason why there is none."""

    file: PageFile
    sha256: str = ""
    reading: PageReading | None = None
    images: PageImages | None = None
    message: str = ""
    broken: bool = False  # the reader broke down: the fault may be ours, so the file is kept
    known: bool = False


def read_all(
    files: Iterable[PageOnDisk], date: datetime.date, known: set[str], workers: int, habits: Habits | None = None
) -> Iterator[ReadPage]:
    """Read pages in their order; those whose SHA-256 is known are passed over."""
    for page, answer in read_pages((_work(file, known) for file in files), date, workers, habits):
        if answer is None:
            yield page
        elif answer.broken:
            message = _("程序出错（%(error)s），原文件已保存") % {"error": answer.message}
            yield replace(page, message=message, broken=True)
        else:
            yield replace(page, reading=answer.reading, images=answer.images, message=answer.message)


def _work(file: PageOnDisk, known: set[str]) -> Work[ReadPage]:
    try:
        page = file.load()
    except OSError as error:
        message = _("读不了（%(why)s）") % {"why": error.strerror or error}
        return Work(ReadPage(PageFile(file.name, b""), message=message), file.name, None)
    digest = hashlib.sha256(page.content).hexdigest()
    if digest in known:
        return Work(ReadPage(page, digest, known=True), file.name, None)
    known.add(digest)
    return Work(ReadPage(page, digest), file.name, page.content)
