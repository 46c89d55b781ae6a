"""Facet values with their names, as a reader may choose them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from articles.models import Organisation, Paper, Person

from .criteria import FacetCount, Facets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from .criteria import Criteria
    from .plan import Answer

LONGEST = 20  # people, organisations, reporters; the chosen ones always
_BATCH = 60

Counted = tuple[tuple[str, int], ...]


def named_facets(answer: Answer, criteria: Criteria) -> Facets:
    """Of the engine's counts those that a reader may see, with names."""
    facets = answer.facets
    return Facets(
        people=_records(facets.get("people", ()), criteria.people, _people_with_profile),
        organisations=_records(facets.get("organisations", ()), criteria.organisations, _organisations),
        reporters=_records(facets.get("reporters", ()), criteria.reporters, _reporters),
        sections=tuple(
            FacetCount(value, value, count, value == criteria.section) for value, count in facets.get("sections", ())
        ),
        papers=_records(facets.get("papers", ()), criteria.papers, _papers),
        years=_periods(facets.get("years", ()), criteria),
        months=_periods(facets.get("months", ()), criteria),
    )


def _records(
    counts: Counted, chosen: Iterable[int], names_of: Callable[[Sequence[int]], dict[int, str]]
) -> tuple[FacetCount, ...]:
    """The most frequent records that have a name to show, and the chosen ones wherever they stand."""
    picked = set(chosen)
    shown: list[FacetCount] = []
    missing = set(picked)
    for start in range(0, len(counts), _BATCH):
        batch = counts[start : start + _BATCH]
        names = names_of([int(value) for value, _ in batch])
        for value, count in batch:
            record = int(value)
            if record in names and (len(shown) < LONGEST or record in missing):
                shown.append(FacetCount(value, names[record], count, record in picked))
                missing.discard(record)
        if len(shown) >= LONGEST and not missing:
            break
    if missing:
        shown.extend(
            FacetCount(str(pk), name, 0, chosen=True) for pk, name in sorted(names_of(sorted(missing)).items())
        )
    return tuple(shown)


def _people_with_profile(ids: Sequence[int]) -> dict[int, str]:
    return {person.pk: str(person) for person in Person.objects.with_profile().filter(pk__in=ids)}


def _reporters(ids: Sequence[int]) -> dict[int, str]:
    return {person.pk: str(person) for person in Person.objects.living().filter(pk__in=ids)}


def _organisations(ids: Sequence[int]) -> dict[int, str]:
    return dict(Organisation.objects.living().filter(pk__in=ids).values_list("pk", "name"))


def _papers(ids: Sequence[int]) -> dict[int, str]:
    return dict(Paper.objects.filter(pk__in=ids).values_list("pk", "name"))


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
