"""Who decided what, from what to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from articles.models import Issue, Page
from articles.selectors.desk import changes_of, decisions
from articles.views.access import editor_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from articles.views.desk.editors import EditorRequest


@editor_required
def history(request: EditorRequest) -> HttpResponse:
    """Decisions, newest first; of one issue or page where asked."""
    issue = _asked(request, "issue", Issue.objects.select_related("paper"))
    page = _asked(request, "of", Page.objects.select_related("issue__paper"))
    shown = Paginator(decisions(issue=issue, page=page), 50).get_page(request.GET.get("page"))
    rows = [(decision, changes_of(decision)) for decision in shown]
    query = f"of={page.pk}&" if page else f"issue={issue.pk}&" if issue else ""
    context = {
        "query": query,
        "rows": rows,
        "shown": shown,
        "issue": issue or (page.issue if page else None),
        "page_of": page,
    }
    return render(request, "desk/history.html", context)


def _asked(request: EditorRequest, name, records):  # type: ignore[no-untyped-def]
    """The record that the address asks for, None where it asks for none, 404 for one that isn't there."""
    value = request.GET.get(name, "")
    if not value:
        return None
    return get_object_or_404(records, pk=int(value) if value.isdecimal() and len(value) < 19 else 0)
