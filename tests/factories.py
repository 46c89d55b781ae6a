"""Objects for tests, as small as they can be."""

import datetime

import factory
from django.contrib.auth.models import Group, User
from django.utils import timezone

from articles.models import EDITOR, STAFF, Article, Issue, Organisation, Page, Paper, Person


class PaperFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Paper
        django_get_or_create = ("name",)

    name = "河湾日报"


class IssueFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Issue
        django_get_or_create = ("paper", "date", "edition")

    paper = factory.SubFactory(PaperFactory)
    date = datetime.date(2021, 3, 5)
    edition = 1


class PageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Page
        django_get_or_create = ("issue", "number")

    issue = factory.SubFactory(IssueFactory)
    number = 1
    section = "要闻"


class ArticleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Article

    page = factory.SubFactory(PageFactory)
    headline = factory.Sequence(lambda n: f"河湾区第{n}次工作会议召开")
    body = "本报讯 3月4日，河湾区召开工作会议。\n会议要求，各部门要抓好落实。"
    status = Article.Status.DRAFT

    class Params:
        published = factory.Trait(status=Article.Status.PUBLISHED, published_at=factory.LazyFunction(timezone.now))
        withdrawn = factory.Trait(
            status=Article.Status.WITHDRAWN,
            published_at=factory.LazyFunction(timezone.now),
            withdrawn_at=factory.LazyFunction(timezone.now),
            withdrawal_reason="内容有误",
        )


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    name = "程望舒"
    has_profile = True


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"河湾区第{n}局")


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user{n}")

    @factory.post_generation
    def role(self, create, extracted, **kwargs):
        if extracted:
            self.groups.add(Group.objects.get(name=extracted))


def editor() -> User:
    return UserFactory(role=EDITOR)


def staff() -> User:
    return UserFactory(role=STAFF)
