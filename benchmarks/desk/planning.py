"""The shortest way found from the machine's reading of a page to what is printed, in gestures of the desk.

Breadth first with a beam: of all pages that one more gesture can make, those nearest to the truth go on. The gestures
tried are those that an editor who sees the truth would think of.
"""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.desk.rehearsal import ASIDE, NEW, Rehearsal, Step
from benchmarks.desk.truth import HEAD, squash

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from benchmarks.desk.truth import PrintedArticle, PrintedPage

BEAM = 12
LONGEST = 30
_BODY = "body"


@dataclass(frozen=True)
class Planned:
    """A gesture and the printed articles that it touched."""

    step: Step
    touches: tuple[str, ...]


class NoWayError(Exception):
    """No run of gestures was found."""


class Goal:
    """The truth of a page in ids of the archive's lines."""

    def __init__(self, page: PrintedPage, start: Rehearsal) -> None:
        self.articles = page.articles
        ids = {line.number: pk for pk, line in start.lines.items()}
        self.head = {a.id: [ids[n] for n in a.head_lines] for a in page.articles}
        self.body = {a.id: [ids[n] for n in a.body_lines] for a in page.articles}
        self.byline = {a.id: [ids[n] for n in a.byline_lines] for a in page.articles}
        self.owner = {ids[n]: a.id for a in page.articles for n in a.lines}
        self.aside = {ids[n]: ASIDE.get(kind, "unknown") for n, kind in page.aside.items() if n in ids}

    def whole(self, printed: PrintedArticle) -> list[int]:
        """All lines of an article."""
        return [*self.head[printed.id], *self.body[printed.id], *self.byline[printed.id]]

    def seats(self, state: Rehearsal) -> dict[str, int]:
        """Which of the desk's articles stands for which printed one: the one that shares most lines."""
        shared: Counter[tuple[int, str]] = Counter()
        for piece in state.pieces:
            if piece.article is not None:
                for pk in piece.lines:
                    if pk in self.owner:
                        shared[piece.article, self.owner[pk]] += 1 if piece.role == _BODY else 2
        seats: dict[str, int] = {}
        for (article, printed), _count in sorted(shared.items(), key=lambda item: -item[1]):
            if printed not in seats and article not in seats.values():
                seats[printed] = article
        return seats

    def faults(self, state: Rehearsal) -> dict[str, int]:
        """By printed article how far from right it is, roughly in gestures; 0 is exact. "" counts what is too much."""
        seats = self.seats(state)
        faults = {a.id: self._fault(a, seats.get(a.id), state) for a in self.articles}
        faults[""] = sum(1 for article in state.living() if article not in seats.values() and state.lines_of(article))
        return faults

    def _fault(self, printed: PrintedArticle, article: int | None, state: Rehearsal) -> int:
        if article is None:
            return 3
        fault = int(not printed.is_group(state.group(article)))
        fault += int(state.text(article, "byline") != printed.byline)
        if state.text(article, _BODY) != printed.body:
            want, have = self.body[printed.id], state.lines_of(article, _BODY)
            follows = dict(itertools.pairwise(have))
            breaks = sum(follows.get(a) != b for a, b in itertools.pairwise(want))
            strangers = sum(self.owner.get(pk) != printed.id for pk in have)
            ends = int(not have or have[0] != want[0]) + int(not have or have[-1] != want[-1])
            fault += 1 + breaks + (strangers > 0) + ends
        return fault


def plan(page: PrintedPage, start: Rehearsal) -> list[Planned]:
    """Gestures in order; raises NoWayError."""
    goal = Goal(page, start)
    first = goal.faults(start)
    front: list[tuple[int, list[Planned], Rehearsal, dict[str, int]]] = [(sum(first.values()), [], start, first)]
    seen = {start.key()}
    while front:
        for total, way, _state, _faults in front:
            if total == 0:
                return way
        reached = []
        for _total, way, state, faults in front:
            if len(way) >= LONGEST:
                continue
            for step in dict.fromkeys(_steps(goal, state, faults)):
                made = state.after(step)
                if made is None or made.key() in seen:
                    continue
                seen.add(made.key())
                now = goal.faults(made)
                planned = Planned(step, _touched(goal, state, made))
                reached.append((sum(now.values()), [*way, planned], made, now))
        front = sorted(reached, key=lambda item: item[0])[:BEAM]
    raise NoWayError(page.path.name)


def _touched(goal: Goal, before: Rehearsal, after: Rehearsal) -> tuple[str, ...]:
    """Printed articles whose seat says something else than before."""

    def said(state: Rehearsal) -> dict[str, object]:
        return {
            printed: (state.group(article), state.text(article, _BODY), state.text(article, "byline"))
            for printed, article in goal.seats(state).items()
        }

    old, new = said(before), said(after)
    return tuple(sorted(a.id for a in goal.articles if old.get(a.id) != new.get(a.id)))


