"""What readers say is wrong."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ReaderReportQuerySet(models.QuerySet["ReaderReport"]):
    """Which reports wait."""

    def waiting(self) -> ReaderReportQuerySet:
        """Nobody has dealt with them yet."""
        return self.filter(settled_at__isnull=True)


class ReaderReport(models.Model):
    """A reader's word about a page of the archive; `address` is the path of that page."""

    address = models.CharField(_("哪一页"), max_length=200)
    text = models.CharField(_("哪里不对"), max_length=1000)
    contact = models.CharField(_("联系方式"), max_length=100, blank=True)
    created_at = models.DateTimeField(_("时间"), auto_now_add=True, db_index=True)
    settled_at = models.DateTimeField(_("处理时间"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("处理者")
    )

    objects = ReaderReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("读者来信")
        verbose_name_plural = _("读者来信")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.text[:40]
