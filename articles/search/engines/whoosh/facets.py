"""Counting the choices that narrow an answer."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from articles.search.plan import FacetName, Request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .codec import Numbers
    from .links import Mask
    from .snapshot import Snapshot

Counted = tuple[tuple[str, int], ...]

# A facet hides the effect of these filters: its own choice, and for years and months the range of dates.
_OWN_FILTER = {"years": "dates", "months": "dates"}
_PLACE_BITS = 32  # of a record's place beside a count in one number


def count_facets(
    snapshot: Snapshot, request: Request, base: Mask, filters: Mapping[str, Mask], matched: Mask
) -> dict[str, Counted]:
    """For each facet its values and how many articles each would leave, most first, then by value."""
    counted: dict[str, Counted] = {}
    documents: dict[str, Numbers] = {}
    for name in request.facets:
        own = _OWN_FILTER.get(name, name)
        mask, key = matched, ""
        if own in filters:
            key = own
            mask = reduce(np.logical_and, (other for key, other in filters.items() if key != own), base)
        if name in ("people", "organisations", "reporters"):
            counted[name] = _count_links(snapshot, name, mask, request.merged.get(name, {}))
            continue
        if key not in documents:
            documents[key] = np.flatnonzero(mask)
        counted[name] = _count_values(snapshot, name, documents[key])
    return counted


def _count_values(snapshot: Snapshot, name: FacetName, documents: Numbers) -> Counted:
    if name == "sections":
        names, numbers = snapshot.sections
    else:
        names, numbers = snapshot.paper_names if name == "papers" else snapshot.months
    per_value = np.bincount(numbers.take(documents), minlength=len(names)).tolist()
    if name == "years":
        years: dict[str, int] = {}
        for month, count in zip(names, per_value, strict=True):
            years[month[:4]] = years.get(month[:4], 0) + count
        return _ordered(years.items())
    return _ordered((value, count) for value, count in zip(names, per_value, strict=True) if value)


def _count_links(snapshot: Snapshot, name: str, mask: Mask, merged: Mapping[int, int]) -> Counted:
    links = snapshot.links_following(name, merged)
    counts = links.counts(mask)
    found = np.flatnonzero(counts)
    known = links.records.known
    found = found[np.argsort(known.places[found] - (counts[found] << _PLACE_BITS))]
    return tuple(zip(known.texts[found].tolist(), counts[found].tolist(), strict=True))


def _ordered(counts: object) -> Counted:
    return tuple(sorted(((v, c) for v, c in counts if c), key=lambda pair: (-pair[1], pair[0])))  # type: ignore[attr-defined]
