"""Facet values with their names, as a reader may choose them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from django.db.models import Value
from django.utils.translation import gettext as _

from articles.models import Organisation, Paper, Person

from .criteria import FacetCount, Facets
from .query.grammar import read_days
from .rows import PLACES, compiled, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from .criteria import Criteria
    from .plan import Answer
    from .rows import Compiled

LONGEST = 20  # people, organisations, reporters; the chosen ones always
_BATCH = 40

Kind = Literal["people", "organisations", "reporters", "papers"]
Counted = tuple[tuple[str, int], ...]


def named_facets(answer: Answer, criteria: Criteria) -> Facets:
    """Of the engine's counts those that a reader may see, with names."""
    facets = answer.facets
    return Facets(
        people=_records(facets.get("people", ()), criteria.people, "people"),
        organisations=_records(facets.get("organisations", ()), criteria.organisations, "organisations"),
        reporters=_records(facets.get("reporters", ()), criteria.reporters, "reporters"),
        sections=tuple(
            FacetCount(value, value, count, value == criteria.section) for value, count in facets.get("sections", ())
        ),
        papers=_records(facets.get("papers", ()), criteria.papers, "papers"),
        years=_periods(facets.get("years", ()), criteria),
        months=_periods(facets.get("months", ()), criteria),
    )


def _records(counts: Counted, chosen: Iterable[int], kind: Kind) -> tuple[FacetCount, ...]:
    """The most frequent records that have a name to show, and the chosen ones wherever they stand.

    A chosen record without a hit is named only if it is in print: an address must not tell what drafts say.
    """
    picked = set(chosen)
    shown: list[FacetCount] = []
    missing = set(picked)
    for start in range(0, len(counts), _BATCH):
        batch = counts[start : start + _BATCH]
        names = _names(_shown(kind), [int(value) for value, _ in batch])
        for value, count in batch:
            record = int(value)
            if record in names and (len(shown) < LONGEST or record in missing):
                shown.append(FacetCount(value, names[record], count, record in picked))
                missing.discard(record)
        if len(shown) >= LONGEST and not missing:
            break
    if missing:
        names = _names(_shown_in_print(kind), sorted(missing))
        shown.extend(FacetCount(str(pk), name, 0, chosen=True) for pk, name in sorted(names.items()))
    return tuple(shown)


def _names(query: Compiled, ids: Sequence[int]) -> dict[int, str]:
    """Names of those of the records that the query lets a reader see."""
    return {
        record: str(Person(name=name, distinction=distinction)) if distinction else name
        for record, name, distinction in rows_of(query, ids)
    }


@cache
def _shown(kind: Kind) -> Compiled:
    return _compiled(_listed(kind))


@cache
def _shown_in_print(kind: Kind) -> Compiled:
    in_print: dict[Kind, QuerySet[Any]] = {
        "people": Person.objects.in_print(),
        "reporters": Person.objects.in_print(),
        "organisations": Organisation.objects.in_print(),
        "papers": Paper.objects.all(),
    }
    return _compiled(_listed(kind) & in_print[kind])


def _listed(kind: Kind) -> QuerySet[Any]:
    listed: dict[Kind, QuerySet[Any]] = {
        "people": Person.objects.with_profile(),
        "reporters": Person.objects.living(),
        "organisations": Organisation.objects.living(),
        "papers": Paper.objects.all(),
    }
    return listed[kind]


def _compiled(records: QuerySet[Any]) -> Compiled:
    named = records.filter(pk__in=PLACES).order_by()
    distinction = "distinction" if issubclass(records.model, Person) else Value("")
    return compiled(named.values_list("pk", "name", distinction))


def _periods(counts: Counted, criteria: Criteria) -> tuple[FacetCount, ...]:
    """Years or months, latest first."""
    year_alone, year_and_month = _("%(year)s年"), _("%(year)s年%(month)s月")
    periods = []
    for value, count in sorted(counts, reverse=True):
        year, _dash, month = value.partition("-")
        name = year_and_month % {"year": year, "month": int(month)} if month else year_alone % {"year": year}
        periods.append(FacetCount(value, name, count, _is_chosen(value, criteria)))
    return tuple(periods)


def _is_chosen(value: str, criteria: Criteria) -> bool:
    """The dates asked for are exactly this period."""
    return criteria.date_from is not None and read_days(value) == (criteria.date_from, criteria.date_to)
