"""The archive's own records as a gazetteer: names that print and editors have confirmed are known beforehand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q

from articles.models import Mention, Organisation, OrganisationName, Person
from articles.newsprint.recognition import Profile
from articles.search import Kept, feasts_and_events, names_state

if TYPE_CHECKING:
    from articles.models import Paper

_SHORTEST_BODY = 4  # 书店 or 医院 alone names no one body
_SHORTEST_PERSON = 3  # 高洁 and 江南 are words too
_SEEN = 2  # articles in which a name must stand before it is taken to be known
_MOST = 5_000  # names of a kind, the most printed ones; more would slow reading down


_GOOD_FOR = 60  # seconds: how long a name that was confirmed just now may not be known yet


def profile_of(paper: Paper) -> Profile:
    """What a reading of this paper knows beforehand.

    Bodies named in at least two published articles or confirmed by an editor, with the names that they go by; people
    likewise, if they have a public page; what editors wrote down of the paper's district; the feasts and events.
    """
    known = _kept.get(names_state(), lambda _before: _known())
    forms = list(paper.short_forms.values_list("short", "organisation__name", "by_editor"))
    short = {form for form, _, _ in forms if len(form) >= _SHORTEST_BODY}
    return Profile(
        short_forms={form: name for form, name, by_editor in forms if by_editor},
        organisations=known.organisations | short | set(paper.known_bodies.splitlines()),
        people=known.people | set(paper.known_people.splitlines()),
        events=feasts_and_events(),
    )


_kept: Kept[Profile] = Kept(_GOOD_FOR)


def _known() -> Profile:
    """Whatever the paper. Counting all mentions takes most of a second at 100,000 articles, so this is kept."""
    bodies = _confirmed("organisation")
    names = set(Organisation.objects.living().filter(pk__in=bodies).values_list("name", flat=True))
    names |= set(OrganisationName.objects.filter(organisation__in=bodies).values_list("name", flat=True))
    people = Person.objects.with_profile().filter(pk__in=_confirmed("person")).values_list("name", flat=True)
    return Profile(
        organisations=frozenset(name for name in names if len(name) >= _SHORTEST_BODY),
        people=frozenset(name for name in people if len(name) >= _SHORTEST_PERSON),
    )


def _confirmed(kind: str) -> list[int]:
    """Ids of records, the most printed first."""
    accepted = Q(status=Mention.Status.ACCEPTED)
    counted = (
        Mention.objects.settled()
        .in_published()
        .filter(**{f"{kind}__isnull": False})
        .order_by()
        .values_list(kind)
        .annotate(printed=Count("article", distinct=True), accepted=Count("pk", filter=accepted))
        .filter(Q(printed__gte=_SEEN) | Q(accepted__gt=0))
        .order_by("-printed", kind)
    )
    return [pk for pk, _printed, _accepted in counted[:_MOST]]
