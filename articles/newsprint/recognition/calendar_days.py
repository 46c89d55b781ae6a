"""Years, months and days in print as bounds: 今年3月5日, 上半年, 6月底前."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

from articles.newsprint.values import Precision

Bounds = tuple[datetime.date | None, datetime.date | None, Precision]

DAY = datetime.timedelta(1)
_DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}
_RELATIVE_YEARS = {"今年": 0, "去年": -1, "上年": -1, "明年": 1, "前年": -2, "后年": 2}
_YEAR = re.compile(r"(\d{4})年|([一二][〇○零一二三四五六七八九]{3})年|(今年|去年|明年|前年|后年|上年|同年)")
_MONTH = re.compile(r"(\d{1,2})月|([一二三四五六七八九十]{1,2})月|(本月|当月|上个?月|下个?月)")
DAY_PRINTED = re.compile(r"(\d{1,2})[日号]|([一二三四五六七八九十]{1,3})[日号]")


def number(text: str) -> int:
    """12, 十二 and 三十 as numbers."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if ten:
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    return int("".join(str(_DIGITS[char]) for char in text))


def month_end(year: int, month: int) -> datetime.date:
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def a_year_before(day: datetime.date) -> datetime.date:
    """The same day of the year before; the last of the month stays the last."""
    last = month_end(day.year - 1, day.month)
    return last if day == month_end(day.year, day.month) else day.replace(year=day.year - 1)


def whole_month(year: int, month: int) -> tuple[datetime.date, datetime.date]:
    return datetime.date(year, month, 1), month_end(year, month)


def whole_year(year: int) -> tuple[datetime.date, datetime.date]:
    return datetime.date(year, 1, 1), datetime.date(year, 12, 31)


@dataclass(slots=True)
class Clock:
    """What print has said so far: the issue's date, the last day named, the year of the sentence."""

    issue: datetime.date
    last: tuple[datetime.date, datetime.date] | None = None
    sentence_year: int | None = None
    ahead: bool = False

    def year_of(self, text: str) -> int | None:
        found = _YEAR.search(text)
        if not found:
            return None
        if found[1] or found[2]:
            return number(found[1] or found[2])
        if found[3] == "同年":
            return self.last[0].year if self.last else self.issue.year
        return self.issue.year + _RELATIVE_YEARS[found[3]]

    def month_of(self, text: str) -> tuple[int, int | None] | None:
        """Month and, where the word itself says so, its year."""
        found = _MONTH.search(text)
        if not found:
            return None
        if found[3]:
            step = {"上": -1, "下": 1}.get(found[3][0], 0)
            index = self.issue.year * 12 + self.issue.month - 1 + step
            return index % 12 + 1, index // 12
        return number(found[1] or found[2]), None

    def guess_year(self, month: int, day: int = 15) -> int:
        """Year of a month that is printed without one: the issue's, unless that lies half a year off."""
        if self.sentence_year is not None:
            return self.sentence_year
        away = (month - self.issue.month) * 30 + day - self.issue.day
        if away > 200 and not self.ahead:
            return self.issue.year - 1
        if away < -150 and self.ahead:
            return self.issue.year + 1
        return self.issue.year


def resolve_point(text: str, clock: Clock, default: datetime.date | None = None) -> Bounds | None:
    """Year, month, day in any mixture; `default` lends what an end of a range leaves out."""
    year, month_read = clock.year_of(text), clock.month_of(text)
    without = _YEAR.sub("", text)
    day_read = DAY_PRINTED.search(_MONTH.sub("", without))
    if month_read is None and day_read is None:
        return (*whole_year(year), "year") if year else None
    if month_read is None:
        month = default.month if default else clock.issue.month
        year = year or (default.year if default else clock.issue.year)
    else:
        month, own_year = month_read
        year = year or own_year
    day = number(day_read[1] or day_read[2]) if day_read else None
    if year is None:
        if default is not None and month_read is not None:
            year = default.year + (month < default.month)
        else:
            year = clock.guess_year(month, day or 15)
    if not 1 <= month <= 12:
        return None
    if day is None:
        return (*whole_month(year, month), "month")
    try:
        date = datetime.date(year, month, day)
    except ValueError:
        return None
    return date, date, "day"


def restricted(first: datetime.date, kind: str) -> Bounds:
    year, month, last = first.year, first.month, month_end(first.year, first.month)
    if kind in {"底", "末"}:
        return last, last, "day"
    if kind in {"初", "上旬"}:
        return first, datetime.date(year, month, 10), "day"
    if kind in {"中", "中旬"}:
        return datetime.date(year, month, 11), datetime.date(year, month, 20), "day"
    return datetime.date(year, month, 21), last, "day"


def in_part(bounds: Bounds | None, text: str) -> Bounds | None:
    """The part of its month that 7月下旬 names; other bounds as they are."""
    if bounds and bounds[0] and text.endswith("旬"):
        return restricted(bounds[0], text[-2:])
    return bounds


def with_tail(bounds: Bounds, tail: str | None, issue: datetime.date) -> Bounds:
    start, end, precision = bounds
    if not tail or start is None or end is None:
        return bounds
    if tail == "以来":
        return start, issue, precision
    if tail in {"前", "之前", "以前"}:
        return (issue, end, precision) if end >= issue else (None, end if precision == "day" else start, precision)
    if tail == "起":
        return start, start if precision == "day" else end, precision
    if tail == "前后":
        return start - 5 * DAY, end + 5 * DAY, "vague"
    return (start, None, precision) if tail in {"后", "之后"} else bounds


def quarter(text: str, clock: Clock) -> Bounds:
    year = clock.year_of(text) or clock.sentence_year or clock.issue.year
    if "半年" in text:
        first, last, precision = (1, 6, "half-year") if "上" in text else (7, 12, "half-year")
    elif text.endswith(("首季", "首季度")):
        first, last, precision = 1, 3, "quarter"
    elif several := re.search(r"([一二三])至([二三四])季度", text):
        first, last, precision = number(several[1]) * 3 - 2, number(several[2]) * 3, "quarter"
    else:
        found = re.search(r"(前|第)?([一二三四1-4])季|三季", text)
        count = number(found[2]) if found and found[2] else 3
        first, last, precision = (1 if "前" in text else count * 3 - 2), count * 3, "quarter"
    start = datetime.date(year, first, 1)
    return start, month_end(year, last), precision  # type: ignore[return-value]
