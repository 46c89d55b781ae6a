"""With whom a person or a body is printed: counted over its latest articles, the newest shared one as evidence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.models import Mention, Organisation, Person

from .tenures import Evidence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import QuerySet

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
    named = Mention.objects.settled().filter(article__in=list(place)).order_by()
    # One kind at a time: each is read from an index that holds all that is asked for.
    people, bodies = (_places(named, kind, place) for kind in ("person", "organisation"))
    (people if isinstance(record, Person) else bodies).pop(record.pk, None)
    # Each is named in one of these, which are published: no need to look for another article that is.
    return Company(
        _most_often(people, Person.objects.with_profile(), recent),
        _most_often(bodies, Organisation.objects.living(), recent),
    )


def _places(named: QuerySet[Mention], kind: str, place: Mapping[int, int]) -> dict[int, set[int]]:
    """Record → places of the articles that name it."""
    places: dict[int, set[int]] = {}
    for article, record in named.filter(**{f"{kind}__isnull": False}).values_list("article", kind):
        places.setdefault(record, set()).add(place[article])
    return places


def _most_often(
    places: Mapping[int, set[int]], public: QuerySet[Person] | QuerySet[Organisation], recent: Sequence[Headed]
) -> tuple[Companion, ...]:
    counts = Counter({pk: len(found) for pk, found in places.items()})
    often = sorted(counts, key=lambda pk: (-counts[pk], pk))[: _SHOWN * 4]  # not everyone is public
    records = public.in_bulk(often) if often else {}
    found = []
    for pk in [pk for pk in often if pk in records][:_SHOWN]:
        newest = recent[min(places[pk])]
        evidence = Evidence(newest.article_id, newest.headline, newest.date)
        found.append(Companion(records[pk], counts[pk], evidence))
    return tuple(found)
