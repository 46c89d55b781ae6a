"""Dates in words in a query: 2017年12月10日, 2016年中秋, 去年国庆, 上半年, 2021-12."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from articles.newsprint.recognition import dates_in
from articles.search.almanac import feasts_and_events

from .periods import read_days

if TYPE_CHECKING:
    from articles.newsprint.recognition import Events
    from articles.newsprint.values import DateReading

# What says itself which year it means. Without one, 国庆 and 10月8日 are words: they come back every year.
_YEAR = re.compile(r"(?<!\d)(?:(?:19|20)\d\d|[一二][〇○零一二三四五六七八九]{3})年|今年|去年|前年|上年|明年|后年")
_FROM_TODAY = re.compile(
    r"[昨今明前后][日天晚晨早夜]|[上本下这]个?(?:周|月|星期|礼拜)|[上下]半年|首季|季度|前三季|前[二三四五六七八九十]个?月"
)
_PART_OF_A_YEAR = re.compile(r"[上下]半年|第?[一二三四]季度|首季|前三季度")
_TIME_OF_A_FEAST = re.compile(r"(?:小?长假|假期|假日|黄金周|期间|节日|当天|当日|前夕|前后|以来|(?<!春)节)+$")
_IN_FIGURES = re.compile(
    r"(?<![\d.])(?:19|20)\d\d([-/.])\d{1,2}(?:\1\d{1,2})?(?:\.\.(?:19|20)\d\d(?:[-/.]\d{1,2}){0,2})?(?![\d.%])"
)


@dataclass(frozen=True, slots=True)
class Days:
    """The days from `since` to `until` (None: open). `feast` is what else it names: 中秋 in 2016年中秋, 上半年 in
    2023年上半年."""

    since: datetime.date | None
    until: datetime.date | None
    feast: str = ""


def days_in(form: str) -> dict[int, tuple[int, Days]]:
    """Dates that a normalised text names, by where they begin, with where they end."""
    found = {}
    for match in _IN_FIGURES.finditer(form):
        days = read_days(match[0])
        if days:
            found[match.start()] = match.end(), Days(*days)
    if "年" not in form and not _FROM_TODAY.search("".join(form.split())):
        return found  # nothing below could say its year, and the feasts cost a query
    events = feasts_and_events()
    for reading in dates_in(form, timezone.localdate(), events=events):
        says_year = _YEAR.search(reading.surface)
        if (reading.start is None and reading.end is None) or not (says_year or _FROM_TODAY.search(reading.surface)):
            continue
        days_named = _named(reading, events)
        for span in reading.spans:
            found.setdefault(span.start, (span.end, days_named))
    return found


def _named(reading: DateReading, events: Events) -> Days:
    rest = _YEAR.sub("", reading.surface)
    if _PART_OF_A_YEAR.fullmatch(rest):
        return Days(reading.start, reading.end, rest)
    feast = "" if re.search(r"\d|[月日号季年]", rest) else _TIME_OF_A_FEAST.sub("", rest)
    if len(feast) < 2:
        return Days(reading.start, reading.end)
    if feast in (rest, rest.removesuffix("节")) and reading.start == reading.end:
        # Who looks for a feast looks for its days off too.
        whole = f"{reading.surface.removesuffix(rest)}{feast}期间"
        for longer in dates_in(whole, timezone.localdate(), events=events)[:1]:
            if longer.surface.endswith("期间"):
                return Days(longer.start, longer.end, feast)
    return Days(reading.start, reading.end, feast)


def written_days(text: str) -> tuple[datetime.date | None, datetime.date | None] | None:
    """What 2021年12月10日 means where nothing but a date may stand; None for anything else."""
    found = days_in(text).get(0)
    if found is None or found[0] != len(text) or not _YEAR.match(text):
        return None
    return found[1].since, found[1].until
