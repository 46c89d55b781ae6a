"""Joining an article with what goes on with it on another page, and parting them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.translation import gettext as _

from articles.models import Article
from articles.services import joining
from articles.services.reviewing import GestureRefusedError
from articles.views.desk.correcting import on_article
from articles.views.desk.pages import posted_version

if TYPE_CHECKING:
    from articles.views.desk.editors import EditorRequest


@on_article
def join(request: EditorRequest, article: Article) -> None:
    """Join an article with one of another page: `onward` says whether that one goes on where this one ends; left out,
    the one on the earlier page comes first."""
    other = _other(request, article)
    if other is None:
        raise GestureRefusedError(_("请选择别的版上的一篇"))
    said = request.POST.get("onward", "")
    onward = said == "1" if said in ("0", "1") else article.page.number < other.page.number
    head, continuation = (article, other) if onward else (other, article)
    joining.join_articles(continuation, head, request.user, at=article.page, version=posted_version(request))
    messages.success(request, _("已接成一篇，读者在“%(head)s”里读到全文。按 U 可以撤销") % {"head": head.head})
    if head.head.is_public:
        messages.warning(request, _("这一篇已经发布，接上的文字读者现在就能看到"))


@on_article
def part(request: EditorRequest, article: Article) -> None:
    """Part an article from one of another page."""
    other = None if article.is_continuation else _other(request, article)
    continuation = other or article
    joining.part_article(continuation, request.user, at=article.page, version=posted_version(request))
    messages.success(request, _("已分成两篇，续文成了草稿，发布后读者才能看到。按 U 可以撤销"))


def _other(request: EditorRequest, article: Article) -> Article | None:
    """The article of another page of the issue that the form names."""
    other = request.POST.get("other", "")
    pk = int(other[:18]) if other.isdecimal() else 0
    elsewhere = Article.objects.with_place().filter(page__issue=article.page.issue_id)
    return elsewhere.exclude(page=article.page_id).filter(pk=pk).first()
