"""Every name of people and bodies, held in memory so that suggestions and near names needn't ask the database for
each. What is shown is asked of the database again: a name that only drafts print is never told."""

from __future__ import annotations

from bisect import bisect_left
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
from .plan import Request
from .rows import PLACES, Compiled, compiled, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

RecordKind = Literal["person", "organisation"]

_GOOD_FOR = 30  # seconds: how long a renamed record may be looked up by its former name only
_LAST = "\U0010ffff"
_COUNTED = {
    Person._meta.db_table: ("COUNT(*)", "MAX(id)", "COUNT(merged_into_id)"),
    Organisation._meta.db_table: ("COUNT(*)", "MAX(id)", "COUNT(merged_into_id)"),
    PersonName._meta.db_table: ("COUNT(*)", "MAX(id)"),
    OrganisationName._meta.db_table: ("COUNT(*)", "MAX(id)"),
    ShortForm._meta.db_table: ("COUNT(*)", "MAX(id)"),
}


@dataclass(frozen=True, slots=True)
class Form:
    """A name as print may have it: normalised, with its syllables (zhai zhiheng: zhai, zhiheng)."""

    text: str
    syllables: tuple[str, ...]
    initials: str

    @property
    def letters(self) -> str:
        """Pinyin without blanks."""
        return "".join(self.syllables)


@dataclass(frozen=True, slots=True)
class Listed:
    """A living record with its names, its own first, and how many articles print it."""

    kind: RecordKind
    record: int
    name: str
    forms: tuple[Form, ...]
    printed: int


class Directory:
    """All names at one moment."""

    def __init__(self, listed: list[Listed], before: Directory | None = None) -> None:
        self.listed = listed
        if before and [(o.kind, o.forms) for o in before.listed] == [(o.kind, o.forms) for o in listed]:
            self._keys = before._keys  # only counts have changed

    @cached_property
    def _keys(self) -> tuple[list[str], list[tuple[int, int]]]:
        """What may be typed, in order, and for each the place in the name where it begins and the record's number.

        People are found from the beginning of their names, bodies from any character: 高新 finds 蓝海高新区税务局.
        """
        keys: dict[tuple[str, int], int] = {}
        for number, one in enumerate(self.listed):
            for form in one.forms:
                starts = range(len(form.text) if one.kind == "organisation" else 1)
                aligned = len(form.syllables) == len(form.initials)
                for start in starts:
                    wanted = [form.text[start:], form.initials[start:]]
                    if start == 0 or aligned:
                        wanted.append("".join(form.syllables[start:]))
                    for key in filter(None, wanted):
                        keys[key, number] = min(start, keys.get((key, number), start))
        rows = sorted((key, place, number) for (key, number), place in keys.items())
        return [key for key, _, _ in rows], [(place, number) for _, place, number in rows]

    def beginning(self, typed: str) -> list[Listed]:
        """Records of which a name begins so, then bodies with it inside a name; the most printed first."""
        keys, rows = self._keys
        best: dict[int, int] = {}
        for place, number in rows[bisect_left(keys, typed) : bisect_left(keys, typed + _LAST)]:
            if place < best.get(number, 1 << 16):
                best[number] = place
        order = sorted(best, key=lambda n: (best[n] > 0, -self.listed[n].printed, self.listed[n].name))
        return [self.listed[number] for number in order]


_kept: Kept[Directory] = Kept(_GOOD_FOR)


def directory() -> Directory:
    """The names as they are; made afresh when records were added, merged or taken away, and now and then."""
    return _kept.get(names_state(), lambda before: Directory(list(_all_listed()), before))


def names_state() -> tuple[Any, ...]:
    """Changes whenever a name was added, taken away or merged; which index counts what is printed."""
    columns = [f"(SELECT {what} FROM {table})" for table, counts in _COUNTED.items() for what in counts]  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(columns))
        return (*cursor.fetchone(), str(connections.connections_info["default"]))


def _all_listed() -> Iterator[Listed]:
    merged = {"person": merged_records(Person), "organisation": merged_records(Organisation)}
    printed = _printed(merged)
    others: dict[tuple[str, int], list[str]] = defaultdict(list)
    for kind, rows in (
        ("person", PersonName.objects.values_list("person", "name")),
        ("person", Person.objects.filter(merged_into__isnull=False).values_list("pk", "name")),
        ("organisation", OrganisationName.objects.values_list("organisation", "name")),
        ("organisation", ShortForm.objects.order_by().values_list("organisation", "short")),
        ("organisation", Organisation.objects.filter(merged_into__isnull=False).values_list("pk", "name")),
    ):
        for record, name in rows:
            others[kind, merged[kind].get(record, record)].append(name)
    models: tuple[tuple[RecordKind, type[Person] | type[Organisation]], ...] = (
        ("person", Person),
        ("organisation", Organisation),
    )
    for kind, model in models:
        records = model._default_manager.living().order_by("pk").values_list("pk", "name", "pinyin", "initials")
        for record, name, pinyin, initials in records:
            own = Form(normalise(name), tuple(pinyin.split()), initials) if pinyin else _form(kind, name)
            more = dict.fromkeys(other for other in others[kind, record] if other != name)
            forms = (own, *(_form(kind, other) for other in more))
            yield Listed(kind, record, name, forms, printed.get((kind, record), 0))


@lru_cache(maxsize=50_000)
def _form(kind: RecordKind, name: str) -> Form:
    if kind == "person":
        spoken = name_pinyin(name)
        return Form(normalise(name), tuple(spoken.full.split()), spoken.initials)
    syllables = tuple(s.lower() for s in lazy_pinyin(name, style=Style.NORMAL) if s.strip())
    return Form(normalise(name), syllables, "".join(syllable[0] for syllable in syllables))


def _printed(merged: dict[str, dict[int, int]]) -> dict[tuple[RecordKind, int], int]:
    """How many articles the index links each record to; signed ones count for people who sign more than are named."""
    people = merged["person"]
    request = Request(
        stop=0,
        facets=("people", "reporters", "organisations"),
        merged={"people": people, "reporters": people, "organisations": merged["organisation"]},
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
