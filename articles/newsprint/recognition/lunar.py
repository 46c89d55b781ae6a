"""Days of the lunar year (农历) as days of the calendar, from `data/lunar_months.txt`."""

from __future__ import annotations

import datetime
import functools

from .lexicon import lines


def day_in(year: int, month: int, day: int) -> datetime.date | None:
    """The day of the solar `year` on which this day of a lunar year falls; None where it has none, or the table ends.

    The months 11 and 12 of a lunar year may lie in the next solar year: 除夕 of 2022 is 2022-01-31.
    """
    for lunar_year in (year - 1, year):
        found = day_of(lunar_year, month, day)
        if found is not None and found.year == year:
            return found
    return None


def day_of(lunar_year: int, month: int, day: int) -> datetime.date | None:
    """The day of a month of the lunar year that begins in February or late January; None where the table ends."""
    months, leap = _years().get(lunar_year, ((), frozenset()))
    regular = [at for at in range(len(months) - 1) if at not in leap]
    if not 1 <= month <= len(regular):
        return None
    first, after = months[regular[month - 1]], months[regular[month - 1] + 1]
    return min(first + datetime.timedelta(day - 1), after - datetime.timedelta(1))


def part_of_month(first: datetime.date, last: datetime.date, part: str) -> tuple[datetime.date, datetime.date]:
    """What 初, 上旬, 中旬, 下旬 and 底 mean in a month of the lunar year that is [first, last]."""
    ten = datetime.timedelta(10)
    if part == "底":
        return last, last
    if part == "下旬":
        return first + 2 * ten, last
    start = first + ten if part == "中旬" else first
    return start, start + datetime.timedelta(9)


@functools.cache
def _years() -> dict[int, tuple[tuple[datetime.date, ...], frozenset[int]]]:
    """Lunar year → first days of its months and of the next year; which of them are leap months."""
    years: dict[int, tuple[tuple[datetime.date, ...], frozenset[int]]] = {}
    rows = [(int(line[:4]), line[5:].split()) for line in lines("lunar_months.txt")]
    starts = {year: _date(year, words[0], words[0]) for year, words in rows}
    for year, words in rows:
        if year + 1 in starts:
            firsts = tuple(_date(year, word, words[0]) for word in words)
            leap = frozenset(at for at, word in enumerate(words) if word.startswith("+"))
            years[year] = ((*firsts, starts[year + 1]), leap)
    return years


def _date(year: int, word: str, new_year: str) -> datetime.date:
    month_day = word.removeprefix("+")
    return datetime.date(year + (month_day < new_year), int(month_day[:2]), int(month_day[2:]))
