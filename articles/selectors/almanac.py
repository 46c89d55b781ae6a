"""Feasts and events as the desk lists them: what is built in, and what editors made of it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from articles.models import Occasion as Row
from articles.newsprint.recognition import Occasion, built_in_occasions
from articles.search import feasts_and_events, occasion_of

if TYPE_CHECKING:
    from articles.newsprint.recognition import Days, Events

_LUNAR_MONTHS = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊")
_DIGITS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")


@dataclass(frozen=True, slots=True)
class Entry:
    """One occasion, with the row that an editor wrote of it, if any. `near`: its days in the years around today."""

    occasion: Occasion
    row: Row | None
    built_in: bool
    near: tuple[Days, ...]

    @property
    def rule(self) -> str:
        """国历 10月1日, 农历 八月十五, or how many years are written down."""
        occasion = self.occasion
        if occasion.rule == "fixed":
            return _("公历 %(month)s月%(day)s日") % {"month": occasion.month, "day": occasion.day}
        if occasion.rule == "lunar":
            return _("农历 %(day)s") % {"day": lunar_day(occasion.month, occasion.day)}
        return _("逐年写明")

    @property
    def years(self) -> list[tuple[datetime.date, datetime.date]]:
        """Every stretch that is written down, the latest first."""
        return [days for _, days in sorted(self.occasion.years.items(), reverse=True)]

    @property
    def is_feast(self) -> bool:
        """It comes back on its own day."""
        return self.occasion.rule != "range"


def entries(today: datetime.date) -> list[Entry]:
    """Feasts by their place in the year, then events by their last day, the latest first."""
    built_in, rows = built_in_occasions(), {row.name: row for row in Row.objects.all()}
    events = feasts_and_events()
    found = [_entry(name, today, events, rows.get(name)) for name in {**built_in, **rows}]
    feasts = [entry for entry in found if entry.is_feast]
    once = [entry for entry in found if not entry.is_feast]
    feasts.sort(key=lambda entry: (entry.near[0][0].timetuple().tm_yday if entry.near else 999, entry.occasion.name))
    once.sort(key=lambda entry: entry.years[0][1] if entry.years else datetime.date.min, reverse=True)
    return feasts + once


def entry_of(name: str, today: datetime.date) -> Entry:
    """One occasion by its name; an empty one where there is none."""
    return _entry(name, today, feasts_and_events(), Row.objects.filter(name=name).first())


def _entry(name: str, today: datetime.date, events: Events, row: Row | None) -> Entry:
    known = built_in_occasions().get(name)
    occasion = known or Occasion(name)
    if row is not None and not row.dropped:
        occasion = occasion_of(row).laid_over(occasion)
    feasts = [events.feast(name, year) for year in (today.year, today.year + 1)]
    near = tuple(feast.holiday for feast in feasts if feast) if not (row and row.dropped) else ()
    return Entry(occasion, row, known is not None, near)


def lunar_day(month: int, day: int) -> str:
    """八月十五, 正月初一, 腊月廿三."""
    tens, ones = divmod(day - 1, 10)
    written = ("初", "十", "廿")[tens] + _DIGITS[ones]
    return f"{_LUNAR_MONTHS[month - 1]}月{ {10: '初十', 20: '二十', 30: '三十'}.get(day, written) }"
