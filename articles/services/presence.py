"""Whether a worker is alive: it holds a lock that the system lets go of when it dies, however it dies."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import secrets
import socket
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from django.db.backends.base.base import BaseDatabaseWrapper


class Presence:
    """A name with a lock: a file lock in the home folder, or on PostgreSQL, where workers may stand on several
    machines, a lock of the database on a connection of its own."""

    _here: ClassVar[Presence | None] = None

    def __init__(self, name: str | None = None) -> None:
        self.name = name or f"{socket.gethostname()[:24]}-{os.getpid()}-{secrets.token_hex(4)}"
        self._file: IO[str] | None = None
        self._connection: BaseDatabaseWrapper | None = None

    @classmethod
    @contextlib.contextmanager
    def of_this_process(cls) -> Iterator[Presence]:
        """The worker's own presence, or a passing one where work is done outside a worker."""
        if cls._here is not None:
            yield cls._here
            return
        presence = cls()
        presence.enter()
        cls._here = presence
        try:
            yield presence
        finally:
            cls._here = None
            presence.leave()

    def enter(self) -> None:
        """Take the lock."""
        if _in_database():
            self._connection = connection.copy()
            with self._connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(%s)", [_key(self.name)])
            return
        self._file = _path(self.name).open("w")
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def leave(self) -> None:
        """Let go of the lock."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._file is not None:
            _path(self.name).unlink(missing_ok=True)
            self._file.close()
            self._file = None

    @staticmethod
    def alive(name: str) -> bool:
        """Whether anyone holds the lock of this name."""
        if _in_database():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [_key(name)])
                taken = not cursor.fetchone()[0]
                if not taken:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [_key(name)])
            return taken
        try:
            file = _path(name).open("r+")
        except FileNotFoundError:
            return False
        with file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
            _path(name).unlink(missing_ok=True)
        return False


def _in_database() -> bool:
    return connection.vendor == "postgresql"


def _path(name: str) -> Path:
    folder = Path(settings.HOME) / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"worker-{name}.lock"


def _key(name: str) -> int:
    """PostgreSQL's locks are numbers: 63 bits of the name's digest."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big") >> 1
