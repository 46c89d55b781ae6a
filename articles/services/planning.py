"""Publishing at a set time. The worker publishes what is due; what can't be published then says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Decision, Issue, PlannedPublication, is_chief
from articles.services.publishing import Obstacle, PublishingRefusedError, publish_article, publish_issue

if TYPE_CHECKING:
    import datetime

    from django.contrib.auth.models import User
    from django.db.models import QuerySet


@transaction.atomic
def plan_publication(
    what: Issue | Article, due_at: datetime.datetime, user: User, *, in_doubt: bool = False
) -> PlannedPublication:
    """Set a time, in place of one set before. Doubts and missing headlines are looked at when it comes.

    Raises PublishingRefusedError for a time that is over, and where only the chief editor may say so.
    """
    if due_at <= timezone.now():
        raise PublishingRefusedError([Obstacle(_("这个时间已经过了，请选以后的时间，或直接发布"))])
    if in_doubt and not is_chief(user):
        raise PublishingRefusedError([Obstacle(_("疑点未决时只有主编能决定发布"))])
    cancel_plans(what, user)
    target = {"issue": what} if isinstance(what, Issue) else {"article": what}
    plan = PlannedPublication.objects.create(due_at=due_at, in_doubt=in_doubt, created_by=user, **target)
    _log(what, user, _("定于%(when)s发布") % {"when": f"{timezone.localtime(due_at):%Y-%m-%d %H:%M}"})
    return plan


@transaction.atomic
def cancel_plans(what: Issue | Article, user: User) -> int:
    """Forget the time that was set; returns how many plans there were."""
    count, _rows = open_plans(what).delete()
    if count:
        _log(what, user, _("取消定时发布"))
    return count


def open_plans(what: Issue | Article) -> QuerySet[PlannedPublication]:
    """Plans that have not come due, of an issue or an article."""
    return what.plans.filter(done_at__isnull=True)


def publish_due() -> int:
    """Publish what is due; returns how many plans came to an end. Several workers may ask at once."""
    settled = 0
    due = PlannedPublication.objects.filter(done_at__isnull=True, due_at__lte=timezone.now())
    for pk in list(due.values_list("pk", flat=True)):
        settled += _settle(pk)
    return settled


@transaction.atomic
def _settle(pk: int) -> int:
    plan = PlannedPublication.objects.select_for_update().filter(pk=pk, done_at__isnull=True).first()
    if plan is None:
        return 0
    try:
        with transaction.atomic():
            if plan.issue:
                publish_issue(plan.issue, plan.created_by, in_doubt=plan.in_doubt)
            elif plan.article:
                publish_article(plan.article, plan.created_by, in_doubt=plan.in_doubt)
    except PublishingRefusedError as refusal:
        plan.problem = str(refusal)[:500]
    plan.done_at = timezone.now()
    plan.save(update_fields=["done_at", "problem"])
    return 1


def _log(what: Issue | Article, user: User, reason: str) -> None:
    page = what.pages.order_by("number").first() if isinstance(what, Issue) else what.page
    article = what if isinstance(what, Article) else None
    Decision.objects.create(kind=Decision.Kind.PLANNED, page=page, article=article, actor=user, reason=reason)
