"""Feasts and events as editors keep them, and what was changed in the tables that readings go by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .paper import Paper

if TYPE_CHECKING:
    from django.db.models import QuerySet


class Occasion(models.Model):
    """A feast or an event: an editor's word about one that newsprint's own table has, or one more.

    `aliases` are further spellings, one a line. `years`: year → [first day, last day], as ISO dates, of the days off or
    of the event itself; they are laid over those of the built-in table.
    """

    class Rule(models.TextChoices):
        FIXED = "fixed", _("公历每年同日")
        LUNAR = "lunar", _("农历每年同日")
        RANGE = "range", _("逐年写明起止")

    name = models.CharField(_("名称"), max_length=30, unique=True)
    aliases = models.TextField(_("又写作"), blank=True, help_text=_("一行一个"))
    rule = models.CharField(_("哪一天"), max_length=6, choices=Rule, default=Rule.RANGE)
    month = models.PositiveSmallIntegerField(_("月"), null=True, blank=True)
    day = models.PositiveSmallIntegerField(_("日"), null=True, blank=True)
    years = models.JSONField(_("各年起止"), default=dict, blank=True)
    dropped = models.BooleanField(_("不再使用"), default=False)
    modified_at = models.DateTimeField(_("修改时间"), auto_now=True)

    class Meta:
        verbose_name = _("节庆与事件")
        verbose_name_plural = _("节庆与事件")
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(rule="range") | models.Q(month__range=(1, 12), day__range=(1, 31)),
                name="occasion_with_a_day_names_it",
            )
        ]

    def __str__(self) -> str:
        return self.name


class TableChangeQuerySet(models.QuerySet["TableChange"]):
    """Which changes stand."""

    def standing(self) -> QuerySet[TableChange]:
        """Not undone."""
        return self.filter(undone_at__isnull=True)


class TableChange(models.Model):
    """One reversible change of a table. `before` and `after` are the row's fields, null where there was no row.

    `resolved`: mentions that a short form's meaning was given to, id → [body before, body before a merge, certain].
    """

    class Table(models.TextChoices):
        OCCASION = "occasion", _("节庆与事件")
        SHORT_FORM = "short", _("简称")
        KNOWN_NAMES = "names", _("地区名录")

    table = models.CharField(_("表"), max_length=10, choices=Table)
    key = models.CharField(_("哪一行"), max_length=100)
    paper = models.ForeignKey(
        Paper, models.CASCADE, null=True, blank=True, related_name="table_changes", verbose_name=_("报纸")
    )
    before = models.JSONField(_("之前"), null=True, blank=True)
    after = models.JSONField(_("之后"), null=True, blank=True)
    resolved = models.JSONField(_("随之改指的提及"), default=dict, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("何人")
    )
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("时间"), auto_now_add=True, db_index=True)
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("撤销者")
    )

    objects = TableChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("表格变更")
        verbose_name_plural = _("表格变更")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.get_table_display()} {self.key}"
