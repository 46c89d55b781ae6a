"""What a machine or an editor decided, so that it can be explained and undone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .article import Article
from .issue import Page


class Decision(models.Model):
    """One line of the log of all that was decided and done. `before` and `after` hold what changed; of what is
    reversible (how a page is made up, who is named, what is published) enough to go either way."""

    class Kind(models.TextChoices):
        READ = "read", _("识读")
        WITHHELD = "withheld", _("重新识读，未改")
        JOINED = "joined", _("接合")
        PARTED = "parted", _("分开续文")
        EDITED = "edited", _("改字")
        MOVED = "moved", _("移行")
        MERGED = "merged", _("合并")
        SPLIT = "split", _("拆分")
        ZONED = "zoned", _("改热区")
        SET_ASIDE = "set-aside", _("搁置")
        RESTORED = "restored", _("回到旧版")
        ACCEPTED = "accepted", _("确认")
        REJECTED = "rejected", _("否定")
        LINKED = "linked", _("指认")
        PUBLISHED = "published", _("发布")
        WITHDRAWN = "withdrawn", _("撤下")
        CORRECTED = "corrected", _("更正")
        PLANNED = "planned", _("定时发布")
        PAIRED = "paired", _("判定重复")
        UPLOADED = "uploaded", _("上传")
        SEEN = "seen", _("校毕")
        RENUMBERED = "renumbered", _("改版号")
        ACCOUNT = "account", _("账号")
        EXPORTED = "exported", _("导出")
        READ_AGAIN = "read-again", _("要求重新识读")
        CANCELLED = "cancelled", _("取消识读")
        SIGNED_IN = "signed-in", _("登录")
        SIGNED_OUT = "signed-out", _("退出")
        SHUT_OUT = "shut-out", _("登录未成")

    # What concerns accounts, not the papers: for the log only.
    ABOUT_PEOPLE = (Kind.ACCOUNT, Kind.SIGNED_IN, Kind.SIGNED_OUT, Kind.SHUT_OUT)

    kind = models.CharField(_("种类"), max_length=12, choices=Kind, db_index=True)
    page = models.ForeignKey(
        Page, models.CASCADE, null=True, blank=True, related_name="decisions", verbose_name=_("版")
    )
    article = models.ForeignKey(
        Article, models.SET_NULL, null=True, blank=True, related_name="decisions", verbose_name=_("稿件")
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("何人"),
        help_text=_("空着表示机器"),
    )
    reason = models.CharField(_("理由"), max_length=500, blank=True)
    scores = models.JSONField(_("评分"), default=dict, blank=True)
    before = models.JSONField(_("之前"), default=dict, blank=True)
    after = models.JSONField(_("之后"), default=dict, blank=True)
    created_at = models.DateTimeField(_("时间"), auto_now_add=True, db_index=True)
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("撤销者"),
    )

    class Meta:
        verbose_name = _("处置")
        verbose_name_plural = _("处置")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.created_at:%Y-%m-%d %H:%M}"
