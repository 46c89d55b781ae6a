"""Is it the same person? Asked one after the other, answered by a key or a button."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from articles.models import Person
from articles.selectors import questions as asking
from articles.services import authority
from articles.services.authority import AuthorityRefusedError
from articles.views.access import editor_required
from articles.views.desk.records import reason_given

if TYPE_CHECKING:
    from django.http import HttpResponse

    from articles.models import RecordChange
    from articles.views.desk.editors import EditorRequest

_KEY = re.compile(r"(new)-([0-9]{1,18})-([0-9]{1,18})-([0-9]{1,18})|(two)-([0-9]{1,18})-([0-9]{1,18})")


@editor_required
def questions(request: EditorRequest) -> HttpResponse:
    """What is to be asked, the first of it with keys; a POST answers one and goes on."""
    problem = ""
    if request.method == "POST":
        try:
            change = _answered(request)
            messages.success(
                request,
                _("已记下：%(what)s。可在“%(name)s”的名录变更里撤销。")
                % {"what": change.get_kind_display(), "name": change.record},
            )
            back = request.POST.get("next", "")
            if back.startswith("/desk/") and url_has_allowed_host_and_scheme(back, None):
                return redirect(back)
            return redirect("articles:desk-questions")
        except AuthorityRefusedError as refusal:
            problem = str(refusal)
    found, more = asking.questions()
    context = {"questions": found, "more": more, "problem": problem}
    return render(request, "desk/questions.html", context, status=409 if problem else 200)


def _answered(request: EditorRequest) -> RecordChange:
    key, answer = request.POST.get("key", ""), request.POST.get("do", "")
    read = _KEY.fullmatch(key)
    if read is None or answer not in ("same", "two"):
        raise AuthorityRefusedError(_("请选“是同一人”或“是两人”。"))
    reason = reason_given(request)
    if read[1]:
        person, before, after = _person(read[2]), int(read[3]), int(read[4])
        if answer == "same":
            return authority.confirm_same(person, before, after, request.user, reason)
        posts = [int(pk) for pk in request.POST.getlist("post") if pk.isdecimal() and len(pk) < 19] or [after]
        return authority.split_post(person, before, posts, request.user, reason)
    one, other = _person(read[6]), _person(read[7])
    answered = authority.join_people if answer == "same" else authority.tell_apart
    return answered(one, other, request.user, reason)


def _person(pk: str) -> Person:
    found = Person.objects.filter(pk=int(pk)).first()
    if found is None:
        raise AuthorityRefusedError(_("没有这条记录了，请刷新后再看。"))
    return found
