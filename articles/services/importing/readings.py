"""What a table says of an article's people, bodies and times, in the terms of a reading."""

from __future__ import annotations

import calendar
import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, get_args

from articles.models import Article
from articles.newsprint.values import (
    Byline,
    DateReading,
    OrganisationReading,
    PersonReading,
    Precision,
    Recognised,
    Span,
)
from articles.services.linking import spans_of


def recognised_in(article: Article, readings: dict[str, list[dict[str, Any]]]) -> Recognised:
    """The table's own readings, each found in the text."""
    people, bodies, dates = readings["people"], readings["organisations"], readings["dates"]
    names = _places(article, (item["name"] for item in people))
    forms = _places(article, (form for item in bodies for form in _forms(item)))
    times = _places(article, (item["surface"] for item in dates))
    return Recognised(
        people=tuple(
            PersonReading(item["name"], tuple(item.get("posts") or ()), item.get("certain", True), names[item["name"]])
            for item in people
        ),
        organisations=tuple(
            OrganisationReading(
                item["name"],
                _forms(item),
                item.get("certain", True),
                tuple(span for form in dict.fromkeys(_forms(item)) for span in forms[form]),
            )
            for item in bodies
        ),
        dates=tuple(_date(item, times[item["surface"]]) for item in dates),
    )


def told_apart(readings: dict[str, list[dict[str, Any]]] | None) -> dict[str, str]:
    """Which of several namesakes the table means: name → distinction."""
    return {
        item["name"]: item["distinction"]
        for item in (readings or {}).get("people", ())
        if isinstance(item.get("distinction"), str) and item["distinction"]
    }


def bylines_from(items: Iterable[dict[str, Any]]) -> tuple[Byline, ...]:
    """The table's own bylines."""
    return tuple(Byline(item["name"], str(item.get("role") or "作者")) for item in items)


def _forms(item: dict[str, Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for form in (*(item.get("surfaces") or ()), item["name"]) if form))


def _places(article: Article, forms: Iterable[str]) -> dict[str, tuple[Span, ...]]:
    """Where each form stands; a form inside a longer one (4月 in 4月10日) doesn't stand there."""
    found: dict[str, list[Span]] = defaultdict(list)
    texts = {-1: article.headline, -2: article.kicker, -3: article.subtitle, **dict(enumerate(article.paragraphs))}
    for span in spans_of(article, forms):
        found[texts[span.paragraph][span.start : span.end]].append(span)
    return defaultdict(tuple, {form: tuple(spans) for form, spans in found.items()})


def _date(item: dict[str, Any], spans: tuple[Span, ...]) -> DateReading:
    start, end = _day(item.get("start")), _day(item.get("end"))
    given = next((known for known in get_args(Precision) if known == item.get("precision")), None)
    precision: Precision = given or ("vague" if item.get("vague") else _precision(start, end))
    return DateReading(item["surface"], start, end, precision, spans)


def _day(value: Any) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _precision(start: datetime.date | None, end: datetime.date | None) -> Precision:
    """The calendar unit that the range is, day where it is none."""
    if start is None or end is None or start.day != 1 or end.day != calendar.monthrange(end.year, end.month)[1]:
        return "day"
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    units: dict[int, Precision] = {1: "month", 3: "quarter", 6: "half-year", 12: "year"}
    return units.get(months, "vague")
