"""Articles, their bylines, their place on the page image, and their stored words."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, TypedDict

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .issue import Issue, Page

if TYPE_CHECKING:
    import datetime

    from .organisation import Organisation
    from .people import Person


class ArticleQuerySet(models.QuerySet["Article"]):
    """Filters that every page, feed and facet goes through."""

    def published(self) -> ArticleQuerySet:
        """What a reader may see."""
        return self.filter(status=Article.Status.PUBLISHED)

    def printed_for_readers(self) -> ArticleQuerySet:
        """Whose lines on a page a reader may see: published articles, and what continues them."""
        shown = Article.Status.PUBLISHED
        return self.filter(Q(status=shown) | Q(status=Article.Status.CONTINUATION, continues__status=shown))

    def with_place(self) -> ArticleQuerySet:
        """Page, issue and paper come along, so that lists need one query."""
        return self.select_related("page__issue__paper")

    def of_issue(self, issue: Issue) -> ArticleQuerySet:
        """An issue's articles in printed order."""
        return self.filter(page__issue=issue).order_by("page__number", "position")

    def naming(self, record: Person | Organisation) -> ArticleQuerySet:
        """Articles in which this person or body is named, doubtful and rejected mentions left out."""
        from .mention import Mention  # the two modules need each other's names

        return self.filter(models.Exists(Mention.objects.settled().of(record).filter(article=models.OuterRef("pk"))))


class Continued(TypedDict):
    """One continuation as its article keeps it. `printed`: its headlines and what the text says otherwise now;
    `paragraph` and `offset`: where in the whole text it begins."""

    article: int
    page: int
    section: str
    byline_text: str
    printed: list[str]
    paragraph: int
    offset: int


class Article(models.Model):
    """One article. Its status alone decides what a reader may see; only services change it."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("草稿")
        PUBLISHED = "published", _("已发布")
        WITHDRAWN = "withdrawn", _("已撤下")
        CONTINUATION = "continued", _("续文")  # never public by itself: readers find it in the article it continues

    class Origin(models.TextChoices):
        PAGE = "page", _("识读版面")
        TABLE = "table", _("表格导入")
        DESK = "desk", _("编辑新建")

    page = models.ForeignKey(Page, models.PROTECT, related_name="articles", verbose_name=_("版"))
    position = models.PositiveIntegerField(_("版内次序"), default=0)
    kicker = models.CharField(_("引题"), max_length=300, blank=True)
    headline = models.CharField(_("主题"), max_length=300, blank=True)
    subtitle = models.CharField(_("副题"), max_length=500, blank=True)
    body = models.TextField(_("正文"), blank=True, help_text=_("一行一段"))
    byline_text = models.CharField(_("署名"), max_length=300, blank=True)
    whole = models.TextField(
        _("全文"), blank=True, help_text=_("接着别的版上的续文时，全篇的正文；没有续文时空着"), editable=False
    )
    continued = models.JSONField(_("续文"), default=list, blank=True, editable=False)  # see `Continued`
    printed = models.TextField(
        _("原印"), blank=True, help_text=_("编辑改过的各段在报上是怎样印的，一行一段；没有改过时空着")
    )
    status = models.CharField(_("状态"), max_length=10, choices=Status, default=Status.DRAFT, db_index=True)
    origin = models.CharField(_("来历"), max_length=5, choices=Origin, default=Origin.PAGE)
    confidence = models.FloatField(_("识读把握"), null=True, blank=True)
    content_hash = models.CharField(_("内容指纹"), max_length=64, db_index=True, editable=False)
    import_key = models.CharField(_("导入标识"), max_length=64, null=True, blank=True, unique=True, editable=False)
    version = models.PositiveIntegerField(_("版本"), default=1, editable=False)
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)
    modified_at = models.DateTimeField(_("修改时间"), auto_now=True)
    modified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("修改者"),
    )
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("撤下时间"), null=True, blank=True)
    withdrawal_reason = models.CharField(_("撤下原因"), max_length=300, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("已并入")
    )
    continues = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="continuations", verbose_name=_("上接")
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("稿件")
        verbose_name_plural = _("稿件")
        ordering = ("page_id", "position", "pk")
        permissions = [
            ("work_at_desk", _("在编辑台工作：上传、校对、发布、撤下")),
            ("export_articles", _("导出稿件")),
            ("publish_in_doubt", _("疑点未决时仍然发布")),
            ("manage_accounts", _("邀请和管理账号")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=("draft", "published", "withdrawn", "continued")), name="article_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | (~Q(headline="") & Q(published_at__isnull=False)),
                name="published_article_has_headline_and_time",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | (~Q(merged_into=models.F("id")) & Q(status="withdrawn")),
                name="merged_article_is_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(status="continued", continues__isnull=False)
                | (~Q(status="continued") & Q(continues__isnull=True)),
                name="continuation_has_an_article",
            ),
            models.CheckConstraint(
                condition=Q(continues__isnull=True) | (~Q(continues=models.F("id")) & Q(continued=[])),
                name="continuation_is_not_continued",
            ),
        ]

    def __str__(self) -> str:
        return self.headline or self.body[:20]

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the content hash in step with the text."""
        self.content_hash = self.hash_of_content()
        update_fields = kwargs.get("update_fields")
        if update_fields is not None:
            kwargs["update_fields"] = {*update_fields, "content_hash"}  # type: ignore[misc]
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        """Permanent: the id never changes. A continuation is read where its article is."""
        return reverse("articles:article-detail", args=[self.continues_id or self.pk])

    def hash_of_content(self) -> str:
        """SHA-256 over headline group, paragraphs and byline, the same wherever the article is stored."""
        signed = [part["byline_text"] for part in self.continued]
        parts = (self.kicker, self.headline, self.subtitle, self.text, self.byline_text, *filter(None, signed))
        return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def text(self) -> str:
        """What is read: the body, and after it what goes on on other pages."""
        return self.whole or self.body

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs of the text, none empty."""
        return [line for line in self.text.split("\n") if line.strip()]

    @property
    def own_paragraphs(self) -> list[str]:
        """Those that stand on this page."""
        return [line for line in self.body.split("\n") if line.strip()]

    @property
    def signed_text(self) -> str:
        """The bylines as printed, a line each, those under continuations among them."""
        return "\n".join(filter(None, (self.byline_text, *(part["byline_text"] for part in self.continued))))

    @property
    def page_numbers(self) -> list[int]:
        """The pages that it stands on: its own first."""
        return list(dict.fromkeys((self.page.number, *(part["page"] for part in self.continued))))

    @property
    def is_continuation(self) -> bool:
        """Whether it goes on with an article of another page."""
        return self.status == self.Status.CONTINUATION

    @property
    def head(self) -> Article:
        """The article that readers know: itself, or the one that it continues."""
        return self.continues or self

    @property
    def is_public(self) -> bool:
        """Whether its lines may be read: of a continuation with its article's."""
        return self.head.status == self.Status.PUBLISHED

    @property
    def printed_otherwise(self) -> list[str]:
        """Paragraphs and headlines as printed, where the text says something else now; both are to be found."""
        says = {self.kicker, self.headline, self.subtitle, self.byline_text, *self.text.split("\n")}
        printed = (*self.printed.split("\n"), *(line for part in self.continued for line in part["printed"]))
        return [line for line in printed if line.strip() and line not in says]

    def twins(self) -> list[Article]:
        """Published articles that an editor found to be the same, in the order of their printing."""
        same = Q(likenesses__other=self, likenesses__status="linked") | Q(
            earlier_likenesses__one=self, earlier_likenesses__status="linked"
        )
        found = Article.objects.published().filter(same).with_place().distinct()
        return list(found.order_by("page__issue__date", "pk"))

    @property
    def date(self) -> datetime.date:
        """The day it was printed."""
        return self.page.issue.date


