"""The people that the archive knows by a set of names, with what they were seen as; new ones wait until `save`."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, Max, Min, OuterRef, Q

from articles.models import Appointment, Byline, Mention, Organisation, Person, Post
from articles.newsprint.recognition import is_public_post
from articles.search import merged_records

from .matching import Career, Seen, find_person, find_reporter, sphere_of
from .names_of_bodies import COMPANY, kind_of
from .spoken import speak_names

_LONGEST_NAME = 50
_LONGEST_TITLE = 100
_LONGEST_DISTINCTION = 100


@dataclass(slots=True)
class Known:
    """A person and the career that tells them from others of the name."""

    person: Person
    career: Career = field(default_factory=Career)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a name in print is; `evident`: the posts beside it are evidence of appointments."""

    person: Person | None
    certain: bool
    evident: bool
    reason: str


class Register:
    """People by name, posts by title and body, appointments by person and post."""

    def __init__(self) -> None:
        self._known: dict[str, list[Known]] = defaultdict(list)
        self._posts: dict[tuple[str, int | None], Post] = {}
        self._appointments: dict[tuple[int, str, int | None], Appointment] = {}
        self._fresh_people: list[Person] = []
        self._changed_people: dict[int, Person] = {}
        self._fresh_posts: list[Post] = []
        self._fresh_appointments: list[Appointment] = []

    def load_people(self, names: Iterable[str]) -> None:
        """Fetch everyone who is or was called by one of these names."""
        wanted = {name[:_LONGEST_NAME] for name in names}
        by_id: dict[int, Known] = {}
        named = Person.objects.filter(Q(name__in=wanted) | Q(other_names__name__in=wanted)).distinct()
        for person in named.select_related("merged_into").prefetch_related("other_names"):
            target = _living(person)
            known = by_id.setdefault(target.pk, Known(target, Career(distinction=target.distinction)))
            for name in {person.name, *(other.name for other in person.other_names.all())} & wanted:
                if known not in self._known[name]:
                    self._known[name].append(known)
        merged = {old: living for old, living in merged_records(Person).items() if living in by_id}
        self._load_careers(by_id, merged | {pk: pk for pk in by_id})

    def _load_careers(self, by_id: dict[int, Known], family: dict[int, int]) -> None:
        """`family`: who merged records are now; their posts are the living one's career."""
        issue_date = "evidence__mention__article__page__issue__date"
        not_rejected = ~Q(evidence__mention__status=Mention.Status.REJECTED)
        appointments = (
            Appointment.objects.filter(person__in=family)
            .select_related("post__organisation")
            .annotate(first=Min(issue_date, filter=not_rejected), last=Max(issue_date, filter=not_rejected))
        )
        for appointment in appointments:
            post = appointment.post
            living = family[appointment.person_id]
            key = (living, post.title, post.organisation_id)
            if appointment.person_id == living or key not in self._appointments:
                self._appointments[key] = appointment
            self._posts[(post.title, post.organisation_id)] = post
            seen = seen_as(post.title, post.organisation, str(post))
            for day in {appointment.first, appointment.last} - {None}:
                by_id[living].career.note(seen, day)
        signing = Byline.objects.filter(person=OuterRef("pk"))
        for pk in Person.objects.filter(Exists(signing), pk__in=by_id).values_list("pk", flat=True):
            by_id[pk].career.signs = True
        without_post = [pk for pk, known in by_id.items() if not known.career.stints]
        last_seen = Mention.objects.filter(person__in=without_post).values_list("person")
        for pk, day in last_seen.annotate(day=Max("article__page__issue__date")):
            by_id[pk].career.last_seen = day

    def load_posts(self, posts: Iterable[tuple[str, int | None]]) -> None:
        """Fetch these posts: titles and the ids of their bodies."""
        wanted = {(title[:_LONGEST_TITLE], body) for title, body in posts} - set(self._posts)
        for post in Post.objects.filter(title__in={title for title, _ in wanted}):
            self._posts[(post.title, post.organisation_id)] = post

    def identify(
        self,
        name: str,
        seen: Sequence[Seen],
        current: Sequence[Seen],
        around: set[str],
        day: datetime.date,
        *,
        certain: bool,
    ) -> Identity:
        """Who it is: someone known, or a new record where it is nobody known.

        `seen` tells who it is, `current` is what the person is then known to be (former posts left out). A doubtful
        reading never makes a record, and what is doubtful about someone known is no evidence yet: else the second
        doubtful mention would be taken for proof by the first.
        """
        everyone = self._known[name[:_LONGEST_NAME]]
        namesakes = [known for known in everyone if not known.person.rejected]
        if everyone and not namesakes:
            return Identity(everyone[0].person, False, False, "编辑已否定")
        match = find_person([known.career for known in namesakes], seen, around, day)
        if match.career is not None:
            known = namesakes[match.career]
            evident = certain and match.certain
        elif certain:
            known = self._add(name, seen[0].printed if seen and (namesakes or not seen[0].title) else "")
            evident = True
        else:
            return Identity(None, False, False, match.reason)
        if evident:
            self._note(known, current, day, profile=match.certain)
        return Identity(known.person, certain and match.certain, evident, match.reason)

    def told_apart(self, name: str, distinction: str, current: Sequence[Seen], day: datetime.date) -> Identity:
        """The person of this name and distinction, as the source itself tells them apart; made if need be."""
        distinction = distinction[:_LONGEST_DISTINCTION]
        namesakes = self._known[name[:_LONGEST_NAME]]
        known = next((known for known in namesakes if known.person.distinction == distinction), None)
        known = known or self._add(name, distinction)
        self._note(known, current, day, profile=True)
        return Identity(known.person, True, True, "")

    def confirm(self, person: Person | None, name: str, current: Sequence[Seen], day: datetime.date) -> Identity:
        """The person whom an editor accepted; without one, whoever it is, made if need be."""
        if person is None:
            person = self.identify(name, current, current, set(), day, certain=True).person
        known = next((k for k in self._known[name[:_LONGEST_NAME]] if k.person is person or k.person == person), None)
        if known is None:
            known = Known(person) if person is not None else self._add(name, "")
        self._note(known, current, day, profile=True)
        return Identity(known.person, True, True, "")

    def again(self, person: Person, name: str, current: Sequence[Seen], day: datetime.date) -> None:
        """The same article is linked once more and prints of this person what it printed before."""
        known = next((k for k in self._known[name[:_LONGEST_NAME]] if k.person == person), None)
        if known is not None:
            self._note(known, current, day, profile=False)

    def reporter(self, name: str, role: str) -> Person:
        """Whose signature this is."""
        namesakes = self._known[name[:_LONGEST_NAME]]
        found = find_reporter([known.career for known in namesakes])
        if found is not None:
            return namesakes[found].person
        known = self._add(name, role if namesakes else "")
        known.career.signs = True
        return known.person

    def save_people(self) -> None:
        """Write new and changed people."""
        Person.objects.bulk_create(self._fresh_people)
        Person.objects.bulk_update(self._changed_people.values(), ["has_profile", "distinction"])
        self._fresh_people, self._changed_people = [], {}

    def appointment(self, person: Person, seen: Seen, body: Organisation | None) -> Appointment:
        """The appointment of a saved person to this post, new where it is the first time."""
        title = seen.title[:_LONGEST_TITLE]
        key = (title, body.pk if body else None)
        post = self._posts.get(key)
        if post is None:
            post = self._posts[key] = Post(title=title, organisation=body)
            self._fresh_posts.append(post)
        person_key = (person.pk, *key)
        if person_key not in self._appointments:
            self._appointments[person_key] = Appointment(person=person, post=post)
            self._fresh_appointments.append(self._appointments[person_key])
        return self._appointments[person_key]

    def save_appointments(self) -> None:
        """Write new posts and appointments."""
        Post.objects.bulk_create(self._fresh_posts)
        Appointment.objects.bulk_create(self._fresh_appointments)
        self._fresh_posts, self._fresh_appointments = [], []

    def _add(self, name: str, distinction: str) -> Known:
        """A new record; a namesake without a distinction gets one too, so that both can be told apart."""
        name, distinction = name[:_LONGEST_NAME], distinction[:_LONGEST_DISTINCTION]
        person = Person(name=name, distinction=distinction)
        speak_names(person)
        for other in self._known[name]:
            if not other.career.distinction and other.career.stints:
                latest = max(other.career.stints, key=lambda stint: stint.last)
                other.career.distinction = other.person.distinction = latest.printed[:_LONGEST_DISTINCTION]
                self._note_change(other.person)
        known = Known(person, Career(distinction=distinction))
        self._known[name].append(known)
        self._fresh_people.append(person)
        return known

    def _note(self, known: Known, seen: Sequence[Seen], day: datetime.date, *, profile: bool) -> None:
        for item in seen:
            known.career.note(item, day)
        known.career.last_seen = max(known.career.last_seen or day, day)
        if profile and any(is_public_post(item.printed) for item in seen if item.title):
            self._open_profile(known.person)

    def _open_profile(self, person: Person) -> None:
        if not person.has_profile and not person.profile_set_by_editor:
            person.has_profile = True
            self._note_change(person)

    def _note_change(self, person: Person) -> None:
        if person.pk:
            self._changed_people[person.pk] = person


def seen_as(title: str, body: Organisation | None, printed: str) -> Seen:
    """A post in the terms of the matching rules."""
    in_enterprise = body is not None and (body.kind or kind_of(body.name)) == COMPANY
    return Seen(
        printed, title[:_LONGEST_TITLE], body.name if body else None, sphere_of(printed, in_enterprise=in_enterprise)
    )


def _living(person: Person) -> Person:
    while person.merged_into is not None:
        person = person.merged_into
    return person
