"""Rows by id, asked for with a query that was compiled once: making one takes Django longer than answering it takes
the database."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

PLACES = range(-40, 0)  # ids that no record has: where those that are asked for go

# SQL, its parameters, and where among them the ids go.
Compiled = tuple[str, tuple[Any, ...], tuple[int, ...]]


def compiled(rows: QuerySet[Any, Any]) -> Compiled:
    """A query that asks for rows with `pk__in=PLACES`, for `rows_of`."""
    sql, parameters = rows.query.sql_with_params()
    return sql, parameters, tuple(place for place, one in enumerate(parameters) if type(one) is int and one in PLACES)


def rows_of(query: Compiled, ids: Sequence[int]) -> list[tuple[Any, ...]]:
    """The query's rows for these ids. Days and times are as the database's driver gives them."""
    sql, parameters, places = query
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(ids), len(PLACES)):
        filled = list(parameters)
        wanted = ids[start : start + len(PLACES)]
        for number, place in enumerate(places):
            filled[place] = wanted[number] if number < len(wanted) else PLACES[number]
        with connection.cursor() as cursor:
            cursor.execute(sql, filled)
            found += cursor.fetchall()
    return found


def as_day(value: datetime.date | str) -> datetime.date:
    """A day, which SQLite's driver gives as a string."""
    return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(value)
