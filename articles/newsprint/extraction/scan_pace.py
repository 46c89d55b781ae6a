"""How far the recognition of a page is: band by band, and within a band by the half dozen lines that are read at once.

pace = Pace(engine, bands=3); pace.at_band(1)  # tells 30 of 100, then up to 60 while its lines are read
"""

from __future__ import annotations

import math
from typing import Any

from articles.newsprint.extraction.progress import tell

WHOLE = 100
BANDS = 90  # of a hundred parts; the rest is reading some places again
_FINDING = 0.15  # of a band's share: finding its lines


class Pace:
    """Tells the outside, from the engine's own work. An engine that can't be listened to is told of by bands only."""

    def __init__(self, engine: Any, bands: int) -> None:
        self._bands = bands
        self._band = 0
        load = getattr(engine, "_load_rec_model", None)
        if load is not None:
            engine.text_rec = _Heard(load(), self._at_lines)

    def at_band(self, number: int) -> None:
        """The bands before this one, counted from 0, are read."""
        self._band = number
        tell(round(BANDS * number / self._bands), WHOLE)

    def _at_lines(self, part: float) -> None:
        in_band = _FINDING + (1 - _FINDING) * part
        tell(round(BANDS * (self._band + in_band) / self._bands), WHOLE)


class _Heard:
    """The engine's recogniser, heard: which part of the lines it was given it has read."""

    def __init__(self, recogniser: Any, on_part: Any) -> None:
        self._recogniser, self._session, self._on_part = recogniser, recogniser.session, on_part
        self._batches = self._done = 0
        recogniser.session = self._batch

    def __call__(self, asked: Any) -> Any:
        lines = len(asked.img) if isinstance(asked.img, list) else 1
        self._batches, self._done = math.ceil(lines / self._recogniser.rec_batch_num), 0
        return self._recogniser(asked)

    def _batch(self, images: Any) -> Any:
        read = self._session(images)
        self._done += 1
        if self._batches > 1:  # a single place is read again
            self._on_part(self._done / self._batches)
        return read
