"""Where an article names a person, a body or a time, and the posts printed beside a name."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .article import Article
from .organisation import Organisation
from .people import Appointment, Person


class MentionQuerySet(models.QuerySet["Mention"]):
    """Which mentions count."""

    def settled(self) -> MentionQuerySet:
        """Accepted by an editor, or certain and not rejected."""
        return self.filter(Mention.settled())

    def doubtful(self) -> MentionQuerySet:
        """An editor should look."""
        return self.filter(status=Mention.Status.PROPOSED, certain=False)

    def in_published(self) -> MentionQuerySet:
        """Mentions that a reader can follow to the printed sentence."""
        return self.filter(article__status=Article.Status.PUBLISHED)

    def of(self, record: Person | Organisation) -> MentionQuerySet:
        """Mentions of one record."""
        return self.filter(person=record) if isinstance(record, Person) else self.filter(organisation=record)


class Mention(models.Model):
    """A span of an article that names a person, an organisation or a time.

    `paragraph` counts the body's paragraphs from 0; -1 is the headline, -2 the kicker, -3 the subtitle.
    `start` and `end` are character offsets in it, end excluded; both 0 when only the article is known (tables).
    """

    class Kind(models.TextChoices):
        PERSON = "person", _("人物")
        ORGANISATION = "organisation", _("机构")
        TIME = "time", _("时间")

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("机器提出")
        ACCEPTED = "accepted", _("编辑确认")
        REJECTED = "rejected", _("编辑否定")

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="mentions", verbose_name=_("稿件"), db_index=False
    )  # the indexes below begin with it
    kind = models.CharField(_("种类"), max_length=12, choices=Kind)
    surface = models.CharField(_("原文"), max_length=150)
    paragraph = models.SmallIntegerField(_("段"), default=0)
    start = models.PositiveIntegerField(_("起"), default=0)
    end = models.PositiveIntegerField(_("止"), default=0)
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="mentions", verbose_name=_("人物")
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="mentions", verbose_name=_("机构")
    )
    # What it was linked to before that record was merged into another; the index keeps these ids, so that a merge and
    # its undoing need no new entry.
    person_before_merge = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("合并前的人物")
    )
    organisation_before_merge = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("合并前的机构")
    )
    start_date = models.DateField(_("始于"), null=True, blank=True)
    end_date = models.DateField(_("止于"), null=True, blank=True)
    precision = models.CharField(_("精度"), max_length=10, blank=True)
    certain = models.BooleanField(_("确定"), default=False)
    status = models.CharField(_("处置"), max_length=10, choices=Status, default=Status.PROPOSED)
    reason = models.CharField(_("理由"), max_length=200, blank=True)

    objects = MentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("提及")
        verbose_name_plural = _("提及")
        ordering = ("article_id", "paragraph", "start", "pk")
        indexes = [
            # With what says whether a mention counts, so that counting looks at no rows.
            models.Index(fields=("person", "article", "status", "certain"), name="mention_by_person"),
            models.Index(fields=("organisation", "article", "status", "certain"), name="mention_by_organisation"),
            models.Index(fields=("article", "person", "status", "certain"), name="people_of_an_article"),
            models.Index(fields=("article", "organisation", "status", "certain"), name="bodies_of_an_article"),
            models.Index(
                fields=("start_date", "end_date", "precision", "status", "certain", "kind", "article"),
                name="mention_by_time",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="person", organisation__isnull=True)
                | Q(kind="organisation", person__isnull=True)
                | Q(kind="time", person__isnull=True, organisation__isnull=True),
                name="mention_links_its_own_kind",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("proposed", "accepted", "rejected")), name="mention_status_known"
            ),
            models.CheckConstraint(condition=Q(end__gte=models.F("start")), name="mention_span_forward"),
        ]

    def __str__(self) -> str:
        return self.surface

    @staticmethod
    def settled(path: str = "") -> Q:
        """The same as `settled()` of a queryset, for mentions that `path` leads to (mention__)."""
        accepted = Q(**{f"{path}status": Mention.Status.ACCEPTED})
        return accepted | Q(**{f"{path}status": Mention.Status.PROPOSED, f"{path}certain": True})

    @property
    def in_doubt(self) -> bool:
        """An editor should look: the same as `doubtful()` says of a queryset."""
        return self.status == self.Status.PROPOSED and not self.certain


class PrintedPost(models.Model):
    """A post printed beside a person's name, and the appointment it is evidence of."""

    mention = models.ForeignKey(Mention, models.CASCADE, related_name="posts", verbose_name=_("提及"))
    position = models.PositiveSmallIntegerField(_("次序"), default=0)
    text = models.CharField(_("原文"), max_length=150)
    appointment = models.ForeignKey(
        Appointment, models.SET_NULL, null=True, blank=True, related_name="evidence", verbose_name=_("任职")
    )

    class Meta:
        verbose_name = _("所印职务")
        verbose_name_plural = _("所印职务")
        # By id, here and elsewhere: by "mention" it would sort as mentions do, then articles, pages, issues, papers.
        ordering = ("mention_id", "position")

    def __str__(self) -> str:
        return self.text
