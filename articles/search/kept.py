"""What is read from the database as a whole and kept in memory while it is good."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """One value for all threads of the process; two that meet may make it twice at worst."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._last: tuple[object, float, Value] | None = None

    def get(self, state: object, make: Callable[[Value | None], Value]) -> Value:
        """The value, made afresh from the one before when the state is another or it has been kept for long."""
        last, now = self._last, time.monotonic()
        if last is None or last[0] != state or last[1] < now:
            last = self._last = (state, now + self._seconds, make(last[2] if last else None))
        return last[2]
