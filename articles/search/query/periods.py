"""Dates in figures: 2022, 2022-10, 2022-10-12, and from one to another."""

from __future__ import annotations

import datetime
import re

_DAY = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_OPEN = re.compile(r"\.\.|…|~|至")


def read_days(text: str) -> tuple[datetime.date | None, datetime.date | None] | None:
    """First and last day of 2022, 2022-10, 2022-10-12, or of A..B where one side may be left out; None if it's none."""
    sides = _OPEN.split(text, maxsplit=1)
    ranges = [_period(side) if side else (None, None) for side in sides]
    if None in ranges or not any(sides):
        return None
    first, last = ranges[0], ranges[-1]
    assert first is not None  # noqa: S101
    assert last is not None  # noqa: S101
    return first[0], last[1]


def _period(text: str) -> tuple[datetime.date, datetime.date] | None:
    match = _DAY.fullmatch(text.strip())
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None  # noqa: S101
    try:
        if month is None:
            return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        if day is not None:
            return datetime.date(year, month, day), datetime.date(year, month, day)
        first = datetime.date(year, month, 1)
        after = datetime.date(year + month // 12, month % 12 + 1, 1) if (year, month) < (9999, 12) else None
        return first, after - datetime.timedelta(days=1) if after else datetime.date.max
    except ValueError:
        return None
