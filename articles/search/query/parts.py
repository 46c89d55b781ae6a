"""The parts of a question: what each demands and how it is told."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext as _

from articles.search import plan
from articles.search.analysis import STOP_WORDS, normalise

from .runs import Demand, demands_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from articles.search.analysis import Cut
    from articles.search.criteria import ConditionKind
    from articles.search.plan import Node

    from .grammar import Item
    from .names import Name, NameKind
    from .namesakes import Meant
    from .runs import Piece, Run

SURE_NAME = 3  # characters from which a name printed is taken to be the name: 江南 may be the region

# How long a part stays demanded when no article meets all parts: fields and phrases always, a name or a date longer
# than words.
Hold = Literal["always", "name", "word"]


@dataclass(slots=True)
class Part:
    """One condition in the making. `start` and `end` are its place in the query; `name_at` that of the name in it,
    which can be read as plain words; `words` what its words demand one by one, at places in the query; `near` the words
    that count as its own where a question is loosened."""

    kind: ConditionKind
    text: str
    node: Node
    start: int = 0
    end: int = 0
    name_at: tuple[int, int] | None = None
    terms: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    words: tuple[Demand, ...] = ()
    near: tuple[str, ...] = ()
    hold: Hold = "always"


def once(values: Iterable[str]) -> tuple[str, ...]:
    """Without repetitions and empty ones."""
    return tuple(dict.fromkeys(value for value in values if value))


def is_punctuation(run: Run) -> bool:
    """Nothing there that could be looked for."""
    return all(unicodedata.category(character)[0] == "P" for character in run.whole)


def field_part(item: Item, run: Run, names: Mapping[tuple[NameKind, str], Name], notes: list[str]) -> Part | None:
    """The part of an item with a field or in quotes; None when nothing in it can be looked for."""
    if item.field in ("date", "event"):
        assert item.days is not None  # noqa: S101
        printed = plan.Printed(*item.days) if item.field == "date" else plan.Happened(*item.days)
        return Part(item.field, item.text, printed)
    if not run.whole or (item.field and is_punctuation(run)):
        return None
    if item.field == "person":
        return _person(item, run.whole, names.get(("person", run.whole)), notes)
    if item.field == "org":
        return _organisation(item, run.whole, names.get(("organisation", run.whole)), notes)
    if item.field == "reporter":
        name = names.get(("person", run.whole))
        signed: Node = plan.Signed(run.whole)
        if name:
            signed = plan.AnyOf((signed, plan.Linked("reporters", name.ids)))
        return Part("reporter", item.text, signed, marks=(run.whole,))
    if item.field == "headline":
        return _headline(item, run)
    return phrase_part(item.text, run)


def _person(item: Item, form: str, name: Name | None, notes: list[str]) -> Part:
    printed: Node = plan.Characters(form)
    if name is None:
        notes.append(_("人物名录里没有“%(name)s”，按字面查找。") % {"name": item.text})
        return Part("person", item.text, printed, marks=(form,), people=(item.text,))
    linked: Node = plan.Linked("people", name.ids)
    if len(form) >= SURE_NAME:
        linked = plan.AnyOf((linked, printed))
    return Part("person", item.text, linked, marks=name.surfaces, people=name.full)


def _organisation(item: Item, form: str, name: Name | None, notes: list[str]) -> Part:
    printed: Node = plan.Characters(form)
    if name is None:
        notes.append(_("机构名录里没有“%(name)s”，按字面查找。") % {"name": item.text})
        return Part("organisation", item.text, printed, marks=(form,))
    linked: Node = plan.Linked("organisations", name.ids)
    if form in map(normalise, name.full):
        linked = plan.AnyOf((linked, printed))
    return Part("organisation", item.text, linked, marks=name.surfaces)


def _headline(item: Item, run: Run) -> Part:
    printed = plan.Characters(run.whole, headline=True)
    words = demands_of(tuple(run.cuts), alone=True, headline=True)
    if item.quoted or not words:
        return Part("headline", item.text, printed, marks=(run.whole,))
    node = _words_or_whole([word.node for word in words], printed)
    terms = once(word.text for word in words)
    return Part("headline", item.text, node, terms=terms, marks=(run.whole, *terms))


def phrase_part(text: str, run: Run) -> Part:
    """The characters as they stand."""
    words = tuple(plan.Word(cut.text, headline=True) for cut in run.cuts if cut.text not in STOP_WORDS)
    preferred: tuple[Node, ...] = (plan.All(words),) if words else ()
    return Part("phrase", text, plan.Preferring(plan.Characters(run.whole), preferred), marks=(run.whole,))


def _words_or_whole(words: list[Node], whole: Node) -> Node:
    """Words that a run was cut into, all of them; or the run as it stands, however it is cut there."""
    if len(words) == 1:
        return words[0]
    return plan.Preferring(plan.AnyOf((plan.All(tuple(words)), whole)), (whole,))


def _in_the_headline(piece: Piece) -> tuple[Node, ...]:
    title = tuple(plan.Word(cut.text, headline=True) for cut in piece.cuts if cut.text not in STOP_WORDS)
    return (plan.All(title),) if title else ()


def body_part(piece: Piece, notes: list[str]) -> Part:
    """A body by its links and where the form is printed."""
    name = piece.name
    assert name is not None  # noqa: S101
    node = plan.AnyOf((plan.Linked("organisations", name.ids), plan.Characters(piece.form)))
    full = [one for one in name.full if normalise(one) != piece.form]
    if full:
        notes.append(_("“%(short)s”读作机构：%(full)s。") % {"short": piece.text, "full": "、".join(full)})
    return Part(
        "organisation", piece.text, plan.Preferring(node, _in_the_headline(piece)), marks=name.surfaces, hold="word"
    )


def person_part(piece: Piece) -> Part:
    """Everybody of this name. Print that only has the characters may mean something else, and comes after."""
    name = piece.name
    assert name is not None  # noqa: S101
    known = (plan.Linked("people", name.ids), plan.Linked("reporters", name.ids), plan.Signed(piece.form))
    node = plan.AnyOf((*known, plan.Characters(piece.form)))
    certain = plan.AnyOf(known)
    preferred: tuple[Node, ...] = (certain, *(plan.All((certain, title)) for title in _in_the_headline(piece)))
    whole = plan.Preferring(node, preferred)
    return Part("person", piece.text, whole, marks=name.surfaces, people=name.full, hold="name")


def holder_part(piece: Piece, meant: Meant, beside: list[Part], text: str, notes: list[str]) -> Part:
    """The holder of a post: all that is linked to those records, and where post and name are printed."""
    everybody = person_part(piece)
    linked = plan.Linked("people", meant.ids)
    printed = plan.All((*(part.node for part in beside), everybody.node))
    notes.append(_("“%(typed)s”按职务读作人物：%(people)s。") % {"typed": text, "people": "、".join(meant.people)})
    return Part(
        "person",
        text,
        plan.Preferring(plan.AnyOf((linked, printed)), (linked, printed)),
        terms=once(term for part in beside for term in part.terms),
        marks=once((*everybody.marks, *(mark for part in beside for mark in part.marks))),
        people=everybody.people,
        hold="name",
    )


def days_part(piece: Piece, notes: list[str]) -> Part:
    """Printed in these days, or telling of them, or saying the same words."""
    days = piece.days
    assert days is not None  # noqa: S101
    told = plan.Happened(days.since, days.until)
    said = plan.Characters(piece.form)
    preferred: tuple[Node, ...] = (told, plan.Characters(normalise(days.feast))) if days.feast else (told,)
    read_as = "" if days.since is None else days.since.isoformat()
    if days.since != days.until:
        read_as += " – " + ("" if days.until is None else days.until.isoformat())
    notes.append(
        _("“%(text)s”读作日期 %(days)s：在这些天见报、讲到这些天的事，或印有这几个字，都算。")
        % {"text": piece.text, "days": read_as}
    )
    node = plan.AnyOf((plan.Printed(days.since, days.until), told, said))
    marks = once((piece.form, normalise(days.feast)))
    return Part("date", piece.text, plan.Preferring(node, preferred), marks=marks, hold="name")


def words_part(piece: Piece, idle: list[Cut], notes: list[str], *, alone: bool) -> Part | None:
    """The words of a piece, those left out that are idle; None where they demand nothing."""
    words = demands_of(piece.cuts, alone=alone, idle=idle)
    if idle:
        notes.append(_("“%(words)s”这样的词不作要求。") % {"words": "、".join(once(cut.text for cut in idle))})
    if not words:
        return None
    nodes: list[Node] = [word.node for word in words]
    node = _words_or_whole(nodes, plan.Characters(piece.form)) if not idle else _without_idle(nodes, idle)
    terms = tuple(word.text for word in words)
    return Part("word", piece.text, node, terms=terms, marks=(piece.form, *terms), words=tuple(words), hold="word")


def _without_idle(words: list[Node], idle: list[Cut]) -> Node:
    said = tuple(plan.Word(cut.text) for cut in idle if cut.text not in STOP_WORDS)
    return plan.Preferring(plan.All(tuple(words)), said)
