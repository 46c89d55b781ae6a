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

LONGEST_NAME = 30  # characters
SURE_INSIDE = 3  # characters from which a name may begin inside a word


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

    def spans(self) -> Iterator[tuple[int, int]]:
        """Every stretch of the form that may be a name, by its first character, the longest first.

        A name ends where a word ends: 王朝阳 isn't named in 王朝阳光. It begins where a word begins, or from three
        characters on inside one: 云图数据王朝阳 is cut 云图/数据王/朝阳.
        """
        begins = {cut.start for cut in self.cuts}
        ends = sorted({cut.end for cut in self.cuts}, reverse=True)
        for start in range(len(self.form.text)):
            shortest = 2 if start in begins else SURE_INSIDE
            for end in ends:
                if shortest <= end - start <= LONGEST_NAME:
                    yield start, end

    def candidates(self) -> Iterator[str]:
        """Strings to look up, as typed and normalised."""
        for start, end in self.spans():
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
    """The run in order: the longest name from each place on, the words between."""
    found: dict[int, tuple[int, Name]] = {}
    for start, end in run.spans():
        form = run.form.text[start:end].replace(" ", "")
        name = names.get(("organisation", form)) or names.get(("person", form))
        if name and start not in found:
            found[start] = end, name
    pieces = []
    words_from = 0
    for start in sorted(found):
        if start >= words_from:
            end, name = found[start]
            pieces += _words(run, words_from, start)
            pieces.append(_piece(run, start, end, name))
            words_from = end
    return pieces + _words(run, words_from, len(run.form.text))


def _words(run: Run, start: int, end: int) -> list[Piece]:
    """What stands between names, cut again: a name may have begun inside a word."""
    cuts = cut_form(run.form.text[start:end])
    return [_piece(run, start + cuts[0].start, start + cuts[-1].end, None)] if cuts else []


def _piece(run: Run, start: int, end: int, name: Name | None) -> Piece:
    form = run.form.text[start:end]
    return Piece(run.original(start, end), form.replace(" ", ""), tuple(cut_form(form)), name)


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
