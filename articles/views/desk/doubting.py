"""From doubt to doubt through an issue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Issue
from articles.selectors.doubts import doubts
from articles.views.access import editor_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from articles.views.desk.editors import EditorRequest


@editor_required
def next_doubt(request: EditorRequest, pk: int) -> HttpResponse:
    """The first doubt of an issue, or the first one behind the page and place that the address names."""
    issue = get_object_or_404(Issue.objects.select_related("paper"), pk=pk)
    left = doubts(issue)
    if not left:
        messages.success(request, _("这一期没有疑点了"))
        return redirect("articles:desk-issue", pk=pk)
    here, at = request.GET.get("of", ""), request.GET.get("at", "")
    order = list(issue.pages.order_by("number").values_list("pk", flat=True))
    found = left[0]
    if here.isdecimal() and int(here[:18]) in order:
        page = int(here[:18])
        places = [index for index, doubt in enumerate(left) if doubt.page_id == page and doubt.anchor == at]
        if places:
            found = left[(places[-1] + 1) % len(left)]
        else:
            later = order[order.index(page) + 1 :] if "at" in request.GET else order[order.index(page) :]
            found = next((doubt for doubt in left if doubt.page_id in later), left[0])
    return redirect(f"{reverse('articles:desk-page', args=[found.page_id])}#{found.anchor}")
