"""A whole issue from files on disk: read, taken in page by page, published if asked. It may be interrupted anywhere."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from articles.models import Article, Issue, Page, Paper, SourceFile
from articles.newsprint.reading_room import processors
from articles.newsprint.values import ReadingError
from articles.services.paper_habits import Learned, habits_of
from articles.services.publishing import publish_issue
from articles.services.reading import read_page_sources
from articles.services.uploading import PageFile, Refusal, UploadOutcome, check_issue, upload_issue

from .pages import PageOnDisk
from .readers import FEW, ReadPage, read_all


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """What became of one file."""

    name: str
    state: Literal["read", "repeated", "refused", "failed"]
    number: int | None = None
    articles: int = 0
    message: str = ""


@dataclass(slots=True)
class IssueOutcome:
    """What became of the files. `unread` names pages that could not be read and why."""

    issue: Issue | None
    read: list[Page] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    unread: list[Refusal] = field(default_factory=list)
    pages: list[PageOutcome] = field(default_factory=list)
    published: int = 0

    @property
    def changed(self) -> bool:
        """Whether anything in the archive is different now."""
        return bool(self.read or self.unread or self.published)


def import_pages(
    files: Sequence[PageOnDisk],
    *,
    paper: str,
    date: datetime.date,
    edition: int = 1,
    number: int | None = None,
    publish: bool = False,
    workers: int | None = None,
    on_page: Callable[[PageOutcome], None] = lambda page: None,
) -> IssueOutcome:
    """Take in an issue, read its pages and publish it. The same bytes twice change nothing.

    Pages are read by several processes and saved here, each by itself: what an interrupted run has saved stays, what
    it left unread is read now. Raises UploadRefusedError, PublishingRefusedError.
    """
    check_issue(date, edition, number)
    outcome = IssueOutcome(Issue.objects.filter(paper__name=paper, date=date, edition=edition).first())
    sources = SourceFile.objects.filter(page__issue=outcome.issue).select_related("page")
    unread = {source.sha256: source.page for source in sources if _waits(source)}
    known = {source.sha256 for source in sources} - set(unread)
    if workers is None:
        workers = processors() if len(files) > FEW else 1

    def tell(page: PageOutcome) -> None:
        outcome.pages.append(page)
        on_page(page)

    learned = habits_of(Paper.objects.filter(name=paper).first())
    for found in read_all(files, date, known, workers, learned[0]):
        if found.known:
            outcome.repeated.append(found.file.name)
            tell(PageOutcome(found.file.name, "repeated", found.file.page_number))
        elif found.sha256 in unread:
            tell(_taken_up(unread[found.sha256], found, outcome, learned))
        elif found.reading is None and not found.broken:
            outcome.refused.append(Refusal(found.file.name, found.message))
            tell(PageOutcome(found.file.name, "refused", found.file.page_number, message=found.message))
        else:
            taken = upload_issue(
                paper=paper,
                date=date,
                edition=edition,
                number=number,
                files=[_with_source(found)],
                background=False,
            )
            tell(_kept(found, taken, outcome, learned))
    if outcome.issue is None:
        return outcome
    for page in _left_unread(outcome):
        name = page.sources.filter(superseded_at__isnull=True).values_list("name", flat=True).first() or str(page)
        tell(_saved(page, name, outcome, learned))
    drafts = Article.objects.of_issue(outcome.issue).filter(status=Article.Status.DRAFT)
    if publish and drafts.exists():
        outcome.published = publish_issue(outcome.issue, None)
    return outcome


def _with_source(found: ReadPage) -> PageFile:
    return found.file if found.reading is None else replace(found.file, source=found.reading.source)


def _waits(source: SourceFile) -> bool:
    """Whether an interrupted run took the file in and did not come to save its reading."""
    return source.superseded_at is None and source.page.status == Page.Status.UPLOADED


def _taken_up(page: Page, found: ReadPage, outcome: IssueOutcome, learned: Learned) -> PageOutcome:
    """Save the reading that the interrupted run did not save, in its turn."""
    page.refresh_from_db()
    name = found.file.name
    if page.status != Page.Status.UPLOADED:  # another file of the page came first
        outcome.repeated.append(name)
        return PageOutcome(name, "repeated", page.number)
    if found.reading is None:
        return _failed(page, name, found.message, outcome)
    return _saved(page, name, outcome, learned, found)


def _left_unread(outcome: IssueOutcome) -> list[Page]:
    """Pages of an interrupted run."""
    assert outcome.issue is not None  # noqa: S101 - the caller has looked
    waiting = outcome.issue.pages.filter(status=Page.Status.UPLOADED, sources__isnull=False)
    return list(waiting.distinct().order_by("number"))


def _kept(found: ReadPage, taken: UploadOutcome, outcome: IssueOutcome, learned: Learned) -> PageOutcome:
    """Take over what the upload says, and save the reading."""
    name = found.file.name
    outcome.issue = outcome.issue or taken.issue
    outcome.notices += [notice for notice in taken.notices if notice not in outcome.notices]
    if not taken.pages:
        outcome.refused += taken.refused
        message = taken.refused[0].message if taken.refused else ""
        return PageOutcome(name, "refused", found.file.page_number, message=message)
    if found.reading is None:
        return _failed(taken.pages[0], name, found.message, outcome)
    return _saved(taken.pages[0], name, outcome, learned, found)


def _saved(
    page: Page, name: str, outcome: IssueOutcome, learned: Learned, found: ReadPage | None = None
) -> PageOutcome:
    readings = {found.sha256: found.reading} if found and found.reading else {}
    images = {found.sha256: found.images} if found and found.images else {}
    for reading in readings.values():
        outcome.notices += [notice for notice in reading.source.notices if notice not in outcome.notices]
    try:
        read_page_sources(page, readings=readings, images=images, learned=learned)
    except ReadingError as error:
        return _failed(page, name, error.message, outcome)
    outcome.read.append(page)
    return PageOutcome(name, "read", page.number, page.articles.count())


def _failed(page: Page, name: str, message: str, outcome: IssueOutcome) -> PageOutcome:
    Page.objects.filter(pk=page.pk).update(status=Page.Status.FAILED, error=message[:500])
    outcome.unread.append(Refusal(str(page), message))
    return PageOutcome(name, "failed", page.number, message=message)
