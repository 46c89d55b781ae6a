"""Numbers for what many segments name: records, sections, months. A number once given stays, so what a segment says in
numbers never has to be worked out again, whatever segments come to stand beside it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from .schema import LINKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .codec import Numbers

Value = TypeVar("Value", int, str)

_WIDTH = 18  # digits that any id has room for
_POWERS = 10 ** np.arange(_WIDTH, dtype=np.int64)


class Numbering(Generic[Value]):
    """Values by number, from 0, in the order in which they were met. One serves all threads of a process."""

    def __init__(self) -> None:
        self.values: list[Value] = []
        self._numbers: dict[Value, int] = {}
        self._lock = threading.Lock()

    def renew_lock(self) -> None:
        """For a process forked while another thread held the lock; what that thread had begun is finished."""
        self._lock = threading.Lock()
        for number, value in enumerate(self.values):
            self._numbers[value] = number

    def of(self, values: Sequence[Value]) -> NDArray[np.int32]:
        """The number of each; those not met before are given one."""
        with self._lock:
            for value in values:
                if value not in self._numbers:
                    self.values.append(value)
                    self._numbers[value] = len(self.values) - 1
            return np.array([self._numbers[value] for value in values], dtype=np.int32)


class Known(NamedTuple):
    """Ids of records by number, the place of each among them in order of their text (1, 10, 2), and the texts."""

    ids: Numbers
    places: Numbers
    texts: NDArray[np.object_]


class Records(Numbering[int]):
    """Ids of records by number."""

    def __init__(self) -> None:
        super().__init__()
        none = np.zeros(0, dtype=np.int64)
        self._known = Known(none, none, np.zeros(0, dtype=np.object_))

    @property
    def known(self) -> Known:
        """All so far."""
        known = self._known
        if len(known.ids) < len(self.values):
            ids = np.array(self.values.copy(), dtype=np.int64)  # another thread may be adding to them
            digits = np.searchsorted(_POWERS, ids, side="right")
            places = np.empty(len(ids), dtype=np.int64)
            places[np.lexsort((digits, ids * 10 ** (_WIDTH - digits)))] = np.arange(len(ids))
            known = self._known = Known(ids, places, np.array(list(map(str, ids.tolist())), dtype=np.object_))
        return known


class Numberings:
    """Those of one index, for as long as it is read: a new generation goes on with them."""

    def __init__(self) -> None:
        self.sections: Numbering[str] = Numbering()
        self.months: Numbering[str] = Numbering()
        self.papers: Numbering[str] = Numbering()  # their ids, as facets name them
        self.records = {name: Records() for name in LINKS}

    def renew_locks(self) -> None:
        """For a process that was forked."""
        for names in (self.sections, self.months, self.papers):
            names.renew_lock()
        for records in self.records.values():
            records.renew_lock()
