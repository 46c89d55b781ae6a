"""A whole issue from files on disk: taken in, read at once, published if asked."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from articles.models import Article, Issue, Page
from articles.newsprint.values import ReadingError
from articles.services.publishing import publish_issue
from articles.services.reading import read_page_sources
from articles.services.uploading import PageFile, Refusal, upload_issue


@dataclass(slots=True)
class IssueOutcome:
    """What became of the files. `unread` names pages that could not be read and why."""

    issue: Issue | None
    read: list[Page] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    unread: list[Refusal] = field(default_factory=list)
    published: int = 0

    @property
    def changed(self) -> bool:
        """Whether anything in the archive is different now."""
        return bool(self.read or self.unread or self.published)


def import_pages(
    files: Sequence[PageFile],
    *,
    paper: str,
    date: datetime.date,
    edition: int = 1,
    number: int | None = None,
    publish: bool = False,
    on_page: Callable[[Page], None] = lambda page: None,
) -> IssueOutcome:
    """Take in an issue, read its pages and publish it. The same bytes twice change nothing.

    Pages that an interrupted run left unread are read now. Raises UploadRefusedError, PublishingRefusedError.
    """
    taken = upload_issue(paper=paper, date=date, edition=edition, number=number, files=files, background=False)
    outcome = IssueOutcome(taken.issue, repeated=taken.repeated, refused=taken.refused, notices=taken.notices)
    if taken.issue is None:
        return outcome
    waiting = taken.issue.pages.filter(status=Page.Status.UPLOADED, sources__isnull=False).distinct()
    for page in waiting.order_by("number"):
        on_page(page)
        try:
            read_page_sources(page)
        except ReadingError as error:
            Page.objects.filter(pk=page.pk).update(status=Page.Status.FAILED, error=error.message[:500])
            outcome.unread.append(Refusal(str(page), error.message))
        else:
            outcome.read.append(page)
    drafts = Article.objects.of_issue(taken.issue).filter(status=Article.Status.DRAFT)
    if publish and drafts.exists():
        outcome.published = publish_issue(taken.issue, None)
    return outcome
