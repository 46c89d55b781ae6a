"""The page desk: source lines beside articles, and the gestures that move lines."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models.functions import Coalesce
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.forms import ASIDE_CHOICES, ROLE_CHOICES, LinesForm, PageForm
from articles.models import Block, Page, SourceFile, is_chief
from articles.selectors.doubts import doubts
from articles.services import reviewing
from articles.services.bench import bench
from articles.services.pictures import plate
from articles.services.rereading import preview_part, read_part
from articles.services.reviewing import NEW, Destination, GestureRefusedError, StalePageError
from articles.services.visiting import visit
from articles.services.working import read_again
from articles.services.zoning import draw_zone, polygons_in, reshape_zones
from articles.views.access import editor_required

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpResponse, HttpResponseBase

    from articles.views.desk.editors import EditorRequest


def page_of(pk: int) -> Page:
    """A page with its issue and paper."""
    return get_object_or_404(Page.objects.select_related("issue__paper"), pk=pk)


def show(request: EditorRequest, page: Page, *, status: int = 200, **extra: Any) -> HttpResponse:
    """The page desk; chosen lines stay chosen."""
    posted: Iterable[str] = request.POST.getlist("lines") if request.method == "POST" else request.GET.getlist("line")
    chosen = _line_ids(posted)
    page = page_of(page.pk)
    laid = bench(page, chosen)
    context = {
        "bench": laid,
        "plate": plate(page, [(draft.number, draft.article) for draft in laid.drafts]),
        "shown": _view(request),
        "page": page,
        "issue": page.issue,
        "roles": ROLE_CHOICES,
        "asides": ASIDE_CHOICES,
        "others": visit(page, request.user),
        "chief": is_chief(request.user),
        "doubts": doubts(page.issue, page),
        "undo": reviewing.next_to_undo(page),
        "redo": reviewing.next_to_redo(page),
        "neighbours": page.issue.pages.order_by("number"),
        "asked": request.POST if request.method == "POST" else {},
    }
    return render(request, "desk/page.html", context | extra, status=status)


def gesture(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """A POST by an editor. What can't be done is told on the page desk, with everything chosen still chosen; whoever then
    asks for that address again comes to the page desk."""

    @wraps(view)
    def guarded(request: EditorRequest, pk: int, **kwargs: Any) -> HttpResponse:
        page = page_of(pk)
        if request.method != "POST":
            return redirect("articles:desk-page", pk=page.pk)
        try:
            return view(request, page, **kwargs)
        except GestureRefusedError as refusal:
            return show(request, page, status=409, problem=refusal.message)
        except StalePageError:
            return show(request, page, status=409, problem=too_late(request, page))

    return editor_required(guarded)


def too_late(request: EditorRequest, page: Page) -> str:
    """Why a gesture on a page that changed meanwhile was not done: somebody else was faster, or the editor's own other
    click or window."""
    last = page.decisions.order_by(Coalesce("undone_at", "created_at").desc(), "-pk").first()
    if last and request.user == (last.undone_by or last.actor):
        return _("您刚才已经改过这一版（也许连点了两下，或另开着一个窗口），这一次没有再做。下面是现在的样子")
    return _("别的编辑刚改过这一版，刚才的动作没有做。下面是现在的样子，勾选的行还在，请看过后再做一次")


@editor_required
def page(request: EditorRequest, pk: int) -> HttpResponse:
    """Source lines beside the rebuilt articles."""
    return show(request, page_of(pk))


@editor_required
def present(request: EditorRequest, pk: int) -> HttpResponse:
    """Who else is at this page; asked for again and again while it is open."""
    page = page_of(pk)
    return render(request, "desk/_present.html", {"page": page, "others": visit(page, request.user)})


@gesture
def lines(request: EditorRequest, page: Page) -> HttpResponse:
    """Move chosen lines."""
    form = LinesForm(request.POST)
    if not form.is_valid():
        raise GestureRefusedError(_("请勾选行，再选好稿件、角色和段"))
    data = form.cleaned_data
    to = Destination(None, data["role"] or Block.Role.UNKNOWN)
    if data["to"] == "new":
        to = Destination(NEW, data["role"] or Block.Role.BODY)
    elif data["to"].isdecimal():
        to = Destination(
            int(data["to"][:18]), data["role"] or Block.Role.BODY, data["place"] or "own", data["paragraph"]
        )
    elif data["to"] not in ("aside", *Block.SET_ASIDE):
        raise GestureRefusedError(_("请选择要移到哪里"))
    elif data["to"] in Block.SET_ASIDE:
        to = Destination(None, data["to"])
    done = reviewing.move_lines(page, data["lines"], to, request.user, version=data["version"])
    return _done(request, page, done, _("已移动所选的行。按 U 可以撤销"))


@gesture
def zones(request: EditorRequest, page: Page) -> HttpResponse:
    """Draw a zone (`zone_to`: an article, `new`, or what its lines are set aside as), or give an article's zones other
    corners (`article`)."""
    polygons = polygons_in(request.POST.get("polygon", "")[:20_000])
    version = posted_version(request)
    article, to = request.POST.get("article", ""), request.POST.get("zone_to", "new")
    if article.isdecimal():
        pk = int(article[:18])
        done = reshape_zones(page, pk, polygons, request.user, take="take" in request.POST, version=version)
    else:
        target = NEW if to == "new" else int(to[:18]) if to.isdecimal() else to
        done = draw_zone(page, polygons, target, request.user, version=version)
    return _done(request, page, done, _("热区已改。按 U 可以撤销"))


@gesture
def part(request: EditorRequest, page: Page) -> HttpResponse:
    """Read chosen lines again: first what it would change, then, on another word, the change."""
    lines = _line_ids(request.POST.getlist("lines"))
    if "confirmed" in request.POST:
        told = read_part(page, lines, request.user, version=posted_version(request))
        said = _("重新识读了 %(count)s 行。按 U 可以撤销") % {"count": told.read}
        messages.success(request, said if told.proposals else _("重新识读的结果与现在一样"))
        return _back(page, request)
    told = preview_part(page, lines, request.user)
    context = {"page": page, "issue": page.issue, "told": told, "lines": lines, "shown": _view(request)}
    return render(request, "desk/page_part.html", context)


@gesture
def undo(request: EditorRequest, page: Page) -> HttpResponse:
    """Take back the last decision on the page."""
    done = reviewing.undo(page, request.user, version=posted_version(request))
    messages.info(request, _("已撤销：%(what)s") % {"what": done.get_kind_display()} if done else _("没有可以撤销的"))
    return redirect("articles:desk-page", pk=page.pk)


@gesture
def redo(request: EditorRequest, page: Page) -> HttpResponse:
    """Do again what was undone."""
    done = reviewing.redo(page, request.user, version=posted_version(request))
    messages.info(request, _("已重做：%(what)s") % {"what": done.get_kind_display()} if done else _("没有可以重做的"))
    return redirect("articles:desk-page", pk=page.pk)


@gesture
def reread(request: EditorRequest, page: Page) -> HttpResponse:
    """Read the page's sources again; what editors decided stays."""
    read_again(page, request.user)
    messages.info(request, _("第%(number)s版已排队重新识读，编辑改过的和已发布的稿件不会动") % {"number": page.number})
    return redirect("articles:desk-issue", pk=page.issue_id)


