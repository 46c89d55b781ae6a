"""What happened on a day, as published articles tell it, whenever they were printed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.db.models.functions import ExtractDay, ExtractMonth

from articles.models import Article, Issue, Mention

from .coverage import Sentence, sentence_naming

if TYPE_CHECKING:
    from django.db.models import QuerySet

_LONGEST = datetime.timedelta(days=10)  # longer stretches (上半年) tell of no day
_MOST = 200  # mentions looked at for one page


@dataclass(frozen=True, slots=True)
class Happening:
    """An article that tells of a day or of a few days around it, with the sentence that says so."""

    article: Article
    start: datetime.date
    end: datetime.date
    sentence: Sentence | None


@dataclass(frozen=True, slots=True)
class Anniversary:
    """One year's share of a day: what was told of it, and the issues printed on it."""

    year: int
    happenings: tuple[Happening, ...]
    issues: tuple[Issue, ...]


def told_of(day: datetime.date) -> list[Happening]:
    """Articles that tell of the day: of it alone first, then of a few days around it, by day of print."""
    covering = _times().filter(start_date__lte=day, end_date__gte=day, start_date__gte=_before(day))
    return _happenings(covering)


def on_this_day(month: int, day: int) -> list[Anniversary]:
    """The day over the years, the latest year first; only what is told of it alone."""
    same = _times().filter(start_date=F("end_date")).annotate(m=ExtractMonth("start_date"), d=ExtractDay("start_date"))
    told: dict[int, list[Happening]] = {}
    for happening in _happenings(same.filter(m=month, d=day)):
        told.setdefault(happening.start.year, []).append(happening)
    printed: dict[int, list[Issue]] = {}
    issues = Issue.objects.visible().filter(date__month=month, date__day=day).select_related("paper")
    for issue in issues.order_by("paper__name", "edition"):
        printed.setdefault(issue.date.year, []).append(issue)
    return [
        Anniversary(year, tuple(told.get(year, ())), tuple(printed.get(year, ())))
        for year in sorted(told.keys() | printed.keys(), reverse=True)
    ]


def _before(day: datetime.date) -> datetime.date:
    return max(day, datetime.date.min + _LONGEST) - _LONGEST


def _times() -> QuerySet[Mention]:
    """Days that published articles tell of; the day of print itself is told by the issue."""
    known = Q(start_date__isnull=False, end_date__isnull=False)
    return Mention.objects.settled().in_published().filter(known, kind=Mention.Kind.TIME)


def _happenings(mentions: QuerySet[Mention]) -> list[Happening]:
    rows = mentions.select_related("article__page__issue__paper").order_by("start_date", "article_id", "paragraph")
    first: dict[int, Happening] = {}
    for mention in rows[:_MOST]:
        happening = _happening(mention)
        if happening.end - happening.start > _LONGEST:
            continue
        known = first.get(mention.article_id)
        if known is None or _length(happening) < _length(known):
            first[mention.article_id] = happening
    return sorted(first.values(), key=lambda one: (_length(one), one.article.date, one.article.pk))


def _length(happening: Happening) -> datetime.timedelta:
    return happening.end - happening.start


def _happening(mention: Mention) -> Happening:
    assert mention.start_date is not None  # noqa: S101  # asked for in _times
    assert mention.end_date is not None  # noqa: S101
    return Happening(
        mention.article, mention.start_date, mention.end_date, sentence_naming(mention.article.paragraphs, [mention])
    )
