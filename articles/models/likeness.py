"""Articles that say the same: what they are found by, and what an editor decided."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .article import Article


class Fingerprint(models.Model):
    """That an article's text was compared with the others: another content hash means: compare again."""

    article = models.OneToOneField(
        Article, models.CASCADE, primary_key=True, related_name="fingerprint", verbose_name=_("稿件")
    )
    content_hash = models.CharField(_("内容指纹"), max_length=64)

    class Meta:
        verbose_name = _("相似指纹")
        verbose_name_plural = _("相似指纹")

    def __str__(self) -> str:
        return f"{self.article_id}"


class FingerprintBand(models.Model):
    """A part of an article's MinHash signature; articles that share one are worth comparing."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="bands", verbose_name=_("稿件"))
    band = models.BigIntegerField(_("带"), db_index=True)

    class Meta:
        verbose_name = _("相似指纹带")
        verbose_name_plural = _("相似指纹带")

    def __str__(self) -> str:
        return f"{self.article_id} {self.band}"


class Likeness(models.Model):
    """Two articles with the same text: printed twice, or a wire text in two issues. `one` was printed first."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("机器提出")
        LINKED = "linked", _("同一篇")
        DISMISSED = "dismissed", _("不是同一篇")

    one = models.ForeignKey(Article, models.CASCADE, related_name="likenesses", verbose_name=_("先印的"))
    other = models.ForeignKey(Article, models.CASCADE, related_name="earlier_likenesses", verbose_name=_("后印的"))
    score = models.FloatField(_("相似度"))
    status = models.CharField(_("处置"), max_length=10, choices=Status, default=Status.PROPOSED, db_index=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("何人")
    )
    decided_at = models.DateTimeField(_("判定时间"), null=True, blank=True)
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("相似稿件")
        verbose_name_plural = _("相似稿件")
        ordering = ("-score", "pk")
        constraints = [
            models.UniqueConstraint(fields=("one", "other"), name="likeness_once_per_pair"),
            models.CheckConstraint(condition=~Q(one=F("other")), name="likeness_of_two"),
            models.CheckConstraint(
                condition=Q(status__in=("proposed", "linked", "dismissed")), name="likeness_status_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} ≈ {self.other_id}"

    @property
    def articles(self) -> tuple[Article, Article]:
        """Both, the one printed first before."""
        return self.one, self.other
