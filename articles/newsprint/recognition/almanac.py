"""Feasts and events as somebody keeps them by rule (10月1日, 八月十五, from a day to a day), and the table made of them."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from .feasts import FIXED, SPELLINGS, Days, Events, Feast, built_in_events, feast_of
from .lunar import day_in

Rule = Literal["fixed", "lunar", "range"]

REACH = range(1980, 2061)  # solar years that rules are spelt out for
_OWN_DAY = {"元旦": (1, 1), "五一": (5, 1), "国庆": (10, 1)} | FIXED
_LUNAR = {
    "春节": (1, 1), "元宵": (1, 15), "端午": (5, 5), "七夕": (7, 7), "中秋": (8, 15), "重阳": (9, 9), "腊八": (12, 8),
    "除夕": (12, 30), "小年": (12, 23),
}  # fmt: skip
_AGAIN = "期间"  # what is held again and again is a time only with this behind it


@dataclass(frozen=True, slots=True)
class Occasion:
    """A feast or an event. `rule` says what `month` and `day` are: of the solar or the lunar year, or nothing.

    `years`: year → first and last day, of the days off or of the event itself. The 30th of a lunar month of 29 days is
    its last (除夕).
    """

    name: str
    aliases: tuple[str, ...] = ()
    rule: Rule = "range"
    month: int = 0
    day: int = 0
    years: Mapping[int, Days] = field(default_factory=dict)

    @property
    def spellings(self) -> tuple[str, ...]:
        """Everything it is printed as."""
        return (self.name, *self.aliases)

    def laid_over(self, before: Occasion) -> Occasion:
        """The same with the years that only the one before lists."""
        return replace(self, years={**before.years, **self.years})

    def own_day(self, year: int) -> datetime.date | None:
        """The day that the rule says for a solar year; None without a rule, or where there is no such day."""
        if self.rule == "lunar":
            return day_in(year, self.month, self.day)
        try:
            return datetime.date(year, self.month, self.day) if self.rule == "fixed" else None
        except ValueError:  # 29 February
            return None


@functools.cache
def built_in_occasions() -> Mapping[str, Occasion]:
    """The occasions that the built-in table is made of, by name."""
    built_in = built_in_events()
    aliases: dict[str, list[str]] = {}
    for spelling, name in SPELLINGS.items():
        aliases.setdefault(name, []).append(spelling)
    shortest: dict[tuple[int, int], str] = {}
    for spelling, day in FIXED.items():
        name = shortest.setdefault(day, spelling)
        aliases.setdefault(name, []).append(spelling)
    found = {}
    for name, spellings in aliases.items():
        # Official days off; what is only usual is told by the rule.
        off = {
            year: feast.holiday
            for (year, known), feast in built_in.feasts.items()
            if known == name and feast.holiday != feast_of(name, feast.day).holiday
        }
        others = tuple(spelling for spelling in spellings if spelling != name)
        found[name] = Occasion(name, others, *_rule_of(name), off)
    for printed, days in built_in.named.items():
        name, years = printed.removesuffix(_AGAIN), {held[0].year: held for held in days}
        plain = found.get(name.replace("“", "").replace("”", ""))
        if plain is not None and plain.years == years:  # 全国“两会” is 全国两会
            found[plain.name] = replace(plain, aliases=(*plain.aliases, name))
        else:
            found[name] = Occasion(name, years=years)
    return found


def table_with(changed: Iterable[Occasion], dropped: Iterable[str] = ()) -> Events:
    """The built-in table with other occasions laid over it; years that they do not list stay as built in.

    `dropped` are names of occasions that are no times in this archive.
    """
    built_in = built_in_events()
    feasts, named, gone = dict(built_in.feasts), dict(built_in.named), set[str]()
    for name in dropped:
        known = built_in_occasions().get(name, Occasion(name))
        gone |= set(known.spellings)
        feasts = {key: feast for key, feast in feasts.items() if key[1] not in known.spellings}
        _unname(named, known)
    for each in changed:
        before = built_in_occasions().get(each.name)
        if before is not None:
            each = each.laid_over(before)
        if each.rule == "range" and (before is None or before.rule == "range") and not _is_feast(each.name):
            _name(named, each)
        else:
            _set(feasts, each)
    return Events(feasts, named, frozenset(gone))


def _name(named: dict[str, tuple[Days, ...]], occasion: Occasion) -> None:
    _unname(named, occasion)
    if days := tuple(days for _, days in sorted(occasion.years.items())):
        for spelling in occasion.spellings:
            named[spelling if len(days) == 1 else spelling + _AGAIN] = days


def _unname(named: dict[str, tuple[Days, ...]], occasion: Occasion) -> None:
    for spelling in occasion.spellings:
        named.pop(spelling, None)
        named.pop(spelling + _AGAIN, None)


def _set(feasts: dict[tuple[int, str], Feast], occasion: Occasion) -> None:
    for year in REACH:
        known = feasts.get((year, occasion.name))
        day = occasion.own_day(year) or (known.day if known else None)
        if day is None and year in occasion.years:
            day = occasion.years[year][0]
        for spelling in occasion.spellings:
            if day is None:
                feasts.pop((year, spelling), None)
            elif SPELLINGS.get(spelling, occasion.name) in (spelling, occasion.name):
                feasts[year, spelling] = feast_of(occasion.name, day, occasion.years.get(year))


def _is_feast(name: str) -> bool:
    return name in SPELLINGS or name in FIXED


def _rule_of(name: str) -> tuple[Rule, int, int]:
    if name in _LUNAR:
        return ("lunar", *_LUNAR[name])
    return ("fixed", *_OWN_DAY[name]) if name in _OWN_DAY else ("range", 0, 0)
