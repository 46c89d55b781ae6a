"""Names in a query: which records a string may mean. Looked up in the database each time, so never out of date."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from django.db import connection

from articles.models import Organisation, OrganisationName, Person, PersonName, ShortForm
from articles.search.analysis import normalise
from articles.search.entries import merged_records
from articles.search.rows import PLACES, compiled, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

    from articles.search.rows import Compiled

NameKind = Literal["person", "organisation"]


@dataclass(frozen=True, slots=True)
class Name:
    """What a string names. `records` has for each living record its id and those merged into it, `ids` all of them;
    `surfaces` their normalised names; `full` the living records' names."""

    kind: NameKind
    ids: tuple[int, ...]
    full: tuple[str, ...]
    surfaces: tuple[str, ...]
    records: tuple[tuple[int, ...], ...] = ()

    def and_also(self, other: Name) -> Name:
        """Either of the two."""
        return Name(
            self.kind,
            tuple(sorted({*self.ids, *other.ids})),
            tuple(dict.fromkeys((*self.full, *other.full))),
            tuple(sorted({*self.surfaces, *other.surfaces})),
            tuple(dict.fromkeys((*self.records, *other.records))),
        )


def look_up(strings: Iterable[str]) -> dict[tuple[NameKind, str], Name]:
    """Names among the strings (as typed or normalised), by kind and normalised string."""
    wanted = {string for string in strings if len(string) > 1}
    wanted |= {normalise(string) for string in wanted}
    if not wanted:
        return {}
    found: dict[tuple[NameKind, str], set[int]] = defaultdict(set)
    for kind, name, record in _named_so(sorted(wanted)):
        found[kind, normalise(name)].add(record)
    return described(found) if found else {}


# Where names are: the kind of record, the table, its columns for name and record.
_TABLES: tuple[tuple[NameKind, type[Model], str, str], ...] = (
    ("person", Person, "name", "id"),
    ("person", PersonName, "name", "person_id"),
    ("organisation", Organisation, "name", "id"),
    ("organisation", OrganisationName, "name", "organisation_id"),
    ("organisation", ShortForm, "short", "organisation_id"),
)


_AT_ONCE = 1024  # names; SQLite takes 32,766 values in a question unless it was built otherwise


def _named_so(names: list[str]) -> list[tuple[NameKind, str, int]]:
    """Kind, name and record wherever one of the names stands; nearly always in one question to the database."""
    found: list[tuple[NameKind, str, int]] = []
    for start in range(0, len(names), _AT_ONCE):
        asked = names[start : start + _AT_ONCE]
        room = 1 << (len(asked) - 1).bit_length()  # so that there are few forms of the question
        asked += asked[-1:] * (room - len(asked))
        with connection.cursor() as cursor:
            cursor.execute(_question(room), asked * len(_TABLES))
            found += [(_TABLES[number][0], name, record) for number, name, record in cursor.fetchall()]
    return found


@cache
def _question(room: int) -> str:
    places = ", ".join(["%s"] * room)
    return " UNION ALL ".join(
        f"SELECT {number}, {name}, {record} FROM {model._meta.db_table} WHERE {name} IN ({places})"  # noqa: S608
        for number, (_kind, model, name, record) in enumerate(_TABLES)
    )


def described(found: dict[tuple[NameKind, str], set[int]]) -> dict[tuple[NameKind, str], Name]:
    """Names with the records that they may mean, as far as those are in print."""
    names: dict[tuple[NameKind, str], Name] = {}
    for kind, model in (("person", Person), ("organisation", Organisation)):
        keys = [key for key in found if key[0] == kind]
        if not keys:
            continue
        merged = merged_records(model)
        living = {record: merged.get(record, record) for key in keys for record in found[key]}
        everyone = set(living.values()) | {old for old, new in merged.items() if new in living.values()}
        asked = sorted(everyone)
        in_print = {record for (record,) in rows_of(_in_print(model), asked)}
        in_print |= {merged[old] for old in in_print & merged.keys()}
        own: dict[int, set[str]] = defaultdict(set)
        full = dict(rows_of(_names(model), asked))
        for record, name in [*full.items(), *rows_of(_other_names(model), asked)]:
            own[merged.get(record, record)].add(normalise(name))
        for key in keys:
            # A name that only drafts print stays plain words: the page must not tell what it stands for.
            lives = sorted({living[record] for record in found[key]} & in_print)
            if not lives:
                continue
            records = tuple((record, *sorted(old for old, new in merged.items() if new == record)) for record in lives)
            names[key] = Name(
                kind=kind,  # type: ignore[arg-type]
                ids=tuple(sorted(record for one in records for record in one)),
                records=records,
                full=tuple(dict.fromkeys(full[record] for record in lives if record in full)),
                surfaces=tuple(sorted({key[1], *(name for record in lives for name in own[record])})),
            )
    return names


@cache
def _in_print(model: type[Person] | type[Organisation]) -> Compiled:
    return compiled(model._default_manager.in_print().filter(pk__in=PLACES).order_by().values_list("pk"))


@cache
def _names(model: type[Person] | type[Organisation]) -> Compiled:
    return compiled(model._default_manager.filter(pk__in=PLACES).order_by().values_list("pk", "name"))


@cache
def _other_names(model: type[Person] | type[Organisation]) -> Compiled:
    if model is Person:
        return compiled(PersonName.objects.filter(person__in=PLACES).order_by("pk").values_list("person", "name"))
    others = OrganisationName.objects.filter(organisation__in=PLACES).order_by("pk")
    return compiled(others.values_list("organisation", "name"))
