"""Issues on the desk: what is left to do, progress, publishing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.models import Issue, Job, Page, is_chief
from articles.selectors.desk import decisions, issues_in_work, sheets
from articles.selectors.doubts import doubts
from articles.services.planning import open_plans
from articles.services.publishing import doubts_in_the_way, last_publication, obstacles_to_publishing
from articles.services.working import cancel_job, read_again
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
    return render(request, "desk/issue.html", overview(request, found))


@editor_required
def progress(request: EditorRequest, pk: int) -> HttpResponse:
    """The part of an issue's page that changes while its pages are read."""
    found = get_object_or_404(Issue.objects.select_related("paper"), pk=pk)
    return render(request, "desk/_issue_work.html", overview(request, found))


@editor_required
@require_POST
def job(request: EditorRequest, pk: int) -> HttpResponse:
    """Cancel a job, or read its page once more."""
    found = get_object_or_404(Job, pk=pk, page__isnull=False)
    page = get_object_or_404(Page, jobs=found)
    if "cancel" in request.POST:
        if cancel_job(found, request.user):
            messages.info(request, _("已取消第%(number)s版的识读") % {"number": page.number})
    else:
        read_again(page, request.user)
        messages.info(request, _("第%(number)s版已重新排队识读") % {"number": page.number})
    return redirect("articles:desk-issue", pk=page.issue_id)


def overview(request: EditorRequest, found: Issue) -> dict[str, object]:
    """What an issue's page shows."""
    left = doubts(found)
    pages = sheets(found, left)
    articles = [article for sheet in pages for article in sheet.articles]
    return {
        "issue": found,
        "sheets": pages,
        "active": any(sheet.active for sheet in pages),
        "obstacles": obstacles_to_publishing(found),
        "in_the_way": doubts_in_the_way(found),
        "doubts": left,
        "chief": is_chief(request.user),
        "plan": open_plans(found).first(),
        "missed": found.plans.exclude(problem="").order_by("-pk").first(),
        "together": last_publication(found),
        "drafts": sum(article.status == "draft" for article in articles),
        "published": sum(article.status == "published" for article in articles),
        "unseen": [sheet for sheet in pages if sheet.page.status == "read"],
        "decisions": decisions(issue=found)[:12],
    }
