"""Whom a name may mean: the records of that name with what they were seen as in print, and records looked up."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q, Value
from django.db.models.functions import Replace

from articles.models import Article, Mention, Organisation, Person, PrintedPost

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

_STAYS = 4  # shown of one person, the latest


@dataclass(slots=True)
class Stay:
    """A post as printed, the first and last day, and the last article that printed it."""

    post: str
    first: datetime.date
    last: datetime.date
    article: Article


@dataclass(slots=True)
class Namesake:
    """A person of a name, with evidence."""

    person: Person
    stays: list[Stay] = field(default_factory=list)
    last: Article | None = None  # where the name stood last, for people without a post
    articles: int = 0

    @property
    def latest(self) -> list[Stay]:
        """What an editor needs to tell who it is."""
        return self.stays[-_STAYS:]


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
    evidence = (
        PrintedPost.objects.filter(appointment__person__in=by_id)
        .exclude(mention__article=leave_out)
        .select_related("appointment__post__organisation", "mention__article__page__issue__paper")
        .order_by("mention__article__page__issue__date", "pk")
    )
    for printed in evidence:
        if printed.appointment is None:
            continue
        known, article = by_id[printed.appointment.person_id], printed.mention.article
        post, day = str(printed.appointment.post), article.date
        stay = next((stay for stay in known.stays if stay.post == post), None)
        if stay is None:
            known.stays.append(Stay(post, day, day, article))
        else:
            stay.last, stay.article = day, article


def _add_sightings(by_id: dict[int, Namesake], leave_out: int | None) -> None:
    seen = (
        Mention.objects.settled()
        .filter(person__in=by_id)
        .exclude(article=leave_out)
        .select_related("article__page__issue__paper")
        .order_by("article__page__issue__date", "pk")
    )
    told: dict[int, set[int]] = defaultdict(set)
    for mention in seen:
        known = by_id[mention.person_id or 0]
        known.last = mention.article
        told[mention.person_id or 0].add(mention.article_id)
    for pk, known in by_id.items():
        known.articles = len(told[pk])


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
