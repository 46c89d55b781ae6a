"""Parsers that do what hostile files make parsers do. Run in the sandbox only."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from articles.newsprint.extraction.progress import tell
from articles.newsprint.values import ReadingError, SourceLine


def reads(data: bytes, name: str, *more: object) -> tuple[SourceLine, ...]:
    return (SourceLine(1, data.decode()), SourceLine(2, name), SourceLine(3, repr(more)))


def refuses(data: bytes, name: str) -> None:
    raise ReadingError("broken", f"“{name}”坏了。")


def breaks(data: bytes, name: str) -> None:
    raise ValueError(data)


def aborts(data: bytes, name: str) -> None:
    os.abort()


def hoards(data: bytes, name: str) -> int:
    return len(bytearray(1 << 31))


def spins(data: bytes, name: str) -> None:
    while True:
        pass


def waits(data: bytes, name: str) -> None:
    signal.pause()


def counts(data: bytes, name: str) -> None:
    for done in (1, 2, 3):
        tell(done, 8)
    signal.pause()


def babbles(data: bytes, name: str) -> bytes:
    return b"x" * (3 << 20)


def prints(data: bytes, name: str) -> str:
    sys.stdout.write("noise")
    sys.stdout.flush()
    os.write(1, b"noise")
    return "answer"


def environment(data: bytes, name: str) -> dict[str, str]:
    return dict(os.environ)


def writes(data: bytes, name: str) -> None:
    with open("/tmp/never-that-large", "wb") as file:  # noqa: S108, PTH123
        file.write(b"x" * (3 << 20))


class Trap:
    """Unpickled carelessly, it would run a command."""

    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, ("true",)


def traps(data: bytes, name: str) -> Any:
    return Trap()
