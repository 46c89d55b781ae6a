"""Who was who on a day: a body's posts with those whom print shows in them before and after, gaps left open."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from .officials import holders_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.models import Organisation, Person

    from .officials import Evidence, Held

Standing = Literal["between", "before", "after"]
_DEPUTY = ("副", "代", "助理")


@dataclass(frozen=True, slots=True)
class Holder:
    """A person in a post around a day: the last evidence up to it and the first after it."""

    person: Person
    label: str
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
    """The posts of a body on a day, deputies after their chiefs.

    Whoever print shows in a post before and after the day is named; where there is nobody, the one seen last before
    and the one seen first after, since print tells no more.
    """
    seats: dict[str, list[Held]] = {}
    for held in holders_of(organisation):
        seats.setdefault(held.title, []).append(held)
    found = [Seat(title, held[0].post, tuple(_around(held, day))) for title, held in seats.items()]
    return sorted((seat for seat in found if seat.holders), key=lambda seat: seat.title.startswith(_DEPUTY))


def _around(held: Iterable[Held], day: datetime.date) -> list[Holder]:
    holders = [_holder(row, day) for row in held]
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


def _holder(held: Held, day: datetime.date) -> Holder:
    at = bisect_right([seen.date for seen in held.seen], day)
    before = held.seen[at - 1] if at else None
    # Printed on the very day: that is evidence for both sides.
    after = before if before and before.date == day else held.seen[at] if at < len(held.seen) else None
    return Holder(held.person, held.label, before, after)
