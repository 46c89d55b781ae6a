"""Time expressions of an article and what they mean, seen from the issue's date."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from articles.newsprint.values import DateReading, Precision

from . import feasts
from .passages import Passage
from .time_words import EXPRESSION

Bounds = tuple[datetime.date | None, datetime.date | None, Precision]

DAY = datetime.timedelta(1)
_DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}
_RELATIVE_YEARS = {"今年": 0, "去年": -1, "上年": -1, "明年": 1, "前年": -2, "后年": 2}
_RELATIVE_DAYS = {"昨": -1, "今": 0, "明": 1, "前": -2, "后": 2}
_YEAR = re.compile(r"(\d{4})年|([一二][〇○零一二三四五六七八九]{3})年|(今年|去年|明年|前年|后年|上年|同年)")
_MONTH = re.compile(r"(\d{1,2})月|([一二三四五六七八九十]{1,2})月|(本月|当月|上个?月|下个?月)")
_DAY = re.compile(r"(\d{1,2})[日号]|([一二三四五六七八九十]{1,3})[日号]")
_AHEAD = re.compile(r"将|拟|计划|预计|力争|确保|底前|日前|力求|定于|截止|届时|即将|有望|争取")


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
    day_read = _DAY.search(_MONTH.sub("", without))
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


def _restricted(first: datetime.date, kind: str) -> Bounds:
    year, month, last = first.year, first.month, month_end(first.year, first.month)
    if kind in {"底", "末"}:
        return last, last, "day"
    if kind in {"初", "上旬"}:
        return first, datetime.date(year, month, 10), "day"
    if kind in {"中", "中旬"}:
        return datetime.date(year, month, 11), datetime.date(year, month, 20), "day"
    return datetime.date(year, month, 21), last, "day"


def _with_tail(bounds: Bounds, tail: str | None, issue: datetime.date) -> Bounds:
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


def _quarter(text: str, clock: Clock) -> Bounds:
    year = clock.year_of(text) or clock.sentence_year or clock.issue.year
    if "半年" in text:
        first, last, precision = (1, 6, "half-year") if "上" in text else (7, 12, "half-year")
    elif text.endswith(("首季", "首季度")):
        first, last, precision = 1, 3, "quarter"
    else:
        found = re.search(r"(前|第)?([一二三四1-4])季|三季", text)
        count = number(found[2]) if found and found[2] else 3
        first, last, precision = (1 if "前" in text else count * 3 - 2), count * 3, "quarter"
    start = datetime.date(year, first, 1)
    return start, month_end(year, last), precision  # type: ignore[return-value]


class Resolver:
    """Reads the time expressions of one article in order, since 次日 and 停水期间 look back."""

    def __init__(self, issue: datetime.date) -> None:
        self.issue = issue
        self.clock = Clock(issue)
        self.sentence = ""
        self.last_range: tuple[datetime.date, datetime.date] | None = None

    def resolve(self, found: re.Match[str], sentence: str) -> Bounds | None:
        """Bounds of one match, or None where the words are no time after all."""
        self.sentence = sentence
        self.clock.ahead = bool(_AHEAD.search(sentence))
        bounds = self._bounds(found)
        if bounds is None:
            return None
        start, end, precision = bounds
        if start and end and precision == "day":
            if found["anaphoric"] is None:
                self.clock.last = (start, end)
            if start != end:
                self.last_range = (start, end)
        if (found["point"] or found["year"]) and self.clock.year_of(found[0]) is not None and start:
            self.clock.sentence_year = start.year
        return bounds

    def _bounds(self, found: re.Match[str]) -> Bounds | None:
        for kind in ("range", "feast", "quarter", "point", "yearend", "monthend", "year", "near", "relative", "week",
                     "weekday", "anaphoric", "holiday", "interval", "event", "plan", "whole", "school", "exam",
                     "session", "decade", "season", "bareday"):  # fmt: skip
            if found[kind] is not None:
                bounds: Bounds | None = getattr(self, "_" + kind)(found)
                return bounds
        return None

    def _range(self, found: re.Match[str]) -> Bounds | None:
        if found["yearspan"]:
            first, last = re.findall(r"\d+", found["yearspan"])
            last = first[: 4 - len(last)] + last
            return datetime.date(int(first), 1, 1), datetime.date(int(last), 12, 31), "year"
        if found["monthspan"]:
            year = (self.clock.year_of(found["spanyear"]) if found["spanyear"] else None) or self.issue.year
            low, high = (1, number(found["upto"])) if found["upto"] else (int(found["m1"]), int(found["m2"]))
            if not 1 <= low <= high <= 12:
                return None
            return datetime.date(year, low, 1), month_end(year, high), "month"
        first_bounds = resolve_point(found["first"], self.clock)
        if first_bounds is None or first_bounds[0] is None:
            return None
        last_bounds = resolve_point(found["second"], self.clock, default=first_bounds[0])
        if last_bounds is None:
            return None
        return first_bounds[0], last_bounds[1], first_bounds[2]

    def _feast(self, found: re.Match[str]) -> Bounds | None:
        year = self.clock.year_of(found["feastyear"]) if found["feastyear"] else None
        spelling, time = found["feast"], found["feasttime"]
        feast = feasts.feast(spelling, year) if year else feasts.nearest(spelling, self.issue)
        if feast is None:
            return None
        if found["feast2"]:
            other = feasts.nearest(found["feast2"], self.issue)
            if other is None:
                return None
            return min(feast.holiday[0], other.holiday[0]), max(feast.holiday[1], other.holiday[1]), "day"
        if time in {"前夕", "节前"}:
            return feast.day - 7 * DAY, feast.day - DAY, "vague"
        if time == "前后":
            return feast.day - 5 * DAY, feast.day + 5 * DAY, "vague"
        if (time and time not in {"当天", "当日"}) or (spelling == "国庆" and not time):
            return (*feast.holiday, "day")
        return feast.day, feast.day, "day"

    def _quarter(self, found: re.Match[str]) -> Bounds:
        bounds = _quarter(found["quarter"], self.clock)
        if found["quarterend"] and bounds[1]:
            bounds = bounds[1], bounds[1], "day"
        return _with_tail(bounds, found["quartertail"], self.issue)

    def _point(self, found: re.Match[str]) -> Bounds | None:
        text = found["point"]
        self.clock.ahead = self.clock.ahead or found["pointtail"] in {"前", "之前"}
        bounds = resolve_point(text.removesuffix(found["third"] or ""), self.clock)
        if bounds is None or bounds[0] is None:
            return None
        if found["third"]:
            bounds = _restricted(bounds[0], found["third"])
        return _with_tail(bounds, found["pointtail"], self.issue)

    def _yearend(self, found: re.Match[str]) -> Bounds | None:
        text = found["yearend"]
        year = self.clock.year_of(text) or self.issue.year
        if text.endswith("初"):
            return None if text == "年初" else (datetime.date(year, 1, 1), datetime.date(year, 3, 31), "vague")
        last = datetime.date(year, 12, 31)
        return _with_tail((last, last, "day"), found["endtail"], self.issue)

    def _monthend(self, found: re.Match[str]) -> Bounds:
        first = self.issue.replace(day=1)
        return _with_tail(_restricted(first, found["monthend"][1]), found["monthendtail"], self.issue)

    def _year(self, found: re.Match[str]) -> Bounds | None:
        year = self.clock.year_of(found["year"])
        if year is None:
            return None
        return _with_tail((*whole_year(year), "year"), found["yeartail"], self.issue)

    def _whole(self, found: re.Match[str]) -> Bounds:
        if found["whole"] == "年内":
            ahead = self.clock.ahead or re.search(r"希望|争取|完成|建成|实现", self.sentence)
            return self.issue if ahead else datetime.date(self.issue.year, 1, 1), whole_year(self.issue.year)[1], "year"
        late = found["whole"] == "新年" and self.issue.month == 12
        return (*whole_year(self.issue.year + late), "year")

    def _near(self, found: re.Match[str]) -> Bounds:
        days = 7 if found["near"] in {"近日", "日前", "连日来"} else 30
        return self.issue - days * DAY, self.issue, "vague"

    def _relative(self, found: re.Match[str]) -> Bounds:
        day = self.issue + _RELATIVE_DAYS[found["relative"][0]] * DAY
        return day, day, "day"

    def _week(self, found: re.Match[str]) -> Bounds:
        monday = self.issue - self.issue.weekday() * DAY + {"上": -7, "下": 7}.get(found["week"][0], 0) * DAY
        return (monday + 5 * DAY if "周末" in found["week"] else monday), monday + 6 * DAY, "day"

    def _weekday(self, found: re.Match[str]) -> Bounds:
        text = found["weekday"]
        place = re.search(r"(?:周|星期|礼拜)([一二三四五六日天])", text)
        weekday = "一二三四五六日".index(place[1].replace("天", "日")) if place else 0
        day = self.issue + (weekday - self.issue.weekday()) * DAY
        if text.startswith("上"):
            day -= (14 if text.startswith("上上") else 7) * DAY
        elif text.startswith("下"):
            day += 7 * DAY
        elif text[0] not in "本这" and day > self.issue and not self.clock.ahead:
            day -= 7 * DAY
        return day, day, "day"

    def _anaphoric(self, found: re.Match[str]) -> Bounds | None:
        if self.clock.last is None:
            return (None, None, "day")
        day = self.clock.last[1] + (DAY if found["anaphoric"][0] in "次翌" else 0 * DAY)
        return day, day, "day"

    def _holiday(self, found: re.Match[str]) -> Bounds | None:
        feast = feasts.recent_holiday(self.issue)
        if feast is None:
            return (None, None, "vague")
        return (*feast.holiday, "day")

    def _interval(self, found: re.Match[str]) -> Bounds | None:
        """停水期间 is a time only after the days have been named."""
        days = self.last_range or self.clock.last
        return (*days, "day") if days else None

    def _event(self, found: re.Match[str]) -> Bounds:
        return (*feasts.events()[found["event"]], "event")

    def _plan(self, found: re.Match[str]) -> Bounds | None:
        name = re.search(r"([一二三四五六七八九十]+)五", found["plan"])
        if name is None:
            return None
        start = 1951 + 5 * number(name[1])  # the fourteenth plan, 十四五, began in 2021
        return datetime.date(start, 1, 1), datetime.date(start + 4, 12, 31), "year"

    def _school(self, found: re.Match[str]) -> Bounds | None:
        text = found["school"]
        year = self.clock.year_of(text)
        autumn_now = self.issue.month >= 8 or self.issue.month == 1
        if "秋季" in text or "春季" in text:
            autumn = "秋季" in text
            year = year or self.issue.year
        elif text.startswith("本"):
            autumn, year = autumn_now, self.issue.year - (self.issue.month == 1)
        elif text.startswith("新"):  # the one that begins next, or has just begun
            autumn, year = 4 <= self.issue.month <= 11, self.issue.year + (self.issue.month == 12)
        else:
            autumn = not autumn_now
            year = self.issue.year + (1 if self.issue.month >= 8 and text.startswith("下") else 0)
            year -= 1 if autumn and text.startswith("上") else 0
        if autumn:
            return datetime.date(year, 9, 1), datetime.date(year + 1, 1, 31), "vague"
        return datetime.date(year, 2, 15), datetime.date(year, 7, 15), "vague"

    def _season(self, found: re.Match[str]) -> Bounds:
        text = found["season"]
        year = self.clock.year_of(text) or self.issue.year
        first = {"春": 3, "夏": 6, "秋": 9, "冬": 12}[next(char for char in text if char in "春夏秋冬")]
        last = {"春": 5, "夏": 8, "秋": 11, "冬": 14}[[char for char in text if char in "春夏秋冬"][-1]]
        last += 12 if last < first else 0
        return datetime.date(year, first, 1), month_end(year + (last > 12), (last - 1) % 12 + 1), "vague"

    def _exam(self, found: re.Match[str]) -> Bounds:
        year = self.clock.year_of(found["exam"]) or self.issue.year
        first = datetime.date(year, 7 if year == 2020 else 6, 7)
        return first, first + (DAY if "期间" in found["exam"] else 0 * DAY), "day"

    def _session(self, found: re.Match[str]) -> Bounds:
        year = self.clock.year_of(found["session"]) or self.issue.year
        return datetime.date(year, 3, 4), datetime.date(year, 3, 11), "event"

    def _decade(self, found: re.Match[str]) -> Bounds | None:
        text = found["decade"]
        century = 2000 if text.startswith(("本", "21")) else 1900
        read = re.search(r"世纪(\d{2}|[一二三四五六七八九]十)年代", text)
        if read is None:
            return None
        start = century + number(read[1])
        low, high = {"初": (0, 3), "末": (7, 9)}.get(text[-1], (0, 9))
        return datetime.date(start + low, 1, 1), datetime.date(start + high, 12, 31), "vague"

    def _bareday(self, found: re.Match[str]) -> Bounds | None:
        """15日 alone: of the month named before, else the nearest one that fits."""
        read = _DAY.search(found["bareday"])
        if read is None:
            return None
        base = self.clock.last[0] if self.clock.last else self.issue
        day = number(read[1] or read[2])
        if not self.clock.last and day > self.issue.day and not self.clock.ahead:
            base = base.replace(day=1) - DAY
        try:
            date = base.replace(day=day)
        except ValueError:
            return None
        return _with_tail((date, date, "day"), found["baretail"], self.issue)


def read_dates(passages: Sequence[Passage], issue_date: datetime.date | None) -> tuple[DateReading, ...]:
    """One reading for each printed form, bounds of its first mention. Without an issue date only what print says."""
    readings: dict[str, DateReading] = {}
    resolver = Resolver(issue_date or datetime.date.today())
    # Heads come last: what they say is told in the text, with its day.
    for passage in sorted(passages, key=lambda part: (part.is_head, part.paragraph)):
        sentence_start = 0
        for found in EXPRESSION.finditer(passage.text):
            stop = max(passage.text.rfind(mark, 0, found.start()) for mark in "。！？；")
            if stop + 1 != sentence_start:
                sentence_start = stop + 1
                resolver.clock.sentence_year = None
            sentence = re.split(r"[。！？；，]", passage.text[found.end() : found.end() + 40])[0]
            clause = passage.text[max(0, found.start() - 12) : found.start()].rsplit("，")[-1]
            bounds = resolver.resolve(found, clause + found[0] + sentence)
            if bounds is None:
                continue
            start, end, precision = bounds
            if found["asof"] and end:
                start = end
            if issue_date is None and not re.search(r"\d{4}年", found[0]):
                start = end = None
            surface, span = found[0], passage.span(found.start(), found.end())
            if surface in readings:
                readings[surface] = replace(readings[surface], spans=(*readings[surface].spans, span))
            else:
                readings[surface] = DateReading(surface, start, end, precision, (span,))
    return tuple(sorted(readings.values(), key=lambda reading: (reading.spans[0].paragraph, reading.spans[0].start)))
