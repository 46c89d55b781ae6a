"""The rows that an article's readings become."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from articles.models import Byline, Mention, PrintedPost
from articles.newsprint.values import Span

from .names_of_bodies import INSTITUTION, kind_of
from .printed import Beside, Named, Printed
from .register import Identity, Register
from .spans import parts_of

_WHOLE_ARTICLE = Span(0, 0, 0)
_LONGEST_SURFACE = 150
_SEVERAL_BODIES = "职务所属的机构不止一种可能"

# What editors have decided in one article before, by kind and printed form.
Decided = Mapping[tuple[str, str], Mention]
# What the machine wrote when it linked the article before, by a person's name.
Former = Mapping[str, Mention]


def signatures(item: Printed, register: Register) -> Iterator[Byline]:
    """The bylines. A unit that signs (宣传部 供稿) is no person."""
    for position, byline in enumerate(item.bylines or ()):
        name = "".join(byline.name.split())[:50]
        if name:
            person = register.reporter(name, byline.role) if kind_of(name) == INSTITUTION else None
            yield Byline(article=item.article, position=position, name=name, role=byline.role[:50], person=person)


def mentions_of_people(
    item: Printed, near: Mapping[int, list[Beside]], here: Named, register: Register, decided: Decided, former: Former
) -> Iterator[tuple[list[Mention], Identity, list[Beside]]]:
    """Each name's mentions with who it is and what was printed beside it."""
    around = {body.name for body in here.values() if body is not None}
    for person in item.recognised.people:
        found, name = near[id(person)], form_key(person.name)
        current = [b.seen for b in found if not b.former]
        verdict = decided.get((Mention.Kind.PERSON, name))
        if verdict is not None and verdict.status == Mention.Status.REJECTED:
            continue
        status: str = Mention.Status.PROPOSED
        before = former.get(name)
        if verdict is not None:
            who = register.confirm(verdict.person, name, current, item.day)
            status = verdict.status
        elif person.name in item.told_apart:
            who = register.told_apart(name, item.told_apart[person.name], current, item.day)
        elif before is not None and before.person is not None and _same_posts(before, found):
            # What was in doubt stays so: its own evidence must not settle it.
            register.again(before.person, name, current, item.day)
            evident = any(post.appointment_id for post in before.posts.all()) or before.certain
            who = Identity(before.person, before.certain and person.certain, evident and person.certain, "")
        else:
            who = register.identify(name, [b.seen for b in found], current, around, item.day, certain=person.certain)
        if who.person is not None and who.person.rejected:
            continue
        doubtful = verdict is None and any(post.doubtful for post in found)
        reason = "；".join(filter(None, (person.reason, who.reason, _SEVERAL_BODIES if doubtful else "")))[:200]
        if before is not None and who.person == before.person:
            reason = before.reason
        shared = {"person": who.person, "certain": who.certain and not doubtful, "status": status, "reason": reason}
        yield _mentions(item, Mention.Kind.PERSON, person.name, person.spans, shared), who, found


def mentions_of_bodies(item: Printed, here: Named, decided: Decided) -> Iterator[Mention]:
    """Mentions of organisations."""
    for reading in item.recognised.organisations:
        verdict = verdict_on(reading.name, reading.surfaces, decided)
        if verdict is not None and verdict.status == Mention.Status.REJECTED:
            continue
        body = here[reading.name]
        if body is not None and body.rejected:
            continue
        shared = {
            "organisation": body,
            "certain": reading.certain or verdict is not None,
            "status": verdict.status if verdict else Mention.Status.PROPOSED,
            "reason": reading.reason[:200],
        }
        yield from _mentions(item, Mention.Kind.ORGANISATION, reading.name, reading.spans, shared)


def mentions_of_times(item: Printed, decided: Decided) -> Iterator[Mention]:
    """Mentions of times."""
    for date in item.recognised.dates:
        verdict = decided.get((Mention.Kind.TIME, form_key(date.surface)))
        if verdict is not None and verdict.status == Mention.Status.REJECTED:
            continue
        shared = {
            "start_date": date.start,
            "end_date": date.end,
            "precision": date.precision,
            "certain": True,
            "status": verdict.status if verdict else Mention.Status.PROPOSED,
        }
        yield from _mentions(item, Mention.Kind.TIME, date.surface, date.spans, shared)


def printed_posts(
    mention: Mention, who: Identity, found: Iterable[Beside], register: Register
) -> Iterator[PrintedPost]:
    """The posts printed beside a name; those that are evidence lead to an appointment."""
    posts = [item for item in found if item.is_post]
    for position, item in enumerate(posts):
        evident = who.person is not None and who.evident and not item.former
        yield PrintedPost(
            mention=mention,
            position=position,
            text=item.seen.printed[:_LONGEST_SURFACE],
            appointment=register.appointment(who.person, item.seen, item.body) if evident and who.person else None,
        )


def _same_posts(before: Mention, found: Iterable[Beside]) -> bool:
    return [post.text for post in before.posts.all()] == [item.seen.printed for item in found if item.is_post]


def verdict_on(name: str, surfaces: Iterable[str], decided: Decided) -> Mention | None:
    """What an editor decided about a body under one of its printed forms."""
    keys = ((Mention.Kind.ORGANISATION, form_key(form)) for form in (name, *surfaces))
    return next((decided[key] for key in keys if key in decided), None)


def form_key(surface: str) -> str:
    """A printed form without the blanks of justified setting: 张 红 军."""
    return "".join(surface.split())


def _mentions(
    item: Printed, kind: Mention.Kind, name: str, spans: Sequence[Span], shared: Mapping[str, Any]
) -> list[Mention]:
    """One mention a span, with the words printed there; one for the whole article where no place is known."""
    texts = dict(parts_of(item.article))
    return [
        Mention(
            article=item.article,
            kind=kind,
            surface=(texts.get(span.paragraph, "")[span.start : span.end] or name)[:_LONGEST_SURFACE],
            paragraph=span.paragraph,
            start=span.start,
            end=span.end,
            **shared,
        )
        for span in spans or (_WHOLE_ARTICLE,)
    ]
