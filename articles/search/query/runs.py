"""An unspaced run of text in a query: names first, the rest cut into words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.search import plan
from articles.search.analysis import STOP_WORDS, Cut, cut_form, normalise_with_offsets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from articles.search.plan import Node

    from .names import Name, NameKind

LONGEST_NAME_IN_WORDS = 14


class Run:
    """A typed run with its form and cuts."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.form = normalise_with_offsets(text, blanks=True)
        self.cuts = cut_form(self.form.text)
        self.whole = self.form.text.replace(" ", "")

    def original(self, start: int, end: int) -> str:
        """What was typed where the form has this span."""
        first, last = self.form.span(start, end)
        return self.text[first:last]

    def spans(self) -> Iterator[tuple[int, int, int, int]]:
        """Every stretch of neighbouring cuts that may be a name: first cut, cut after the last, and its span."""
        for first in range(len(self.cuts)):
            for after in range(first + 1, min(len(self.cuts), first + LONGEST_NAME_IN_WORDS) + 1):
                start, end = self.cuts[first].start, self.cuts[after - 1].end
                if end - start > 1:
                    yield first, after, start, end

    def candidates(self) -> Iterator[str]:
        """Strings to look up, as typed and normalised."""
        for _, _, start, end in self.spans():
            yield self.form.text[start:end]
            yield self.original(start, end)


@dataclass(frozen=True, slots=True)
class Piece:
    """A name in a run, or the words between names. `cuts` are the words."""

    text: str
    form: str
    cuts: tuple[Cut, ...]
    name: Name | None = None


def pieces_of(run: Run, names: Mapping[tuple[NameKind, str], Name]) -> list[Piece]:
    """The run in order: the longest name from each place on, the words between. A name never begins or ends inside a
    word: 王朝阳 isn't named in 王朝阳光."""
    found: dict[int, tuple[int, Name]] = {}
    for first, after, start, end in run.spans():
        form = run.form.text[start:end].replace(" ", "")
        name = names.get(("organisation", form)) or names.get(("person", form))
        if name and (first not in found or found[first][0] < after):
            found[first] = after, name
    pieces = []
    place = words_from = 0
    while place < len(run.cuts):
        if place in found:
            after, name = found[place]
            pieces.extend(_words(run, words_from, place))
            pieces.append(_piece(run, place, after, name))
            place = words_from = after
        else:
            place += 1
    pieces.extend(_words(run, words_from, len(run.cuts)))
    return pieces


def _words(run: Run, first: int, after: int) -> list[Piece]:
    return [_piece(run, first, after, None)] if first < after else []


def _piece(run: Run, first: int, after: int, name: Name | None) -> Piece:
    cuts = tuple(run.cuts[first:after])
    start, end = cuts[0].start, cuts[-1].end
    return Piece(run.original(start, end), run.form.text[start:end].replace(" ", ""), cuts, name)


def words_plan(cuts: tuple[Cut, ...], *, alone: bool, headline: bool = False) -> list[tuple[str, Node]]:
    """Words of a run and what each demands. Neighbouring single characters are no words that the dictionary knows
    (翟志恒 is cut 翟/志/恒): they are looked for as the string they make. Stop words demand nothing beside others."""
    parts: list[tuple[str, Node]] = []
    place = 0
    while place < len(cuts):
        after = place + 1
        if _single(cuts[place]):
            while after < len(cuts) and _single(cuts[after]) and cuts[after].start == cuts[after - 1].end:
                after += 1
        text = "".join(cut.text for cut in cuts[place:after])
        if after - place > 1 or (_single(cuts[place]) and not (alone and len(cuts) == 1)):
            parts.append((text, plan.Characters(text, headline)))
        elif text not in STOP_WORDS:
            parts.append((text, plan.Word(text, headline)))
        place = after
    return parts


def _single(cut: Cut) -> bool:
    return len(cut.text) == 1 and not cut.text.isascii() and cut.text not in STOP_WORDS
