"""Tables that readings go by: feasts and events, and what is known of a paper's district."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.models import Occasion, Paper, TableChange
from articles.selectors import almanac
from articles.services import tables
from articles.services.tables import TableRefusedError
from articles.views.access import editor_required
from articles.views.desk.records import reason_given

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from articles.views.desk.editors import EditorRequest

_SHOWN_CHANGES = 20
LARGEST = 2_000_000  # bytes


@editor_required
def occasions(request: EditorRequest) -> HttpResponse:
    """All feasts and events; `?name=` opens one to be changed; a POST writes one down or drops it."""
    problem, typed = "", None
    if request.method == "POST":
        typed = tables.typed_from(request.POST.dict())
        try:
            _write_occasion(request, typed)
            return redirect("articles:desk-occasions")
        except TableRefusedError as refusal:
            problem = str(refusal)
    name = typed.name if typed else request.GET.get("name", "").replace("\0", "").strip()[:30]
    today = timezone.localdate()
    opened = almanac.entry_of(name, today) if name else None
    context: dict[str, Any] = {
        "entries": almanac.entries(today),
        "problem": problem,
        "rules": Occasion.Rule.choices,
        "changes": _changes(TableChange.Table.OCCASION),
        "typed": typed or (_as_typed(opened) if opened else tables.Typed("")),
        "opened": opened,
    }
    return render(request, "desk/occasions.html", context, status=409 if problem else 200)


def _write_occasion(request: EditorRequest, typed: tables.Typed) -> None:
    reason = reason_given(request)
    if request.POST.get("do") == "drop":
        tables.drop_occasion(typed.name, request.user, reason)
        messages.success(request, _("“%(name)s”不再当作时间。") % {"name": typed.name})
    else:
        tables.set_occasion(typed, request.user, reason)
        messages.success(request, _("已记下“%(name)s”。以后的识读和检索都用它。") % {"name": typed.name})


def _as_typed(entry: almanac.Entry) -> tables.Typed:
    occasion = entry.occasion
    years = "\n".join(f"{first} 至 {last}" for first, last in entry.years)
    month, day = (str(number or "") for number in (occasion.month, occasion.day))
    return tables.Typed(occasion.name, "\n".join(occasion.aliases), occasion.rule, month, day, years)


@editor_required
def districts(request: EditorRequest) -> HttpResponse:
    """The papers, each with its district; with one paper only, straight to it."""
    papers = list(Paper.objects.order_by("name"))
    if len(papers) == 1:
        return redirect("articles:desk-district", papers[0].pk)
    return render(request, "desk/districts.html", {"papers": papers})


@editor_required
def district(request: EditorRequest, pk: int) -> HttpResponse:
    """A paper's short forms and known names. `?short=&name=` shows what a meaning would change; a POST does it."""
    paper = get_object_or_404(Paper, pk=pk)
    short, name = (_typed(request, field) for field in ("short", "name"))
    problem, preview = "", None
    try:
        if request.method == "POST":
            messages.success(request, _change_district(request, paper, short, name))
            return redirect("articles:desk-district", pk)
        preview = tables.preview_short_form(paper, short, name) if short and name else None
    except TableRefusedError as refusal:
        problem = str(refusal)
        paper.refresh_from_db()
    context = {
        "paper": paper,
        "short": short,
        "name": name,
        "preview": preview,
        "problem": problem,
        "forms": paper.short_forms.select_related("organisation").order_by("-by_editor", "short"),
        "changes": _changes(TableChange.Table.SHORT_FORM, TableChange.Table.KNOWN_NAMES, paper=paper),
    }
    return render(request, "desk/district.html", context, status=409 if problem else 200)


def _change_district(request: EditorRequest, paper: Paper, short: str, name: str) -> str:
    what, reason = request.POST.get("do", ""), reason_given(request)
    if what == "set":
        change = tables.set_short_form(paper, short, name, request.user, reason)
        return _("“%(short)s”就是“%(name)s”，%(count)s 处提及已改指。") % {
            "short": short,
            "name": name,
            "count": len(change.resolved),
        }
    if what == "drop":
        tables.drop_short_form(paper, short, request.user, reason)
        return _("已去掉“%(short)s”。") % {"short": short}
    if what == "names":
        bodies, people = request.POST.get("bodies", ""), request.POST.get("people", "")
        tables.set_known_names(paper, bodies, people, request.user, reason)
        return _("已记下。以后的识读认得这些名称。")
    if what == "import":
        file = request.FILES.get("file")
        if file is None or (file.size or 0) > LARGEST:
            raise TableRefusedError(_("请选一个地区资料文件（JSON，不超过 2 MB）。"))
        changes = tables.import_profile(paper, file.read().decode("utf-8-sig", "replace"), request.user)
        return _("已导入，%(count)s 项有改动。") % {"count": len(changes)}
    raise TableRefusedError(_("请选择要做什么。"))


@editor_required
def district_profile(request: EditorRequest, pk: int) -> HttpResponse:
    """The profile as a file for `read_page --profile`."""
    text = tables.profile_json(get_object_or_404(Paper, pk=pk))
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="profile-{pk}.json"'
    return answer


@editor_required
@require_POST
def undo(request: EditorRequest, pk: int) -> HttpResponse:
    """Take a change of a table back."""
    change = get_object_or_404(TableChange, pk=pk)
    try:
        tables.undo_change(change, request.user)
        messages.success(request, _("已撤销。"))
    except TableRefusedError as refusal:
        messages.error(request, str(refusal))
    if change.paper_id:
        return redirect("articles:desk-district", change.paper_id)
    return redirect(f"{reverse('articles:desk-occasions')}?{urlencode({'name': change.key})}")


def _typed(request: EditorRequest, field: str) -> str:
    given = request.POST if request.method == "POST" else request.GET
    return "".join(given.get(field, "").replace("\0", "").split())[:200]


def _changes(*of: str, paper: Paper | None = None) -> QuerySet[TableChange]:
    """The latest changes of these tables: a paper's, or the whole archive's."""
    changes = TableChange.objects.filter(table__in=of, paper=paper)
    return changes.select_related("actor", "undone_by")[:_SHOWN_CHANGES]
