"""Time expressions of an article and what they mean, seen from the issue's date."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace

from articles.newsprint.values import DateReading

from .feasts import Events, built_in_events
from .passages import Passage, passage
from .time_meanings import Resolver
from .time_words import expression


def read_dates(
    passages: Sequence[Passage],
    issue_date: datetime.date | None,
    events: Events,
    names: frozenset[tuple[int, int]] = frozenset(),
) -> tuple[DateReading, ...]:
    """One reading for each printed form, bounds of its first mention. Without an issue date only what print says.

    `names`: paragraph and place of every character of a person's name, which tells no time (厉国庆).
    """
    pattern = expression(events)
    readings: dict[str, DateReading] = {}
    resolver = Resolver(issue_date or datetime.date.today(), events)
    # Heads come last: what they say is told in the text, with its day.
    for part in sorted(passages, key=lambda one: (one.is_head, one.paragraph)):
        sentence_start = -1
        for found in pattern.finditer(part.text):
            stop = max(part.text.rfind(mark, 0, found.start()) for mark in "。！？；")
            if stop + 1 != sentence_start:
                sentence_start = stop + 1
                resolver.clock.sentence_year = None
            sentence = re.split(r"[。！？；，]", part.text[found.end() : found.end() + 40])[0]
            clause = part.text[max(0, found.start() - 12) : found.start()].rsplit("，")[-1]
            surface, span = found[0], part.span(found.start(), found.end())
            if names and (span.paragraph, span.start) in names:
                continue
            bounds = resolver.resolve(found, clause + found[0] + sentence)
            if bounds is None:
                continue
            start, end, precision = bounds
            if found["asof"] and end:
                start = end
            if issue_date is None and not re.search(r"\d{4}年", found[0]):
                start = end = None
            if surface in readings:
                readings[surface] = replace(readings[surface], spans=(*readings[surface].spans, span))
            else:
                readings[surface] = DateReading(surface, start, end, precision, (span,))
    return tuple(sorted(readings.values(), key=lambda reading: (reading.spans[0].paragraph, reading.spans[0].start)))


def dates_in(text: str, seen_from: datetime.date, *, events: Events | None = None) -> tuple[DateReading, ...]:
    """Time expressions of one line, as somebody means them who says them on the day `seen_from`."""
    return read_dates((passage(0, text),), seen_from, events or built_in_events())
