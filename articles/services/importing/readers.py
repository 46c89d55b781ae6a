"""Pages read by several processes at once. A page that kills its reader is told; the others are read."""

from __future__ import annotations

import datetime
import hashlib
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import wait

from django.utils.translation import gettext as _

from articles.newsprint import read_page
from articles.newsprint.values import PageReading, ReadingError
from articles.services.uploading import PageFile

from .pages import PageOnDisk

FEW = 3  # so many pages are read faster than processes start


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page with its reading, or with the reason why there is none. `known` pages were not read again."""

    file: PageFile
    reading: PageReading | None = None
    message: str = ""
    broken: bool = False  # the reader broke down: the fault may be ours, so the file is kept
    known: bool = False


Answer = tuple[PageReading | None, str, bool]


def read_all(files: Iterable[PageOnDisk], date: datetime.date, known: set[str], workers: int) -> Iterator[ReadPage]:
    """Read pages in their order; those whose SHA-256 is known are passed over."""
    if workers < 2:
        for file in files:
            page = _loaded(file, known)
            yield page if page.known or page.message else _answered(page.file, _read(page.file, date))
        return
    yield from _Readers(date, workers).read(files, known)


def _loaded(file: PageOnDisk, known: set[str]) -> ReadPage:
    try:
        page = file.load()
    except OSError as error:
        return ReadPage(PageFile(file.name, b""), message=_("读不了（%(why)s）") % {"why": error.strerror or error})
    digest = hashlib.sha256(page.content).hexdigest()
    if digest in known:
        return ReadPage(page, known=True)
    known.add(digest)
    return ReadPage(page)


def _read(file: PageFile, date: datetime.date) -> Answer:
    """Runs in a process of its own, or here."""
    try:
        return read_page(file.content, file.name, date), "", False
    except ReadingError as error:
        return None, error.message, False
    except Exception as error:
        return None, type(error).__name__, True


def _answered(file: PageFile, answer: Answer) -> ReadPage:
    reading, message, broken = answer
    if broken:
        message = _("程序出错（%(error)s），原文件已保存") % {"error": message}
    return ReadPage(file, reading, message, broken)


class _Readers:
    """As many processes as asked for; twice as many pages are in memory, no more."""

    def __init__(self, date: datetime.date, workers: int, read: Callable[[PageFile, datetime.date], Answer] = _read):
        self._date = date
        self._workers = workers
        self._read = read

    def read(self, files: Iterable[PageOnDisk], known: set[str]) -> Iterator[ReadPage]:
        pool = self._pool()
        waiting: deque[tuple[ReadPage, Future[Answer] | None]] = deque()
        try:
            for file in files:
                page = _loaded(file, known)
                future = None if page.known or page.message else pool.submit(self._read, page.file, self._date)
                waiting.append((page, future))
                if len(waiting) >= 2 * self._workers:
                    page, future = waiting.popleft()
                    yield self._result(page, future)
                    if future and _is_broken(future):
                        pool, waiting = self._anew(pool, waiting)
            while waiting:
                page, future = waiting.popleft()
                yield self._result(page, future)
                if future and _is_broken(future):
                    pool, waiting = self._anew(pool, waiting)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _result(self, page: ReadPage, future: Future[Answer] | None) -> ReadPage:
        if future is None:
            return page
        try:
            return _answered(page.file, future.result())
        except BrokenProcessPool:
            return self._alone(page)

    def _alone(self, page: ReadPage) -> ReadPage:
        """One of the pages in work killed its reader: read by itself, the guilty one kills only its own."""
        with self._pool(1) as pool:
            try:
                return _answered(page.file, pool.submit(self._read, page.file, self._date).result())
            except BrokenProcessPool:
                return _answered(page.file, (None, _("识读程序中止"), True))

    def _anew(
        self, pool: ProcessPoolExecutor, waiting: deque[tuple[ReadPage, Future[Answer] | None]]
    ) -> tuple[ProcessPoolExecutor, deque[tuple[ReadPage, Future[Answer] | None]]]:
        pool.shutdown(wait=False, cancel_futures=True)
        return self._pool(), waiting

    def _pool(self, workers: int | None = None) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            workers or self._workers, mp_context=multiprocessing.get_context("spawn"), initializer=_die_with_parent
        )


def _is_broken(future: Future[Answer]) -> bool:
    return isinstance(future.exception(), BrokenProcessPool)


def _die_with_parent() -> None:
    """Readers of an import that was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            wait([parent.sentinel])
            os._exit(1)

    threading.Thread(target=watch, name="parent", daemon=True).start()


def processors() -> int:
    """How many pages can be read at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
