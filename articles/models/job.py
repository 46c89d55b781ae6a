"""Long work as a person sees it: which stage, how much is done, what went wrong."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .issue import Page


class Job(models.Model):
    """A piece of background work. The queue may lose a task; this row doesn't, so a sweep can put it back."""

    class Queue(models.TextChoices):
        READING = "reading", _("识读")
        INDEXING = "indexing", _("索引")

    class Status(models.TextChoices):
        WAITING = "waiting", _("排队")
        RUNNING = "running", _("进行中")
        DONE = "done", _("完成")
        FAILED = "failed", _("失败")
        CANCELLED = "cancelled", _("已取消")

    queue = models.CharField(_("队列"), max_length=10, choices=Queue)
    page = models.ForeignKey(Page, models.CASCADE, null=True, blank=True, related_name="jobs", verbose_name=_("版"))
    status = models.CharField(_("状态"), max_length=10, choices=Status, default=Status.WAITING, db_index=True)
    stage = models.CharField(_("阶段"), max_length=30, blank=True)
    done = models.PositiveIntegerField(_("已完成"), default=0)
    total = models.PositiveIntegerField(_("总数"), default=0)
    worker = models.CharField(_("后台程序"), max_length=64, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    log = models.TextField(_("日志"), blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("何人"),
    )
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)
    started_at = models.DateTimeField(_("开始时间"), null=True, blank=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    MAX_ATTEMPTS = 3

    class Meta:
        verbose_name = _("任务")
        verbose_name_plural = _("任务")
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=("waiting", "running", "done", "failed", "cancelled")),
                name="job_status_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_queue_display()} {self.get_status_display()}"
