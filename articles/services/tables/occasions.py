"""Feasts and events, as editors write them down."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Occasion, TableChange
from articles.newsprint.recognition import built_in_occasions

from .changes import TableRefusedError, log, undoes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.contrib.auth.models import User

_LONGEST_NAME = 30
_MOST_ALIASES = 20
_MOST_YEARS = 100
_FIELDS = ("aliases", "rule", "month", "day", "years", "dropped")
_DAY = r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
_RANGE = re.compile(rf"{_DAY}(?:\s*(?:至|到|—+|–|-|~|～|\.\.|\s)\s*{_DAY})?")


@dataclass(frozen=True, slots=True)
class Typed:
    """What an editor typed of an occasion. `aliases`: one a line; `years`: first and last day, a line a year."""

    name: str
    aliases: str = ""
    rule: str = Occasion.Rule.RANGE
    month: str = ""
    day: str = ""
    years: str = ""


def typed_from(posted: Mapping[str, str]) -> Typed:
    """What a form sent."""
    name = "".join(posted.get("name", "").replace("\0", "").split())
    return Typed(name, *(posted.get(field, "").replace("\0", "").strip() for field in Typed.__slots__[1:]))


@transaction.atomic
def set_occasion(typed: Typed, actor: User | None, reason: str = "") -> TableChange:
    """Write an occasion down, new or anew. Raises TableRefusedError with what is wrong."""
    fields = _checked(typed)
    before = _fields(typed.name)
    _write(typed.name, fields)
    return log(TableChange.Table.OCCASION, typed.name, actor, reason, before=before, after=fields)


@transaction.atomic
def drop_occasion(name: str, actor: User | None, reason: str = "") -> TableChange:
    """It is no time in this archive: a built-in one is not used any more, an editor's own goes."""
    before = _fields(name)
    built_in = name in built_in_occasions()
    if before is None and not built_in:
        raise TableRefusedError(_("表里没有“%(name)s”。") % {"name": name[:_LONGEST_NAME]})
    after = (
        dict.fromkeys(_FIELDS) | {"aliases": "", "rule": "range", "years": {}, "dropped": True} if built_in else None
    )
    _write(name, after)
    return log(TableChange.Table.OCCASION, name, actor, reason, before=before, after=after)


@undoes(TableChange.Table.OCCASION)
def _undo(change: TableChange) -> None:
    _write(change.key, change.before)


def _fields(name: str) -> dict[str, Any] | None:
    fields: dict[str, Any] | None = Occasion.objects.filter(name=name).values(*_FIELDS).first()
    return fields


def _write(name: str, fields: dict[str, Any] | None) -> None:
    if fields is None:
        Occasion.objects.filter(name=name).delete()
    else:
        Occasion.objects.update_or_create(name=name, defaults=fields)


def _checked(typed: Typed) -> dict[str, Any]:
    if not 2 <= len(typed.name) <= _LONGEST_NAME:
        raise TableRefusedError(_("名称要有 2 到 %(longest)s 个字。") % {"longest": _LONGEST_NAME})
    aliases = list(dict.fromkeys("".join(line.split()) for line in typed.aliases.splitlines() if line.strip()))
    if len(aliases) > _MOST_ALIASES or any(not 2 <= len(alias) <= _LONGEST_NAME for alias in aliases):
        raise TableRefusedError(
            _("“又写作”一行一个，每个 2 到 %(longest)s 个字，最多 20 个。") % {"longest": _LONGEST_NAME}
        )
    taken = _taken(typed.name) & {typed.name, *aliases}
    if taken:
        raise TableRefusedError(_("“%(form)s”已经是另一条的写法。") % {"form": sorted(taken)[0]})
    if typed.rule not in Occasion.Rule.values:
        raise TableRefusedError(_("请选它落在哪一天。"))
    years = _years(typed.years)
    month = day = None
    if typed.rule != Occasion.Rule.RANGE:
        month, day = _month_and_day(typed)
    elif not years and typed.name not in built_in_occasions():
        raise TableRefusedError(_("请至少写一年的起止日期，例如 2022-10-16 至 2022-10-22。"))
    return {
        "aliases": "\n".join(aliases),
        "rule": typed.rule,
        "month": month,
        "day": day,
        "years": years,
        "dropped": False,
    }


def _taken(name: str) -> set[str]:
    """Spellings of all other occasions."""
    rows = {row.name: row for row in Occasion.objects.exclude(name=name)}
    taken = {s for known in built_in_occasions().values() if known.name not in {name, *rows} for s in known.spellings}
    for row in rows.values():
        if not row.dropped:
            taken |= {row.name, *row.aliases.splitlines()}
    return taken


def _month_and_day(typed: Typed) -> tuple[int, int]:
    month, day = (int(text) if text.isdecimal() and len(text) < 3 else 0 for text in (typed.month, typed.day))
    if 1 <= month <= 12:
        longest = 30 if typed.rule == Occasion.Rule.LUNAR else calendar.monthrange(2000, month)[1]  # with 29 February
        if 1 <= day <= longest:
            return month, day
    raise TableRefusedError(_("日历上没有这一天，请写几月几日。"))


def _years(text: str) -> dict[str, list[str]]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > _MOST_YEARS:
        raise TableRefusedError(_("最多写 %(most)s 年。") % {"most": _MOST_YEARS})
    found: dict[str, list[str]] = {}
    for line in lines:
        match = _RANGE.fullmatch(line)
        if match is None:
            raise TableRefusedError(
                _("“%(line)s”看不懂。请写成 2022-10-01 至 2022-10-07 这样，一行一年。") % {"line": line[:40]}
            )
        try:
            first = datetime.date(*(int(part) for part in match.groups()[:3]))
            last = datetime.date(*(int(part) for part in match.groups()[3:])) if match[4] else first
        except ValueError:
            raise TableRefusedError(_("日历上没有“%(line)s”里的日子。") % {"line": line[:40]}) from None
        if not datetime.timedelta(0) <= last - first <= datetime.timedelta(days=366):
            raise TableRefusedError(_("“%(line)s”：末日要在首日之后一年之内。") % {"line": line[:40]})
        found[str(first.year)] = [first.isoformat(), last.isoformat()]
    return found
