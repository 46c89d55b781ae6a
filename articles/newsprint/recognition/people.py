"""People of one article: found beside their posts, in lists, in notices and by what they say; then followed through it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from articles.newsprint.values import PersonReading

from . import reasons
from .appointments import in_notices
from .beside_titles import beside_titles
from .name_lists import in_lists, in_series, lists_winners, winners
from .names import follow_score, is_common_word
from .passages import Passage, in_print, places
from .people_found import SURE, PeopleFound
from .posts import offices
from .speakers import called_by_name, described, dotted, speakers

_TITLE_IN_BRACKETS = re.compile(r"（([^（）]{2,30})）")


def find_people(passages: Sequence[Passage], known: frozenset[str]) -> PeopleFound:
    """Everyone the article names. `known`: names of the district's register."""
    people = PeopleFound(passages)
    winners_listed = lists_winners(passages)
    for passage in passages:
        beside_titles(people, passage)
        in_lists(people, passage)
        if winners_listed:
            winners(people, passage)
        in_notices(people, passage)
        called_by_name(people, passage)
    for passage in passages:
        speakers(people, passage)
        described(people, passage)
        in_series(people, passage)
        dotted(people, passage)
    for name in sorted(known):
        if name in people.article:
            people.accept(name, SURE, reasons.KNOWN_PERSON, sure=not is_common_word(name))
    for passage in passages:
        _posts_in_brackets(people, passage)
    return people


def person_readings(people: PeopleFound, reporters: frozenset[str]) -> tuple[PersonReading, ...]:
    """Readings in order of first mention, the longer name first where two overlap; reporters without a post go."""
    names = {
        name: evidence for name, evidence in people.named.items() if not (name in reporters and not evidence.posts)
    }
    readings = []
    taken: set[tuple[int, int]] = set()
    for name in sorted(names, key=len, reverse=True):
        spans = []
        for passage in people.passages:
            for start in places(passage.text, name):
                cells = {(passage.paragraph, place) for place in range(start, start + len(name))}
                if cells & taken or not _names_here(people, passage, start, name):
                    continue
                taken |= cells
                spans.append(passage.span(start, start + len(name)))
        if spans:
            evidence = names[name]
            order = sorted(spans, key=in_print)
            readings.append(PersonReading(name, tuple(evidence.posts), evidence.sure, tuple(order), evidence.reason))
    return tuple(sorted(readings, key=lambda reading: in_print(reading.spans[0])))


def _names_here(people: PeopleFound, passage: Passage, start: int, name: str) -> bool:
    """江南 in 江南的鲜肉粽 names no one: common words must stand as a name does."""
    if not is_common_word(name) or (passage.paragraph, start) in people.sightings:
        return True
    before = passage.text[start - 1] if start else "，"
    return follow_score(passage.text, start + len(name)) >= 1.0 and before in "，。；：、“”！？（ \n与和向对由给在记"


def _posts_in_brackets(people: PeopleFound, passage: Passage) -> None:
    """张某（区委书记）: the post stands behind the name."""
    for found in _TITLE_IN_BRACKETS.finditer(passage.text):
        posts = offices(found[1])
        if not posts:
            continue
        for name, evidence in people.named.items():
            if passage.text.endswith(name, 0, found.start()):
                evidence.add_posts(posts)
