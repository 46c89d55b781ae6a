"""Whom a name may mean: the records of that name with what they were seen as in print, and records looked up."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Count, Q, Value
from django.db.models.functions import Replace

from articles.models import Article, Mention, Organisation, Person

from .coverage import named_last
from .tenures import Held, held, on_the_desk

if TYPE_CHECKING:
    from collections.abc import Iterable

_STAYS = 4  # shown of one person, the latest


@dataclass(slots=True)
class Namesake:
    """A person of a name, with evidence."""

    person: Person
    stays: list[Held] = field(default_factory=list)
    last: Article | None = None  # where the name stood last, for people without a post
    articles: int = 0

    @property
    def latest(self) -> list[Held]:
        """What an editor needs to tell who it is."""
        return sorted(self.stays, key=lambda stay: stay.last.date)[-_STAYS:]


def namesakes(names: Iterable[str], leave_out: int | None = None) -> dict[str, list[Namesake]]:
    """Everyone who is or was called so, by name; what the article `leave_out` prints is no evidence for itself."""
    wanted = set(names)
    found: dict[str, list[Namesake]] = defaultdict(list)
    by_id: dict[int, Namesake] = {}
    named = Q(name__in=wanted) | Q(other_names__name__in=wanted)
    people = Person.objects.living().filter(named).prefetch_related("other_names").distinct()
    for person in people.order_by("pk"):
        known = by_id[person.pk] = Namesake(person)
        for name in {person.name, *(other.name for other in person.other_names.all())} & wanted:
            found[name].append(known)
    _add_stays(by_id, leave_out)
    _add_sightings(by_id, leave_out)
    return found


def _add_stays(by_id: dict[int, Namesake], leave_out: int | None) -> None:
    evidence = on_the_desk().filter(mention__person__in=by_id, appointment__isnull=False)
    for stay in held(evidence.exclude(mention__article=leave_out)):
        by_id[stay.person.pk].stays.append(stay)


def _add_sightings(by_id: dict[int, Namesake], leave_out: int | None) -> None:
    """How many articles name them, and where those without a post stood last."""
    seen = Mention.objects.settled().filter(person__in=by_id).exclude(article=leave_out).order_by()
    for pk, count in seen.values_list("person").annotate(n=Count("article", distinct=True)):
        by_id[pk].articles = count
    for known in by_id.values():
        if known.articles and not known.stays:
            known.last = named_last(seen.filter(person=known.person))


def records_like(kind: str, text: str, limit: int = 12) -> list[Person] | list[Organisation]:
    """Records whose name, other name, pinyin or initials hold what was typed, shortest name first."""
    typed = "".join(text.split())[:50]
    if not typed:
        return []
    like = Q(name__icontains=typed) | Q(other_names__name__icontains=typed)
    if typed.isascii():
        like |= Q(spoken__istartswith=typed) | Q(initials__istartswith=typed)
    spoken = Replace("pinyin", Value(" "), Value(""))
    if kind == Mention.Kind.PERSON:
        people = Person.objects.living().annotate(spoken=spoken).filter(like).distinct()[: limit * 4]
        return sorted(people, key=lambda person: (len(person.name), person.name, person.pk))[:limit]
    bodies = Organisation.objects.living().annotate(spoken=spoken).filter(like).distinct()[: limit * 4]
    return sorted(bodies, key=lambda body: (len(body.name), body.name))[:limit]
