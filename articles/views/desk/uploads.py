"""Uploading an issue: the form, and the page that asks what could not be guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import TooManyFilesSent
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_safe

from articles.forms import StagedFileForm, UploadForm
from articles.models import Issue, Paper
from articles.services.arranging import Arranged, arrange_upload
from articles.services.staging import Stage, drop_stage, load_stage, questions, stage_upload
from articles.services.uploading import PageFile, UploadOutcome, UploadRefusedError, check_issue, upload_issue
from articles.views.access import editor_required

if TYPE_CHECKING:
    from articles.views.desk.editors import EditorRequest


# Django counts the files while it reads the form, before any view is asked; the token is checked right after.
@csrf_exempt
@editor_required
def upload(request: EditorRequest) -> HttpResponse:
    """The upload form. Too many files get a sentence instead of a bare 400."""
    try:
        request.FILES  # noqa: B018 - reading it parses the form
    except TooManyFilesSent:
        form = UploadForm(initial=_remembered(request))
        message = _("一次最多上传 %(most)s 个文件，请分几次上传") % {"most": settings.DATA_UPLOAD_MAX_NUMBER_FILES}
        return render(request, "desk/upload.html", {"form": form, "problem": message}, status=400)
    return _upload(request)


@csrf_protect
def _upload(request: EditorRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "desk/upload.html", {"form": UploadForm(initial=_remembered(request))})
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "desk/upload.html", {"form": form}, status=422)
    data = form.cleaned_data
    # One byte over the limit is enough to be told that a file is too large; the rest need not be in memory.
    given = [PageFile(file.name, file.read(settings.MAX_SOURCE_BYTES + 1)) for file in data["files"]]
    arranged = arrange_upload(given)
    files = list(arranged.files)
    edition = data["edition"] or 1
    try:
        check_issue(data["date"], edition, data["number"])
        issue = Issue.objects.filter(paper__name=form.paper_name, date=data["date"], edition=edition).first()
        if files and ("check" in request.POST or arranged.opened or questions(files, issue)):
            stage = stage_upload(
                files,
                paper=form.paper_name,
                date=data["date"],
                edition=edition,
                number=data["number"],
                user=request.user,
            )
            _tell_left_out(request, arranged)
            return redirect("articles:desk-upload-check", token=stage.token)
        if not files and arranged.refused:
            raise UploadRefusedError("files", "；".join(refusal.message for refusal in arranged.refused[:5]))
        outcome = upload_issue(
            paper=form.paper_name,
            date=data["date"],
            edition=edition,
            number=data["number"],
            files=files,
            user=request.user,
        )
    except UploadRefusedError as refusal:
        form.add_error(refusal.field, refusal.message)
        return render(request, "desk/upload.html", {"form": form}, status=422)
    return _told(request, outcome, form.paper_name)


def _tell_left_out(request: EditorRequest, arranged: Arranged) -> None:
    """What stayed in a zip, and why."""
    for refusal in arranged.refused:
        messages.error(request, refusal.message)
    for notice in arranged.notices:
        messages.info(request, notice)


@editor_required
def check(request: EditorRequest, token: str) -> HttpResponse:
    """Which page each waiting file is, and what to do where a page has a file already."""
    stage = load_stage(token, request.user)
    if stage is None:
        raise Http404
    if request.method == "POST" and "give_up" in request.POST:
        drop_stage(token)
        messages.info(request, _("已放弃这次上传，什么都没有保存"))
        return redirect("articles:desk-upload")
    data = request.POST if request.method == "POST" else None
    forms = [
        StagedFileForm(data, prefix=f"f{index}", initial={"number": file.number, "section": file.section})
        for index, file in enumerate(stage.files)
    ]
    if data is not None and all(form.is_valid() for form in forms):
        outcome = _taken_in(request, stage, forms)
        if outcome is not None:
            drop_stage(token)
            return _told(request, outcome, stage.paper)
    issue = stage.issue()
    seats = {page.number: page for page in issue.pages.prefetch_related("sources")} if issue else {}
    rows = [(file, form, seats.get(file.number or 0)) for file, form in zip(stage.files, forms, strict=True)]
    context = {"stage": stage, "rows": rows, "issue": issue, "seats": sorted(seats.values(), key=lambda p: p.number)}
    return render(request, "desk/upload_check.html", context, status=422 if data is not None else 200)


@editor_required
@require_safe
def thumbnail(request: EditorRequest, token: str, index: int) -> HttpResponse:
    """The small picture of a waiting file, for the editor who uploaded it."""
    stage = load_stage(token, request.user)
    picture = stage.thumbnail(index) if stage else None
    if picture is None:
        raise Http404
    return HttpResponse(picture, content_type="image/webp", headers={"Cache-Control": "private, max-age=3600"})


def _taken_in(request: EditorRequest, stage: Stage, forms: list[StagedFileForm]) -> UploadOutcome | None:
    """None where the editor has to answer again; what is wrong stands at the file."""
    wanted = [index for index, form in enumerate(forms) if not form.cleaned_data["leave_out"]]
    wanted = [index for index in wanted if not stage.files[index].error]
    numbers: dict[int, int] = {}
    for index in wanted:
        number = forms[index].cleaned_data["number"]
        if number in numbers and forms[index].cleaned_data["taken"] != "append":
            forms[index].add_error(
                "number",
                _("“%(other)s”也是第%(number)s版，请改一个，或选择两个文件都要")
                % {"other": stage.files[numbers[number]].name, "number": number},
            )
        elif number is not None:
            numbers[number] = index
    if any(form.errors for form in forms):
        return None
    if not wanted:
        messages.warning(request, _("没有要保存的文件"))
        return None
    try:
        return upload_issue(
            paper=stage.paper,
            date=stage.date,
            edition=stage.edition,
            number=stage.number,
            files=stage.page_files({index: forms[index].answer() for index in wanted}),
            user=request.user,
        )
    except UploadRefusedError as refusal:
        messages.error(request, refusal.message)
        return None


def _told(request: EditorRequest, outcome: UploadOutcome, paper: str) -> HttpResponse:
    """Say what became of each file, and go where the work goes on."""
    for name in outcome.repeated:
        messages.info(request, _("“%(name)s”这一期已经有了，没有重复保存") % {"name": name})
    for refusal in outcome.refused:
        messages.error(request, refusal.message)
    for notice in outcome.notices:
        messages.warning(request, notice)
    if outcome.issue is None:
        messages.warning(request, _("没有文件可以保存，什么都没有留下。请改正后重新上传"))
        return redirect("articles:desk-upload")
    if outcome.pages:
        count = len(outcome.pages)
        text = ngettext("收下 %(count)s 版", "收下 %(count)s 版", count) % {"count": count}
        if not outcome.created:
            text = _("这一期原来就有，%(text)s，已加进去") % {"text": text}
        messages.success(request, text)
    request.session["desk_upload"] = {"paper": paper, "date": outcome.issue.date.isoformat()}
    return redirect("articles:desk-issue", pk=outcome.issue.pk)


def _remembered(request: EditorRequest) -> dict[str, object]:
    """Paper and date of the last upload; with one paper only, that one; an issue to add to names itself."""
    if request.GET.get("issue", "").isdecimal():
        issue = Issue.objects.filter(pk=int(request.GET["issue"][:18])).first()
        if issue:
            return {"paper": issue.paper_id, "date": issue.date, "edition": issue.edition, "number": issue.number}
    last = request.session.get("desk_upload", {})
    papers = list(Paper.objects.order_by("name")[:2])
    paper = Paper.objects.filter(name=last.get("paper", "")).first() or (papers[0] if len(papers) == 1 else None)
    return {"paper": paper.pk if paper else None, "date": last.get("date", ""), "edition": 1}