@gesture
def reviewed(request: EditorRequest, page: Page) -> HttpResponse:
    """An editor has seen the whole page, or takes that back."""
    seen = "again" not in request.POST
    reviewing.mark_reviewed(page, request.user, reviewed=seen)
    messages.success(request, _("本版校毕") if seen else _("本版重新打开"))
    unseen = page.issue.pages.filter(status=Page.Status.READ).order_by("number").first()
    return redirect("articles:desk-page", pk=unseen.pk) if seen and unseen else _to_issue(page)


@gesture
def number(request: EditorRequest, page: Page) -> HttpResponse:
    """Change the page's number and section name."""
    form = PageForm(request.POST)
    if not form.is_valid():
        raise GestureRefusedError(_("版号是 1 到 999 的数字，版名不超过 50 字"))
    reviewing.renumber_page(page, form.cleaned_data["number"], form.cleaned_data["section"], request.user)
    messages.success(request, _("版号和版名已改"))
    return redirect("articles:desk-page", pk=page.pk)


@editor_required
def source(request: EditorRequest, pk: int) -> FileResponse:
    """An uploaded file as it came. Files have no public address."""
    found = get_object_or_404(SourceFile, pk=pk)
    try:
        content = found.content.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(content, as_attachment=True, filename=found.name, content_type="application/octet-stream")


def posted_version(request: EditorRequest) -> int | None:
    """The version of the page that a form was made for; None where it sent none that could be ours."""
    version = request.POST.get("version", "")
    return int(version) if version.isdecimal() and len(version) < 10 else None


def _line_ids(values: Iterable[str]) -> list[int]:
    return [int(pk) for pk in values if pk.isdecimal() and len(pk) < 19]


def _done(request: EditorRequest, page: Page, done: reviewing.Gesture, said: str) -> HttpResponse:
    """What a gesture did, told on the page desk."""
    for notice in done.notices:
        messages.warning(request, notice)
    messages.success(request, said if done.decision else _("没有变化"))
    return _back(page, request)


def _view(request: EditorRequest) -> str:
    """Which side of the page the editor looks at: its picture or its lines."""
    asked = request.POST if request.method == "POST" else request.GET
    return "lines" if asked.get("view") == "lines" else "picture"


def _back(page: Page, request: EditorRequest) -> HttpResponse:
    """The page desk, on the same side."""
    address = reverse("articles:desk-page", args=[page.pk])
    return redirect(address + ("?view=lines" if _view(request) == "lines" else ""))


def _to_issue(page: Page) -> HttpResponse:
    return redirect("articles:desk-issue", pk=page.issue_id)
