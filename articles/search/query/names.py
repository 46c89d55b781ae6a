"""Names in a query: which records a string may mean. Looked up in the database each time, so never out of date."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.db.models import Value
from django.db.models.functions import Replace

from articles.models import Organisation, OrganisationName, Person, PersonName, ShortForm
from articles.search.analysis import normalise
from articles.search.entries import merged_records

if TYPE_CHECKING:
    from collections.abc import Iterable

NameKind = Literal["person", "organisation"]


@dataclass(frozen=True, slots=True)
class Name:
    """What a string names. `ids` are the living records and those merged into them; `surfaces` their normalised
    names; `full` the living records' names."""

    kind: NameKind
    ids: tuple[int, ...]
    full: tuple[str, ...]
    surfaces: tuple[str, ...]


def look_up(strings: Iterable[str]) -> dict[tuple[NameKind, str], Name]:
    """Names among the strings (as typed or normalised), by kind and normalised string."""
    wanted = {string for string in strings if len(string) > 1}
    wanted |= {normalise(string) for string in wanted}
    if not wanted:
        return {}
    found: dict[tuple[NameKind, str], set[int]] = defaultdict(set)
    sources = (
        ("person", Person.objects.filter(name__in=wanted).values_list("name", "pk")),
        ("person", PersonName.objects.filter(name__in=wanted).values_list("name", "person")),
        ("organisation", Organisation.objects.filter(name__in=wanted).values_list("name", "pk")),
        ("organisation", OrganisationName.objects.filter(name__in=wanted).values_list("name", "organisation")),
        ("organisation", ShortForm.objects.filter(short__in=wanted).values_list("short", "organisation")),
    )
    for kind, rows in sources:
        for name, record in rows:
            found[kind, normalise(name)].add(record)  # type: ignore[index]
    return _described(found) if found else {}


def spoken(letters: str) -> list[str]:
    """Names of people whose whole pinyin this is, blanks left out."""
    compact = Replace("pinyin", Value(" "), Value(""))
    people = Person.objects.living().in_print().alias(compact=compact).filter(compact=letters).order_by("name")
    return list(people.values_list("name", flat=True).distinct())


def _described(found: dict[tuple[NameKind, str], set[int]]) -> dict[tuple[NameKind, str], Name]:
    names: dict[tuple[NameKind, str], Name] = {}
    for kind, model in (("person", Person), ("organisation", Organisation)):
        keys = [key for key in found if key[0] == kind]
        if not keys:
            continue
        merged = merged_records(model)
        living = {record: merged.get(record, record) for key in keys for record in found[key]}
        everyone = set(living.values()) | {old for old, new in merged.items() if new in living.values()}
        in_print = set(model._default_manager.in_print().filter(pk__in=everyone).values_list("pk", flat=True))
        in_print |= {merged[old] for old in in_print & merged.keys()}
        own: dict[int, set[str]] = defaultdict(set)
        full = dict(model._default_manager.filter(pk__in=everyone).values_list("pk", "name"))
        others = (
            PersonName.objects.filter(person__in=everyone).values_list("person", "name")
            if kind == "person"
            else OrganisationName.objects.filter(organisation__in=everyone).values_list("organisation", "name")
        )
        for record, name in [*full.items(), *others]:
            own[merged.get(record, record)].add(normalise(name))
        for key in keys:
            # A name that only drafts print stays plain words: the page must not tell what it stands for.
            lives = sorted({living[record] for record in found[key]} & in_print)
            if not lives:
                continue
            names[key] = Name(
                kind=kind,  # type: ignore[arg-type]
                ids=tuple(sorted({*lives, *(old for old, new in merged.items() if new in lives)})),
                full=tuple(dict.fromkeys(full[record] for record in lives if record in full)),
                surfaces=tuple(sorted({key[1], *(name for record in lives for name in own[record])})),
            )
    return names
