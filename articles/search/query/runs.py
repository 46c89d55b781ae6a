"""An unspaced run of text in a query: dates and names first, the rest cut into words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.search import plan
from articles.search.analysis import STOP_WORDS, Cut, cut_form, normalise_with_offsets

from .days import Days, days_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from articles.search.plan import Node

    from .names import Name, NameKind

LONGEST_NAME = 30  # characters
_HEAD = re.compile(r"([局院部厅处校会所站队委])\1?长")
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
        return self.text[first:last].strip()

    def spans(self) -> Iterator[tuple[int, int]]:
        """Every stretch of the form that may be a name, by its first character, the longest first.

        A name ends where a word ends: 王朝阳 isn't named in 王朝阳光. It begins where a word begins, or from three
        characters on inside one: 云图数据王朝阳 is cut 云图/数据王/朝阳. A body may end in its head's title: 应急局长
        is cut 应急/局长, and 应急局局长 is cut 应急/局局长.
        """
        begins = {cut.start for cut in self.cuts}
        heads = {cut.start + 1 for cut in self.cuts if _HEAD.fullmatch(cut.text)}
        ends = sorted({cut.end for cut in self.cuts} | heads, reverse=True)
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
    """A name or a date in a run, or the words between them. `start` and `end` are places in the run's form, and so
    are those of `cuts`, its words."""

    text: str
    form: str
    start: int
    end: int
    cuts: tuple[Cut, ...]
    name: Name | None = None
    days: Days | None = None


def pieces_of(run: Run, names: Mapping[tuple[NameKind, str], Name]) -> list[Piece]:
    """The run in order: dates, the longest name from each place on, the words between."""
    found: dict[int, tuple[int, Name | Days]] = {}
    found.update(days_in(run.form.text))
    for start, end in run.spans():
        form = run.form.text[start:end].replace(" ", "")
        name = names.get(("organisation", form)) or names.get(("person", form))
        if name and start not in found:
            found[start] = end, name
    pieces = []
    words_from = 0
    for start in sorted(found):
        if start >= words_from:
            end, meant = found[start]
            pieces += _words(run, words_from, start)
            if isinstance(meant, Days):
                pieces.append(_piece(run, start, end, days=meant))
            else:
                pieces.append(_piece(run, start, end, name=meant))
            words_from = end
    return pieces + _words(run, words_from, len(run.form.text))


def _words(run: Run, start: int, end: int) -> list[Piece]:
    """What stands between names, cut again: a name may have begun inside a word, or ended in the title of its head."""
    if start and _HEAD.match(run.form.text, start - 1):
        start -= 1
    cuts = cut_form(run.form.text[start:end])
    return [_piece(run, start + cuts[0].start, start + cuts[-1].end)] if cuts else []


def _piece(run: Run, start: int, end: int, name: Name | None = None, days: Days | None = None) -> Piece:
    form = run.form.text[start:end]
    cuts = tuple(Cut(cut.text, start + cut.start, start + cut.end) for cut in cut_form(form))
    return Piece(run.original(start, end), form.replace(" ", ""), start, end, cuts, name, days)


@dataclass(frozen=True, slots=True)
class Demand:
    """What one word of a run demands, and where it stands in the run's form."""

    text: str
    node: Node
    start: int
    end: int


def demands_of(
    cuts: tuple[Cut, ...], *, alone: bool, headline: bool = False, idle: Collection[Cut] = ()
) -> list[Demand]:
    """What the words of a run demand, those left out that are `idle`. Neighbouring single characters are no words that
    the dictionary knows (翟志恒 is cut 翟/志/恒): they are looked for as the string they make. Stop words demand
    nothing beside others."""
    demands: list[Demand] = []
    place = 0
    while place < len(cuts):
        after = place + 1
        if cuts[place] in idle:
            place = after
            continue
        if _single(cuts[place]):
            while (
                after < len(cuts)
                and _single(cuts[after])
                and cuts[after] not in idle
                and cuts[after].start == cuts[after - 1].end
            ):
                after += 1
        text = "".join(cut.text for cut in cuts[place:after])
        span = cuts[place].start, cuts[after - 1].end
        if after - place > 1 or (_single(cuts[place]) and not (alone and len(cuts) == 1)):
            beside = _beside(text, cuts[place - 1 : place], cuts[after : after + 1], span) if len(text) == 1 else ()
            strings = tuple(plan.Characters(one, headline) for one in beside or (text,))
            demands.append(Demand(text, strings[0] if len(strings) == 1 else plan.AnyOf(strings), *span))
        elif text not in STOP_WORDS:
            demands.append(Demand(text, plan.Word(text, headline), *span))
        place = after
    return demands


def _beside(character: str, before: Sequence[Cut], after: Sequence[Cut], span: tuple[int, int]) -> tuple[str, ...]:
    """One character that the cutter left over, with the character beside it: 京 in 欧阳京 is no 京 elsewhere."""
    pairs = [cut.text[-1] + character for cut in before if cut.end == span[0]]
    pairs += [character + cut.text[0] for cut in after if cut.start == span[1]]
    return tuple(pairs)


def _single(cut: Cut) -> bool:
    return len(cut.text) == 1 and not cut.text.isascii() and cut.text not in STOP_WORDS
