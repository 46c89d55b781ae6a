"""Which body a post means that prints a noun for it: 公司党委副书记 is of the firm that the article named last before it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from articles.newsprint.recognition import split_post

from .names_of_bodies import common_noun, may_mean, without_party_organisation
from .spans import parts_of

if TYPE_CHECKING:
    from articles.models import Article, Organisation
    from articles.newsprint.values import OrganisationReading, PersonReading, Span

Place = tuple[int, int]  # paragraph, character; heads are printed above them all


def noun_of(post: str) -> str | None:
    """公司 of 公司党委副书记; None where a post names its body, or none."""
    form, _ = split_post(post)
    host = without_party_organisation(form) if form else ""
    return next((noun for noun in (form, host) if noun and common_noun(noun)), None)


def bodies_meant(
    article: Article,
    person: PersonReading,
    readings: Sequence[OrganisationReading],
    here: Mapping[str, Organisation | None],
) -> tuple[dict[str, Organisation], tuple[str, ...]]:
    """For the nouns in a person's posts the body of that kind named last before; and the nouns that may mean several.

    Several it may mean where the paragraph that names the nearest names another of that kind as well.
    """
    meant: dict[str, Organisation] = {}
    doubtful: list[str] = []
    for post in person.posts:
        noun = noun_of(post)
        if noun is None or noun in meant or noun in doubtful:
            continue
        at = _printed_at(article, person, post)
        before = {
            _place(span): body
            for reading in readings
            if (body := here.get(reading.name)) is not None and may_mean(noun, reading.name, body.kind)
            for span in reading.spans
            if _place(span) < at
        }
        if not before:
            continue
        nearest = max(before)
        rivals = {id(body) for place, body in before.items() if place[0] == nearest[0]}
        if len(rivals) == 1:
            meant[noun] = before[nearest]
        else:
            doubtful.append(noun)
    return meant, tuple(doubtful)


def _printed_at(article: Article, person: PersonReading, post: str) -> Place:
    """Where the post is printed beside the name; where that is not found, the name's first place in the text."""
    texts = dict(parts_of(article))
    places = sorted(map(_place, person.spans))
    for span in sorted(person.spans, key=_place):
        starts = [found.start() for found in re.finditer(re.escape(post), texts.get(span.paragraph, ""))]
        if starts:
            return max(span.paragraph, -1), min(starts, key=lambda start: abs(start - span.start))
    return next((place for place in places if place[0] >= 0), places[0] if places else (0, 0))


def _place(span: Span) -> Place:
    return max(span.paragraph, -1), span.start
