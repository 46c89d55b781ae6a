"""A reader tells of an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from articles.services.reporting import ReportRefusedError, report_error

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def report(request: HttpRequest) -> HttpResponse:
    """The form, and thanks; `?about=` is the path of the page that it is about."""
    about = request.POST.get("about", request.GET.get("about", ""))
    about = about if about.startswith("/") and not about.startswith("//") else ""
    context = {"about": about, "problem": ""}
    if request.method == "POST":
        if request.POST.get("website"):  # a field that people do not see
            return render(request, "archive/report.html", context | {"sent": True})
        text, contact = request.POST.get("text", ""), request.POST.get("contact", "")
        try:
            report_error(str(context["about"]), text, contact)
            return render(request, "archive/report.html", context | {"sent": True})
        except ReportRefusedError as refusal:
            context |= {"problem": str(refusal), "text": text, "contact": contact}
    return render(request, "archive/report.html", context, status=400 if context["problem"] else 200)
