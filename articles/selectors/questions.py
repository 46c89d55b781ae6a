"""What an editor is asked about people: the same person in a new post, or two people of one name?

Both sides come with their posts as printed, first and last in print, and the sentences that say so. What was answered
(a standing change of the kinds SAME and APART) is not asked again.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from django.db.models import Count

from articles.models import Appointment, Mention, Person, PersonName, PrintedPost, RecordChange
from articles.search import merged_records

from .coverage import Sentence, named_last, sentence_naming
from .tenures import Evidence, Held, held, on_the_desk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet

_POSTS_SHOWN = 3
_BATCH = 100  # people looked at together
_MOST_OF_A_NAME = 12  # records of one name that are compared with each other


@dataclass(frozen=True, slots=True)
class Printing:
    """A post on one side of a question: the sentences that printed it first and last."""

    held: Held
    first: Sentence | None
    last: Sentence | None


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two that may be the same; `seen` is where a name without posts stood last."""

    person: Person
    posts: tuple[Printing, ...]
    seen: Evidence | None = None
    said: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Are these two the same? `key` names the question in forms: new-PERSON-POST-POST or two-PERSON-PERSON."""

    key: str
    before: Side
    after: Side
    later_posts: tuple[int, ...] = ()  # of a new post: all posts that go with it

    @property
    def sides(self) -> tuple[Side, Side]:
        """The earlier one first."""
        return self.before, self.after

    @property
    def is_new_post(self) -> bool:
        """One record in a new post, not two records of one name."""
        return self.key.startswith("new-")


def questions(limit: int = 20) -> tuple[list[Question], bool]:
    """The first questions, and whether there are more."""
    found: list[_Asked] = []
    for asked in _all():
        if len(found) > limit:
            break
        found.append(asked)
    return _told(found[:limit]), len(found) > limit


def questions_about(people: Iterable[int]) -> dict[int, list[Question]]:
    """What is to be asked about these people, by person."""
    wanted = set(people)
    if not wanted:
        return {}
    names = Person.objects.filter(pk__in=wanted).values_list("name", flat=True)
    pairs = [pair for pair in _pairs(_of_one_name(list(names))) if wanted & {pair.one, pair.other}]
    about: dict[int, list[Question]] = {}
    moved = _at_several_bodies().filter(person__in=wanted).values_list("person", flat=True)
    for question in _told([*pairs, *_new_posts(sorted(moved))]):
        for pk in {question.before.person.pk, question.after.person.pk} & wanted:
            about.setdefault(pk, []).append(question)
    return about


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question before its evidence is fetched."""

    one: int
    other: int
    before: tuple[Held, ...] = ()
    after: tuple[Held, ...] = ()

    @property
    def key(self) -> str:
        if self.one == self.other:
            return f"new-{self.one}-{self.before[-1].post}-{self.after[0].post}"
        return f"two-{self.one}-{self.other}"


def _all() -> Iterator[_Asked]:
    """Pairs who hold posts both, then new posts, then pairs of whom one has none in print."""
    pairs = _pairs(_of_one_name(None))
    wanted = {pk for pair in pairs for pk in (pair.one, pair.other)}
    seen = set(on_the_desk().filter(mention__person__in=wanted).values_list("mention__person", flat=True).distinct())
    yield from (pair for pair in pairs if {pair.one, pair.other} <= seen)
    yield from _moved()
    yield from (pair for pair in pairs if not {pair.one, pair.other} <= seen)


def _moved() -> Iterator[_Asked]:
    people = _at_several_bodies().order_by("-person").values_list("person", flat=True)
    for at in range(0, len(people), _BATCH):
        yield from _new_posts(list(people[at : at + _BATCH]))


def _at_several_bodies() -> QuerySet[Appointment, dict[str, int]]:
    """People with posts at more than one body: only of them a new post may be asked about."""
    moved = Appointment.objects.filter(
        person__merged_into__isnull=True, person__rejected=False, post__organisation__isnull=False
    )
    return (
        moved.order_by()
        .values("person")
        .annotate(bodies=Count("post__organisation", distinct=True))
        .filter(bodies__gt=1)
    )


def _of_one_name(names: list[str] | None) -> dict[str, list[int]]:
    """Living people by the names that more than one of them bears, other names too."""
    living = Person.objects.living().order_by("pk")
    other = PersonName.objects.filter(person__merged_into__isnull=True, person__rejected=False).order_by("person")
    if names is not None:
        living, other = living.filter(name__in=names), other.filter(name__in=names)
    bearers: dict[str, dict[int, None]] = {}
    for name, pk in living.values_list("name", "pk"):
        bearers.setdefault(name, {})[pk] = None
    for name, pk in other.values_list("name", "person"):
        bearers.setdefault(name, {})[pk] = None
    return {name: list(people) for name, people in bearers.items() if len(people) > 1}


def _pairs(bearers: dict[str, list[int]]) -> list[_Asked]:
    """Two of one name who are both in print and were not told apart."""
    everyone = {pk for people in bearers.values() for pk in people}
    if not everyone:
        return []
    named = Mention.objects.filter(person__in=everyone).exclude(status=Mention.Status.REJECTED)
    in_print = set(named.order_by().values_list("person", flat=True).distinct())
    apart, asked = _told_apart(), dict[tuple[int, int], _Asked]()
    for people in bearers.values():
        for one, other in combinations([pk for pk in people if pk in in_print][:_MOST_OF_A_NAME], 2):
            if frozenset((one, other)) not in apart:
                asked[one, other] = _Asked(one, other)
    return list(asked.values())


