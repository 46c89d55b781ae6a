"""Who was who on a day: a body's posts with those whom print shows in them before and after, gaps left open."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from .tenures import around, printed_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.models import Organisation, Person

    from .tenures import Around, Evidence

Standing = Literal["between", "before", "after"]
_DEPUTY = ("副", "代", "助理")
_MEMBER = ("委员", "常委")


@dataclass(frozen=True, slots=True)
class Holder:
    """A person in a post around a day: the last evidence up to it and the first after it."""

    person: Person
    before: Evidence | None
    after: Evidence | None

    @property
    def standing(self) -> Standing:
        """Whether print shows the person in the post on both sides of the day, or on one side only."""
        if self.before and self.after:
            return "between"
        return "before" if self.before else "after"


@dataclass(frozen=True, slots=True)
class Seat:
    """A post and who may have held it that day, those seen on both sides first."""

    title: str
    post: int | None
    holders: tuple[Holder, ...]


def line_up(organisation: Organisation, day: datetime.date) -> list[Seat]:
    """The posts of a body on a day: chiefs, their deputies, members.

    Whoever print shows in a post before and after the day is named; where there is nobody, the one seen last before
    and the one seen first after, since print tells no more.
    """
    seats: dict[str, list[Holder]] = {}
    posts: dict[str, int | None] = {}
    for one in sorted(around(printed_at(organisation), day), key=_oldest):
        # Printed on the very day: that is evidence for both sides.
        seats.setdefault(one.title, []).append(Holder(one.person, one.before, one.after))
        posts.setdefault(one.title, one.post)
    found = [Seat(title, posts[title], tuple(_named(holders))) for title, holders in seats.items()]
    return sorted(
        (seat for seat in found if seat.holders),
        key=lambda seat: (seat.title.endswith(_MEMBER), seat.title.startswith(_DEPUTY)),
    )


def _oldest(one: Around) -> tuple[datetime.date, int]:
    seen = one.before or one.after
    return (seen.date, seen.article_id) if seen else (datetime.date.max, 0)


def _named(holders: Iterable[Holder]) -> list[Holder]:
    holders = list(holders)
    between = [holder for holder in holders if holder.before and holder.after]
    if between:
        return between
    before = [holder for holder in holders if holder.before]
    after = [holder for holder in holders if holder.after]
    newest = max((holder.before.date for holder in before if holder.before), default=None)
    oldest = min((holder.after.date for holder in after if holder.after), default=None)
    return [h for h in before if h.before and h.before.date == newest] + [
        h for h in after if h.after and h.after.date == oldest
    ]
