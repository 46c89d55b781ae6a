"""Folios: the page number that a file's name tells, as newsrooms and layout programs name their files."""

from __future__ import annotations

import re
from pathlib import PurePath

MAX_FOLIO = 2_000  # a bound volume taken in as one issue
_DATE = re.compile(
    r"(?<!\d)(?:1[89]|20)\d\d[-_. 年]?(?:0[1-9]|1[0-2]|[1-9](?=[-_. 月]))[-_. 月]?(?:[0-3]\d|[1-9](?!\d))日?"
)
_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_FORMS = (
    re.compile(r"第\s*0*(\d{1,4}|[〇零一二三四五六七八九十百]{1,5})\s*版"),
    re.compile(r"(?<![a-z])(?:p|pg|page)[-_. ]?0*(\d{1,4})(?!\d)", re.IGNORECASE),
    re.compile(r"(?<!\d)0*(\d{1,3})\s*版"),
    re.compile(r"版[-_. ]?0*(\d{1,3})(?!\d)"),
    re.compile(r"(?<![a-z])[a-u]0*(\d{1,2})(?!\d)", re.IGNORECASE),  # A01, B2; v1 is a version
    re.compile(r"(?<![a-z\d])0*(\d{1,3})(?!\d)", re.IGNORECASE),
)


def guess_folio(name: str) -> int | None:
    """The page number in a file name, or None: p1.txt → 1, A01 → 1, 第3版 → 3, 2022-10-12-1.txt → 1."""
    stem = _DATE.sub(" ", PurePath(name.replace("\\", "/")).stem)
    for form in _FORMS:
        if match := form.search(stem):
            number = _number(match.group(1))
            return number if 1 <= number <= MAX_FOLIO else None
    return None


def _number(text: str) -> int:
    """第十二版 as well as 第12版."""
    if text.isdecimal():
        return int(text)
    total, digit = 0, 0
    for char in text:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit
