"""The desk's gestures tried on a page in memory, with the very code that does them."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from articles.models import Article, Block
from articles.services import gestures
from articles.services.gestures import Destination
from articles.services.makeup import HEAD_ROLES, GestureRefusedError, Makeup
from benchmarks.desk.truth import squash

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

NEW = -1  # an article that a gesture makes
_said: dict[tuple[str, tuple[int, ...]], str] = {}


@dataclass(frozen=True, slots=True)
class Step:
    """One gesture. Lines are SourceLine ids; `to` is an article, `NEW`, or None for lines set aside."""

    kind: str  # move, merge, split, edit
    lines: tuple[int, ...] = ()
    article: int | None = None
    to: int | None = None
    role: str = ""
    place: str = "own"
    paragraph: int | None = None
    texts: tuple[tuple[str, str], ...] = field(default=())


def next_new(articles: Iterable[int]) -> int:
    """The id, below NEW, of the next article made beside those with these ids."""
    return min((NEW - 1, *(pk - 1 for pk in articles)))


class Rehearsal(Makeup):
    """A page's make-up that can be copied and is never saved. New articles have ids below zero."""

    def copy(self) -> Rehearsal:
        """The same once more."""
        twin = copy(self)
        twin.articles, twin.zones = dict(self.articles), dict(self.zones)
        twin.pieces = [replace(piece, lines=list(piece.lines)) for piece in self.pieces]
        return twin

    def mended(self, piece) -> str:  # type: ignore[no-untyped-def]
        """As a make-up mends, each run of lines once."""
        key = (piece.role, tuple(piece.lines))
        if key not in _said:
            _said[key] = super().mended(piece)
        return _said[key]

    def living(self) -> list[int]:
        """Articles that have something."""
        return list(dict.fromkeys(piece.article for piece in self.pieces if piece.article is not None))

    def lines_of(self, article: int, *roles: str) -> list[int]:
        """Line ids of an article in reading order."""
        return [pk for p in self.pieces if p.article == article and (not roles or p.role in roles) for pk in p.lines]

    def text(self, article: int, role: str) -> str:
        """What an article says in a role, squashed."""
        return squash("".join(self.says(piece) for piece in self.of(article, role)))

    def group(self, article: int) -> dict[str, str]:
        """Its headline group."""
        return {role: self.text(article, role) for role in HEAD_ROLES}

    def key(self) -> frozenset[tuple[object, ...]]:
        """What tells one state from another."""
        return frozenset(
            (piece.article, str(piece.role), index, tuple(piece.lines), piece.text)
            for index, piece in enumerate(sorted(self.pieces, key=lambda p: (p.article or 0, str(p.role))))
        )

    def after(self, step: Step) -> Rehearsal | None:
        """How the page stands after a gesture; None where the desk would refuse it."""
        twin = self.copy()
        try:
            twin._do(step)
        except GestureRefusedError:
            return None
        return twin

    def _do(self, step: Step) -> None:
        if step.kind == "merge":
            gestures.merge(self, self.articles[step.article], self.articles[step.to])
        elif step.kind == "split":
            new = self._new()
            piece = self.places()[step.lines[0]]
            gestures.split(self, self.articles[step.article], new, piece=piece, line=step.lines[0])
        elif step.kind == "edit":
            for role, text in step.texts:
                pieces = self.of(step.article, role)
                for piece in pieces:
                    piece.text, piece.by_hand = (text if piece is pieces[0] else ""), True
        else:
            to = self._new().pk if step.to == NEW else step.to
            gestures.move(self, step.lines, Destination(to, step.role, step.place, step.paragraph))

    def _new(self) -> Article:
        pk = next_new(self.articles)
        self.articles[pk] = Article(pk=pk)
        return self.articles[pk]


ASIDE = {"caption": Block.Role.CAPTION, "advertisement": Block.Role.ADVERTISEMENT, "furniture": Block.Role.FURNITURE}


def some_step(state: Rehearsal, dice: Random) -> Step:
    """Any gesture that changes the page: two articles joined, one cut, lines set aside or moved to a neighbour."""
    while True:
        one, other = dice.sample([*state.living(), *state.living()], 2)
        lines = state.lines_of(one, Block.Role.BODY)
        if not lines:
            continue
        start = dice.randrange(len(lines))
        some = tuple(lines[start : start + 3])
        step = dice.choice(
            (
                Step("merge", article=one, to=other),
                Step("split", (lines[start],), article=one),
                Step("move", some, role=Block.Role.CAPTION.value),
                Step("move", some, to=other, role=Block.Role.BODY.value, place="last"),
            )
        )
        if one == other and step.kind != "split" and step.to is not None:
            continue
        made = state.after(step)
        if made is not None and made.key() != state.key():
            return step
