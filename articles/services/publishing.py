"""Who may be read: publishing, taking that back, withdrawing, bringing back. Every change is a decision and reaches
the index. Doubts keep an editor from publishing; who is chief editor may publish in spite of them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Decision, Issue, Page, is_chief
from articles.selectors.doubts import doubts
from articles.services.indexing import note_changed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.contrib.auth.models import User

_BATCH = 500  # rows a statement, under every database's limit of parameters


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that stands in the way, and where an editor can mend it."""

    message: str
    page_id: int | None = None
    article_id: int | None = None
    anchor: str = ""  # on the page desk, of a doubt


class PublishingRefusedError(Exception):
    """Nothing was changed; `obstacles` says why, one by one."""

    def __init__(self, obstacles: Iterable[Obstacle]) -> None:
        self.obstacles = tuple(obstacles)
        super().__init__("；".join(obstacle.message for obstacle in self.obstacles))


def obstacles_to_publishing(issue: Issue) -> tuple[Obstacle, ...]:
    """Everything that keeps this issue from being published, in printed order."""
    found: list[Obstacle] = []
    for page in issue.pages.filter(sources__isnull=False).distinct().order_by("number"):
        if page.status == Page.Status.UPLOADED:
            found.append(Obstacle(_("第%(page)s版还没有识读完") % {"page": page.number}, page_id=page.pk))
        elif page.status == Page.Status.FAILED:
            found.append(Obstacle(_("第%(page)s版没有读成，请换一个文件") % {"page": page.number}, page_id=page.pk))
    living = Article.objects.of_issue(issue).filter(merged_into__isnull=True)
    drafts = living.filter(status=Article.Status.DRAFT).select_related("page")
    found += [_without_headline(article) for article in drafts.filter(headline="")]
    if not found and not living.exclude(status=Article.Status.WITHDRAWN).exists():
        found.append(Obstacle(_("这一期还没有可以发布的稿件")))
    return tuple(found)


def doubts_in_the_way(issue: Issue, article: Article | None = None) -> tuple[Obstacle, ...]:
    """Doubts in the drafts of an issue, or in one article, that keep it from being published."""
    return tuple(
        Obstacle(doubt.what, doubt.page_id, doubt.article_id, doubt.anchor)
        for doubt in doubts(issue, article.page if article and not article.continued else None)
        if doubt.blocks and doubt.article_id and (article is None or doubt.article_id == article.pk)
    )


@transaction.atomic
def publish_issue(issue: Issue, user: User | None, *, in_doubt: bool | None = None) -> int:
    """Publish every draft of an issue; returns how many. Raises PublishingRefusedError.

    `in_doubt`: whether doubts are no obstacle; left out, they are one for people and none for imports.
    """
    issue = Issue.objects.select_for_update().get(pk=issue.pk)
    in_doubt = user is None if in_doubt is None else in_doubt
    obstacles = obstacles_to_publishing(issue) or _doubts_unless_allowed(issue, user, in_doubt)
    if obstacles:
        raise PublishingRefusedError(obstacles)
    drafts = Article.objects.of_issue(issue).filter(status=Article.Status.DRAFT)
    count = publish_articles(drafts, user)
    now = timezone.now()
    Issue.objects.filter(pk=issue.pk).update(status=Issue.Status.PUBLISHED)
    Issue.objects.filter(pk=issue.pk, published_at__isnull=True).update(published_at=now)
    return count


@transaction.atomic
def publish_article(article: Article, user: User | None, *, in_doubt: bool = False) -> int:
    """Publish one draft; returns whether it was one. Raises PublishingRefusedError, for doubts in it too."""
    obstacles = _doubts_unless_allowed(article.page.issue, user, in_doubt, article)
    if article.status == Article.Status.DRAFT and article.headline and obstacles:
        raise PublishingRefusedError(obstacles)
    return publish_articles([article], user)


def last_publication(issue: Issue) -> list[Article]:
    """The articles that were published together last and can still be read."""
    standing = Decision.objects.filter(
        kind=Decision.Kind.PUBLISHED, undone_at__isnull=True, page__issue=issue, scores__has_key="batch"
    )
    latest = standing.order_by("-pk").first()
    if latest is None:
        return []
    together = standing.filter(scores__batch=latest.scores["batch"]).values("article")
    return list(Article.objects.published().of_issue(issue).filter(pk__in=together))


@transaction.atomic
def take_back_publication(articles: Iterable[Article], user: User) -> int:
    """Make published articles drafts again, as if they had not been published; returns how many were published.

    Unlike withdrawing it leaves nothing for readers to see: it is for what was published too early.
    """
    ids = [article.pk for article in articles]
    found = list(Article.objects.select_for_update().filter(pk__in=ids, status=Article.Status.PUBLISHED))
    ids = [article.pk for article in found]
    now = timezone.now()
    Article.objects.filter(pk__in=ids).update(
        status=Article.Status.DRAFT, published_at=None, modified_at=now, modified_by=user
    )
    Decision.objects.filter(kind=Decision.Kind.PUBLISHED, article__in=ids, undone_at__isnull=True).update(
        undone_at=now, undone_by=user
    )
    for issue in Issue.objects.filter(pages__articles__in=ids, status=Issue.Status.PUBLISHED).distinct():
        unseen = issue.pages.exclude(status=Page.Status.REVIEWED).exists()
        issue.status = Issue.Status.READ if unseen else Issue.Status.REVIEWED
        issue.save(update_fields=["status"])
    note_changed(ids)
    return len(ids)