# What is read of an article, for questions that ask for columns.
TEXT = models.Case(models.When(whole="", then="body"), default="whole", output_field=models.TextField())


class Byline(models.Model):
    """A person who signed, with the role as printed."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="bylines", verbose_name=_("稿件"))
    position = models.PositiveSmallIntegerField(_("次序"), default=0)
    name = models.CharField(_("姓名"), max_length=50)
    role = models.CharField(_("身份"), max_length=50)
    person = models.ForeignKey(
        "articles.Person",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="bylines",
        verbose_name=_("人物"),
    )
    person_before_merge = models.ForeignKey(
        "articles.Person",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("合并前的人物"),
    )

    class Meta:
        verbose_name = _("署名")
        verbose_name_plural = _("署名")
        ordering = ("article_id", "position")

    def __str__(self) -> str:
        return f"{self.role} {self.name}"


class Zone(models.Model):
    """An article's polygon on the page image: [[x, y], …] in fractions of the page from the top left."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="zones", verbose_name=_("稿件"))
    polygon = models.JSONField(_("多边形"))

    class Meta:
        verbose_name = _("热区")
        verbose_name_plural = _("热区")

    def __str__(self) -> str:
        return f"{self.article_id}"


class ArticleTokens(models.Model):
    """An article's words as cut by the analyser whose `stamp` they carry; another stamp means: cut again."""

    article = models.OneToOneField(
        Article, models.CASCADE, primary_key=True, related_name="tokens", verbose_name=_("稿件")
    )
    stamp = models.CharField(_("分词标记"), max_length=120)
    content_hash = models.CharField(_("内容指纹"), max_length=64)
    headline = models.TextField(_("标题词"), blank=True)
    body = models.TextField(_("正文词"), blank=True)

    class Meta:
        verbose_name = _("稿件词")
        verbose_name_plural = _("稿件词")

    def __str__(self) -> str:
        return f"{self.article_id} {self.stamp}"
