"""What was uploaded, its lines as read, and where each line went."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .article import Article
from .issue import Page


def source_path(instance: SourceFile, filename: str) -> str:
    """Sources are kept for ever under their own SHA-256; the same bytes are stored once."""
    return f"sources/{instance.sha256[:2]}/{instance.sha256}"


class SourceFile(models.Model):
    """An uploaded file of one page. Its bytes are never changed."""

    class Kind(models.TextChoices):
        TEXT = "text", _("文本")
        PDF = "pdf", "PDF"
        SCAN = "scan", _("扫描图")
        DOCX = "docx", "Word"
        HTML = "html", _("网页")

    page = models.ForeignKey(Page, models.CASCADE, related_name="sources", verbose_name=_("版"))
    name = models.CharField(_("文件名"), max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("字节数"))
    kind = models.CharField(_("种类"), max_length=5, choices=Kind, default=Kind.TEXT)
    encoding = models.CharField(_("编码"), max_length=30, blank=True)
    content = models.FileField(_("原文件"), upload_to=source_path, max_length=200)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("上传者"),
    )
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    superseded_at = models.DateTimeField(
        _("换下时间"), null=True, blank=True, help_text=_("换上别的文件之后，原来的文件仍然保存")
    )

    class Meta:
        verbose_name = _("来源文件")
        verbose_name_plural = _("来源文件")
        ordering = ("page_id", "pk")
        constraints = [models.UniqueConstraint(fields=("page", "sha256"), name="same_bytes_once_per_page")]

    def __str__(self) -> str:
        return self.name


class Block(models.Model):
    """Consecutive source lines with one role, in an article or set aside (then `article` is empty).

    `position` orders the blocks of one role: for body blocks it is the paragraph they make. `text` is what the
    block says where that is not simply its lines mended; a paragraph typed by hand may have no lines at all.
    """

    class Role(models.TextChoices):
        KICKER = "kicker", _("引题")
        HEADLINE = "headline", _("主题")
        SUBTITLE = "subtitle", _("副题")
        BODY = "body", _("正文")
        BYLINE = "byline", _("署名")
        CAPTION = "caption", _("图注")
        ADVERTISEMENT = "advertisement", _("广告")
        FURNITURE = "furniture", _("版面装饰")
        UNKNOWN = "unknown", _("未归类")

    SET_ASIDE = (Role.CAPTION, Role.ADVERTISEMENT, Role.FURNITURE, Role.UNKNOWN)

    page = models.ForeignKey(Page, models.CASCADE, related_name="blocks", verbose_name=_("版"))
    article = models.ForeignKey(
        Article, models.CASCADE, null=True, blank=True, related_name="blocks", verbose_name=_("稿件")
    )
    role = models.CharField(_("角色"), max_length=15, choices=Role)
    position = models.PositiveIntegerField(_("次序"), default=0)
    text = models.TextField(_("文字"), null=True, blank=True, help_text=_("空着表示由行拼成"))
    by_hand = models.BooleanField(_("编辑所定"), default=False, help_text=_("编辑打的文字或编辑搁置的行，机器不再改动"))

    class Meta:
        verbose_name = _("块")
        verbose_name_plural = _("块")
        ordering = ("page_id", "article_id", "role", "position")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    role__in=(
                        "kicker",
                        "headline",
                        "subtitle",
                        "body",
                        "byline",
                        "caption",
                        "advertisement",
                        "furniture",
                        "unknown",
                    )
                ),
                name="block_role_known",
            ),
            models.CheckConstraint(
                condition=Q(article__isnull=True, role__in=("caption", "advertisement", "furniture", "unknown"))
                | Q(article__isnull=False, role__in=("kicker", "headline", "subtitle", "body", "byline")),
                name="block_in_article_or_set_aside",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.position}"


class SourceLine(models.Model):
    """One line as read, never edited. It stands in exactly one block, so it is in exactly one place."""

    source = models.ForeignKey(SourceFile, models.CASCADE, related_name="lines", verbose_name=_("来源文件"))
    number = models.PositiveIntegerField(_("行号"))
    text = models.TextField(_("文字"), blank=True)
    box = models.JSONField(_("位置"), null=True, blank=True)
    font_size = models.FloatField(_("字号"), null=True, blank=True)
    confidence = models.FloatField(_("把握"), null=True, blank=True)
    block = models.ForeignKey(Block, models.SET_NULL, null=True, blank=True, related_name="lines", verbose_name=_("块"))
    place = models.PositiveIntegerField(
        _("块内次序"), default=0, help_text=_("一段的下半可能印在上半前面，所以不总是行号的次序")
    )

    class Meta:
        verbose_name = _("来源行")
        verbose_name_plural = _("来源行")
        ordering = ("source_id", "number")
        constraints = [
            models.UniqueConstraint(fields=("source", "number"), name="one_line_number_per_source"),
            models.CheckConstraint(condition=Q(number__gte=1), name="line_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.text}"
