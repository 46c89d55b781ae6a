"""What the desk shows of its work: how far each issue is, and who decided what."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Article, Decision, Issue, Job, Mention, Page, SourceFile, SourceLine

from .progress import seconds_left

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from .doubts import Doubt


def issues_in_work() -> QuerySet[Issue]:
    """Issues, those with work left first, with counts of pages, articles, drafts and doubts."""
    living = Q(pages__articles__merged_into__isnull=True)
    return (
        Issue.objects.select_related("paper")
        .annotate(
            page_count=Count("pages", distinct=True),
            article_count=Count("pages__articles", filter=living, distinct=True),
            draft_count=Count(
                "pages__articles", filter=living & Q(pages__articles__status=Article.Status.DRAFT), distinct=True
            ),
            unread_count=Count("pages", filter=Q(pages__status=Page.Status.UPLOADED), distinct=True),
            failed_count=Count("pages", filter=Q(pages__status=Page.Status.FAILED), distinct=True),
        )
        .order_by("-date", "paper__name", "edition")
    )


@dataclass(slots=True)
class Sheet:
    """A page in an issue's overview."""

    page: Page
    sources: list[SourceFile]
    articles: list[Article]
    lines: int
    aside: int
    doubts: int
    job: Job | None
    left: int | None = None  # seconds until it is read

    @property
    def time_left(self) -> str:
        """约 40 秒, 约 3 分钟."""
        seconds = self.left or 0
        if seconds < 60:
            return _("约还要 %(count)s 秒") % {"count": max(5, -(-seconds // 5) * 5)}
        return ngettext("约还要 %(count)s 分钟", "约还要 %(count)s 分钟", -(-seconds // 60)) % {
            "count": -(-seconds // 60)
        }

    @property
    def sure(self) -> float | None:
        """How sure the machine is of its least certain article here."""
        return min((a.confidence for a in self.articles if a.confidence is not None), default=None)

    @property
    def active(self) -> bool:
        """Whether work on it goes on."""
        return self.job is not None and self.job.status in (Job.Status.WAITING, Job.Status.RUNNING)


def sheets(issue: Issue, left: Iterable[Doubt]) -> list[Sheet]:
    """An issue's pages with their work; `left`: its doubts."""
    pages = list(issue.pages.order_by("number").prefetch_related("sources"))
    jobs: dict[int, Job] = {}
    for job in Job.objects.filter(page__in=pages).order_by("pk"):
        jobs[job.page_id or 0] = job
    articles: dict[int, list[Article]] = {}
    for article in Article.objects.of_issue(issue).filter(merged_into__isnull=True):
        articles.setdefault(article.page_id, []).append(article)
    printed = SourceLine.objects.filter(source__page__in=pages).values("source__page")
    lines = dict(printed.filter(block__isnull=False).values_list("source__page").annotate(n=Count("pk")))
    aside = dict(
        printed.filter(block__isnull=False, block__article__isnull=True)
        .values_list("source__page")
        .annotate(n=Count("pk"))
    )
    left_of = seconds_left(jobs.values())
    open_doubts = Counter(doubt.page_id for doubt in left)
    return [
        Sheet(
            page,
            list(page.sources.all()),
            articles.get(page.pk, []),
            lines.get(page.pk, 0),
            aside.get(page.pk, 0),
            open_doubts[page.pk],
            jobs.get(page.pk),
            left_of.get(jobs[page.pk].pk) if page.pk in jobs else None,
        )
        for page in pages
    ]


def decisions(*, issue: Issue | None = None, page: Page | None = None) -> QuerySet[Decision]:
    """What was decided, newest first."""
    found = Decision.objects.select_related("actor", "article", "page__issue__paper", "undone_by")
    if page is not None:
        return found.filter(page=page)
    if issue is not None:
        return found.filter(page__issue=issue)
    return found.exclude(kind__in=Decision.ABOUT_PEOPLE)


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing a decision changed, as an editor reads it."""

    what: str
    old: str
    new: str


def changes_of(decision: Decision) -> list[Changed]:
    """From what to what: texts and statuses of articles, and how many lines took another place."""
    before, after = decision.before.get("articles", {}), decision.after.get("articles", {})
    found: list[Changed] = []
    for pk in after:
        was, now = before.get(pk) or {}, after.get(pk) or {}
        for name in ("kicker", "headline", "subtitle", "body", "byline_text", "status"):
            if name in was or name in now:
                old, new = was.get(name) or "", now.get(name) or ""
                if old != new:
                    found.append(Changed(_label(name), _shown(name, old), _shown(name, new)))
    if "naming" in decision.after:
        was, now = decision.before["naming"], decision.after["naming"]
        found.append(Changed(now["form"], _meant(was), _meant(now)))
    if not found and decision.kind != Decision.Kind.PAIRED and "status" in decision.after:
        found.append(
            Changed(
                _label("status"),
                _shown("status", decision.before.get("status", "")),
                _shown("status", decision.after["status"]),
            )
        )
    return found


def _meant(picture: dict[str, Any]) -> str:
    """What a name was taken for: 编辑确认 程望舒（焊工）."""
    status = str(dict(Mention.Status.choices).get(picture["status"], picture["status"]))
    record = picture["records"].get(str(picture["record"])) or {}
    name, distinction = record.get("name", ""), record.get("distinction", "")
    return " ".join(filter(None, (status, f"{name}（{distinction}）" if distinction else name)))


def _label(name: str) -> str:
    return str(Article._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _shown(name: str, value: str) -> str:
    if name == "status":
        return str(dict(Article.Status.choices).get(value, value))
    return value if len(value) <= 300 else value[:300] + "…"
