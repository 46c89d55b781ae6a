"""Which days have an issue, which issue stands next to another, and which pages the archive lacks."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Count, Exists, Max, Min, OuterRef, Prefetch, Q
from django.db.models.functions import ExtractMonth, ExtractYear

from articles.models import Article, Issue, Page, Paper

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from articles.models import IssueQuerySet


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the archive reaches and how much it holds, as a reader sees it."""

    issues: int
    pages: int
    articles: int
    first: datetime.date | None
    last: datetime.date | None


@dataclass(frozen=True, slots=True)
class Year:
    """A year with the number of issues in each of its months, January first."""

    year: int
    months: tuple[int, ...]

    @property
    def total(self) -> int:
        """All issues of the year."""
        return sum(self.months)

    @property
    def squares(self) -> list[tuple[int, int]]:
        """For a drawing of twelve squares: where each starts, and how many issues it stands for."""
        return [(month * 10, count) for month, count in enumerate(self.months)]


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar with its issues; `missing` are page numbers below the last one that the archive lacks."""

    date: datetime.date
    issues: tuple[Issue, ...] = ()
    missing: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Month:
    """A month as weeks of days; a place before the first or after the last day is None."""

    date: datetime.date
    weeks: tuple[tuple[Day | None, ...], ...]

    @property
    def issues(self) -> list[Issue]:
        """The month's issues in printed order."""
        return [issue for week in self.weeks for day in week if day for issue in day.issues]


def _visible(paper: Paper | None = None) -> IssueQuerySet:
    issues = Issue.objects.visible()
    return issues.filter(paper=paper) if paper else issues


def reach() -> Reach:
    """Counts over what is published."""
    span = Issue.objects.visible().aggregate(first=Min("date"), last=Max("date"), issues=Count("pk"))
    held = Article.objects.published().aggregate(pages=Count("page", distinct=True), articles=Count("pk"))
    return Reach(**span, **held)


def years(paper: Paper | None = None) -> list[Year]:
    """Every year from the last with an issue to the first, empty ones between them too."""
    rows = (
        _visible(paper)
        .annotate(y=ExtractYear("date"), m=ExtractMonth("date"))
        .order_by()
        .values_list("y", "m")
        .annotate(Count("pk"))
    )
    counts = {(y, m): n for y, m, n in rows}
    if not counts:
        return []
    first, last = min(y for y, _ in counts), max(y for y, _ in counts)
    return [Year(y, tuple(counts.get((y, m), 0) for m in range(1, 13))) for y in range(last, first - 1, -1)]


def months_of(first: datetime.date, last: datetime.date, paper: Paper | None = None) -> list[Month]:
    """The months from `first` to `last`, both within their months, with their issues."""
    issues = (
        _visible(paper)
        .filter(date__gte=first.replace(day=1), date__lt=_next_month(last))
        .select_related("paper")
        .prefetch_related(Prefetch("pages", _public_pages()))
        .order_by("date", "paper__name", "edition")
    )
    by_day: dict[datetime.date, list[Issue]] = {}
    for issue in issues:
        by_day.setdefault(issue.date, []).append(issue)
    found, month = [], first.replace(day=1)
    while month <= last:
        found.append(Month(month, tuple(_week(week, month.month, by_day) for week in _weeks(month))))
        month = _next_month(month)
    return found


def _public_pages() -> QuerySet[Page]:
    published = Article.objects.published().filter(page=OuterRef("pk"))
    return Page.objects.filter(Exists(published)).only("issue", "number")


def _weeks(month: datetime.date) -> list[list[datetime.date]]:
    return calendar.Calendar().monthdatescalendar(month.year, month.month)


def _week(
    week: Sequence[datetime.date], month: int, by_day: dict[datetime.date, list[Issue]]
) -> tuple[Day | None, ...]:
    return tuple(_day(date, by_day.get(date, ())) if date.month == month else None for date in week)


def _day(date: datetime.date, issues: Iterable[Issue]) -> Day:
    issues = tuple(issues)
    lacking = sorted({n for issue in issues for n in missing_pages(p.number for p in issue.pages.all())})
    return Day(date, issues, tuple(lacking))


def _next_month(date: datetime.date) -> datetime.date:
    return (date.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)  # years to 9998


def missing_pages(numbers: Iterable[int]) -> list[int]:
    """Numbers that must have been printed, since a higher one was, and that the archive lacks."""
    held = set(numbers)
    return [n for n in range(1, max(held, default=0)) if n not in held]


def months_beside(
    month: datetime.date, paper: Paper | None = None
) -> tuple[datetime.date | None, datetime.date | None]:
    """The nearest months with an issue before and after a month."""
    first = month.replace(day=1)
    before = _visible(paper).filter(date__lt=first).aggregate(date=Max("date"))["date"]
    after = _visible(paper).filter(date__gte=_next_month(first)).aggregate(date=Min("date"))["date"]
    return before, after


def issues_on(date: datetime.date) -> list[Issue]:
    """The day's issues that a reader may open."""
    return list(Issue.objects.visible().printed_on(date).select_related("paper").order_by("paper__name", "edition"))


def around(date: datetime.date) -> tuple[Issue | None, Issue | None]:
    """The nearest issues before and after a day, whatever the paper."""
    issues = Issue.objects.visible().select_related("paper")
    before = issues.filter(date__lt=date).order_by("-date", "paper__name").first()
    return before, issues.filter(date__gt=date).order_by("date", "paper__name").first()


def beside(issue: Issue) -> tuple[Issue | None, Issue | None]:
    """The same paper's issues before and after this one."""
    issues = Issue.objects.visible().filter(paper=issue.paper_id).select_related("paper")
    earlier = Q(date__lt=issue.date) | Q(date=issue.date, edition__lt=issue.edition)
    later = Q(date__gt=issue.date) | Q(date=issue.date, edition__gt=issue.edition)
    return issues.filter(earlier).order_by("-date", "-edition").first(), issues.filter(later).order_by(
        "date", "edition"
    ).first()


def latest_day() -> datetime.date | None:
    """The day of the newest issue with something to read. Every page asks, so the query is compiled once."""
    with connection.cursor() as cursor:
        cursor.execute(*_newest())
        row = cursor.fetchone()
    if row is None:
        return None
    return row[0] if isinstance(row[0], datetime.date) else datetime.date.fromisoformat(row[0])  # SQLite: a string


@cache
def _newest() -> tuple[str, tuple[Any, ...]]:
    days = Issue.objects.visible().order_by("-date").values_list("date", flat=True)[:1]
    sql, parameters = days.query.sql_with_params()
    return sql, parameters


def latest() -> Issue | None:
    """The newest issue with something to read."""
    # The day first, along the index of dates: ordered by paper too, every issue would be looked at.
    day = latest_day()
    if day is None:
        return None
    issues = Issue.objects.visible().filter(date=day)
    return issues.select_related("paper").order_by("paper__name", "edition").first()
