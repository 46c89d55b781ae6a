"""Authority records on the desk: find one, see where it is named, merge, move, rename, reject, undo."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.models import Organisation, Person, RecordChange
from articles.selectors import records as reading
from articles.services import authority
from articles.services.authority import AuthorityRefusedError
from articles.views.access import editor_required
from articles.views.paging import typed_in
from articles.views.parts import asked_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from articles.views.desk.editors import EditorRequest

    Record = Person | Organisation

_KINDS: dict[str, type[Person] | type[Organisation]] = {"people": Person, "organisations": Organisation}


def kind_of(record: Record) -> str:
    """The word for a record's kind in addresses."""
    return "people" if isinstance(record, Person) else "organisations"


def _model(kind: str) -> type[Person] | type[Organisation]:
    if kind not in _KINDS:
        raise Http404
    return _KINDS[kind]


def _record(kind: str, pk: int | str) -> Record:
    number = int(pk) if str(pk).isdecimal() and len(str(pk)) < 19 else 0
    found: Record | None = _model(kind)._default_manager.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@editor_required
def records(request: EditorRequest, kind: str) -> HttpResponse:
    """All records of a kind, or those called `?q=`."""
    wanted = typed_in(request, "q")
    shown = Paginator(reading.records_called(_model(kind), wanted), 50).get_page(request.GET.get("page"))
    context = {"kind": kind, "q": wanted, "shown": shown, "query": f"q={wanted}&" if wanted else ""}
    return render(request, "desk/records.html", context)


@editor_required
def record(request: EditorRequest, kind: str, pk: int) -> HttpResponse:
    """One record with everything that an editor may do to it; how far search has followed, while that is waited for."""
    found = _record(kind, pk)
    if asked_for(request, "following"):
        context = {"kind": kind, "record": found, "following": reading.still_to_follow()}
        return render(request, "desk/_following.html", context)
    return _show(request, found)


def _show(request: EditorRequest, found: Record, problem: str = "") -> HttpResponse:
    context: dict[str, Any] = {
        "kind": kind_of(found),
        "record": found,
        "problem": problem,
        "namings": reading.namings(found),
        "namesakes": reading.namesakes(found),
        "posts": reading.seen_posts(found) if isinstance(found, Person) else [],
        "changes": reading.changes_about(found),
        "other_names": found.other_names.all(),
        "following": reading.still_to_follow(),
    }
    return render(request, "desk/record.html", context, status=409 if problem else 200)


def _on_record(view: Callable[[EditorRequest, Any], str]) -> Callable[..., HttpResponse]:
    """A POST by an editor about one record; what can't be done is told on its page."""

    @wraps(view)
    def guarded(request: EditorRequest, kind: str, pk: int) -> HttpResponse:
        found = _record(kind, pk)
        try:
            messages.success(request, view(request, found))
        except AuthorityRefusedError as refusal:
            return _show(request, _record(kind, pk), str(refusal))
        return redirect("articles:desk-record", kind, pk)

    return editor_required(require_POST(guarded))


def reason_given(request: EditorRequest) -> str:
    """Why, as the editor says; it may be left out."""
    return request.POST.get("reason", "").replace("\0", "").strip()


@_on_record
def rename(request: EditorRequest, found: Record) -> str:
    """Another name."""
    authority.rename(
        found,
        request.POST.get("name", "").replace("\0", ""),
        request.user,
        distinction=request.POST.get("distinction"),
        reason=reason_given(request),
    )
    return _("已更名。原来的名称仍能找到这一条。")


@_on_record
def move(request: EditorRequest, found: Record) -> str:
    """The chosen articles name somebody else."""
    articles = [int(pk) for pk in request.POST.getlist("article") if pk.isdecimal() and len(pk) < 19]
    chosen, typed = request.POST.get("target", ""), request.POST
    if chosen == "new":
        name, distinction = (typed.get(field, "").replace("\0", "") for field in ("new_name", "new_distinction"))
        change = authority.move_to_new(found, articles, name, distinction, request.user, reason_given(request))
    else:
        target = _record(kind_of(found), chosen)
        change = authority.move_mentions(found, articles, target, request.user, reason_given(request))
    return _("已移到“%(name)s”。") % {"name": change.other}


@_on_record
def reject(request: EditorRequest, found: Record) -> str:
    """No person, no body."""
    authority.reject(found, request.user, reason_given(request))
    return _("已否定。以后的识读也不再用它。")


@_on_record
def profile(request: EditorRequest, found: Record) -> str:
    """A public page, or none."""
    if not isinstance(found, Person):
        raise AuthorityRefusedError(_("只有人物有公开人物页。"))
    authority.set_profile(found, request.POST.get("shown") == "yes", request.user, reason_given(request))
    return _("已改。")


@editor_required
def merge(request: EditorRequest, kind: str, pk: int) -> HttpResponse:
    """Look for the record that this one is the same as, see what would change, and merge."""
    found = _record(kind, pk)
    into = request.POST.get("into") or request.GET.get("into", "")
    keep = _record(kind, into) if into else None
    problem, preview = "", None
    try:
        if request.method == "POST" and keep:
            authority.merge(found, keep, request.user, reason_given(request))
            messages.success(request, _("已并入“%(name)s”。") % {"name": keep})
            return redirect("articles:desk-record", kind, keep.pk)
        preview = authority.preview_merge(found, keep) if keep else None
    except AuthorityRefusedError as refusal:
        problem = str(refusal)
    wanted = request.GET.get("q", found.name).replace("\0", "").strip()[:50]
    candidates = reading.records_called(_model(kind), wanted).exclude(pk=found.pk)[:30]
    context: dict[str, Any] = {"kind": kind, "record": found, "keep": keep, "preview": preview, "problem": problem}
    context |= {"candidates": candidates, "q": wanted}
    if isinstance(found, Person) and isinstance(keep, Person):
        context |= {"posts": reading.seen_posts(found), "keep_posts": reading.seen_posts(keep)}
    return render(request, "desk/record_merge.html", context, status=409 if problem else 200)


@editor_required
@require_POST
def undo(request: EditorRequest, pk: int) -> HttpResponse:
    """Take a change back."""
    change = get_object_or_404(RecordChange.objects.select_related("person", "organisation"), pk=pk)
    record = change.record
    if record is None:
        raise Http404
    try:
        authority.undo(change, request.user)
        messages.success(request, _("已撤销。"))
    except AuthorityRefusedError as refusal:
        return _show(request, record, str(refusal))
    return redirect("articles:desk-record", kind_of(record), record.pk)
