"""From what was typed to a plan, and to the account of how it was read."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from articles.search import plan
from articles.search.analysis import STOP_WORDS, normalise
from articles.search.criteria import Condition, Reading

from .grammar import Item, parse
from .names import Name, NameKind, look_up, spoken
from .runs import Piece, Run, pieces_of, words_plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from articles.search.criteria import ConditionKind
    from articles.search.plan import Node

_PINYIN = re.compile(r"[A-Za-z]{2,6}(?: ?[A-Za-z]{1,6}){1,5}")
_SURE_NAME = 3  # characters from which a name printed is taken to be the name: 江南 may be the region


@dataclass(frozen=True, slots=True)
class Question:
    """A query as it was read; `demands` has the plan of each of the reading's conditions."""

    plan: Node
    reading: Reading
    demands: tuple[Node, ...]


@dataclass(slots=True)
class _Part:
    """One condition in the making."""

    kind: ConditionKind
    text: str
    node: Node
    without: str = ""
    plain: str = ""
    terms: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


def read_query(query: str) -> Question:
    """Raises QueryRefusedError when the query is too long or has too many parts, and for nothing else."""
    parsed = parse(query)
    notes = list(parsed.notes)
    name = _spoken_name(query)
    if name:
        notes.append(_("“%(typed)s”读作人名“%(name)s”。") % {"typed": query.strip(), "name": name})
        parsed = parse(name)
    items = [item for group in parsed.groups for item in group]
    runs = {item: Run(item.text) for item in items}
    wanted = [c for item in items if not item.quoted and item.field == "" for c in runs[item].candidates()]
    wanted += [item.text for item in items if item.field in ("person", "org", "reporter")]
    names = look_up(wanted)
    parts: list[_Part] = []
    for number, group in enumerate(parsed.groups):
        before = _joined(parsed.groups[:number])
        after = _joined(parsed.groups[number + 1 :])
        group_parts = [_parts_of(item, runs[item], names, notes) for item in group]
        if len(group) == 1:
            for part in group_parts[0]:
                part.without = " ".join(filter(None, (before, part.without, after)))
                if part.plain:
                    part.plain = " ".join(filter(None, (before, part.plain, after)))
            parts.extend(group_parts[0])
        else:
            parts.append(_alternative(group, group_parts, " ".join(filter(None, (before, after)))))
    if query.strip() and not parts:
        notes.append(_("没有可以检索的字。"))
    return _question(query, parts, notes)


def _spoken_name(query: str) -> str:
    """The one name whose pinyin the whole query is; nothing when there is none or several."""
    if not _PINYIN.fullmatch(query.strip()):
        return ""
    names = spoken(query.replace(" ", "").lower())
    return names[0] if len(names) == 1 else ""


def _joined(groups: tuple[tuple[Item, ...], ...]) -> str:
    return " ".join(" OR ".join(item.source for item in group) for group in groups)


def _question(query: str, parts: list[_Part], notes: list[str]) -> Question:
    whole: Node = plan.All(tuple(part.node for part in parts))
    if not parts and query.strip():
        whole = plan.NOTHING
    kept = [part for part in parts if part.kind != "excluded"]
    reading = Reading(
        conditions=tuple(Condition(p.kind, p.text, p.without, plain=p.plain) for p in parts),
        terms=_once(term for part in kept for term in part.terms),
        phrases=_once(part.text for part in kept if part.kind == "phrase"),
        people=_once(name for part in kept for name in part.people),
        excluded=_once(part.text for part in parts if part.kind == "excluded"),
        notes=tuple(dict.fromkeys(notes)),
        marks=_once(mark for part in kept for mark in part.marks),
    )
    return Question(whole, reading, tuple(part.node for part in parts))


def _once(values: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))  # type: ignore[attr-defined]


def _alternative(group: tuple[Item, ...], group_parts: list[list[_Part]], without: str) -> _Part:
    flat = [part for parts in group_parts for part in parts]
    return _Part(
        "any",
        " OR ".join(item.source for item in group),
        plan.AnyOf(tuple(plan.All(tuple(part.node for part in parts)) for parts in group_parts if parts)),
        without,
        terms=_once(term for part in flat for term in part.terms),
        marks=_once(mark for part in flat if part.kind != "excluded" for mark in part.marks),
        people=_once(name for part in flat for name in part.people),
    )


def _parts_of(item: Item, run: Run, names: Mapping[tuple[NameKind, str], Name], notes: list[str]) -> list[_Part]:
    parts = _positive(item, run, names, notes)
    if not item.negated or not parts:
        return parts
    node = plan.Not(plan.All(tuple(part.node for part in parts)))
    return [_Part("excluded", item.source.lstrip("-－"), node)]


