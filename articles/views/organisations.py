"""Organisations by pinyin initial, and one organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from articles.models import Organisation
from articles.selectors import coverage, days, lineups, listing, officials
from articles.selectors.appearances import Appearances
from articles.selectors.bars import by_years
from articles.selectors.companions import company_of
from articles.selectors.timeline import timeline

from .dates import day_in_address
from .errors import NotInArchiveError
from .paging import list_template, page_of, typed_in

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def organisations(request: HttpRequest) -> HttpResponse:
    """Bodies in pinyin order; `?initial=` keeps one letter, `?q=` those called so."""
    everyone = officials.public_organisations()
    initial, letters = listing.initial_of(request.GET.get("initial", "")), listing.letters(everyone)
    typed = typed_in(request, "q")
    found = listing.called(listing.with_initial(everyone, initial), typed)
    page = page_of(request, listing.counted(found), 200)
    page.object_list = list(page.object_list)
    context = {"page": page, "letters": letters, "initial": initial, "q": typed, "total": sum(n for _, n in letters)}
    return render(request, list_template(request, "organisations"), context)


def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """A body's names, the people in its posts, and its articles."""
    found = Organisation.objects.filter(pk=pk).first()
    if found and found.merged_into_id:
        return redirect("articles:organisation-detail", listing.living(found).pk, permanent=True)
    if not found or not officials.is_public(found):
        raise NotInArchiveError(_("没有这个机构的页面。"))
    articles = Appearances(found)
    page = page_of(request, articles.ids, 20)
    holders = officials.holders_of(found)
    context = {
        "organisation": found,
        "names": coverage.names_printed(found),
        "span": articles.span,
        "holders": holders,
        "timeline": timeline(holders),
        "holders_count": len({row.person for row in holders}),
        "histogram": by_years(articles.years),
        "page": page,
        "told": coverage.told_of(found, list(page.object_list)),
        "family": officials.departments_of(found),
        "parent": officials.parent_of(found),
        "company": company_of(found, articles.recent),
        "only_recent": articles.only_recent,
    }
    return render(request, "archive/organisation.html", context)


def line_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was who in a body on the day `?on=`; without one, on the day of the newest issue."""
    found = Organisation.objects.filter(pk=pk).first()
    if not found or not officials.is_public(found):
        raise NotInArchiveError(_("没有这个机构的页面。"))
    newest = days.latest()
    wanted = request.GET.get("on", "").strip().replace("/", "-")
    day = day_in_address(wanted) if wanted or newest is None else newest.date
    context = {"organisation": found, "day": day, "seats": lineups.line_up(found, day)}
    return render(request, "archive/line_up.html", context)
