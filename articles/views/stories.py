"""One article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from articles.models import Article
from articles.search import related_to
from articles.selectors.jumps import turns_for_readers
from articles.selectors.stories import story, with_bylines
from articles.services.pictures import places_of

from .errors import NotInArchiveError
from .searching import reading_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def article(request: HttpRequest, pk: int) -> HttpResponse:
    """A published article; a withdrawn one says so and why, without its text (410), a draft does not exist (404)."""
    found = Article.objects.with_place().prefetch_related(with_bylines()).filter(pk=pk).first()
    if found and found.continues_id:
        return redirect("articles:article-detail", found.continues_id)
    if found and found.merged_into_id:
        return redirect("articles:article-detail", found.merged_into_id, permanent=True)
    if found and found.status == Article.Status.WITHDRAWN:
        return render(request, "archive/withdrawn.html", {"article": found}, status=410)
    if not found or found.status != Article.Status.PUBLISHED:
        raise NotInArchiveError(_("没有这一篇稿件。稿件的固定地址形如 /articles/1024/，发布后不会改变。"))
    told = story(found)
    number = next((n for n, other in enumerate(told.on_page, 1) if other.pk == found.pk), 0)
    context = {
        "story": told,
        "article": found,
        "turns": turns_for_readers(found),
        "places": places_of(found, number),
        "reading": reading_of(request.GET.get("hl", "")),
        "related": related_to(found, [named.person for named in told.people], told.organisations),
    }
    return render(request, "archive/article.html", context)