def _positive(item: Item, run: Run, names: Mapping[tuple[NameKind, str], Name], notes: list[str]) -> list[_Part]:
    if item.field == "date":
        assert item.days is not None  # noqa: S101
        return [_Part("date", item.text, plan.Printed(*item.days))]
    if not run.whole or (not item.quoted and all(unicodedata.category(c)[0] == "P" for c in run.whole)):
        return []
    if item.field == "person":
        return [_person(item, run.whole, names.get(("person", run.whole)), notes)]
    if item.field == "org":
        return [_organisation(item, run.whole, names.get(("organisation", run.whole)), notes)]
    if item.field == "reporter":
        name = names.get(("person", run.whole))
        signed: Node = plan.Signed(run.whole)
        if name:
            signed = plan.AnyOf((signed, plan.Linked("reporters", name.ids)))
        return [_Part("reporter", item.text, signed, marks=(run.whole,))]
    if item.field == "headline":
        return [_headline(item, run)]
    if item.quoted:
        return [_phrase(item.text, run)]
    return _run(item, run, names, notes)


def _person(item: Item, form: str, name: Name | None, notes: list[str]) -> _Part:
    printed: Node = plan.Characters(form)
    if name is None:
        notes.append(_("人物名录里没有“%(name)s”，按字面查找。") % {"name": item.text})
        return _Part("person", item.text, printed, marks=(form,), people=(item.text,))
    linked: Node = plan.Linked("people", name.ids)
    if len(form) >= _SURE_NAME:
        linked = plan.AnyOf((linked, printed))
    return _Part("person", item.text, linked, marks=name.surfaces, people=name.full)


def _organisation(item: Item, form: str, name: Name | None, notes: list[str]) -> _Part:
    printed: Node = plan.Characters(form)
    if name is None:
        notes.append(_("机构名录里没有“%(name)s”，按字面查找。") % {"name": item.text})
        return _Part("organisation", item.text, printed, marks=(form,))
    linked: Node = plan.Linked("organisations", name.ids)
    if form in map(normalise, name.full):
        linked = plan.AnyOf((linked, printed))
    return _Part("organisation", item.text, linked, marks=name.surfaces)


def _headline(item: Item, run: Run) -> _Part:
    printed = plan.Characters(run.whole, headline=True)
    words = words_plan(tuple(run.cuts), alone=True, headline=True)
    if item.quoted or not words:
        return _Part("headline", item.text, printed, marks=(run.whole,))
    node = _words_or_whole([node for _, node in words], printed)
    return _Part(
        "headline", item.text, node, terms=_once(t for t, _ in words), marks=(run.whole, *(t for t, _ in words))
    )


def _phrase(text: str, run: Run) -> _Part:
    words = tuple(plan.Word(cut.text, headline=True) for cut in run.cuts if cut.text not in STOP_WORDS)
    preferred: tuple[Node, ...] = (plan.All(words),) if words else ()
    return _Part("phrase", text, plan.Preferring(plan.Characters(run.whole), preferred), marks=(run.whole,))


def _words_or_whole(words: list[Node], whole: Node) -> Node:
    """Words that a run was cut into, all of them; or the run as it stands, however it is cut there."""
    if len(words) == 1:
        return words[0]
    return plan.Preferring(plan.AnyOf((plan.All(tuple(words)), whole)), (whole,))


def _run(item: Item, run: Run, names: Mapping[tuple[NameKind, str], Name], notes: list[str]) -> list[_Part]:
    pieces = pieces_of(run, names)
    if not pieces or all(cut.text in STOP_WORDS for cut in run.cuts):
        # Nothing but punctuation or words like 的: what stands there is looked for as it is.
        return [_Part("word", item.text, plan.Characters(run.whole), terms=(run.whole,), marks=(run.whole,))]
    parts = []
    for number, piece in enumerate(pieces):
        part = _named(piece, notes) if piece.name else _words(piece, alone=len(pieces) == 1)
        if part is None:
            continue
        rest = [other.text for place, other in enumerate(pieces) if place != number]
        part.without = " ".join(rest)
        if piece.name:
            plain = [f'"{piece.text}"' if place == number else other.text for place, other in enumerate(pieces)]
            part.plain = " ".join(plain)
        parts.append(part)
    return parts


def _named(piece: Piece, notes: list[str]) -> _Part:
    name = piece.name
    assert name is not None  # noqa: S101
    printed = plan.Characters(piece.form)
    title = tuple(plan.Word(cut.text, headline=True) for cut in piece.cuts if cut.text not in STOP_WORDS)
    preferred: tuple[Node, ...] = (plan.All(title),) if title else ()
    if name.kind == "organisation":
        node = plan.AnyOf((plan.Linked("organisations", name.ids), printed))
        full = [one for one in name.full if normalise(one) != piece.form]
        if full:
            notes.append(_("“%(short)s”读作机构：%(full)s。") % {"short": piece.text, "full": "、".join(full)})
        return _Part("organisation", piece.text, plan.Preferring(node, preferred), marks=name.surfaces)
    links = (plan.Linked("people", name.ids), plan.Linked("reporters", name.ids), plan.Signed(piece.form), printed)
    return _Part(
        "person", piece.text, plan.Preferring(plan.AnyOf(links), preferred), marks=name.surfaces, people=name.full
    )


def _words(piece: Piece, *, alone: bool) -> _Part | None:
    words = words_plan(piece.cuts, alone=alone)
    if not words:
        return None
    node = _words_or_whole([node for _, node in words], plan.Characters(piece.form))
    terms = tuple(text for text, _ in words)
    return _Part("word", piece.text, node, terms=terms, marks=(piece.form, *terms))
