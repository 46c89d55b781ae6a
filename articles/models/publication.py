"""What was set to be published later, and what readers are told of a correction."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .article import Article
from .issue import Issue


class PlannedPublication(models.Model):
    """An issue or a single article that is to be published at a set time. The worker does it once it is due."""

    issue = models.ForeignKey(Issue, models.CASCADE, null=True, blank=True, related_name="plans", verbose_name=_("期"))
    article = models.ForeignKey(
        Article, models.CASCADE, null=True, blank=True, related_name="plans", verbose_name=_("稿件")
    )
    due_at = models.DateTimeField(_("定于"), db_index=True)
    in_doubt = models.BooleanField(_("疑点未决也发布"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("何人")
    )
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)
    done_at = models.DateTimeField(_("了结时间"), null=True, blank=True)
    problem = models.CharField(_("没有发布的原因"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("定时发布")
        verbose_name_plural = _("定时发布")
        ordering = ("due_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(issue__isnull=True, article__isnull=False) | Q(issue__isnull=False, article__isnull=True),
                name="plan_for_issue_or_article",
            ),
            models.UniqueConstraint(
                fields=("issue",), condition=Q(done_at__isnull=True), name="one_open_plan_per_issue"
            ),
            models.UniqueConstraint(
                fields=("article",), condition=Q(done_at__isnull=True), name="one_open_plan_per_article"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue or self.article} {self.due_at:%Y-%m-%d %H:%M}"


class Correction(models.Model):
    """What readers are told of a change to an article that they could already read. Notes are added, never edited."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="corrections", verbose_name=_("稿件"))
    note = models.CharField(_("更正说明"), max_length=300)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("何人")
    )
    made_at = models.DateTimeField(_("更正时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("更正")
        verbose_name_plural = _("更正")
        ordering = ("article_id", "made_at", "pk")

    def __str__(self) -> str:
        return self.note
