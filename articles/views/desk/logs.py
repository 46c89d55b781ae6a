"""The log of all that was done, for staff: filtered, and as a table for a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.forms import LogForm
from articles.models import Decision
from articles.selectors import logbook
from articles.selectors.spreadsheets import csv_lines
from articles.services.logbook import write_down
from articles.views.access import staff_required

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse, HttpResponseBase

    from articles.views.desk.editors import EditorRequest

_AT_ONCE = 500


@staff_required
@require_safe
def log(request: EditorRequest) -> HttpResponse:
    """Newest first, fifty a page."""
    form = LogForm(request.GET)
    shown = Paginator(logbook.rows(_asked(form)), 50).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "shown": shown,
        "lines": logbook.lines(list(shown), request.user),
        "actors": User.objects.order_by("username"),
        "kinds": logbook.kinds(),
        "query": f"{query.urlencode()}&" if query else "",
    }
    return render(request, "desk/log.html", context, status=200 if form.is_valid() else 422)


@staff_required
@require_safe
def export(request: EditorRequest) -> HttpResponseBase:
    """The same as CSV."""
    asked = _asked(LogForm(request.GET))
    write_down(Decision.Kind.EXPORTED, request.user, _("导出操作记录"))
    answer = StreamingHttpResponse(csv_lines(_written(asked, request.user)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="log-{timezone.localdate():%Y%m%d}.csv"'
    return answer


def _asked(form: Any) -> logbook.Asked:
    data = form.cleaned_data if form.is_valid() else {}
    return logbook.Asked(data.get("actor"), data.get("kind") or "", data.get("since"), data.get("until"))


def _written(asked: logbook.Asked, reader: User) -> Iterator[list[str]]:
    yield [_("时间"), _("何人"), _("做了什么"), _("哪一版"), _("对象"), _("理由"), _("撤销时间"), _("撤销者")]
    found = logbook.rows(asked)
    for start in range(0, found.count(), _AT_ONCE):
        yield from logbook.table(logbook.lines(list(found[start : start + _AT_ONCE]), reader))
