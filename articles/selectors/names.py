"""Records by id with their names alone, for the pages that name hundreds."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.db import connection

from articles.models import Organisation, Person
from articles.search.rows import PLACES, compiled, rows_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from articles.search.rows import Compiled


def people_by_id(ids: Collection[int], *, with_profile: bool = False) -> dict[int, Person]:
    """People by id; other fields are fetched where they are asked for. `with_profile` leaves out all others."""
    rows = rows_of(_people(with_profile), list(ids))
    fields = ("id", "name", "distinction", "has_profile")
    return {pk: Person.from_db(connection.alias, fields, (pk, *told, bool(page))) for pk, *told, page in rows}


def bodies_by_id(ids: Collection[int], *, living: bool = False) -> dict[int, Organisation]:
    """Bodies by id, likewise. `living` leaves out the merged and the rejected."""
    rows = rows_of(_bodies(living), list(ids))
    return {row[0]: Organisation.from_db(connection.alias, ("id", "name"), row) for row in rows}


@cache
def _people(with_profile: bool) -> Compiled:
    people = Person.objects.with_profile() if with_profile else Person.objects.all()
    return compiled(people.filter(pk__in=PLACES).order_by().values_list("pk", "name", "distinction", "has_profile"))


@cache
def _bodies(living: bool) -> Compiled:
    bodies = Organisation.objects.living() if living else Organisation.objects.all()
    return compiled(bodies.filter(pk__in=PLACES).order_by().values_list("pk", "name"))
