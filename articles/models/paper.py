"""A newspaper title and what its district's short forms mean."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Paper(models.Model):
    """A title. Everything printed belongs to one."""

    name = models.CharField(_("报名"), max_length=100, unique=True)
    place = models.CharField(_("所在地"), max_length=100, blank=True)
    note = models.CharField(
        _("说明"), max_length=200, blank=True, help_text=_("读者在报名旁看到的一句话，例如“虚构报纸，供演示”")
    )

    known_bodies = models.TextField(_("已知机构"), blank=True, help_text=_("本地的机构全称，一行一个，识读时认得"))
    known_people = models.TextField(_("已知人物"), blank=True, help_text=_("本地的人名，一行一个，识读时认得"))

    class Meta:
        verbose_name = _("报纸")
        verbose_name_plural = _("报纸")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class ShortForm(models.Model):
    """What a short form means in this paper's district: 管委会 → the one body it stands for there."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="short_forms", verbose_name=_("报纸"))
    short = models.CharField(_("简称"), max_length=50)
    organisation = models.ForeignKey(
        "articles.Organisation", models.CASCADE, related_name="short_forms", verbose_name=_("机构")
    )
    by_editor = models.BooleanField(_("编辑写定"), default=False)

    class Meta:
        verbose_name = _("简称")
        verbose_name_plural = _("简称")
        ordering = ("paper_id", "short")
        constraints = [models.UniqueConstraint(fields=("paper", "short"), name="short_form_once_per_paper")]

    def __str__(self) -> str:
        return f"{self.short} → {self.organisation.name}"
