"""Many pages read by several processes at once, in order. A page that kills its reader is told; the others are read."""

from __future__ import annotations

import datetime
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import Generic, TypeVar

from articles.newsprint.extraction import page_images
from articles.newsprint.reader import read_page
from articles.newsprint.reconstruction import Habits
from articles.newsprint.values import PageImages, PageReading, ReadingError

T = TypeVar("T")
_KILLED = "识读程序中止"


@dataclass(frozen=True, slots=True)
class Work(Generic[T]):
    """A page to be read: its bytes and its name, and what the caller knows it by. Without bytes it is passed through."""

    item: T
    name: str
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Answer:
    """A reading with the page's pictures, or why there is none; `broken` where the reader broke down, so that the
    fault may be ours."""

    reading: PageReading | None = None
    images: PageImages | None = None
    message: str = ""
    broken: bool = False


def read_pages(
    pages: Iterable[Work[T]], issue_date: datetime.date | None, workers: int, habits: Habits | None = None
) -> Iterator[tuple[T, Answer | None]]:
    """Each page with its answer, in order; twice as many pages as there are workers are in memory, no more."""
    if workers < 2:
        for page in pages:
            yield page.item, None if page.content is None else _read(page.content, page.name, issue_date, habits)
        return
    yield from _Room(issue_date, workers, habits).read(pages)


def processors() -> int:
    """How many pages can be read at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _read(content: bytes, name: str, issue_date: datetime.date | None, habits: Habits | None) -> Answer:
    try:
        reading = read_page(content, name, issue_date, habits=habits)
        return Answer(reading, _drawn(content, reading))
    except ReadingError as error:
        return Answer(message=error.message)
    except Exception as error:
        return Answer(message=type(error).__name__, broken=True)


def _drawn(content: bytes, reading: PageReading) -> PageImages | None:
    """The page's pictures, where it has any and they can be drawn."""
    try:
        return page_images(content, reading.source.file, scanned=reading.source.kind == "scan")
    except ReadingError:
        return None


class _Room:
    def __init__(self, issue_date: datetime.date | None, workers: int, habits: Habits | None) -> None:
        self._issue_date = issue_date
        self._habits = habits
        self._workers = workers
        self._pool = self._readers(workers)

    def read(self, pages: Iterable[Work[T]]) -> Iterator[tuple[T, Answer | None]]:
        waiting: deque[tuple[Work[T], Future[Answer] | None]] = deque()
        try:
            for page in pages:
                waiting.append((page, self._submit(page)))
                if len(waiting) >= 2 * self._workers:
                    yield self._next(waiting)
            while waiting:
                yield self._next(waiting)
        finally:
            self._pool.shutdown(cancel_futures=True)

    def _submit(self, page: Work[T]) -> Future[Answer] | None:
        if page.content is None:
            return None
        try:
            return self._pool.submit(_read, page.content, page.name, self._issue_date, self._habits)
        except BrokenProcessPool:
            self._pool = self._readers(self._workers)
            return self._pool.submit(_read, page.content, page.name, self._issue_date, self._habits)

    def _next(self, waiting: deque[tuple[Work[T], Future[Answer] | None]]) -> tuple[T, Answer | None]:
        page, future = waiting.popleft()
        if future is None:
            return page.item, None
        try:
            return page.item, future.result()
        except BrokenProcessPool:
            return page.item, self._alone(page)

    def _alone(self, page: Work[T]) -> Answer:
        """One of the pages in work killed its reader: read by itself, the guilty one kills only its own."""
        assert page.content is not None  # noqa: S101 - only such pages are submitted
        with self._readers(1) as pool:
            try:
                return pool.submit(_read, page.content, page.name, self._issue_date, self._habits).result()
            except BrokenProcessPool:
                return Answer(message=_KILLED, broken=True)

    def _readers(self, workers: int) -> ProcessPoolExecutor:
        """Started afresh, not forked: the caller has threads and database connections."""
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(workers, mp_context=context, initializer=_die_with_parent)


def _die_with_parent() -> None:
    """Readers of an import that was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            wait([parent.sentinel])
            os._exit(1)

    threading.Thread(target=watch, name="parent", daemon=True).start()
