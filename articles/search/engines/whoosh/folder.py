"""The folder of an index: generations built aside, and which of them is in use.

index/current          the name of the generation in use
index/generation-3/    a Whoosh index, and `stamp`: by which analyser and schema it was made
"""

from __future__ import annotations

import os
import re
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from whoosh.index import TOC, EmptyIndexError, FileIndex

from articles.search.analysis import analysis_stamp
from articles.search.engines.errors import IndexMismatchError, IndexMissingError

from .numbering import Numberings
from .schema import SCHEMA_VERSION, archive_schema
from .segment import Segment
from .snapshot import Snapshot
from .storage import MappedStorage
from .writer import ArchiveWriter

if TYPE_CHECKING:
    from whoosh.codec.base import Segment as WhooshSegment

_GENERATION = re.compile(r"generation-(\d+)")
_OPENING_ATTEMPTS = 20


def index_stamp() -> str:
    """Of an index made now: analyser and schema."""
    return f"{analysis_stamp()};whoosh-schema={SCHEMA_VERSION}"


class Generation:
    """One complete Whoosh index."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.storage = MappedStorage(str(path))

    @classmethod
    def create(cls, path: Path) -> Generation:
        """A new, empty one."""
        path.mkdir(parents=True)
        generation = cls(path)
        generation.storage.create_index(archive_schema())
        (path / "stamp").write_text(index_stamp())
        return generation

    @property
    def stamp(self) -> str:
        try:
            return (self.path / "stamp").read_text()
        except FileNotFoundError:
            return ""

    def commit_number(self) -> int:
        """Grows with every commit."""
        return int(TOC._latest_generation(self.storage, "MAIN"))

    def segments(self) -> list[WhooshSegment]:
        """Whoosh's segments as of the last commit."""
        return list(TOC.read(self.storage, "MAIN").segments)

    def writer(self) -> ArchiveWriter:
        """Raises whoosh.index.LockError while another writer is at work."""
        return ArchiveWriter(FileIndex(self.storage))

    def segment_writer(self) -> ArchiveWriter:
        """A writer of one segment of a generation that nobody reads yet; others may write beside it."""
        return ArchiveWriter(FileIndex(self.storage), _lk=False)


class IndexFolder:
    """The index of one connection. One object serves all threads of a process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._key: tuple[str, int] | None = None
        self._snapshot: Snapshot | None = None
        self._segments: dict[str, Segment] = {}
        self._numberings = Numberings()
        # A process that is forked while another thread holds a lock would wait for ever.
        os.register_at_fork(after_in_child=self._renew_locks)

    def _renew_locks(self) -> None:
        self._lock = threading.Lock()
        self._numberings.renew_locks()

    def current(self) -> Generation:
        """The generation in use. Raises IndexMissingError or IndexMismatchError."""
        try:
            name = (self.path / "current").read_text().strip()
        except (FileNotFoundError, NotADirectoryError):
            raise IndexMissingError from None
        generation = Generation(self.path / name)
        if not _GENERATION.fullmatch(name) or not generation.path.is_dir():
            raise IndexMissingError
        if generation.stamp != index_stamp():
            raise IndexMismatchError
        return generation

    def current_or_new(self) -> Generation:
        """The generation in use; an empty one where there was none. Raises IndexMismatchError."""
        try:
            return self.current()
        except IndexMissingError:
            generation = self.new_generation()
            self.use(generation)
            return generation

    def new_generation(self) -> Generation:
        """An empty generation beside the one in use; nobody reads it before `use`."""
        numbers = [int(m[1]) for m in map(_GENERATION.fullmatch, _names(self.path)) if m]
        return Generation.create(self.path / f"generation-{max(numbers, default=0) + 1}")

    def use(self, generation: Generation) -> None:
        """Readers take this generation from now on. The one before is kept for readers on their way."""
        before = _names(self.path)
        kept = {generation.path.name, self._name_in_use()}
        aside = self.path / f"current.{os.getpid()}"
        with aside.open("w") as file:
            file.write(generation.path.name)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(self.path / "current")
        for name in before:
            if _GENERATION.fullmatch(name) and name not in kept:
                shutil.rmtree(self.path / name, ignore_errors=True)

    def _name_in_use(self) -> str:
        try:
            return (self.path / "current").read_text().strip()
        except FileNotFoundError:
            return ""

    def snapshot(self) -> Snapshot:
        """The state as of the last commit. Raises IndexMissingError or IndexMismatchError."""
        for attempt in range(_OPENING_ATTEMPTS):
            try:
                generation = self.current()
                key = (generation.path.name, generation.commit_number())
                with self._lock:
                    if key != self._key:
                        self._snapshot = self._open(generation)
                        self._key = key
                    assert self._snapshot is not None  # noqa: S101
                    return self._snapshot
            except (FileNotFoundError, EmptyIndexError):
                # A commit or a new generation took the files away between reading their names and opening them.
                if attempt == _OPENING_ATTEMPTS - 1:
                    raise
        raise IndexMissingError

    def _open(self, generation: Generation) -> Snapshot:
        opened: dict[str, Segment] = {}
        segments = []
        for segment in generation.segments():
            name = f"{generation.path.name}/{segment.segment_id()}"
            opened[name] = self._segments.get(name) or Segment(generation.storage, segment, self._numberings)
            segments.append((opened[name], list(segment.deleted_docs())))
        self._segments = opened
        return Snapshot(segments, self._numberings)


def _names(path: Path) -> list[str]:
    return [entry.name for entry in path.iterdir()] if path.is_dir() else []
