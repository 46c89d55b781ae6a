"""Counting the choices that narrow an answer."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from articles.search.plan import FacetName, Request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .links import Mask
    from .snapshot import Snapshot

Counted = tuple[tuple[str, int], ...]

# A facet hides the effect of these filters: its own choice, and for years and months the range of dates.
_OWN_FILTER = {"years": "dates", "months": "dates"}


def count_facets(
    snapshot: Snapshot, request: Request, base: Mask, filters: Mapping[str, Mask], matched: Mask
) -> dict[str, Counted]:
    """For each facet its values and how many articles each would leave, most first, then by value."""
    counted: dict[str, Counted] = {}
    for name in request.facets:
        own = _OWN_FILTER.get(name, name)
        mask = matched
        if own in filters:
            mask = reduce(np.logical_and, (other for key, other in filters.items() if key != own), base)
        counted[name] = _count(snapshot, name, mask, request.merged.get(name, {}))
    return counted


def _count(snapshot: Snapshot, name: FacetName, mask: Mask, merged: Mapping[int, int]) -> Counted:
    if name in ("people", "organisations", "reporters"):
        return _count_links(snapshot, name, mask, merged)
    if name == "papers":
        values, counts = np.unique(snapshot.papers[mask], return_counts=True)
        return _ordered(zip(map(str, values.tolist()), counts.tolist(), strict=True))
    names, numbers = snapshot.sections if name == "sections" else snapshot.months
    per_value = np.bincount(numbers[mask], minlength=len(names)).tolist()
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
    ids, places = links.records.known
    found = found[np.lexsort((places[found], -counts[found]))]
    return tuple(zip(map(str, ids[found].tolist()), counts[found].tolist(), strict=True))


def _ordered(counts: object) -> Counted:
    return tuple(sorted(((v, c) for v, c in counts if c), key=lambda pair: (-pair[1], pair[0])))  # type: ignore[attr-defined]
