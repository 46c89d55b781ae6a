"""Files of an index, opened as memory maps."""

from __future__ import annotations

import mmap
import os
import weakref
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile


class MappedFile(StructFile):  # type: ignore[misc]
    """A read-only file over a memory map.

    Whoosh's own BufferFile copies the whole map into a BytesIO when it is opened, whatever is read later, and its
    StructFile seeks before each read, which threads can't share. Here nothing is copied, and reads at a position
    go straight to the map.
    """

    def __init__(self, mapped: mmap.mmap, name: str) -> None:
        super().__init__(mapped, name=name)
        self.mapped = mapped
        self.is_real = False  # there is no file handle to read arrays from

    def get(self, position: int, length: int) -> bytes:
        return self.mapped[position : position + length]

    def get_byte(self, position: int) -> int:
        return self.mapped[position]

    def close(self) -> None:
        # The map is given back when the last array over it is gone; closing it under an array would raise.
        self.is_closed = True


class UnmappedFile:
    """A file that is read at positions, by several threads and after a fork too; closed when nothing refers to it."""

    def __init__(self, path: str) -> None:
        self._descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        weakref.finalize(self, os.close, self._descriptor)
        self.size = os.fstat(self._descriptor).st_size

    def read(self, start: int, end: int) -> bytes:
        """Bytes from start, end excluded."""
        return os.pread(self._descriptor, end - start, start)


class MappedStorage(FileStorage):  # type: ignore[misc]
    """Whoosh's folder storage with mapped reading."""

    def open_file(self, name: str, **kwargs: Any) -> StructFile:
        with Path(self._fpath(name)).open("rb") as file:
            if os.fstat(file.fileno()).st_size:
                return MappedFile(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), name)
        return super().open_file(name, **kwargs)

    def temp_storage(self, name: str | None = None) -> FileStorage:
        # Whoosh names temporary files by an object's address in memory, which is the same in forked processes.
        return FileStorage(self._fpath(f"{name}.{os.getpid()}")).create()

    def open_unmapped(self, name: str) -> UnmappedFile:
        """The file for reading at positions only."""
        return UnmappedFile(self._fpath(name))

    def flush_to_disk(self, names: list[str]) -> None:
        """Whoosh never asks the disk to keep what it wrote: a power cut could leave a table of contents without
        its files."""
        for name in names:
            descriptor = os.open(self._fpath(name), os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
