"""From what was typed to a plan, and to the account of how it was read."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.search import plan
from articles.search.analysis import STOP_WORDS
from articles.search.criteria import Condition, Reading

from . import relaxing, sounds
from .abbreviations import candidates_in, spelt_out
from .fillers import idle_words
from .grammar import parse
from .left_out import as_characters, left_out
from .names import look_up
from .namesakes import choice_among, meant_by_post
from .parts import (
    Part,
    body_part,
    days_part,
    field_part,
    holder_part,
    is_punctuation,
    once,
    person_part,
    words_part,
)
from .question import Question
from .runs import Piece, Run, pieces_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from articles.search.criteria import Choice
    from articles.search.plan import Node

    from .grammar import Item, Parsed
    from .names import Name, NameKind
    from .namesakes import Meant
    from .parts import Hold
    from .question import Printed
    from .runs import Demand
    from .sounds import Groups


def read_query(query: str) -> Question:
    """Raises QueryRefusedError when the query is too long or has too many parts, and for nothing else."""
    parsed = parse(query)
    groups, notes = sounds.with_names(parsed)
    return _Reader(parsed, groups, notes).question()


@dataclass(frozen=True, slots=True)
class _Typed:
    """A plain item and the pieces that it was cut into; none where only stop words or punctuation stand in it."""

    item: Item
    run: Run
    pieces: list[Piece]


class _Reader:
    """Reads one parsed query."""

    def __init__(self, parsed: Parsed, groups: Groups, notes: list[str]) -> None:
        self.parsed = parsed
        self.groups = groups
        self.notes = [*parsed.notes, *notes]
        self.choices: list[Choice] = []
        items = [item for group in groups for item in group]
        self.count = len(items)
        self.runs = {item: Run(item.text) for item in items}
        self.names = self._names(items)

    def _names(self, items: list[Item]) -> dict[tuple[NameKind, str], Name]:
        runs = [self.runs[item] for item in items if item.is_plain]
        wanted = [candidate for run in runs for candidate in run.candidates()]
        wanted += [item.text for item in items if item.field in ("person", "org", "reporter")]
        names = look_up(wanted)
        short = [form for run in runs for form in candidates_in(run)]
        short += [self.runs[item].whole for item in items if item.field == "org"]
        for form, name in spelt_out(short, names).items():
            if ("person", form) not in names:
                names["organisation", form] = name
        return names

    # Parts

    def question(self) -> Question:
        parts: list[Part] = []
        stretch: list[_Typed] = []
        for group in self.groups:
            if len(group) == 1 and group[0].is_plain and not group[0].negated:
                stretch.append(self._typed(group[0]))
                continue
            parts += self._parts_of(stretch)
            stretch = []
            parts += self._alternatives(group) if len(group) > 1 else self._single(group[0])
        parts += self._parts_of(stretch)
        if self.parsed.query and not parts:
            self.notes.append(_("没有可以检索的字。"))
        return self._question(parts)

    def _typed(self, item: Item) -> _Typed:
        run = self.runs[item]
        empty = all(cut.text in STOP_WORDS for cut in run.cuts)
        return _Typed(item, run, [] if empty else pieces_of(run, self.names))

    def _single(self, item: Item) -> list[Part]:
        """A field, a phrase or something excluded."""
        parts = self._positive(item)
        if item.negated and parts:
            node = plan.Not(plan.All(tuple(part.node for part in parts)))
            parts = [Part("excluded", item.source.lstrip("-－"), node)]
        for part in parts:
            part.start, part.end = item.start, item.end
        return parts

    def _positive(self, item: Item) -> list[Part]:
        if item.is_plain:
            return self._parts_of([self._typed(item)])
        part = field_part(item, self.runs[item], self.names, self.notes)
        return [part] if part else []

    def _alternatives(self, group: tuple[Item, ...]) -> list[Part]:
        each = [self._single(item) for item in group]
        flat = [part for parts in each for part in parts]
        if not flat:
            return []
        return [
            Part(
                "any",
                " OR ".join(dict.fromkeys(item.text if item.is_plain else item.source for item in group)),
                plan.AnyOf(tuple(plan.All(tuple(part.node for part in parts)) for parts in each if parts)),
                group[0].start,
                group[-1].end,
                terms=once(term for part in flat for term in part.terms),
                marks=once(mark for part in flat if part.kind != "excluded" for mark in part.marks),
                people=once(name for part in flat for name in part.people),
            )
        ]

    def _parts_of(self, stretch: list[_Typed]) -> list[Part]:
        """Parts of plain items that were typed one after the other; a post may stand in one, its holder in the next."""
        parts = [part for typed in stretch if not typed.pieces for part in self._as_it_stands(typed)]
        flat = [(typed, piece) for typed in stretch for piece in typed.pieces]
        pieces = [piece for _typed, piece in flat]
        free = 0  # the first piece that no part has yet
        for place, piece in enumerate(pieces):
            if piece.name is None or piece.name.kind != "person" or place < free:
                continue
            meant = meant_by_post(piece.name, pieces[free:place], pieces[place + 1 :], spaced=len(stretch) > 1)
            if meant:
                first, last = place - meant.before, place + meant.after
                parts += [part for one in flat[free:first] for part in self._part(*one)]
                parts.append(self._holder(flat[first : last + 1], place - first, meant))
                free = last + 1
        parts += [part for one in flat[free:] for part in self._part(*one)]
        return sorted(parts, key=lambda part: part.start)

    def _as_it_stands(self, typed: _Typed) -> list[Part]:
        """Nothing but punctuation or words like 的: what stands there is looked for as it is."""
        form = typed.run.whole
        if not form or is_punctuation(typed.run) or self.count > 1:
            return []
        node = plan.Characters(form)
        item = typed.item
        return [Part("word", item.text.strip(), node, item.start, item.end, terms=(form,), marks=(form,))]

    def _part(self, typed: _Typed, piece: Piece) -> list[Part]:
        part: Part | None
        if piece.days:
            part = days_part(piece, self.notes)
        elif piece.name is None:
            alone = len(typed.pieces) == 1
            idle = idle_words(
                piece.cuts,
                to_the_end=piece is typed.pieces[-1],
                beside_run=not alone,
                beside_query=self.count > 1,
            )
            part = words_part(piece, [cut for cut in piece.cuts if cut in idle], self.notes, alone=alone)
        elif piece.name.kind == "organisation":
            part = body_part(piece, self.notes)
        else:
            part = person_part(piece)
            self._tell_namesakes(piece)
        if part is None:
            return []
        part.start, part.end = _place(typed, piece.start, piece.end)
        part.words = tuple(_moved(typed, word) for word in part.words)
        if piece.name:
            part.name_at = part.start, part.end
        return [part]

    def _holder(self, flat: list[tuple[_Typed, Piece]], place: int, meant: Meant) -> Part:
        typed, piece = flat[place]
        beside = [part for number, one in enumerate(flat) if number != place for part in self._part(*one)]
        start = _place(flat[0][0], flat[0][1].start, flat[0][1].end)[0]
        end = _place(flat[-1][0], flat[-1][1].start, flat[-1][1].end)[1]
        part = holder_part(piece, meant, beside, self.parsed.query[start:end], self.notes)
        part.start, part.end = start, end
        part.name_at = _place(typed, piece.start, piece.end)
        return part

    def _tell_namesakes(self, piece: Piece) -> None:
        name = piece.name
        if name is None or len(name.records) < 2:
            return
        choices = choice_among(name)
        self.choices += choices
        self.notes.append(
            ngettext(
                "叫“%(name)s”的有%(count)d人，这里都算。前面加上职务或单位，就只查其中一人。",
                "叫“%(name)s”的有%(count)d人，这里都算。前面加上职务或单位，就只查其中一人。",
                len(name.records),
            )
            % {"name": piece.text, "count": len(name.records)}
        )

    # The account

    def _question(self, parts: list[Part]) -> Question:
        whole: Node = plan.All(tuple(part.node for part in parts))
        if not parts and self.parsed.query:
            whole = plan.NOTHING
        return Question(
            whole,
            self._reading(parts),
            tuple(part.node for part in parts),
            lambda printed: self._otherwise(parts, printed),
            relaxing.any_of_the_words(parts),
            self._broader(parts),
        )

    def _broader(self, parts: list[Part]) -> Callable[[int], Question] | None:
        if self.count > 1 or not relaxing.is_description(parts):
            return None
        relaxed = relaxing.relaxed(parts, ("always", "name"), one_run=True)
        if relaxed is None:
            return None
        node, loose = relaxed
        either = plan.AnyOf((node, plan.All(tuple(part.node for part in parts))))

        def broader(complete: int) -> Question:
            note = ngettext(
                "同时印有全部词的只有 %(count)d 篇，所以印有其中多数词的稿件也列在这里。",
                "同时印有全部词的只有 %(count)d 篇，所以印有其中多数词的稿件也列在这里。",
                complete,
            ) % {"count": complete}
            reading = replace(self._reading(loose), relaxed=True, complete=complete, strict=relaxing.typed_apart(parts))
            return Question(
                either,
                replace(reading, notes=(note, *relaxing.near_words_counted(loose), *reading.notes)),
                tuple(part.node for part in loose),
                lambda _printed: iter(()),
            )

        return broader

    def _reading(self, parts: list[Part]) -> Reading:
        kept = [part for part in parts if part.kind != "excluded"]
        query = self.parsed.query
        return Reading(
            conditions=tuple(
                Condition(
                    part.kind,
                    part.text,
                    left_out(query, part.start, part.end),
                    plain=as_characters(query, *part.name_at) if part.name_at else "",
                )
                for part in parts
            ),
            terms=once(term for part in kept for term in part.terms),
            phrases=once(part.text for part in kept if part.kind == "phrase"),
            people=once(name for part in kept for name in part.people),
            excluded=once(part.text for part in parts if part.kind == "excluded"),
            notes=once(self.notes),
            marks=once(mark for part in kept for mark in part.marks),
            choices=tuple(dict.fromkeys(self.choices)),
        )

    def _otherwise(self, parts: list[Part], printed: Printed) -> Iterator[Question]:
        """Letters as the sound of words; words as others said alike; then most of the words; then names and dates counted among the words."""
        groups, notes = sounds.with_words(self.parsed, printed)
        if notes:
            yield _Reader(self.parsed, groups, notes).question()
        corrected, *told = sounds.said_alike(self.parsed.query, parts, printed) or [""]
        if told:
            question = read_query(corrected)
            for other in itertools.chain((question,), question.otherwise(printed)):
                yield replace(other, reading=replace(other.reading, notes=(*told, *other.reading.notes)))
        holds: tuple[tuple[Hold, ...], ...] = (("always", "name"), ("always",))
        for hold in holds:
            relaxed = relaxing.relaxed(parts, hold, one_run=self.count == 1)
            if relaxed:
                node, loose = relaxed
                note = _("没有稿件同时印有全部词；以下稿件印有其中最多的词。")
                if len(loose) == 1:
                    note = _("没有稿件印有“%(text)s”；以下稿件印有相近的说法。") % {"text": parts[0].text}
                reading = self._reading(loose)
                yield Question(
                    node,
                    replace(
                        reading,
                        relaxed=True,
                        notes=(note, *relaxing.near_words_counted(loose, printed), *reading.notes),
                    ),
                    tuple(part.node for part in loose),
                    lambda _printed: iter(()),
                )


def _place(typed: _Typed, start: int, end: int) -> tuple[int, int]:
    """Where the query has this span of the run's form; the whole item with its quote or wildcard where it is all."""
    item = typed.item
    if item.spoken:
        return item.start, item.end
    first, last = typed.run.form.span(start, end)
    at_the_start = not item.text[:first].strip()
    at_the_end = not item.text[last:].strip()
    return (item.start if at_the_start else item.place + first), (item.end if at_the_end else item.place + last)


def _moved(typed: _Typed, word: Demand) -> Demand:
    start, end = _place(typed, word.start, word.end)
    return replace(word, start=start, end=end)
