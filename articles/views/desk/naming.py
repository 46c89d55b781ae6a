"""Names in an article: accept, reject, give to another record or to a new one, one by one or all that are doubtful."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.models import Article, Mention, Organisation, Person
from articles.selectors.doubts import doubtful_names, doubts, name_anchor
from articles.selectors.namesakes import namesakes, records_like
from articles.services import naming
from articles.services.linking import parts_of, printed_form
from articles.services.makeup import GestureRefusedError
from articles.views.access import editor_required
from articles.views.parts import asked_for

if TYPE_CHECKING:
    from django.http import HttpResponse

    from articles.models import Decision, Page
    from articles.views.desk.editors import EditorRequest


@editor_required
def mention(request: EditorRequest, pk: int) -> HttpResponse:
    """Who a name may be, with evidence, and a search for others; a POST decides."""
    found = get_object_or_404(Mention.objects.select_related("article__page__issue__paper", "person"), pk=pk)
    problem = ""
    if request.method == "POST":
        path = _anchors(found.article.page)
        try:
            decision = _decided(request, found)
        except GestureRefusedError as refusal:
            problem = refusal.message
        else:
            return _go_on(request, found.article, decision, _behind(path, name_anchor(found)))
    context = _who(request, found) | {"problem": problem}
    if asked_for(request, "records"):
        return render(request, "desk/_records.html", context)
    return render(request, "desk/mention.html", context, status=409 if problem else 200)


@editor_required
@require_POST
def rest(request: EditorRequest, pk: int) -> HttpResponse:
    """Accept or reject all doubtful names of an article at once; each stays a decision of its own."""
    article = get_object_or_404(Article.objects.with_place(), pk=pk)
    decide = naming.reject_mention if request.POST.get("do") == "reject" else naming.accept_mention
    decision, count = None, 0
    for each in doubtful_names([article.pk]).get(article.pk, []):
        decision = decide(each, request.user) or decision
        count += 1
    if count:
        messages.success(request, _("处置了 %(count)s 个名字，按 U 逐个撤销") % {"count": count})
    return _go_on(request, article, None, _anchors(article.page))


def _anchors(page: Page) -> list[str]:
    """Where the doubts of a page stand, in order."""
    return [doubt.anchor for doubt in doubts(page.issue, page)]


def _behind(path: list[str], anchor: str) -> list[str]:
    """The way on from one doubt, and round again from the top."""
    at = path.index(anchor) if anchor in path else -1
    return [*path[at + 1 :], *path[: at + 1]]


def _decided(request: EditorRequest, found: Mention) -> Decision | None:
    what = request.POST.get("do", "")
    if what == "accept":
        return naming.accept_mention(found, request.user)
    if what == "reject":
        return naming.reject_mention(found, request.user)
    if what == "new":
        return naming.link_to_new(found, request.POST.get("name", ""), request.user)
    if what == "link":
        model = Person if found.kind == Mention.Kind.PERSON else Organisation
        value = request.POST.get("record", "")
        number = int(value) if value.isdecimal() and len(value) < 19 else 0
        record = model.objects.filter(pk=number, merged_into__isnull=True).first()
        if record is None:
            raise GestureRefusedError(_("没有这条记录，可能已并入别的记录，请重新查找"))
        return naming.link_mention(found, record, request.user)
    raise GestureRefusedError(_("请选择确认、否定或改指"))


def _who(request: EditorRequest, found: Mention) -> dict[str, Any]:
    form = printed_form(found.surface)
    asked = request.GET.get("q", "")
    people = namesakes([form], found.article_id).get(form, []) if found.kind == Mention.Kind.PERSON else []
    likely = records_like(found.kind, form, 6) if found.kind == Mention.Kind.ORGANISATION else []
    return {
        "mention": found,
        "sentence": _sentence(found),
        "article": found.article,
        "issue": found.article.page.issue,
        "namesakes": people,
        "asked": asked,
        "records": records_like(found.kind, asked) if asked else likely,
    }


def _sentence(found: Mention) -> tuple[str, str, str] | None:
    """The paragraph with the name, in three pieces; None where the text was changed since."""
    text = dict(parts_of(found.article)).get(found.paragraph, "")
    if text[found.start : found.end] != found.surface:
        return None
    return text[: found.start], found.surface, text[found.end :]


def _go_on(request: EditorRequest, article: Article, decision: Decision | None, path: list[str]) -> HttpResponse:
    """Back to the page desk, at the next doubt of the page, or at the article where none is left."""
    if decision:
        message = _("已%(what)s%(name)s。按 U 可以撤销")
        messages.success(request, message % {"what": decision.get_kind_display(), "name": decision.reason})
    left = set(_anchors(article.page))
    anchor = next((anchor for anchor in path if anchor in left), f"a{article.pk}")
    return redirect(f"{reverse('articles:desk-page', args=[article.page_id])}#{anchor}")
