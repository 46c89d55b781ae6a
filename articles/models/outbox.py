"""Articles whose index entry is to be made or removed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class OutboxEntry(models.Model):
    """Written in the transaction that changes the article; the indexer re-reads the row and then deletes this.

    It holds an id, not a foreign key: an article that was deleted must still leave the index.
    """

    article_id = models.BigIntegerField(_("稿件"), db_index=True)
    created_at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("待更新索引")
        verbose_name_plural = _("待更新索引")
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.article_id)
