"""The front: the newest issue, old papers read again, people in the news."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from articles.models import Article

from . import officials, printed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.models import Issue

    from .days import Year
    from .stories import Named


def front_pages(issue: Issue | None) -> list[printed.PrintedPage]:
    """The newest issue's pages with their articles."""
    return printed.pages_of(issue) if issue else []


def read_again(issue: Issue, years: Sequence[Year], limit: int = 4) -> list[Article]:
    """For earlier years the first story of the issue printed nearest to the same month, newest year first."""
    nearest = ((year.year, _nearest(year, issue.date.month)) for year in years if year.year < issue.date.year)
    months = [(year, month) for year, month in nearest if month][:limit]
    if not months:
        return []
    places = Q()
    for year, month in months:
        first = datetime.date(year, month, 1)
        places |= Q(page__issue__date__gte=first, page__issue__date__lt=first + datetime.timedelta(days=31))
    rows = (
        Article.objects.published()
        .with_place()
        .filter(places)
        .order_by("-page__issue__date", "page__number", "position")
        .distinct()
    )
    found: dict[int, Article] = {}
    for article in rows:
        found.setdefault(article.date.year, article)
    return list(found.values())


def _nearest(year: Year, month: int) -> int | None:
    held = [m for m, count in enumerate(year.months, 1) if count]
    return min(held, key=lambda m: (abs(m - month), m)) if held else None


def in_the_news(issue: Issue | None) -> list[Named]:
    """People printed most often in the year up to the newest issue."""
    return officials.often_named(issue.date - datetime.timedelta(days=365)) if issue else []
