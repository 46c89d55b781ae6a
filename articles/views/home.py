"""The front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from articles.selectors import days, front, officials

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def home(request: HttpRequest) -> HttpResponse:
    """The newest issue as a paper, the search box, and the ways in by date and by person."""
    latest, years = days.latest(), days.years()
    context = {
        "latest": latest,
        "reach": days.reach(),
        "people_count": officials.public_people().count(),
        "pages": front.front_pages(latest),
        "again": front.read_again(latest, years) if latest else [],
        "people": front.in_the_news(latest),
        "years": years[:8],
    }
    return render(request, "archive/home.html", context)
