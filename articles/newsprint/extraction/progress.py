"""How far a long reading is, told from the sandbox to whoever waits outside.

Inside, `tell(3, 8)`; outside, `read_apart(…, on_progress=…)` is called with (3, 8) once a second.
"""

from __future__ import annotations

import os
from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Takes how many parts are done and how many there are: 0 and 0 while that is not known. May raise, to stop reading."""

_place: list[int] = []  # of the file outside where it is written down


def told_to(file: int) -> None:
    """Write down in this open file from now on."""
    _place[:] = [file]


def tell(done: int, total: int) -> None:
    """So much is done; nothing happens where nobody waits for it."""
    for file in _place:
        os.pwrite(file, b"%9d %9d" % (done, total), 0)


def told(file: int) -> tuple[int, int]:
    """What was last written down in this file."""
    words = os.pread(file, 40, 0).split()
    return (int(words[0]), int(words[1])) if len(words) == 2 and all(word.isdigit() for word in words) else (0, 0)
