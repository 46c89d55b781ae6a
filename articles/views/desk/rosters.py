"""Lists of officials and organisations, to take away and to bring in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from articles.models import Decision
from articles.services.logbook import write_down
from articles.services.rosters import RosterRefusedError, import_roster, roster_csv, roster_popolo
from articles.views.access import editor_required

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from articles.views.desk.editors import EditorRequest

LARGEST = 5_000_000  # bytes


@editor_required
def rosters(request: EditorRequest) -> HttpResponse:
    """Bring a list in; say what became of it."""
    report, problem = None, ""
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            if file is None:
                raise RosterRefusedError(_("请先选一个文件。"))
            if (file.size or 0) > LARGEST:
                raise RosterRefusedError(_("文件超过 5 MB，请分成几份再传。"))
            report = import_roster(file.read(), file.name or "")
        except RosterRefusedError as refusal:
            problem = str(refusal)
    context = {"report": report, "problem": problem}
    return render(request, "desk/rosters.html", context, status=400 if problem else 200)


@editor_required
def roster(request: EditorRequest, form: str) -> HttpResponseBase:
    """The list as a file."""
    answer: HttpResponseBase
    if form == "csv":
        answer = StreamingHttpResponse(roster_csv(), content_type="text/csv; charset=utf-8")
    elif form == "json":
        answer = JsonResponse(roster_popolo(), json_dumps_params={"ensure_ascii": False, "indent": 1})
    else:
        raise Http404
    write_down(Decision.Kind.EXPORTED, request.user, _("导出名录"))
    answer["Content-Disposition"] = f'attachment; filename="roster.{form}"'
    return answer
