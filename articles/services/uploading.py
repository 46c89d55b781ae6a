"""Taking in an issue: page files become pages with their sources kept for ever, and wait to be read."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Decision, Issue, Page, Paper, SourceFile
from articles.newsprint.extraction import extract
from articles.newsprint.values import ReadingError, Source
from articles.services.folios import MAX_FOLIO, guess_folio
from articles.services.logbook import write_down
from articles.services.reading import is_in_human_hands
from articles.services.working import enqueue_reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.contrib.auth.models import User

EARLIEST = datetime.date(1815, 1, 1)  # the first Chinese periodical came out in August of that year
SeatTaken = Literal["refuse", "replace", "append"]


class UploadRefusedError(Exception):
    """Nothing was taken in. `field` names what to mend: date, edition, number, paper, files."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


@dataclass(frozen=True, slots=True)
class PageFile:
    """One file of one page. `taken` says what to do where the page already has a file: refuse it, put this one in
    its place (the old file is kept), or read both. `source` is there where the file has been read already."""

    name: str
    content: bytes
    page_number: int | None = None
    section: str = ""
    taken: SeatTaken = "refuse"
    source: Source | None = None


class Refusal(NamedTuple):
    """A file that was not taken in, and what to do about it."""

    name: str
    message: str


@dataclass(slots=True)
class UploadOutcome:
    """What became of each file. `issue` is None where nothing was taken in and there was no such issue before."""

    issue: Issue | None
    created: bool = False
    pages: list[Page] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def upload_issue(
    *,
    paper: Paper | str,
    date: datetime.date,
    edition: int = 1,
    number: int | None = None,
    files: Sequence[PageFile],
    user: User | None = None,
    background: bool = True,
) -> UploadOutcome:
    """Make or extend an issue. Good files go in even where others are refused; the same bytes twice change nothing.

    With `background` each page is queued for reading; without it the caller reads the pages itself.
    Raises UploadRefusedError before anything is written.
    """
    check_issue(date, edition, number)
    if not files:
        raise UploadRefusedError("files", _("还没有选择文件，请选择至少一个版面文件"))
    if len(files) > settings.DATA_UPLOAD_MAX_NUMBER_FILES:
        message = _("一次最多上传 %(most)s 个文件，这次有 %(count)s 个，请分几次上传")
        limit = settings.DATA_UPLOAD_MAX_NUMBER_FILES
        raise UploadRefusedError("files", message % {"most": limit, "count": len(files)})
    with _files_removed_on_failure() as written, transaction.atomic():
        issue, created = _issue(paper, date, edition, number, user)
        outcome = UploadOutcome(issue, created)
        if not created and number and issue.number and number != issue.number:
            outcome.notices.append(_("这一期的期号原是 %(number)s，没有改动") % {"number": issue.number})
        for file, source in _readable(files, issue, outcome):
            _seat(file, source, issue, outcome, user, written)
        if outcome.pages and not created:
            Issue.objects.filter(pk=issue.pk).update(status=Issue.Status.UPLOADED)
        if user is not None:
            for page in outcome.pages:
                names = page.sources.filter(superseded_at__isnull=True).values_list("name", flat=True)
                write_down(Decision.Kind.UPLOADED, user, "、".join(names), page=page)
        if background:
            for page in outcome.pages:
                enqueue_reading(page, user)
        if created and not outcome.pages:
            outcome.issue = None
            transaction.set_rollback(True)
    return outcome


def check_issue(date: datetime.date, edition: int = 1, number: int | None = None) -> None:
    """Raises UploadRefusedError where no issue can have this date, edition or number."""
    today = timezone.localdate()
    if date > today:
        message = _("日期 %(date)s 还没有到，请核对出版日期（今天是 %(today)s）")
        raise UploadRefusedError("date", message % {"date": date.isoformat(), "today": today.isoformat()})
    if date < EARLIEST:
        raise UploadRefusedError("date", _("日期 %(date)s 太早，请核对出版日期") % {"date": date.isoformat()})
    if not 1 <= edition <= 99:
        raise UploadRefusedError("edition", _("版次是 1 到 99 的数字，一般是 1"))
    if number is not None and not 1 <= number <= 999_999:
        raise UploadRefusedError("number", _("期号是 1 到 999999 的数字，不知道可以不填"))


def _issue(
    paper: Paper | str, date: datetime.date, edition: int, number: int | None, user: User | None
) -> tuple[Issue, bool]:
    if isinstance(paper, str):
        name = " ".join(paper.split())
        if not name or len(name) > 100:
            raise UploadRefusedError("paper", _("请选择报纸，或写上新报纸的名称（不超过 100 字）"))
        paper, _new = Paper.objects.get_or_create(name=name)
    issue, created = Issue.objects.get_or_create(
        paper=paper, date=date, edition=edition, defaults={"number": number, "created_by": user}
    )
    if not created and number and not issue.number:
        issue.number = number
        issue.save(update_fields=["number"])
    return issue, created


