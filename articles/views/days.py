"""A day: what was printed on it, and what later issues tell of it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils import timezone

from articles.selectors import days, happenings, printed

from .dates import day_in_address, month_and_day_in_address

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_ONE_DAY = datetime.timedelta(days=1)


def day(request: HttpRequest, date: str) -> HttpResponse:
    """What happened on a day, as articles tell it, beside the issues printed that day."""
    wanted = day_in_address(date)
    context = {
        "date": wanted,
        "told": happenings.told_of(wanted),
        "printed": printed.contents_of(days.issues_on(wanted)),
        "before": wanted - _ONE_DAY if wanted > datetime.date.min else None,
        "after": wanted + _ONE_DAY if wanted < datetime.date.max else None,
    }
    return render(request, "archive/day_told.html", context)


def on_this_day(request: HttpRequest, day: str = "") -> HttpResponse:
    """A day over the years; `?day=2022-10-12` or `?day=10-12` goes there, nothing at all to today's."""
    wanted = request.GET.get("day", "").strip()[-5:]
    if wanted or not day:
        return redirect("articles:on-this-day", wanted or f"{timezone.localdate():%m-%d}")
    date = month_and_day_in_address(day)
    before, after = (f"{other:%m-%d}" for other in (date - _ONE_DAY, date + _ONE_DAY))
    context = {"date": date, "years": happenings.on_this_day(date.month, date.day), "before": before, "after": after}
    return render(request, "archive/on_this_day.html", context)
