"""Organisations as authority records."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Filters over organisations."""

    def living(self) -> OrganisationQuerySet:
        """Records that were neither merged into another nor rejected."""
        return self.filter(merged_into__isnull=True, rejected=False)

    def in_print(self) -> OrganisationQuerySet:
        """Bodies that a published article names; others are an editor's matter."""
        from .mention import Mention  # the two modules need each other's names

        return self.filter(
            models.Exists(Mention.objects.settled().in_published().filter(organisation=models.OuterRef("pk")))
        )


class Organisation(models.Model):
    """One real body: party and government organ, company, school, street office."""

    name = models.CharField(_("名称"), max_length=150, db_index=True)
    kind = models.CharField(_("类别"), max_length=30, blank=True)
    pinyin = models.CharField(_("拼音"), max_length=400, blank=True, db_index=True)
    initials = models.CharField(_("拼音首字母"), max_length=60, blank=True, db_index=True)
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="departments", verbose_name=_("上级机构")
    )
    notes = models.TextField(_("备注"), blank=True)
    rejected = models.BooleanField(_("已否定"), default=False, help_text=_("不是机构"))
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("已并入")
    )
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("机构")
        verbose_name_plural = _("机构")
        ordering = ("pinyin", "name", "pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | ~models.Q(merged_into=models.F("id")),
                name="organisation_not_merged_into_itself",
            ),
            models.UniqueConstraint(
                fields=("name",),
                condition=models.Q(merged_into__isnull=True),
                name="one_living_body_per_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The organisation's page."""
        return reverse("articles:organisation-detail", args=[self.pk])


class OrganisationName(models.Model):
    """Another name of a body: short form, former name."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="other_names", verbose_name=_("机构"))
    name = models.CharField(_("别名"), max_length=150, db_index=True)

    class Meta:
        verbose_name = _("别名")
        verbose_name_plural = _("别名")
        constraints = [
            models.UniqueConstraint(fields=("organisation", "name"), name="other_name_once_per_organisation")
        ]

    def __str__(self) -> str:
        return self.name
