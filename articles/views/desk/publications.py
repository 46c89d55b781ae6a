"""Publishing from the desk: an issue or an article, at once or at a set time, seen first as a reader would see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.forms import PublicationForm
from articles.models import Article, Issue
from articles.selectors.stories import story, with_bylines
from articles.services import publishing
from articles.services.planning import cancel_plans, plan_publication
from articles.services.publishing import Obstacle, PublishingRefusedError
from articles.views.access import editor_required
from articles.views.desk.correcting import article_of, on_article
from articles.views.desk.issues import overview

if TYPE_CHECKING:
    from django.http import HttpResponse

    from articles.views.desk.editors import EditorRequest


@editor_required
def issue(request: EditorRequest, pk: int) -> HttpResponse:
    """Publish all drafts of an issue, set or cancel a time for it, take the last publication back."""
    found = get_object_or_404(Issue.objects.select_related("paper"), pk=pk)
    if request.method != "POST":
        return redirect("articles:desk-issue", pk=pk)
    try:
        messages.success(request, _done_with_issue(request, found))
    except PublishingRefusedError as refusal:
        context = overview(request, found) | {"refused": refusal.obstacles}
        return render(request, "desk/issue.html", context, status=409)
    return redirect("articles:desk-issue", pk=pk)


@on_article
def article(request: EditorRequest, article: Article) -> None:
    """The same for one article."""
    if "back" in request.POST:
        if publishing.take_back_publication([article], request.user):
            messages.success(request, _("已撤回“%(article)s”的发布，它又是草稿了") % {"article": article})
        return
    if "cancel" in request.POST:
        cancel_plans(article, request.user)
        messages.info(request, _("已取消定时发布"))
        return
    data = _asked(request)
    if data["due_at"]:
        plan_publication(article, data["due_at"], request.user, in_doubt=data["in_doubt"])
        messages.success(request, _("已定时，到时自动发布"))
    elif publishing.publish_article(article, request.user, in_doubt=data["in_doubt"]):
        messages.success(request, _("已发布“%(article)s”") % {"article": article})


@editor_required
def preview(request: EditorRequest, pk: int) -> HttpResponse:
    """An article as a reader would see it."""
    found = article_of(pk)
    found = Article.objects.with_place().prefetch_related(with_bylines(), "corrections").get(pk=found.head.pk)
    return render(request, "desk/preview.html", {"story": story(found), "article": found, "reading": None})


@editor_required
def preview_issue(request: EditorRequest, pk: int) -> HttpResponse:
    """An issue's articles one after the other, as they would be published."""
    found = get_object_or_404(Issue.objects.select_related("paper"), pk=pk)
    living = Article.objects.of_issue(found).with_place().filter(merged_into__isnull=True, continues__isnull=True)
    shown = living.exclude(status=Article.Status.WITHDRAWN).exclude(headline="").prefetch_related(with_bylines())
    context = {"issue": found, "stories": [story(each) for each in shown]}
    return render(request, "desk/preview_issue.html", context)


def _done_with_issue(request: EditorRequest, found: Issue) -> str:
    if "back" in request.POST:
        count = publishing.take_back_publication(publishing.last_publication(found), request.user)
        return _("已撤回 %(count)s 篇的发布，它们又是草稿了") % {"count": count}
    if "cancel" in request.POST:
        cancel_plans(found, request.user)
        return _("已取消定时发布")
    data = _asked(request)
    if data["due_at"]:
        plan = plan_publication(found, data["due_at"], request.user, in_doubt=data["in_doubt"])
        when = f"{timezone.localtime(plan.due_at):%Y-%m-%d %H:%M}"
        return _("定于 %(when)s 发布，到时自动发布") % {"when": when}
    count = publishing.publish_issue(found, request.user, in_doubt=data["in_doubt"])
    return _("已发布 %(count)s 篇，读者现在可以看到") % {"count": count}


def _asked(request: EditorRequest) -> dict[str, Any]:
    form = PublicationForm(request.POST)
    if not form.is_valid():
        raise PublishingRefusedError([Obstacle(str(error)) for errors in form.errors.values() for error in errors])
    return form.cleaned_data
