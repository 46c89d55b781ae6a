"""Issues on the desk: what is left to do, progress, publishing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.models import Issue, Job, Page
from articles.selectors.desk import decisions, issues_in_work, sheets
from articles.services.publishing import PublishingRefusedError, obstacles_to_publishing, publish_issue
from articles.services.working import cancel_job, enqueue_reading
from articles.views.access import editor_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from articles.views.desk.editors import EditorRequest


@editor_required
def home(request: EditorRequest) -> HttpResponse:
    """Issues and how far each is."""
    page = Paginator(issues_in_work(), 30).get_page(request.GET.get("page"))
    return render(request, "desk/home.html", {"issues": page})


@editor_required
def issue(request: EditorRequest, pk: int) -> HttpResponse:
    """One issue: its pages, what keeps it from being published, what was decided."""
    found = get_object_or_404(Issue.objects.select_related("paper"), pk=pk)
    return render(request, "desk/issue.html", _overview(found))


@editor_required
def progress(request: EditorRequest, pk: int) -> HttpResponse:
    """The part of an issue's page that changes while its pages are read."""
    found = get_object_or_404(Issue.objects.select_related("paper"), pk=pk)
    return render(request, "desk/_issue_work.html", _overview(found))


@editor_required
@require_POST
def publish(request: EditorRequest, pk: int) -> HttpResponse:
    """Publish all drafts of an issue, or say what stands in the way."""
    found = get_object_or_404(Issue, pk=pk)
    try:
        count = publish_issue(found, request.user)
    except PublishingRefusedError as refusal:
        context = _overview(found) | {"refused": refusal.obstacles}
        return render(request, "desk/issue.html", context, status=409)
    messages.success(request, _("已发布 %(count)s 篇，读者现在可以看到") % {"count": count})
    return redirect("articles:desk-issue", pk=pk)


@editor_required
@require_POST
def job(request: EditorRequest, pk: int) -> HttpResponse:
    """Cancel a job, or read its page once more."""
    found = get_object_or_404(Job, pk=pk, page__isnull=False)
    page = get_object_or_404(Page, jobs=found)
    if "cancel" in request.POST:
        if cancel_job(found):
            messages.info(request, _("已取消第%(number)s版的识读") % {"number": page.number})
    else:
        enqueue_reading(page, request.user)
        messages.info(request, _("第%(number)s版已重新排队识读") % {"number": page.number})
    return redirect("articles:desk-issue", pk=page.issue_id)


def _overview(found: Issue) -> dict[str, object]:
    pages = sheets(found)
    articles = [article for sheet in pages for article in sheet.articles]
    return {
        "issue": found,
        "sheets": pages,
        "active": any(sheet.active for sheet in pages),
        "obstacles": obstacles_to_publishing(found),
        "doubts": sum(sheet.doubts for sheet in pages),
        "drafts": sum(article.status == "draft" for article in articles),
        "published": sum(article.status == "published" for article in articles),
        "unseen": [sheet for sheet in pages if sheet.page.status == "read"],
        "decisions": decisions(issue=found)[:12],
    }