def _steps(goal: Goal, state: Rehearsal, faults: dict[str, int]) -> Iterator[Step]:
    seats = goal.seats(state)
    for printed in goal.articles:
        if faults[printed.id]:
            yield from _for_article(goal, state, printed, seats.get(printed.id))
    for article in state.living():
        if article not in seats.values():
            yield from _aside(goal, state.lines_of(article))


def _for_article(goal: Goal, state: Rehearsal, printed: PrintedArticle, seat: int | None) -> Iterator[Step]:
    whole = set(goal.whole(printed))
    holders = {p.article for p in state.pieces if p.article is not None and whole.intersection(p.lines)}
    if seat is None:
        yield Step("move", tuple(goal.whole(printed)), to=NEW, role="same")
        yield Step("move", tuple(goal.body[printed.id]), to=NEW, role=_BODY)
    else:
        own = state.lines_of(seat)
        missing = [pk for pk in goal.whole(printed) if pk not in own]
        if missing:
            yield from (Step("move", tuple(missing), to=seat, role="same", place=p) for p in ("own", "first", "last"))
        for other in holders - {seat}:
            yield Step("merge", article=other, to=seat)
            yield Step("merge", article=seat, to=other)
        yield from _heads(goal, state, printed, seat)
        yield from _text(goal, state, printed, seat)
        yield from _paragraphs(goal, state, printed, seat)
        yield from _aside(goal, own)
        strangers = [pk for pk in own if goal.owner.get(pk) != printed.id]
        if strangers:
            yield Step("move", tuple(strangers), to=NEW, role="same")
    for holder in holders:
        body = state.lines_of(holder, _BODY)
        for before, line in itertools.pairwise(body):
            if goal.owner.get(before) != goal.owner.get(line):
                yield Step("split", (line,), article=holder)


def _heads(goal: Goal, state: Rehearsal, printed: PrintedArticle, seat: int) -> Iterator[Step]:
    """Lines of the headline group and the byline into their roles, by each reading that is allowed."""
    if goal.byline[printed.id]:
        yield Step("move", tuple(goal.byline[printed.id]), to=seat, role="byline")
    texts = {pk: squash(state.lines[pk].text) for pk in goal.head[printed.id]}
    for group in printed.groups:
        for role in HEAD:
            lines = _spelling(group[role], texts) if group[role] else []
            if lines:
                yield Step("move", tuple(lines), to=seat, role=role)
                yield Step("move", tuple(lines), to=seat, role=role, place="trade")


def _spelling(text: str, texts: dict[int, str]) -> list[int]:
    """The run of lines that gives a text."""
    order = list(texts)
    for start in range(len(order)):
        for end in range(start + 1, len(order) + 1):
            if "".join(texts[pk] for pk in order[start:end]) == text:
                return order[start:end]
    return []


def _paragraphs(goal: Goal, state: Rehearsal, printed: PrintedArticle, seat: int) -> Iterator[Step]:
    """Runs of body lines that do not stand behind what they follow in print, to every place that could be theirs."""
    want, have = goal.body[printed.id], state.lines_of(seat, _BODY)
    follows = dict(itertools.pairwise(have))
    runs: list[list[int]] = []
    for pk in want:
        if runs and (follows.get(runs[-1][-1]) == pk or (pk not in have and runs[-1][-1] not in have)):
            runs[-1].append(pk)
        else:
            runs.append([pk])
    pieces = [piece for piece in state.of(seat, _BODY) if state.says(piece)]
    lost = [pk for pk in want if pk not in have]
    for run in [*runs, lost]:
        if not run:
            continue
        for place in ("own", "first", "last"):
            yield Step("move", tuple(run), to=seat, role=_BODY, place=place)
        at = want.index(run[0])
        near = set(want[max(0, at - 1) : at]) | set(want[at + len(run) : at + len(run) + 1])
        for number, piece in enumerate(pieces, 1):
            yield Step("move", tuple(run), to=seat, role=_BODY, place="ahead", paragraph=number)
            if near.intersection(piece.lines):
                for place in ("into", "before", "after"):
                    yield Step("move", tuple(run), to=seat, role=_BODY, place=place, paragraph=number)


def _text(goal: Goal, state: Rehearsal, printed: PrintedArticle, seat: int) -> Iterator[Step]:
    """Typing, and only where every line stands right and the letters are still not those printed."""
    if state.lines_of(seat, _BODY) == goal.body[printed.id] and state.text(seat, _BODY) != printed.body:
        yield Step("edit", article=seat, texts=((_BODY, printed.body),))


def _aside(goal: Goal, lines: Iterable[int]) -> Iterator[Step]:
    """What belongs to no article, each kind by itself and all together."""
    strangers = [pk for pk in lines if pk not in goal.owner]
    for kind in dict.fromkeys(goal.aside.get(pk, "unknown") for pk in strangers):
        yield Step("move", tuple(pk for pk in strangers if goal.aside.get(pk, "unknown") == kind), role=kind)
    if strangers:
        yield Step("move", tuple(strangers), role=str(goal.aside.get(strangers[0], "unknown")))
