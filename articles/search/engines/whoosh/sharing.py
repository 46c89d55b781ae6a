"""Building an index by several processes, each writing whole segments of it."""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from django.db import connection, connections

from articles.search.entries import AllEntries

from .folder import Generation
from .writer import ARTICLES_A_SEGMENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from articles.search.entry import Entry

Part = tuple[int, int | None]

WORTH_SHARING = 4_000  # articles; fewer are written before another process has begun


def parts_of(entries: Iterable[Entry]) -> list[Part]:
    """How the entries are shared; one part or none where this process makes them all.

    A transaction that isn't committed and a database in memory are seen by this process alone. SQLite: "do not carry
    a connection across a fork", so connections are closed before and opened again when they are needed.
    """
    cores = len(os.sched_getaffinity(0))
    in_memory = getattr(connection, "is_in_memory_db", None)  # SQLite's
    apart = not connection.in_atomic_block and not (in_memory and in_memory())
    if not isinstance(entries, AllEntries) or not apart or cores < 2:
        return []
    parts = entries.parts(WORTH_SHARING)
    if len(parts) < 2:
        return []
    return entries.parts(min(ARTICLES_A_SEGMENT, WORTH_SHARING * -(-len(parts) // cores)))


def written_apart(generation: Generation, parts: list[Part]) -> Iterator[Any]:
    """The parts' segments in order. Raises what a process raised, or BrokenProcessPool when one was killed."""
    connections.close_all()
    # Forked: what was imported, settings and dictionaries are there at once.
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(len(os.sched_getaffinity(0)), mp_context=context) as processes:
        for segments in processes.map(_write, [generation.path] * len(parts), parts):
            yield from segments


def _write(path: Any, part: Part) -> list[Any]:
    try:
        return list(written(Generation(path), AllEntries.between(*part)))
    finally:
        connections.close_all()


def written(generation: Generation, entries: Iterable[Entry]) -> Iterator[Any]:
    """Segments of the entries, written but in no table of contents yet."""
    iterator = iter(entries)
    for first in iterator:
        writer = generation.segment_writer()
        for entry in chain([first], islice(iterator, ARTICLES_A_SEGMENT - 1)):
            writer.put(entry)
        yield writer.finish_segment()
