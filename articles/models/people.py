"""People as authority records, the posts they are seen in, and other names."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .organisation import Organisation


class PersonQuerySet(models.QuerySet["Person"]):
    """Filters over people."""

    def living(self) -> PersonQuerySet:
        """Records that were neither merged into another nor rejected."""
        return self.filter(merged_into__isnull=True, rejected=False)

    def with_profile(self) -> PersonQuerySet:
        """People who have a public page."""
        return self.living().filter(has_profile=True)

    def in_print(self) -> PersonQuerySet:
        """People whom a published article names or whose byline it carries; others are an editor's matter."""
        from .article import Article, Byline  # the modules need each other's names
        from .mention import Mention

        here = models.OuterRef("pk")
        named = models.Exists(Mention.objects.settled().in_published().filter(person=here))
        signed = models.Exists(Byline.objects.filter(person=here, article__status=Article.Status.PUBLISHED))
        return self.filter(named | signed)


class Person(models.Model):
    """One real person. Two people of one name are two records, told apart by `distinction`."""

    name = models.CharField(_("姓名"), max_length=50, db_index=True)
    distinction = models.CharField(
        _("区别"), max_length=100, blank=True, help_text=_("同名者之间的区别，例如“焊工”“人大工委”")
    )
    pinyin = models.CharField(_("拼音"), max_length=120, blank=True, db_index=True)
    initials = models.CharField(_("拼音首字母"), max_length=20, blank=True, db_index=True)
    has_profile = models.BooleanField(_("有公开人物页"), default=False, db_index=True)
    profile_set_by_editor = models.BooleanField(_("人物页由编辑决定"), default=False)
    notes = models.TextField(_("备注"), blank=True)
    rejected = models.BooleanField(_("已否定"), default=False, help_text=_("不是人名"))
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("已并入")
    )
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("人物")
        verbose_name_plural = _("人物")
        ordering = ("pinyin", "name", "pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | ~models.Q(merged_into=models.F("id")),
                name="person_not_merged_into_itself",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.distinction}）" if self.distinction else self.name

    def get_absolute_url(self) -> str:
        """The person's page; only people with a profile have one for readers."""
        return reverse("articles:person-detail", args=[self.pk])


class PersonName(models.Model):
    """Another name of a person: pen name, former name, printed variant."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="other_names", verbose_name=_("人物"))
    name = models.CharField(_("别名"), max_length=50, db_index=True)

    class Meta:
        verbose_name = _("别名")
        verbose_name_plural = _("别名")
        constraints = [models.UniqueConstraint(fields=("person", "name"), name="other_name_once_per_person")]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A title with the body it belongs to: 管委会 + 副主任. Without a known body the title stands alone."""

    title = models.CharField(_("职务"), max_length=100)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name=_("机构")
    )

    class Meta:
        verbose_name = _("职务")
        verbose_name_plural = _("职务")
        ordering = ("organisation_id", "title")
        constraints = [
            models.UniqueConstraint(
                fields=("title", "organisation"),
                condition=models.Q(organisation__isnull=False),
                name="one_post_per_title_and_body",
            ),
            models.UniqueConstraint(
                fields=("title",),
                condition=models.Q(organisation__isnull=True),
                name="one_post_per_title_alone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation.name}{self.title}" if self.organisation else self.title


class Appointment(models.Model):
    """A person seen in a post. First and last date in print are read from its evidence, never stored or guessed."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="appointments", verbose_name=_("人物"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments", verbose_name=_("职务"))

    class Meta:
        verbose_name = _("任职")
        verbose_name_plural = _("任职")
        constraints = [models.UniqueConstraint(fields=("person", "post"), name="one_appointment_per_person_and_post")]

    def __str__(self) -> str:
        return f"{self.person.name} {self.post}"
