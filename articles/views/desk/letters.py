"""What readers wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from articles.models import ReaderReport
from articles.selectors.reported import subjects
from articles.services.reporting import settle_report
from articles.views.access import editor_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from articles.views.desk.editors import EditorRequest


@editor_required
def letters(request: EditorRequest) -> HttpResponse:
    """Reports, those that wait first."""
    waiting_first = F("settled_at").desc(nulls_first=True)
    reports = ReaderReport.objects.select_related("settled_by").order_by(waiting_first, "-pk")
    shown = Paginator(reports, 50).get_page(request.GET.get("page"))
    context = {"shown": shown, "subjects": subjects(shown.object_list)}
    return render(request, "desk/letters.html", context)


@editor_required
@require_POST
def settle(request: EditorRequest, pk: int) -> HttpResponse:
    """One is dealt with."""
    settle_report(get_object_or_404(ReaderReport, pk=pk), request.user)
    return redirect("articles:desk-letters")
