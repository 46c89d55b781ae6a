"""The calendar: all years, a year, a month."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from articles.models import Paper
from articles.selectors import days, printed

from .errors import NotInArchiveError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def calendar(request: HttpRequest) -> HttpResponse:
    """All years; `?date=` opens that day."""
    wanted = request.GET.get("date", "").strip()
    if wanted:
        return redirect("articles:issue-detail", wanted.replace("/", "-")[:40])
    paper, note = _paper(request)
    context = {"years": days.years(paper), "paper": paper, "note": note, "papers": Paper.objects.order_by("name")}
    return render(request, "archive/calendar.html", context)


def year(request: HttpRequest, year: int) -> HttpResponse:
    """Twelve months, each day with an issue linked."""
    paper, note = _paper(request)
    years = days.years()
    if year not in {held.year for held in years}:
        raise NotInArchiveError(_("馆藏没有%(year)s年的报纸。") % {"year": year})
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    months = days.months_of(first, last, paper)
    context = {"year": year, "years": years, "months": months, "note": note} | _legend(months, paper)
    return render(request, "archive/calendar_year.html", context)


def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """One month, its issues with their headlines."""
    years = days.years()
    if not 1 <= month <= 12 or year not in {held.year for held in years}:
        raise NotInArchiveError(_("馆藏没有%(year)s年%(month)s月的报纸。") % {"year": year, "month": month})
    paper, note = _paper(request)
    first = datetime.date(year, month, 1)
    shown = days.months_of(first, first, paper)[0]
    before, after = days.months_beside(first, paper)
    context = {"year": year, "years": years, "month": shown, "before": before, "after": after, "note": note}
    context |= _legend([shown], paper) | {"contents": printed.contents_of(shown.issues)}
    return render(request, "archive/calendar_month.html", context)


def _paper(request: HttpRequest) -> tuple[Paper | None, str]:
    """The paper that the address asks for, or all with a sentence why."""
    wanted = request.GET.get("paper", "")
    if not wanted:
        return None, ""
    paper = Paper.objects.filter(pk=wanted).first() if wanted.isascii() and wanted.isdigit() else None
    return paper, "" if paper else _("没有编号为“%(wanted)s”的报纸，以下是全部报纸。") % {"wanted": wanted[:20]}


def _legend(months: list[days.Month], paper: Paper | None) -> dict[str, object]:
    """How the papers are told apart on the days, with their number of issues."""
    counts: dict[Paper, int] = {}
    for shown in months:
        for issue in shown.issues:
            counts[issue.paper] = counts.get(issue.paper, 0) + 1
    lacking = any(day.missing for shown in months for week in shown.weeks for day in week if day)
    papers = list(Paper.objects.order_by("name"))
    marks = {held.pk: n % 4 for n, held in enumerate(papers)}
    legend = [(held, marks[held.pk], counts[held]) for held in papers if held in counts]
    return {"paper": paper, "papers": papers, "legend": legend, "marks": marks, "lacking": lacking}
