"""With whom a person or a body is printed: counted over its latest articles, the newest shared one as evidence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from articles.models import Mention, Organisation, Person
from articles.search.rows import PLACES, compiled, rows_of

from .names import bodies_by_id, people_by_id
from .tenures import Evidence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from articles.search.rows import Compiled

    from .appearances import Headed

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Companion:
    """A record named in the same articles as another: how many, and the latest of them."""

    record: Person | Organisation
    count: int
    latest: Evidence


@dataclass(frozen=True, slots=True)
class Company:
    """People and bodies that are most often named together with a record."""

    people: tuple[Companion, ...]
    bodies: tuple[Companion, ...]


def company_of(record: Person | Organisation, recent: Sequence[Headed]) -> Company:
    """Who stands in the same published articles; `recent` are the record's latest ones, newest first."""
    place = {one.article_id: at for at, one in enumerate(recent)}
    # One kind at a time: each is read from an index that holds all that is asked for.
    people, bodies = (_places(kind, place) for kind in ("person", "organisation"))
    (people if isinstance(record, Person) else bodies).pop(record.pk, None)
    # Each is named in one of these, which are published: no need to look for another article that is.
    return Company(
        _most_often(people, partial(people_by_id, with_profile=True), recent),
        _most_often(bodies, partial(bodies_by_id, living=True), recent),
    )


def _places(kind: str, place: Mapping[int, int]) -> dict[int, list[int]]:
    """Record → places of the articles that name it."""
    places: dict[int, list[int]] = {}
    for article, record in set(rows_of(_named(kind), list(place))):
        places.setdefault(record, []).append(place[article])
    return places


@cache
def _named(kind: str) -> Compiled:
    named = Mention.objects.settled().filter(article__in=PLACES, **{f"{kind}__isnull": False}).order_by()
    return compiled(named.values_list("article", kind))


def _most_often(
    places: Mapping[int, list[int]],
    by_id: Callable[[list[int]], Mapping[int, Person] | Mapping[int, Organisation]],
    recent: Sequence[Headed],
) -> tuple[Companion, ...]:
    often = sorted(places, key=lambda pk: (-len(places[pk]), pk))[: _SHOWN * 4]  # not everyone is public
    records = by_id(often)
    found = []
    for pk in [pk for pk in often if pk in records][:_SHOWN]:
        newest = recent[min(places[pk])]
        evidence = Evidence(newest.article_id, newest.headline, newest.date)
        found.append(Companion(records[pk], len(places[pk]), evidence))
    return tuple(found)
