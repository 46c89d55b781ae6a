"""Which of several people of one name is meant: the post that is typed beside the name says it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from articles.models import Appointment, Article, Mention, Person
from articles.newsprint.recognition import split_post
from articles.search.analysis import STOP_WORDS, normalise
from articles.search.criteria import Choice
from articles.search.rows import PLACES, compiled, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from articles.search.rows import Compiled

    from .names import Name
    from .runs import Piece

# Said in a query for what print says otherwise.
_SAME = {"老师": "教师", "教师": "老师", "医生": "医师", "大夫": "医师", "总": "总经理", "一把手": "书记"}
_FURTHEST = 3  # pieces that may belong to a post before or after the name


@dataclass(frozen=True, slots=True)
class _Post:
    title: str
    bodies: tuple[str, ...]  # normalised names of the body
    body: int | None


@dataclass(frozen=True, slots=True)
class Meant:
    """The records of a name that are meant; `before` and `after` count the pieces beside it that say so."""

    ids: tuple[int, ...]
    people: tuple[str, ...]
    before: int
    after: int


def meant_by_post(name: Name, before: Sequence[Piece], after: Sequence[Piece], *, spaced: bool) -> Meant | None:
    """The records whose posts fit what stands right before the name, or else right after it; None where none does.

    `spaced`: the words beside the name were typed apart from it. Then they are a post only if a body is among them or
    there are namesakes: 张红军 志愿者 may just be about volunteers.
    """
    before, after = _context(before[::-1])[::-1], _context(after)
    if not before and not after:
        return None
    posts = _posts_of(name)
    tries = [(before[-count:], (count, 0)) for count in range(len(before), 0, -1)]
    tries += [(after[:count], (0, count)) for count in range(len(after), 0, -1)]
    for pieces, place in tries:
        fitting = _holders(name, pieces, posts, spaced=spaced)
        if fitting:
            ids = tuple(number for one in name.records if one[0] in fitting for number in one)
            named = Person.objects.in_bulk(fitting)
            return Meant(ids, tuple(dict.fromkeys(str(named[pk]) for pk in fitting)), *place)
    return None


def _holders(name: Name, pieces: Sequence[Piece], posts: Mapping[int, list[_Post]], *, spaced: bool) -> list[int]:
    living = [one[0] for one in name.records]
    if len(living) == 1 and spaced and not any(piece.name for piece in pieces):
        return []
    fitting = [record for record in living if _fits(pieces, posts[record])]
    if not fitting and len(living) > 1:
        fitting = [record for record in living if _fits(pieces, posts[record], name, record)]
    return fitting


def choice_among(name: Name) -> tuple[Choice, ...]:
    """Each of several people of one name that has a public page, with a query that means only this one."""
    living = [one[0] for one in name.records]
    posts = _posts_of(name)
    choices = []
    for person in Person.objects.with_profile().filter(pk__in=living).order_by("pk"):
        own = [post for post in posts[person.pk] if post.body is not None] or posts[person.pk]
        if own:
            typed = f"{own[0].bodies[0] if own[0].bodies else ''}{own[0].title}{person.name}"
            choices.append(Choice(str(person) if person.distinction else f"{person.name}（{_said(own[0])}）", typed))
    return tuple(choices)


def _said(post: _Post) -> str:
    return f"{post.bodies[0] if post.bodies else ''}{post.title}"


def _context(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces next to the name that may be its post: bodies and words, no dates and no other people."""
    kept = []
    for piece in pieces[:_FURTHEST]:
        if piece.days or (piece.name and piece.name.kind == "person"):
            break
        kept.append(piece)
    return kept


def _posts_of(name: Name) -> dict[int, list[_Post]]:
    """Posts that published articles print, by living record; what tells namesakes apart counts as a title."""
    living = {number: one[0] for one in name.records for number in one}
    rows = [row[:4] for row in rows_of(_printed_posts(), name.ids)]
    posts: dict[int, list[_Post]] = defaultdict(list)
    bodies = {body for _person, _title, body, _name in rows if body}
    others = defaultdict(list)
    for body, other in _other_names(bodies) if bodies else ():
        others[body].append(normalise(other))
    for person, title, body, body_name in rows:
        names = (normalise(body_name), *others[body]) if body else ()
        posts[living[person]].append(_Post(normalise(title), names, body))
    for person, distinction in Person.objects.filter(pk__in=living.values()).values_list("pk", "distinction"):
        if distinction:
            posts[person].append(_Post(normalise(distinction), (), None))
    return posts


@cache
def _printed_posts() -> Compiled:
    printed = Appointment.objects.filter(
        person__in=PLACES, evidence__mention__article__status=Article.Status.PUBLISHED
    ).order_by("pk")
    return compiled(
        printed.values_list("person", "post__title", "post__organisation", "post__organisation__name", "pk").distinct()
    )


def _other_names(bodies: set[int]) -> Iterable[tuple[int, str]]:
    from articles.models import OrganisationName

    return OrganisationName.objects.filter(organisation__in=bodies).values_list("organisation", "name")


def _fits(pieces: Sequence[Piece], posts: Iterable[_Post], name: Name | None = None, record: int = 0) -> bool:
    """One post says all of it. With a record, a body counts as said too where print names both in one article."""
    words = "".join(piece.form for piece in pieces if piece.name is None)
    typed_body, title = split_post(words) if words else (None, "")
    bodies = [piece for piece in pieces if piece.name is not None]
    stem = typed_body or ""
    return any(
        _titled(title, post)
        and (not stem or _spoken_of(stem, post))
        and all(_of_body(piece, post) or (name and title and _together(piece, name, record)) for piece in bodies)
        for post in posts
    )


def _titled(title: str, post: _Post) -> bool:
    """局长 is said by 局长 and by 应急管理局局长, 主任 not by 副主任."""
    if not title or title in STOP_WORDS:
        return True
    for wanted in dict.fromkeys((title, _SAME.get(title, title))):
        place = post.title.find(wanted)
        if place >= 0 and not (place and post.title[place - 1] == "副" and not wanted.startswith("副")):
            return True
    return False


def _spoken_of(stem: str, post: _Post) -> bool:
    return stem in post.title or any(stem in body or _in_order(stem, body) for body in post.bodies)


def _in_order(stem: str, text: str) -> bool:
    place = 0
    for character in stem:
        place = text.find(character, place) + 1
        if not place:
            return False
    return True


def _of_body(piece: Piece, post: _Post) -> bool:
    name = piece.name
    assert name is not None  # noqa: S101
    if post.body in name.ids:
        return True
    said = {piece.form, *name.surfaces}
    return any(one in post.title or one in body or body in one for one in said for body in (*post.bodies, post.title))


def _together(piece: Piece, name: Name, record: int) -> bool:
    assert piece.name is not None  # noqa: S101
    own = next(one for one in name.records if one[0] == record)
    here = Mention.objects.settled().in_published().filter(person__in=own).values("article")
    return Mention.objects.settled().filter(organisation__in=piece.name.ids, article__in=here).exists()
