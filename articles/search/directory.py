"""Every name of people and bodies, held in memory so that suggestions, near names and abbreviations needn't ask the
database for each. What is shown is asked of the database again: a name that only drafts print is never told."""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Literal

from django.db import connection
from django.db.models import Exists, OuterRef, Q, Value
from haystack import connections
from pypinyin import Style, lazy_pinyin

from articles.models import Article, Byline, Mention, Organisation, OrganisationName, Person, PersonName, ShortForm
from articles.newsprint.recognition import name_pinyin

from .analysis import normalise
from .entries import merged_records
from .kept import Kept
from .lines import Lines
from .plan import Request
from .rows import PLACES, Compiled, compiled, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable

RecordKind = Literal["person", "organisation"]

_GOOD_FOR = 30  # seconds: how long a renamed record may be looked up by its former name only
_SOUNDS = ((re.compile(r"([zcs])h"), r"\1"), (re.compile(r"([aeiu]n)g"), r"\1"), (re.compile("l(?=[aeiouv])"), "n"))
_COUNTED = {
    Person._meta.db_table: ("COUNT(*)", "MAX(id)", "COUNT(merged_into_id)"),
    Organisation._meta.db_table: ("COUNT(*)", "MAX(id)", "COUNT(merged_into_id)"),
    PersonName._meta.db_table: ("COUNT(*)", "MAX(id)"),
    OrganisationName._meta.db_table: ("COUNT(*)", "MAX(id)"),
    ShortForm._meta.db_table: ("COUNT(*)", "MAX(id)"),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A living record under its own name, and how many articles print it."""

    kind: RecordKind
    record: int
    name: str
    printed: int


# A name as print may have it: number of its record, the name, its syllables with blanks between, their initials.
_Row = tuple[int, str, str, str]


class Directory:
    """All names at one moment: of people, then full names and other names of bodies, then short forms of bodies.

    A name is known by its number; each is held normalised, in pinyin without blanks, and in initials.
    """

    def __init__(self, records: list[tuple[RecordKind, int, str]], named: list[list[_Row]]) -> None:
        self._records = records
        people, bodies, short = named
        rows = [*people, *bodies, *short]
        self.bodies_from, self.short_from = len(people), len(people) + len(bodies)
        self.owners = array("L", (row[0] for row in rows))
        self.texts = Lines([normalise(row[1]) for row in rows])
        self.letters = Lines([row[2].replace(" ", "") for row in rows])
        self.initials = Lines([row[3] for row in rows])
        self._syllables = bytearray(len(self.letters.text))  # 1 where one begins
        for start, (_owner, _name, spoken, initials) in zip(self.letters.starts, rows, strict=False):
            syllables = spoken.split()
            for syllable in syllables if len(syllables) == len(initials) else syllables[:1]:
                self._syllables[start] = 1
                start += len(syllable)

    @cached_property
    def sounds(self) -> Lines:
        """The letters with what many speakers say alike made alike."""
        return Lines(sound_of(self.letters.text)[1:-1].split("\n"))

    @cached_property
    def _printed(self) -> dict[tuple[RecordKind, int], int]:
        return _printed_articles()

    def listed(self, number: int) -> Listed:
        """The record that has the name of this number."""
        return self._listed(self.owners[number])

    def record(self, number: int) -> int:
        """The id of that record."""
        return self._records[self.owners[number]][1]

    def _listed(self, owner: int) -> Listed:
        kind, record, name = self._records[owner]
        return Listed(kind, record, name, self._printed.get((kind, record), 0))

    def beginning(self, typed: str) -> list[Listed]:
        """Records of which a name begins so, then bodies with it inside a name; the most printed first.

        People are found from the beginning of their names, bodies from any character: 高新 finds 蓝海高新区税务局.
        """
        inside: set[int] = set()
        begun: set[int] = set()
        for lines in (self.texts, self.initials, self.letters):
            begun.update(map(self.owners.__getitem__, lines.beginning_with(typed)))
        for lines in (self.texts, self.initials):
            inside.update(map(self.owners.__getitem__, lines.holding(typed, self.bodies_from)))
        for number, place in self.letters.places_of(typed, self.bodies_from):
            if self._syllables[place]:
                inside.add(self.owners[number])
        found = [(owner not in begun, self._listed(owner)) for owner in begun | inside]
        return [one for _, one in sorted(found, key=lambda row: (row[0], -row[1].printed, row[1].name))]


def sound_of(letters: str) -> str:
    """Zhang as zang and zan, li as ni: what many speakers say, and type, alike."""
    for pattern, simple in _SOUNDS:
        letters = pattern.sub(simple, letters)
    return letters


_kept: Kept[Directory] = Kept(_GOOD_FOR)


def directory() -> Directory:
    """The names as they are; made afresh when records were added, merged or taken away, and now and then."""
    return _kept.get(names_state(), lambda _before: _all_names())


def names_state() -> tuple[Any, ...]:
    """Changes whenever a name was added, taken away or merged; which index counts what is printed."""
    columns = [f"(SELECT {what} FROM {table})" for table, counts in _COUNTED.items() for what in counts]  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(columns))
        return (*cursor.fetchone(), str(connections.connections_info["default"]))


def _all_names() -> Directory:
    merged = {"person": merged_records(Person), "organisation": merged_records(Organisation)}
    others: dict[tuple[str, int], dict[str, None]] = defaultdict(dict)
    for kind, rows in (
        ("person", PersonName.objects.values_list("person", "name")),
        ("person", Person.objects.filter(merged_into__isnull=False).values_list("pk", "name")),
        ("organisation", OrganisationName.objects.values_list("organisation", "name")),
        ("organisation", Organisation.objects.filter(merged_into__isnull=False).values_list("pk", "name")),
        ("short", ShortForm.objects.order_by().values_list("organisation", "short")),
    ):
        for record, name in rows:
            others[kind, merged.get(kind, merged["organisation"]).get(record, record)][name] = None
    records: list[tuple[RecordKind, int, str]] = []
    named: list[list[_Row]] = [[], [], []]
    models: tuple[tuple[RecordKind, type[Person] | type[Organisation]], ...] = (
        ("person", Person),
        ("organisation", Organisation),
    )
    for place, (kind, model) in enumerate(models):
        living = model._default_manager.living().order_by("pk").values_list("pk", "name", "pinyin", "initials")
        for record, name, spoken, initials in living:
            owner = len(records)
            records.append((kind, record, name))
            named[place].append((owner, name, spoken, initials) if spoken else (owner, name, *_spoken(kind, name)))
            more = (other for other in others.get((kind, record), ()) if other != name)
            named[place] += [(owner, other, *_spoken(kind, other)) for other in more]
            if kind == "organisation":
                more = (other for other in others.get(("short", record), ()) if other != name)
                named[2] += [(owner, other, *_spoken(kind, other)) for other in more]
    return Directory(records, named)


@lru_cache(maxsize=20_000)
def _spoken(kind: RecordKind, name: str) -> tuple[str, str]:
    """Syllables with blanks between, and initials."""
    if kind == "person":
        spoken = name_pinyin(name)
        return spoken.full, spoken.initials
    syllables = [s.lower() for s in lazy_pinyin(name, style=Style.NORMAL) if s.strip()]
    return " ".join(syllables), "".join(syllable[0] for syllable in syllables)


def _printed_articles() -> dict[tuple[RecordKind, int], int]:
    """How many articles the index links each record to; signed ones count for people who sign more than are named."""
    people, bodies = merged_records(Person), merged_records(Organisation)
    request = Request(
        stop=0,
        facets=("people", "reporters", "organisations"),
        merged={"people": people, "reporters": people, "organisations": bodies},
    )
    facets = connections["default"].get_backend().answer(request).facets
    counts: dict[tuple[RecordKind, int], int] = {}
    kinds: tuple[tuple[str, RecordKind], ...] = (
        ("people", "person"),
        ("reporters", "person"),
        ("organisations", "organisation"),
    )
    for name, kind in kinds:
        for value, count in facets.get(name, ()):
            counts[kind, int(value)] = max(count, counts.get((kind, int(value)), 0))
    return counts


def shown(listed: Iterable[Listed], limit: int) -> list[tuple[Listed, str]]:
    """The first of them that a reader may be told of, with the name to show: bodies in print, people in print who
    have a page or sign articles."""
    wanted = list(listed)
    found: list[tuple[Listed, str]] = []
    for start in range(0, min(len(wanted), 10 * limit), 2 * limit):
        batch = wanted[start : start + 2 * limit]
        names = _names_in_print(batch)
        found += [(one, names[one.kind, one.record]) for one in batch if (one.kind, one.record) in names]
        if len(found) >= limit:
            break
    return found[:limit]


def _names_in_print(batch: Iterable[Listed]) -> dict[tuple[RecordKind, int], str]:
    ids: dict[RecordKind, list[int]] = defaultdict(list)
    for one in batch:
        ids[one.kind].append(one.record)
    names: dict[tuple[RecordKind, int], str] = {}
    for kind, records in ids.items():
        for record, name, distinction in rows_of(_in_print(kind), records):
            names[kind, record] = str(Person(name=name, distinction=distinction)) if distinction else name
    return names


@cache
def _in_print(kind: RecordKind) -> Compiled:
    if kind == "organisation":
        bodies = Organisation.objects.living().in_print().filter(pk__in=PLACES).order_by()
        return compiled(bodies.values_list("pk", "name", Value("")))
    named = Exists(Mention.objects.settled().in_published().filter(person=OuterRef("pk")))
    signed = Exists(Byline.objects.filter(person=OuterRef("pk"), article__status=Article.Status.PUBLISHED))
    people = Person.objects.living().filter(Q(has_profile=True) & named | signed, pk__in=PLACES).order_by()
    return compiled(people.values_list("pk", "name", "distinction"))