@transaction.atomic
def publish_articles(articles: Iterable[Article], user: User | None) -> int:
    """Publish drafts, all or none; returns how many were drafts. Raises PublishingRefusedError for a missing headline.

    Issues none of whose articles is a draft any more count as published.
    """
    count, issues, together = 0, set(), secrets.token_hex(8)
    wanted = articles.values_list("pk", flat=True) if isinstance(articles, QuerySet) else (a.pk for a in articles)
    for batch in _batches(iter(list(wanted))):
        drafts = list(
            Article.objects.select_for_update(of=("self",))
            .filter(pk__in=batch, status=Article.Status.DRAFT)
            .select_related("page")
        )
        nameless = [_without_headline(article) for article in drafts if not article.headline]
        if nameless:
            raise PublishingRefusedError(nameless)
        now = timezone.now()
        ids = [article.pk for article in drafts]
        Article.objects.filter(pk__in=ids).update(
            status=Article.Status.PUBLISHED, published_at=now, modified_at=now, modified_by=user
        )
        Decision.objects.bulk_create(
            Decision(
                kind=Decision.Kind.PUBLISHED,
                page=article.page,
                article=article,
                actor=user,
                scores={"batch": together},
                before={"status": Article.Status.DRAFT},
                after={"status": Article.Status.PUBLISHED},
            )
            for article in drafts
        )
        note_changed(ids)
        issues |= {article.page.issue_id for article in drafts}
        count += len(ids)
    _close_issues(issues)
    return count


@transaction.atomic
def withdraw_article(article: Article, reason: str, user: User | None) -> Article:
    """Take an article away from readers; the reason is kept and shown. Raises PublishingRefusedError without one."""
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise PublishingRefusedError([Obstacle(_("请写明撤下的原因"), article_id=article.pk)])
    return _change_status(article, Article.Status.PUBLISHED, Article.Status.WITHDRAWN, reason, user)


@transaction.atomic
def restore_article(article: Article, user: User | None) -> Article:
    """Show a withdrawn article to readers again. Raises PublishingRefusedError for one that was merged away."""
    article = Article.objects.select_for_update().get(pk=article.pk)
    if article.merged_into_id:
        raise PublishingRefusedError(
            [Obstacle(_("这篇已并入别的稿件，请在版面上撤销合并"), article_id=article.pk, page_id=article.page_id)]
        )
    if not article.headline:
        raise PublishingRefusedError([_without_headline(article)])
    return _change_status(article, Article.Status.WITHDRAWN, Article.Status.PUBLISHED, "", user)


def _doubts_unless_allowed(
    issue: Issue, user: User | None, in_doubt: bool, article: Article | None = None
) -> tuple[Obstacle, ...]:
    if not in_doubt:
        return doubts_in_the_way(issue, article)
    if user is not None and not is_chief(user) and doubts_in_the_way(issue, article):
        return (Obstacle(_("疑点未决时只有主编能决定发布")),)
    return ()


def _change_status(
    article: Article, old: Article.Status, new: Article.Status, reason: str, user: User | None
) -> Article:
    """Nothing happens, and nothing is noted, where the article is not in the old status."""
    article = Article.objects.select_for_update().get(pk=article.pk)
    if article.status != old:
        return article
    before = {"status": old, "withdrawal_reason": article.withdrawal_reason}
    withdrawn = new == Article.Status.WITHDRAWN
    article.status, article.withdrawal_reason = new, reason
    article.withdrawn_at = timezone.now() if withdrawn else None
    article.published_at = article.published_at or timezone.now()
    article.modified_by = user
    article.save()
    Decision.objects.create(
        kind=Decision.Kind.WITHDRAWN if withdrawn else Decision.Kind.PUBLISHED,
        page_id=article.page_id,
        article=article,
        actor=user,
        reason=reason,
        before=before,
        after={"status": new, "withdrawal_reason": reason},
    )
    note_changed([article.pk])
    return article


def _without_headline(article: Article) -> Obstacle:
    message = _("第%(page)s版第%(position)s篇没有标题：%(start)s") % {
        "page": article.page.number,
        "position": article.position + 1,
        "start": (article.body or _("（无正文）"))[:20],
    }
    return Obstacle(message, page_id=article.page_id, article_id=article.pk)


def _close_issues(ids: Iterable[int]) -> None:
    """An issue with nothing left to publish or to read is published."""
    for batch in _batches(iter(ids)):
        unread = (Page.Status.UPLOADED, Page.Status.FAILED)
        unfinished = Page.objects.filter(issue__in=batch, status__in=unread, sources__isnull=False).values("issue")
        drafts = Article.objects.filter(status=Article.Status.DRAFT, page__issue__in=batch).values("page__issue")
        ready = Issue.objects.filter(pk__in=batch).exclude(pk__in=drafts).exclude(pk__in=unfinished)
        ready.filter(published_at__isnull=True).update(published_at=timezone.now())
        ready.update(status=Issue.Status.PUBLISHED)


def _batches(ids: Iterator[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    for pk in ids:
        batch.append(pk)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
