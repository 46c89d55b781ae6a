"""Issues and their pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .paper import Paper

if TYPE_CHECKING:
    import datetime


class IssueQuerySet(models.QuerySet["Issue"]):
    """Filters that pages and feeds share."""

    def visible(self) -> IssueQuerySet:
        """Issues in which a reader finds at least one article."""
        from .article import Article  # the two modules need each other's names

        # From the issue to its pages to their articles: joined, SQLite reads every published article for each issue.
        published = Article.objects.published().filter(page=models.OuterRef("pk"))
        pages = Page.objects.filter(models.Exists(published), issue=models.OuterRef("pk"))
        return self.filter(models.Exists(pages))

    def printed_on(self, date: datetime.date) -> IssueQuerySet:
        """All issues of one day, every paper and edition."""
        return self.filter(date=date)


class Issue(models.Model):
    """One day's edition of a paper. The status says how far the work is, not what a reader may see."""

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("已上传")
        READ = "read", _("已识读")
        REVIEWED = "reviewed", _("已校对")
        PUBLISHED = "published", _("已发布")

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="issues", verbose_name=_("报纸"))
    date = models.DateField(_("日期"), db_index=True)
    edition = models.PositiveSmallIntegerField(_("版次"), default=1)
    number = models.PositiveIntegerField(_("期号"), null=True, blank=True)
    status = models.CharField(_("进度"), max_length=10, choices=Status, default=Status.UPLOADED)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("上传者"),
    )
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("期")
        verbose_name_plural = _("期")
        ordering = ("-date", "paper", "edition")
        constraints = [
            models.UniqueConstraint(fields=("paper", "date", "edition"), name="one_issue_per_day_and_edition"),
            models.CheckConstraint(
                condition=Q(status__in=("uploaded", "read", "reviewed", "published")),
                name="issue_status_known",
            ),
            models.CheckConstraint(condition=Q(edition__gte=1), name="edition_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.date:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """The issue's page; paper and edition are named, so that the address stays right when others come."""
        url = reverse("articles:issue-detail", args=[self.date.isoformat()])
        return f"{url}?paper={self.paper_id}" + (f"&edition={self.edition}" if self.edition != 1 else "")


class Page(models.Model):
    """A numbered page with its section name (版名)."""

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("待识读")
        READ = "read", _("已识读")
        FAILED = "failed", _("识读失败")
        REVIEWED = "reviewed", _("已校对")

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="pages", verbose_name=_("期"))
    number = models.PositiveSmallIntegerField(_("版号"))
    section = models.CharField(_("版名"), max_length=50, blank=True)
    image = models.FileField(_("版面图"), upload_to="pages/%Y/%m/", blank=True)
    status = models.CharField(_("进度"), max_length=10, choices=Status, default=Status.UPLOADED)
    error = models.CharField(_("失败原因"), max_length=500, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1, editable=False)

    class Meta:
        verbose_name = _("版")
        verbose_name_plural = _("版")
        ordering = ("issue_id", "number")
        constraints = [
            models.UniqueConstraint(fields=("issue", "number"), name="one_page_number_per_issue"),
            models.CheckConstraint(
                condition=Q(status__in=("uploaded", "read", "failed", "reviewed")), name="page_status_known"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="page_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.issue} 第{self.number}版"

    def get_absolute_url(self) -> str:
        """The page's address, with the paper named."""
        issue = self.issue
        url = reverse("articles:page-detail", args=[issue.date.isoformat(), self.number])
        return f"{url}?paper={issue.paper_id}" + (f"&edition={issue.edition}" if issue.edition != 1 else "")
