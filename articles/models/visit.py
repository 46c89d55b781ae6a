"""Who is at which page of the desk."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .issue import Page


class Visit(models.Model):
    """An editor has a page open, as far as is known: `seen_at` is when the browser last asked for it."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="visits", verbose_name=_("版"))
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("编辑"))
    seen_at = models.DateTimeField(_("最近"))

    class Meta:
        verbose_name = _("在场")
        verbose_name_plural = _("在场")
        constraints = [models.UniqueConstraint(fields=("page", "editor"), name="one_visit_per_page_and_editor")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.editor_id}"
