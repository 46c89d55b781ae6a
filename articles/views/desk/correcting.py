"""One article on the desk: editing, merging, splitting, publishing, withdrawing."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.forms import ArticleForm, ReasonForm
from articles.models import Article
from articles.services import publishing, reviewing
from articles.services.publishing import PublishingRefusedError
from articles.services.reviewing import GestureRefusedError, StaleArticleError, StalePageError
from articles.services.withheld import set_aside, withheld_readings
from articles.views.access import editor_required
from articles.views.desk.pages import posted_version, show, too_late

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse, HttpResponseBase

    from articles.views.desk.editors import EditorRequest

FIELDS = ArticleForm.Meta.fields


def article_of(pk: int) -> Article:
    """An article with its place."""
    return get_object_or_404(Article.objects.with_place(), pk=pk)


def on_article(view: Callable[..., None]) -> Callable[..., HttpResponseBase]:
    """A POST by an editor about one article; what can't be done is told on its page's desk."""

    @wraps(view)
    def guarded(request: EditorRequest, pk: int) -> HttpResponse:
        article = article_of(pk)
        if request.method != "POST":
            return _to_article(article)
        try:
            view(request, article)
        except GestureRefusedError as refusal:
            return show(request, article.page, status=409, problem=refusal.message)
        except PublishingRefusedError as refusal:
            return show(request, article.page, status=409, problem=str(refusal))
        except StalePageError:
            return show(request, article.page, status=409, problem=too_late(request, article.page))
        return redirect("articles:desk-page", pk=article.page_id)

    return editor_required(guarded)


@editor_required
def edit(request: EditorRequest, pk: int) -> HttpResponse:
    """Every field of an article. Of two editors the second sees both texts and loses nothing."""
    article = article_of(pk)
    if request.method != "POST":
        initial: dict[str, Any] = {"version": article.version}
        found = withheld_readings(article.page).get(article.pk) if "reading" in request.GET else None
        if found:
            initial |= found.after["articles"][str(article.pk)]
        form = ArticleForm(instance=article, initial=initial, published=article.is_public)
        return render(request, "desk/article.html", {"article": article, "form": form, "issue": article.page.issue})
    form = ArticleForm(request.POST, instance=Article(page=article.page), published=article.is_public)
    context: dict[str, Any] = {"article": article, "form": form, "issue": article.page.issue}
    if not form.is_valid():
        return render(request, "desk/article.html", context, status=422)
    try:
        version = form.cleaned_data["version"]
        done = reviewing.edit_article(article, form.texts(), request.user, version=version, note=form.told)
    except StaleArticleError as stale:
        sides = _side_by_side(stale.article, form)
        if any(pair["differs"] for pair in sides["pairs"]):
            return render(request, "desk/conflict.html", context | sides, status=409)
        messages.success(request, _("已保存"))  # somebody, or a second click, saved the very same
        return _to_article(article)
    except GestureRefusedError as refusal:
        return render(request, "desk/article.html", context | {"problem": refusal.message}, status=409)
    messages.success(request, _("已保存") if done.decision else _("没有变化"))
    return _to_article(article)


@on_article
def merge(request: EditorRequest, article: Article) -> None:
    """Merge an article into another of its page."""
    into = request.POST.get("into", "")
    other = Article.objects.filter(pk=int(into[:18]) if into.isdecimal() else 0, page=article.page_id).first()
    if other is None:
        raise GestureRefusedError(_("请选择要并入哪一篇"))
    reviewing.merge_articles(article, other, request.user, version=posted_version(request))
    messages.success(request, _("已并入“%(other)s”") % {"other": other})


@on_article
def split(request: EditorRequest, article: Article) -> None:
    """Split an article at a paragraph or at a line."""
    at = request.POST.get("at", "").split("-")
    if not all(part.isdecimal() and len(part) < 19 for part in at) or len(at) > 2:
        raise GestureRefusedError(_("请选择从哪里拆开"))
    line = int(at[1]) if len(at) == 2 else None
    done = reviewing.split_article(article, int(at[0]), request.user, line=line, version=posted_version(request))
    for notice in done.notices:
        messages.warning(request, notice)
    messages.success(request, _("已拆成两篇，后一篇排在最后"))


@on_article
def restore(request: EditorRequest, article: Article) -> None:
    """Show a withdrawn article again."""
    publishing.restore_article(article, request.user)
    messages.success(request, _("读者又能看到“%(article)s”了") % {"article": article})


@on_article
def keep(request: EditorRequest, article: Article) -> None:
    """The text stays as it is, whatever a later reading would have made of it."""
    found = withheld_readings(article.page).get(article.pk)
    if found:
        set_aside(found, request.user)
        messages.info(request, _("原来的文字不变，不再提示这次识读"))


@editor_required
def withdraw(request: EditorRequest, pk: int) -> HttpResponse:
    """Withdraw a published article, with a reason."""
    article = article_of(pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            publishing.withdraw_article(article, form.cleaned_data["reason"], request.user)
        except PublishingRefusedError as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("已撤下“%(article)s”，读者看不到正文了") % {"article": article})
            return redirect("articles:desk-page", pk=article.page_id)
    status = 422 if request.method == "POST" else 200
    context = {"article": article, "form": form, "issue": article.page.issue}
    return render(request, "desk/withdraw.html", context, status=status)


def _to_article(article: Article) -> HttpResponse:
    """The page desk, at this article."""
    return redirect(f"{reverse('articles:desk-page', args=[article.page_id])}#a{article.pk}")


def _side_by_side(now: Article, form: ArticleForm) -> dict[str, Any]:
    """What the other editor saved beside what this one typed; saving again from here wins knowingly."""
    typed = form.texts()
    pairs = [
        {
            "name": name,
            "label": Article._meta.get_field(name).verbose_name,  # type: ignore[union-attr]
            "saved": getattr(now, name),
            "typed": typed[name],
            "differs": getattr(now, name) != typed[name],
        }
        for name in FIELDS
    ]
    return {"now": now, "pairs": pairs, "told": form.data.get("note", ""), "silent": "silent" in form.data}
