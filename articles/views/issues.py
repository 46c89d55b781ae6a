"""An issue, and a page of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _

from articles.selectors import days, officials, printed
from articles.services.pictures import facsimile

from .dates import day_in_address
from .errors import NotInArchiveError

if TYPE_CHECKING:
    import datetime

    from django.http import HttpRequest, HttpResponse

    from articles.models import Issue


def issue(request: HttpRequest, date: str) -> HttpResponse:
    """A day's issue; a choice where several papers or editions came out that day."""
    day = day_in_address(date)
    chosen = _choose(request, days.issues_on(day))
    if len(chosen) != 1:
        return _choice(request, day, chosen)
    pages = printed.pages_of(chosen[0])
    before, after = days.beside(chosen[0])
    lacking = days.missing_pages(page.page.number for page in pages)
    context = {"issue": chosen[0], "pages": pages, "before": before, "after": after, "lacking": lacking}
    return render(request, "archive/issue.html", context)


def page(request: HttpRequest, date: str, number: int) -> HttpResponse:
    """A page: its articles, and its source lines beside them."""
    day = day_in_address(date)
    chosen = _choose(request, days.issues_on(day))
    if len(chosen) != 1:
        return _choice(request, day, chosen, number)
    pages = printed.pages_of(chosen[0])
    here = next((page for page in pages if page.page.number == number), None)
    if here is None:
        raise NotInArchiveError(_("这一期没有收第%(number)s版。") % {"number": number})
    at = pages.index(here)
    context = {
        "issue": chosen[0],
        "pages": pages,
        "here": here,
        "before": pages[at - 1] if at else None,
        "after": pages[at + 1] if at + 1 < len(pages) else None,
        "sources": printed.sources_of(here),
        "facsimile": facsimile(here.page, [(item.number, item.article) for item in here.printed]),
        "people": officials.named_in([printed.told.pk for printed in here.printed]),
    }
    return render(request, "archive/page.html", context)


def _choose(request: HttpRequest, issues: list[Issue]) -> list[Issue]:
    """The issues of a day that the address asks for; of one paper's editions the first is meant if none is named."""
    paper, edition = request.GET.get("paper"), request.GET.get("edition")
    if paper is not None:
        issues = [issue for issue in issues if str(issue.paper_id) == paper]
    if edition is not None:
        return [issue for issue in issues if str(issue.edition) == edition]
    if paper is not None:
        return [issue for issue in issues if issue.edition == 1] or issues
    return issues


def _choice(request: HttpRequest, day: datetime.date, issues: list[Issue], number: int | None = None) -> HttpResponse:
    """Several issues to choose from, or none: then the day's others and the nearest ones."""
    before, after = days.around(day)
    context = {"date": day, "issues": issues or days.issues_on(day), "number": number, "before": before, "after": after}
    context["found"] = bool(issues)
    return render(request, "archive/day.html", context, status=200 if issues else 404)
