"""What editors did to authority records: reversible, with who and why."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .organisation import Organisation
from .people import Person


class RecordChangeQuerySet(models.QuerySet["RecordChange"]):
    """Which changes stand."""

    def standing(self) -> RecordChangeQuerySet:
        """Not undone."""
        return self.filter(undone_at__isnull=True)

    def about(self, record: Person | Organisation) -> RecordChangeQuerySet:
        """Changes of a record, or in which it took part."""
        if isinstance(record, Person):
            return self.filter(models.Q(person=record) | models.Q(other_person=record))
        return self.filter(models.Q(organisation=record) | models.Q(other_organisation=record))


class RecordChange(models.Model):
    """One reversible change of a person or an organisation. `before` and `after` hold enough to go back.

    The other record is the one that lives on after a merge, or that mentions were moved to.
    """

    class Kind(models.TextChoices):
        MERGED = "merged", _("并入")
        MOVED = "moved", _("移出提及")
        RENAMED = "renamed", _("更名")
        REJECTED = "rejected", _("否定")
        PROFILE = "profile", _("人物页")
        SAME = "same", _("确认同一人")
        APART = "apart", _("确认是两人")

    kind = models.CharField(_("种类"), max_length=10, choices=Kind)
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="changes", verbose_name=_("人物")
    )
    other_person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("另一人物")
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="changes", verbose_name=_("机构")
    )
    other_organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("另一机构")
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("何人")
    )
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    before = models.JSONField(_("之前"), default=dict, blank=True)
    after = models.JSONField(_("之后"), default=dict, blank=True)
    created_at = models.DateTimeField(_("时间"), auto_now_add=True)
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("撤销者")
    )

    objects = RecordChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("名录变更")
        verbose_name_plural = _("名录变更")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.record}"

    @property
    def record(self) -> Person | Organisation | None:
        """The record that was changed."""
        return self.person or self.organisation

    @property
    def other(self) -> Person | Organisation | None:
        """The record that took part."""
        return self.other_person or self.other_organisation
