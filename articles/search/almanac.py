"""The archive's table of feasts and events: the built-in one with what editors changed."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection

from articles.models import Occasion as Row
from articles.newsprint.recognition import Occasion, built_in_events, table_with

from .kept import Kept

if TYPE_CHECKING:
    from articles.newsprint.recognition import Events

_GOOD_FOR = 600  # seconds; a change is seen at once, since the state is another then
_kept: Kept[Events] = Kept(_GOOD_FOR)


def feasts_and_events() -> Events:
    """What recognition and the search box read dates by."""
    return _kept.get(_state(), lambda _before: _table())


def occasion_of(row: Row) -> Occasion:
    """An editor's row as recognition takes it."""
    years = {
        int(year): (datetime.date.fromisoformat(days[0]), datetime.date.fromisoformat(days[1]))
        for year, days in row.years.items()
    }
    aliases = tuple(filter(None, row.aliases.splitlines()))
    return Occasion(row.name, aliases, row.rule, row.month or 0, row.day or 0, years)  # type: ignore[arg-type]


def _table() -> Events:
    rows = list(Row.objects.all())
    if not rows:
        return built_in_events()
    changed = [occasion_of(row) for row in rows if not row.dropped]
    return table_with(changed, [row.name for row in rows if row.dropped])


def _state() -> tuple[Any, ...]:
    table = Row._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*), MAX(modified_at) FROM {table}")  # noqa: S608  # no input in it
        return (*cursor.fetchone(), str(connection.settings_dict["NAME"]))
