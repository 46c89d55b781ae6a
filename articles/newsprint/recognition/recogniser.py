"""The three readers in order, and what a district tells them beforehand."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from articles.newsprint.values import ArticleDraft, ArticleLines, Byline, Recognised

from .dates import read_dates
from .feasts import Events, built_in_events
from .organisations import find_bodies, organisation_readings
from .passages import passages
from .people import find_people, person_readings


@dataclass(frozen=True, slots=True)
class Profile:
    """What a district's editors know: short forms (short → full name), people and bodies of the place, and when
    feasts and events were (None: the built-in table)."""

    short_forms: Mapping[str, str] = field(default_factory=dict)
    people: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()
    events: Events | None = None


def recognise(
    draft: ArticleDraft,
    issue_date: datetime.date | None,
    profile: Profile | None = None,
    *,
    events: Events | None = None,
) -> Recognised:
    """People with posts, organisations and dates of one article, each with its spans.

    Without an issue date, only dates that print their year get bounds. `events` says when feasts and events were;
    without it `built_in_events()` counts.
    """
    profile = profile or Profile()
    parts = passages(draft)
    found = find_people(parts, profile.people)
    people = person_readings(found, frozenset(byline.name for byline in draft.bylines))
    names = frozenset(person.name for person in people)
    bodies = find_bodies(parts, found, names, (*profile.short_forms, *sorted(profile.organisations)))
    organisations = organisation_readings(bodies, profile.short_forms)
    named = frozenset(
        (span.paragraph, at) for person in people for span in person.spans for at in range(span.start, span.end)
    )
    dates = read_dates(parts, issue_date, events or profile.events or built_in_events(), named)
    return Recognised(people, organisations, dates)


def recognise_text(
    paragraphs: Sequence[str],
    issue_date: datetime.date | None,
    *,
    headline: str = "",
    kicker: str | None = None,
    subtitle: str | None = None,
    bylines: Sequence[Byline] = (),
    profile: Profile | None = None,
    events: Events | None = None,
) -> Recognised:
    """`recognise` for an article that comes as text, without source lines."""
    draft = ArticleDraft(headline, tuple(paragraphs), ArticleLines(), kicker, subtitle, bylines=tuple(bylines))
    return recognise(draft, issue_date, profile, events=events)
