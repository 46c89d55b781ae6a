"""Facet values with their names, as a reader may choose them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.utils.translation import gettext as _

from articles.models import Organisation, Paper, Person

from .criteria import FacetCount, Facets

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from .criteria import Criteria
    from .plan import Answer

LONGEST = 20  # people, organisations, reporters; the chosen ones always
_BATCH = 60

Record = TypeVar("Record", Person, Organisation, Paper)
Counted = tuple[tuple[str, int], ...]


def named_facets(answer: Answer, criteria: Criteria) -> Facets:
    """Of the engine's counts those that a reader may see, with names."""
    facets = answer.facets
    return Facets(
        people=_records(
            facets.get("people", ()), criteria.people, Person.objects.with_profile(), Person.objects.in_print()
        ),
        organisations=_records(
            facets.get("organisations", ()),
            criteria.organisations,
            Organisation.objects.living(),
            Organisation.objects.in_print(),
        ),
        reporters=_records(
            facets.get("reporters", ()), criteria.reporters, Person.objects.living(), Person.objects.in_print()
        ),
        sections=tuple(
            FacetCount(value, value, count, value == criteria.section) for value, count in facets.get("sections", ())
        ),
        papers=_records(facets.get("papers", ()), criteria.papers, Paper.objects.all(), Paper.objects.all()),
        years=_periods(facets.get("years", ()), criteria),
        months=_periods(facets.get("months", ()), criteria),
    )


def _records(
    counts: Counted, chosen: Iterable[int], records: QuerySet[Record], in_print: QuerySet[Record]
) -> tuple[FacetCount, ...]:
    """The most frequent records that have a name to show, and the chosen ones wherever they stand.

    A chosen record without a hit is named only if it is in print: an address must not tell what drafts say.
    """
    picked = set(chosen)
    shown: list[FacetCount] = []
    missing = set(picked)
    for start in range(0, len(counts), _BATCH):
        batch = counts[start : start + _BATCH]
        names = _names(records, [int(value) for value, _ in batch])
        for value, count in batch:
            record = int(value)
            if record in names and (len(shown) < LONGEST or record in missing):
                shown.append(FacetCount(value, names[record], count, record in picked))
                missing.discard(record)
        if len(shown) >= LONGEST and not missing:
            break
    if missing:
        names = _names(records & in_print, missing)
        shown.extend(FacetCount(str(pk), name, 0, chosen=True) for pk, name in sorted(names.items()))
    return tuple(shown)


def _names(records: QuerySet[Record], ids: Iterable[int]) -> dict[int, str]:
    return {record.pk: str(record) for record in records.filter(pk__in=ids)}


def _periods(counts: Counted, criteria: Criteria) -> tuple[FacetCount, ...]:
    """Years or months, latest first."""
    return tuple(
        FacetCount(value, _period_name(value), count, _is_chosen(value, criteria))
        for value, count in sorted(counts, reverse=True)
    )


def _period_name(value: str) -> str:
    year, _dash, month = value.partition("-")
    if month:
        return _("%(year)s年%(month)s月") % {"year": year, "month": int(month)}
    return _("%(year)s年") % {"year": year}


def _is_chosen(value: str, criteria: Criteria) -> bool:
    """The dates asked for are exactly this period."""
    from .query.grammar import read_days

    return criteria.date_from is not None and read_days(value) == (criteria.date_from, criteria.date_to)
