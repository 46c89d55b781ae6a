"""Names in a query: which records a string may mean. Looked up in the database each time, so never out of date."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from articles.models import Organisation, OrganisationName, Person, PersonName, ShortForm
from articles.search.analysis import normalise
from articles.search.entries import merged_records

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    return described(found) if found else {}


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
            records = tuple((record, *sorted(old for old, new in merged.items() if new == record)) for record in lives)
            names[key] = Name(
                kind=kind,  # type: ignore[arg-type]
                ids=tuple(sorted(record for one in records for record in one)),
                records=records,
                full=tuple(dict.fromkeys(full[record] for record in lives if record in full)),
                surfaces=tuple(sorted({key[1], *(name for record in lives for name in own[record])})),
            )
    return names
