"""Who decided what, from what to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.models import Decision, Issue, Page
from articles.selectors.desk import changes_of, decisions
from articles.services.makeup import GestureRefusedError
from articles.services.versions import can_be_restored, restore_version
from articles.views.access import editor_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from articles.views.desk.editors import EditorRequest


@editor_required
@require_POST
def restore(request: EditorRequest, pk: int) -> HttpResponse:
    """Back to how a page stood after a decision."""
    decision = get_object_or_404(Decision.objects.select_related("page"), pk=pk)
    try:
        done = restore_version(decision, request.user)
    except GestureRefusedError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("已回到那一步。按 U 可以撤销") if done else _("现在就是那时的样子"))
    if decision.page_id is None:
        return redirect("articles:desk-history")
    return redirect("articles:desk-page", pk=decision.page_id)


@editor_required
def history(request: EditorRequest) -> HttpResponse:
    """Decisions, newest first; of one issue or page where asked."""
    issue = _asked(request, "issue", Issue.objects.select_related("paper"))
    page = _asked(request, "of", Page.objects.select_related("issue__paper"))
    shown = Paginator(decisions(issue=issue, page=page), 50).get_page(request.GET.get("page"))
    rows = [(each, changes_of(each), can_be_restored(each)) for each in shown]
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
