"""Feasts with their days off, and events: what a table of them says of the time around an issue."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping
from dataclasses import dataclass

from .lexicon import lines

Days = tuple[datetime.date, datetime.date]

SPELLINGS = {
    "元旦": "元旦", "元旦节": "元旦", "春节": "春节", "新春": "春节", "元宵": "元宵", "元宵节": "元宵", "清明": "清明",
    "清明节": "清明", "五一": "五一", "“五一”": "五一", "五一劳动节": "五一", "劳动节": "五一",
    "五一国际劳动节": "五一", "“五一”国际劳动节": "五一", "“五一”劳动节": "五一", "端午": "端午",
    "端午节": "端午", "七夕": "七夕", "七夕节": "七夕", "中秋": "中秋", "中秋节": "中秋", "国庆": "国庆", "国庆节": "国庆",
    "“十一”": "国庆", "重阳": "重阳", "重阳节": "重阳", "腊八": "腊八", "腊八节": "腊八", "除夕": "除夕",
}  # fmt: skip
FIXED = {
    "妇女节": (3, 8), "三八节": (3, 8), "国际劳动妇女节": (3, 8), "三八妇女节": (3, 8), "“三八”妇女节": (3, 8), "“三八”国际妇女节": (3, 8), "植树节": (3, 12),
    "世界读书日": (4, 23), "青年节": (5, 4), "五四青年节": (5, 4), "“五四”青年节": (5, 4), "护士节": (5, 12),
    "国际护士节": (5, 12), "儿童节": (6, 1), "六一儿童节": (6, 1), "“六一”儿童节": (6, 1), "六一国际儿童节": (6, 1),
    "“六一”国际儿童节": (6, 1), "世界环境日": (6, 5), "建党节": (7, 1), "“七一”": (7, 1), "建军节": (8, 1),
    "八一建军节": (8, 1), "“八一”建军节": (8, 1), "“八一”": (8, 1), "医师节": (8, 19), "中国医师节": (8, 19),
    "教师节": (9, 10), "烈士纪念日": (9, 30), "记者节": (11, 8), "消防日": (11, 9), "全国消防日": (11, 9),
    "国家宪法日": (12, 4), "国家公祭日": (12, 13), "平安夜": (12, 24), "圣诞节": (12, 25), "小年": (0, 0),
}  # fmt: skip
# Days before and after the feast that count as its time where no official holiday is listed.
_USUAL = {"春节": (1, 5), "国庆": (0, 6), "五一": (0, 4)}
_NATIONAL = ("元旦", "春节", "清明", "五一", "端午", "中秋", "国庆")


@dataclass(frozen=True, slots=True)
class Feast:
    """A feast of one year: its own day, and the first and last of its days off."""

    name: str
    day: datetime.date
    holiday: Days


@dataclass(frozen=True)
class Events:
    """Named days, as an archive's editors keep them; `built_in_events()` is the table that comes with the program.

    `feasts`: (year, name) → feast. A name that SPELLINGS lacks (泼水节) is looked for as it is written.
    `named`: name of an event → its first and last day, once for each time that it was held; the nearest is meant.
    `dropped`: spellings that are no times in this archive, whatever is built in.
    """

    feasts: Mapping[tuple[int, str], Feast]
    named: Mapping[str, tuple[Days, ...]]
    dropped: frozenset[str] = frozenset()

    @functools.cached_property
    def feast_spellings(self) -> tuple[str, ...]:
        """Every way to print a feast of this table, or a day that is the same each year."""
        return tuple(sorted({*SPELLINGS, *FIXED, *(name for _, name in self.feasts)} - self.dropped))

    @functools.cached_property
    def event_names(self) -> tuple[str, ...]:
        return tuple(sorted(self.named))

    def event_in(self, name: str, year: int) -> Days | None:
        """First and last day of the event in a year; None where the table does not know of it."""
        return next((days for days in self.named.get(name, ()) if days[0].year == year), None)

    def event(self, name: str, issue: datetime.date) -> Days:
        """First and last day of the event; of several times the nearest to the issue, rather past than to come."""
        return min(self.named[name], key=lambda days: max((issue - days[0]).days, 3 * (days[0] - issue).days))

    def feast(self, spelling: str, year: int) -> Feast | None:
        """The feast printed as `spelling` in `year`; None where the table does not reach."""
        for name in (spelling, SPELLINGS.get(spelling, spelling)):
            if found := self.feasts.get((year, name)):
                return found
        if spelling not in FIXED or spelling in self.dropped:
            return None
        if spelling == "小年":
            spring = self.feasts.get((year, "春节"))
            if spring is None:
                return None
            eve = spring.day - datetime.timedelta(7)
            return Feast(spelling, eve, (eve, eve))
        month, number = FIXED[spelling]
        day = datetime.date(year, month, number)
        return Feast(spelling, day, (day, day))

    def nearest(self, spelling: str, issue: datetime.date, *, ahead: bool = False) -> Feast | None:
        """The feast nearest to the issue, rather past than to come; `ahead` looks only forward."""
        years = (issue.year - 1, issue.year, issue.year + 1)
        near = [found for year in years if (found := self.feast(spelling, year))]
        if ahead:
            near = [found for found in near if found.holiday[1] >= issue]
        # Of a feast some months off print rather tells how it was than how it will be.
        return min(near, key=lambda found: max((issue - found.day).days, 2 * (found.day - issue).days), default=None)

    def recent_holiday(self, issue: datetime.date) -> Feast | None:
        """The holiday of several days that an undated 假日期间 means: running, or the last one within six weeks."""
        near = [
            found
            for year in (issue.year - 1, issue.year, issue.year + 1)
            for name in _NATIONAL
            if (found := self.feasts.get((year, name))) and 0 <= (issue - found.holiday[0]).days <= 42
        ]
        return max(near, key=lambda found: (found.holiday[0], found.holiday[1]), default=None)


def feast_of(name: str, day: datetime.date, days_off: Days | None = None) -> Feast:
    """A feast for the table. Without `days_off`, what is usual counts as its time: 国庆 has seven days."""
    before, after = _USUAL.get(name, (0, 0))
    usual = (day - datetime.timedelta(before), day + datetime.timedelta(after))
    return Feast(name, day, days_off or usual)


@functools.cache
def built_in_events() -> Events:
    """The table from `data/holidays.txt` (1980 to 2060) and `data/events.txt`."""
    feasts = {}
    for line in lines("holidays.txt"):
        year, name, day, first, last = line.split()
        days_off = None if first == "-" else (datetime.date.fromisoformat(first), datetime.date.fromisoformat(last))
        feasts[int(year), name] = feast_of(name, datetime.date.fromisoformat(day), days_off)
    named: dict[str, tuple[Days, ...]] = {}
    for line in lines("events.txt"):
        name, first, last = line.rsplit(maxsplit=2)
        days = (datetime.date.fromisoformat(first), datetime.date.fromisoformat(last))
        named[name] = (*named.get(name, ()), days)
    return Events(feasts, named)