def _told_apart() -> set[frozenset[int]]:
    living = merged_records(Person)
    rows = RecordChange.objects.standing().filter(kind=RecordChange.Kind.APART).values_list("person", "other_person")
    return {frozenset((living.get(one, one), living.get(other, other))) for one, other in rows if one and other}


def _new_posts(people: list[int]) -> list[_Asked]:
    """Of each person, posts that nothing in print joins to those before: no article prints both, the body is another."""
    posts = on_the_desk().filter(mention__person__in=people, appointment__post__organisation__isnull=False)
    by_person: dict[int, list[Held]] = {}
    for one in held(posts):
        by_person.setdefault(one.person.pk, []).append(one)
    joined = _joined([pk for pk, found in by_person.items() if len(found) > 1])
    asked = []
    for pk, found in by_person.items():
        stages = _stages(found, joined.get(pk, []))
        asked += [_Asked(pk, pk, tuple(before), tuple(after)) for before, after in pairwise(stages)]
    return asked


def _joined(people: list[int]) -> dict[int, list[tuple[int, int]]]:
    """By person, pairs of posts that belong together: printed together, said to be one person's, or confirmed."""
    found: dict[int, list[tuple[int, int]]] = {}
    beside = PrintedPost.objects.filter(mention__person__in=people, appointment__isnull=False).order_by()
    together = beside.values_list(
        "mention__person", "appointment__post", "mention__posts__appointment__post"
    ).distinct()
    for person, one, other in together:
        if other is not None and one < other:
            found.setdefault(person, []).append((one, other))
    accepted = beside.filter(mention__status=Mention.Status.ACCEPTED)
    first: dict[int, int] = {}
    for person, post in accepted.values_list("mention__person", "appointment__post").distinct():
        found.setdefault(person, []).append((first.setdefault(person, post), post))
    living = merged_records(Person)
    for change in RecordChange.objects.standing().filter(kind=RecordChange.Kind.SAME):
        person = living.get(change.person_id or 0, change.person_id or 0)
        found.setdefault(person, []).append(tuple(change.after["posts"]))
    return found


def _stages(posts: list[Held], joined: list[tuple[int, int]]) -> list[list[Held]]:
    """Posts in groups that belong together, the groups by their first day."""
    group = {one.post: index for index, one in enumerate(posts)}

    def join(one: int | None, other: int | None) -> None:
        if one in group and other in group and group[one] != group[other]:
            kept, gone = group[one], group[other]
            for post, at in group.items():
                if at == gone:
                    group[post] = kept

    for earlier, later in joined:
        join(earlier, later)
    for a, b in combinations(posts, 2):
        if a.organisation == b.organisation:
            join(a.post, b.post)
    stages: dict[int, list[Held]] = {}
    for one in posts:
        stages.setdefault(group[one.post], []).append(one)
    return sorted(stages.values(), key=lambda stage: stage[0].first.date)


def _told(asked: list[_Asked]) -> list[Question]:
    """The questions with posts and sentences, in a handful of queries."""
    alone = {pk for one in asked if one.one != one.other for pk in (one.one, one.other)}
    posts: dict[int, list[Held]] = {}
    for one in held(on_the_desk().filter(mention__person__in=alone)) if alone else ():
        posts.setdefault(one.person.pk, []).append(one)
    people = Person.objects.in_bulk({pk for one in asked for pk in (one.one, one.other)})
    last = _last_seen([pk for pk in alone if pk not in posts])
    both = [
        ((one.one, one.before or posts.get(one.one, ())), (one.other, one.after or posts.get(one.other, ())))
        for one in asked
    ]
    shown = ((pk, item) for sides in both for pk, found in sides for item in found)
    places = {(pk, seen.article_id) for pk, item in shown for seen in (item.first, item.last)}
    said = _sentences(places | {(pk, seen.article_id) for pk, seen in last.items()})

    def side(pk: int, found: Iterable[Held]) -> Side:
        shown = sorted(found, key=lambda item: item.last.date)[-_POSTS_SHOWN:]
        printings = tuple(
            Printing(item, said.get((pk, item.first.article_id)), said.get((pk, item.last.article_id)))
            for item in shown
        )
        seen = last.get(pk)
        return Side(people[pk], printings, seen, said.get((pk, seen.article_id)) if seen else None)

    return [
        Question(one.key, side(*before), side(*after), tuple(item.post for item in one.after if item.post))
        for one, (before, after) in zip(asked, both, strict=True)
    ]


def _last_seen(people: Iterable[int]) -> dict[int, Evidence]:
    found = {}
    for pk in people:
        article = named_last(Mention.objects.filter(person=pk).exclude(status=Mention.Status.REJECTED))
        if article is not None:
            found[pk] = Evidence(article.pk, article.headline, article.date, article.page_id)
    return found


def _sentences(places: set[tuple[int, int]]) -> dict[tuple[int, int], Sentence]:
    """The sentence that names a person in an article, by (person, article)."""
    mentions = Mention.objects.filter(
        person__in={person for person, _ in places}, article__in={article for _, article in places}
    ).exclude(status=Mention.Status.REJECTED)
    by_place: dict[tuple[int, int], list[Mention]] = {}
    for mention in mentions.select_related("article").order_by("article", "paragraph", "start"):
        by_place.setdefault((mention.person_id or 0, mention.article_id), []).append(mention)
    told = {place: sentence_naming(found[0].article.paragraphs, found) for place, found in by_place.items()}
    return {place: sentence for place, sentence in told.items() if sentence and place in places}
