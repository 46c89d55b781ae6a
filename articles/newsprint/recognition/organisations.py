"""Bodies of one article: by the endings of their names, by the posts held in them, and by their short forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from articles.newsprint.values import OrganisationReading, Span

from . import reasons
from .bodies_found import GENERIC, LEGAL, REGION, BodiesFound
from .bodies_of_posts import by_post
from .body_endings import by_abbreviation, by_ending, in_enumeration
from .body_forms import everywhere, known_forms, short_forms
from .passages import Passage, in_print
from .people_found import PeopleFound
from .posts import split_title


@dataclass(slots=True)
class Body:
    """A body being collected: its printed forms and where they stand."""

    name: str
    certain: bool
    reason: str
    forms: dict[str, list[Span]] = field(default_factory=dict)


def find_bodies(
    passages: Sequence[Passage], people: PeopleFound, names: frozenset[str], known: Sequence[str]
) -> BodiesFound:
    """Every place where a body is printed. `names`: the article's people; `known`: forms of the district's register."""
    bodies = BodiesFound(passages, names)
    for passage in passages:
        by_ending(bodies, passage)
        by_abbreviation(bodies, passage)
        in_enumeration(bodies, passage)
    for passage, title in people.posts:
        by_post(bodies, passage, title)
    for passage, start, end in people.affiliations:
        if not split_title(passage.text[start:end])[0] and passage.text[start:end] not in GENERIC:
            bodies.add(passage, start, end, certain=True, reason=reasons.AFFILIATION)
    known_forms(bodies, known)
    short_forms(bodies)
    everywhere(bodies)
    return bodies


def organisation_readings(bodies: BodiesFound, full_names: Mapping[str, str]) -> tuple[OrganisationReading, ...]:
    """One reading for each body, in order of first mention. `full_names`: short form → full name."""
    merged: list[Body] = []
    for body in sorted(_bodies(bodies), key=lambda item: -len(item.name)):
        home = next((other for other in merged if _same(other.name, body.name, full_names)), None)
        if home is None:
            merged.append(body)
        else:
            home.forms.update(body.forms)
    readings = []
    for body in merged:
        spans = sorted((span for spans in body.forms.values() for span in spans), key=in_print)
        name = full_names.get(body.name, body.name)
        readings.append(OrganisationReading(name, tuple(body.forms), body.certain, tuple(spans), body.reason))
    return tuple(sorted(readings, key=lambda reading: in_print(reading.spans[0])))


def _bodies(bodies: BodiesFound) -> list[Body]:
    """Bodies by printed form; where two overlap the longer one stays."""
    by_number = {passage.paragraph: passage for passage in bodies.passages}
    kept: list[tuple[int, int, int, str, bool, str]] = []
    for (paragraph, start, end), (name, certain, reason) in sorted(
        bodies.found.items(),
        key=lambda item: (item[0][0], item[1][2] == reasons.NAME_AND_TRADE, item[0][1] - item[0][2]),
    ):
        if not any(p == paragraph and s < end and start < e for p, s, e, *_ in kept):
            kept.append((paragraph, start, end, name, certain, reason))
    found: dict[str, Body] = {}
    for paragraph, start, end, name, certain, reason in sorted(kept, key=lambda item: (item[0] < 0, *item[:2])):
        body = found.setdefault(name, Body(name, certain, reason))
        body.forms.setdefault(name, []).append(by_number[paragraph].span(start, end))
    return list(found.values())


def _same(full: str, short: str, full_names: Mapping[str, str]) -> bool:
    """Is `short` a form of `full`: its tail (区党工委, 党工委), or its characters in order with one ending?"""
    if full_names.get(short) == full:
        return True
    if full.endswith(short):
        return full[: -len(short)] in {"区", "市", "县", "省", "镇"} or bool(REGION.fullmatch(full[: -len(short)]))
    stem = LEGAL.sub("", full)
    if stem != full and LEGAL.sub("", short) in stem and len(LEGAL.sub("", short)) >= 3:
        return True
    letters = iter(full)
    return (
        len(short) >= 3
        and len(full) >= len(short) + 2
        and full[-1] == short[-1]
        and all(c in letters for c in short)
        and full[0] == short[0]
    )
