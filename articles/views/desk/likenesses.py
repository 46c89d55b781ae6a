"""Articles that were printed twice: side by side, linked or told apart."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from articles.models import Likeness
from articles.services.likenesses import judge
from articles.views.access import editor_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from articles.models import Article
    from articles.views.desk.editors import EditorRequest

_PLACES = ("one__page__issue__paper", "other__page__issue__paper", "decided_by")


@editor_required
def likenesses(request: EditorRequest) -> HttpResponse:
    """Pairs that nobody has judged, the most alike first; judged ones where asked."""
    asked = request.GET.get("status", Likeness.Status.PROPOSED)
    status = asked if asked in Likeness.Status.values else Likeness.Status.PROPOSED
    pairs = Likeness.objects.filter(status=status).select_related(*_PLACES)
    shown = Paginator(pairs, 30).get_page(request.GET.get("page"))
    context = {"shown": shown, "status": status, "statuses": Likeness.Status.choices}
    return render(request, "desk/likenesses.html", context)


@editor_required
def likeness(request: EditorRequest, pk: int) -> HttpResponse:
    """Two articles side by side; a POST judges them."""
    pair = get_object_or_404(Likeness.objects.select_related(*_PLACES), pk=pk)
    problem = ""
    if request.method == "POST":
        wanted = request.POST.get("do", "")
        if wanted in Likeness.Status.values:
            decision = judge(pair, Likeness.Status(wanted), request.user)
            if decision:
                messages.success(request, decision.reason)
            following = Likeness.objects.filter(status=Likeness.Status.PROPOSED).first()
            return (
                redirect("articles:desk-likeness", following.pk) if following else redirect("articles:desk-likenesses")
            )
        problem = _("请选择“同一篇”或“不是同一篇”")
    context = {"pair": pair, "rows": _beside(pair.one, pair.other), "problem": problem}
    return render(request, "desk/likeness.html", context, status=409 if problem else 200)


def _beside(one: Article, other: Article) -> list[tuple[str, str, bool]]:
    """Paragraphs in two columns, with whether they are the same."""
    mine = [one.headline, *one.paragraphs]
    others = [other.headline, *other.paragraphs]
    rows: list[tuple[str, str, bool]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, mine, others, autojunk=False).get_opcodes():
        for step in range(max(i2 - i1, j2 - j1)):
            left = mine[i1 + step] if i1 + step < i2 else ""
            right = others[j1 + step] if j1 + step < j2 else ""
            rows.append((left, right, tag == "equal"))
    return rows
