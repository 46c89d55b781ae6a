"""What each kind of time expression means, in the order an article prints them, seen from the issue's date."""

from __future__ import annotations

import datetime
import re

from .calendar_days import (
    DAY,
    DAY_PRINTED,
    Bounds,
    Clock,
    a_year_before,
    in_part,
    month_end,
    number,
    quarter,
    resolve_point,
    restricted,
    whole_year,
    with_tail,
)
from .feasts import Events, Feast
from .lunar import day_of, part_of_month

_RELATIVE_DAYS = {"昨": -1, "今": 0, "明": 1, "前": -2, "后": 2}
_AHEAD = re.compile(r"将|拟|计划|预计|力争|确保|底前|日前|力求|定于|截止|届时|即将|有望|争取")


class Resolver:
    """Reads the time expressions of one article in order, since 次日 and 停水期间 look back."""

    def __init__(self, issue: datetime.date, events: Events) -> None:
        self.issue, self.events = issue, events
        self.clock = Clock(issue)
        self.sentence = ""
        self.last_range: tuple[datetime.date, datetime.date] | None = None
        self.last_period: Bounds | None = None

    def resolve(self, found: re.Match[str], sentence: str) -> Bounds | None:
        """Bounds of one match, or None where the words are no time after all."""
        self.sentence = sentence
        self.clock.ahead = bool(_AHEAD.search(sentence))
        bounds = self._bounds(found)
        if bounds is None:
            return None
        start, end, precision = bounds
        if start and end and precision == "day":
            # Of 9月底 and 5月1日前 no 当天 and no bare 3日 follows.
            if found["anaphoric"] is None and not found["third"] and found["pointtail"] not in {"前", "之前", "以前"}:
                self.clock.last = (start, end)
            if start != end:
                self.last_range = (start, end)
        if start and end and precision != "vague" and found["sameperiod"] is None:
            # What is counted up to a day is counted from New Year on.
            self.last_period = start.replace(month=1, day=1) if found["asof"] else start, end, precision
        if (found["point"] or found["year"]) and self.clock.year_of(found[0]) is not None and start:
            self.clock.sentence_year = start.year
        return bounds

    def _bounds(self, found: re.Match[str]) -> Bounds | None:
        for kind in ("range", "sameperiod", "lunar", "feast", "quarter", "point", "yearend", "monthend", "year", "near", "relative", "week",
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
        first_bounds = in_part(resolve_point(found["first"], self.clock), found["first"])
        if first_bounds is None or first_bounds[0] is None:
            return None
        second = resolve_point(found["second"], self.clock, default=first_bounds[0])
        last_bounds = in_part(second, found["second"])
        if last_bounds is None:
            return None
        return first_bounds[0], last_bounds[1], first_bounds[2]

    def _sameperiod(self, found: re.Match[str]) -> Bounds:
        """去年同期: the time named before, a year earlier; without one, the year up to the day of the issue."""
        start, end, precision = self.last_period or (self.issue.replace(month=1, day=1), self.issue, "vague")
        return (start and a_year_before(start)), (end and a_year_before(end)), precision

    def _lunar(self, found: re.Match[str]) -> Bounds | None:
        text = found["lunar"]
        read = re.search(
            r"(正|冬|腊|[一二三四五六七八九十]{1,2})月(?:初|(?=[十二三廿]))?([一二三四五六七八九十廿]*)", text
        )
        if read is None:
            return None
        month = {"正": 1, "冬": 11, "腊": 12}.get(read[1]) or number(read[1])
        day = number(read[2].replace("廿", "二十")) if read[2] else None
        year = self.clock.year_of(text)
        years = (year,) if year else (self.issue.year - 1, self.issue.year, self.issue.year + 1)
        spans = [
            (first, last)
            for lunar_year in years
            if (first := day_of(lunar_year, month, day or 1)) and (last := day_of(lunar_year, month, day or 30))
        ]
        best = min(spans, key=lambda span: abs((span[0] - self.issue).days), default=None)
        if best and (part := re.search(r"月(初|底|[上中下]旬)(?![一二三四五六七八九十])", text)):
            best = part_of_month(*best, part[1])
        return (*best, "day") if best else None

    def _feast(self, found: re.Match[str]) -> Bounds | None:
        year = self.clock.year_of(found["feastyear"]) if found["feastyear"] else None
        spelling, time = found["feast"], found["feasttime"]
        before = time in {"前", "前夕", "节前"}
        feast = self.events.feast(spelling, year) if year else self._nearest(spelling, before=before)
        if feast is None:
            return None
        if found["feast2"]:
            other = self.events.feast(found["feast2"], year or feast.day.year)
            if other is None:
                return None
            return min(feast.holiday[0], other.holiday[0]), max(feast.holiday[1], other.holiday[1]), "day"
        if time in {"前夕", "节前"}:
            return feast.day - 7 * DAY, feast.day - DAY, "vague"
        if time in {"前", "以来"}:
            return with_tail((feast.day, feast.day, "day"), time, self.issue)
        if time == "前后":
            return feast.day - 5 * DAY, feast.day + 5 * DAY, "vague"
        if (time and time not in {"当天", "当日"}) or (spelling == "国庆" and not time):
            return (*feast.holiday, "day")
        return feast.day, feast.day, "day"

    def _nearest(self, spelling: str, *, before: bool) -> Feast | None:
        """端午节前付清 looks forward where the sentence does."""
        coming = self.events.nearest(spelling, self.issue, ahead=True) if before and self.clock.ahead else None
        return coming or self.events.nearest(spelling, self.issue)

    def _quarter(self, found: re.Match[str]) -> Bounds:
        bounds = quarter(found["quarter"], self.clock)
        if found["quarterend"] and bounds[1]:
            bounds = bounds[1], bounds[1], "day"
        return with_tail(bounds, found["quartertail"], self.issue)

    def _point(self, found: re.Match[str]) -> Bounds | None:
        text = found["point"]
        self.clock.ahead = self.clock.ahead or found["pointtail"] in {"前", "之前"}
        bounds = resolve_point(text.removesuffix(found["third"] or ""), self.clock)
        if bounds is None or bounds[0] is None:
            return None
        if found["third"]:
            bounds = restricted(bounds[0], found["third"])
        return with_tail(bounds, found["pointtail"], self.issue)

    def _yearend(self, found: re.Match[str]) -> Bounds | None:
        text = found["yearend"]
        year = self.clock.year_of(text) or self.issue.year
        if text.endswith("初"):
            return None if text == "年初" else (datetime.date(year, 1, 1), datetime.date(year, 3, 31), "vague")
        last = datetime.date(year, 12, 31)
        return with_tail((last, last, "day"), found["endtail"], self.issue)

    def _monthend(self, found: re.Match[str]) -> Bounds:
        first = self.issue.replace(day=1)
        return with_tail(restricted(first, found["monthend"][1]), found["monthendtail"], self.issue)

    def _year(self, found: re.Match[str]) -> Bounds | None:
        year = self.clock.year_of(found["year"])
        if year is None:
            return None
        return with_tail((*whole_year(year), "year"), found["yeartail"], self.issue)

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
        feast = self.events.recent_holiday(self.issue)
        if feast is None:
            return (None, None, "vague")
        return (*feast.holiday, "day")

    def _interval(self, found: re.Match[str]) -> Bounds | None:
        """停水期间 is a time only after the days have been named."""
        days = self.last_range or self.clock.last
        return (*days, "day") if days else None

    def _event(self, found: re.Match[str]) -> Bounds:
        return (*self.events.event(found["event"], self.issue), "event")

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
            term: Bounds = (datetime.date(year, 9, 1), datetime.date(year + 1, 1, 31), "vague")
        else:
            term = (datetime.date(year, 2, 15), datetime.date(year, 7, 15), "vague")
        return (term[0], None, "vague") if found["schooltail"] else term

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
        usual = datetime.date(year, 3, 4), datetime.date(year, 3, 11)
        return (*(self.events.event_in("全国两会期间", year) or usual), "event")

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
        read = DAY_PRINTED.search(found["bareday"])
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
        return with_tail((date, date, "day"), found["baretail"], self.issue)