def _readable(files: Sequence[PageFile], issue: Issue, outcome: UploadOutcome) -> Iterator[tuple[PageFile, Source]]:
    """Files that hold text and are new to the issue, those with a folio first, so that the rest get what is free."""
    known = set(SourceFile.objects.filter(page__issue=issue).values_list("sha256", flat=True))
    fresh: list[tuple[PageFile, Source]] = []
    for file in files:
        try:
            source = file.source or extract(file.content, file.name, glance=True)
        except ReadingError as error:
            outcome.refused.append(Refusal(file.name, error.message))
            continue
        if source.sha256 in known:
            outcome.repeated.append(file.name)
            continue
        known.add(source.sha256)
        fresh.append((file, source))
    yield from sorted(fresh, key=lambda pair: _folio(pair[0]) is None)


def _folio(file: PageFile) -> int | None:
    return file.page_number or guess_folio(file.name)


def _seat(
    file: PageFile,
    source: Source,
    issue: Issue,
    outcome: UploadOutcome,
    user: User | None,
    written: list[str],
) -> None:
    """Give a file its page. A page that has a file already is asked about, not overwritten."""
    number = _folio(file) or _first_free(issue)
    if not 1 <= number <= MAX_FOLIO:
        outcome.refused.append(Refusal(file.name, _("版号是 1 到 %(most)s 的数字") % {"most": MAX_FOLIO}))
        return
    page, fresh = Page.objects.get_or_create(
        issue=issue, number=number, defaults={"section": " ".join(file.section.split())[:50]}
    )
    if not fresh and page.sources.filter(superseded_at__isnull=True).exists():
        refusal = _taken(file, page)
        if refusal:
            outcome.refused.append(Refusal(file.name, refusal))
            return
    other = SourceFile.objects.filter(sha256=source.sha256).select_related("page__issue__paper").first()
    if other:
        outcome.notices.append(
            _("“%(name)s”与%(page)s的文件完全相同，请核对") % {"name": file.name, "page": other.page}
        )
    SourceFile.objects.create(
        page=page,
        name=file.name[-255:],
        sha256=source.sha256,
        size=len(file.content),
        kind=source.kind,
        encoding=source.encoding or "",
        content=_keep(source.sha256, file.content, written),
        uploaded_by=user,
    )
    page.status, page.error = Page.Status.UPLOADED, ""
    page.section = page.section or " ".join(file.section.split())[:50]
    page.save(update_fields=["status", "error", "section"])
    if page not in outcome.pages:
        outcome.pages.append(page)


def _taken(file: PageFile, page: Page) -> str:
    """Why this file can't go to a page that has one; empty where it can."""
    there = page.sources.filter(superseded_at__isnull=True)
    if file.taken == "append":
        return ""
    if file.taken == "replace":
        if any(is_in_human_hands(article) for article in Article.objects.filter(page=page)):
            message = _("第%(page)s版已有编辑改过或发布过的稿件，不能换文件；可以选“两个文件都要”")
            return message % {"page": page.number}
        there.update(superseded_at=timezone.now())
        return ""
    message = _("第%(page)s版已有文件“%(there)s”。请改版号，或选择换成新文件")
    return message % {"page": page.number, "there": "、".join(there.values_list("name", flat=True))}


def _first_free(issue: Issue) -> int:
    taken = set(issue.pages.values_list("number", flat=True))
    return next(number for number in range(1, len(taken) + 2) if number not in taken)


def _keep(sha256: str, content: bytes, written: list[str]) -> str:
    """Where the bytes lie in the store. The same bytes are stored once; what a killed program left in part is not kept."""
    path = f"sources/{sha256[:2]}/{sha256}"
    if default_storage.exists(path) and default_storage.size(path) != len(content):
        default_storage.delete(path)
    if not default_storage.exists(path):
        path = default_storage.save(path, ContentFile(content))
        written.append(path)
    return path


@contextlib.contextmanager
def _files_removed_on_failure() -> Iterator[list[str]]:
    """The store knows no transactions: what was written is removed again unless a row names it in the end."""
    written: list[str] = []
    try:
        yield written
    finally:
        if written:
            named = set(SourceFile.objects.filter(content__in=written).values_list("content", flat=True))
            for path in written:
                if path not in named:
                    default_storage.delete(path)


def sha256_of(content: bytes) -> str:
    """The fingerprint under which a source is kept."""
    return hashlib.sha256(content).hexdigest()
