"""The demo archive shows what the archive is for, by the general rules."""

import io

import pytest
from django.core.management import call_command

from articles.models import (
    Appointment,
    Article,
    Decision,
    Issue,
    Mention,
    Organisation,
    OutboxEntry,
    Page,
    Paper,
    Person,
    ShortForm,
)
from articles.selectors.officials import posts_of

EVERYTHING = (Article, Issue, Page, Paper, Person, Organisation, Mention, Appointment, ShortForm, Decision, OutboxEntry)


def load():
    out = io.StringIO()
    call_command("demo", stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """Loaded once for this module and taken back after it."""
    from django.conf import settings
    from django.db import transaction

    before, settings.MEDIA_ROOT = settings.MEDIA_ROOT, tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), transaction.atomic():
        load()
        yield
        transaction.set_rollback(True)
    settings.MEDIA_ROOT = before


pytestmark = pytest.mark.django_db


def test_the_calendar_has_seven_issues_of_two_papers_all_published(demo):
    assert Issue.objects.visible().count() == 7
    assert set(Issue.objects.values_list("status", flat=True)) == {Issue.Status.PUBLISHED}
    assert not Article.objects.exclude(status=Article.Status.PUBLISHED).exists()
    assert Article.objects.filter(page__issue__paper__name="高新时报").count() == 5


def test_the_fictional_paper_says_so(demo):
    assert "虚构" in Paper.objects.get(name="北塬新报").note


def test_what_was_read_from_dumps_has_its_source_lines(demo):
    read = Page.objects.filter(sources__isnull=False).distinct()
    assert {str(page.issue.date) for page in read} == {"2022-10-12", "2022-10-14"}
    assert Article.objects.filter(origin=Article.Origin.TABLE).count() == 52


def test_loading_it_again_changes_nothing(demo):
    before = [list(model.objects.order_by("pk").values()) for model in EVERYTHING]
    assert "没有改动" in load()
    assert [list(model.objects.order_by("pk").values()) for model in EVERYTHING] == before


def test_an_official_is_one_person_through_changing_posts(demo):
    person = Person.objects.get(name="江南")
    held = {(h.title, str(h.organisation), h.first.date.isoformat()) for h in posts_of(person)}
    assert ("副主任", "北塬经开区管委会", "2019-04-12") in held
    assert ("主任", "北塬经开区管委会", "2021-06-25") in held
    assert ("书记", "北塬经开区党工委", "2023-07-07") in held


@pytest.mark.parametrize(
    ("name", "posts", "others"),
    [
        ("张建国", {"人大工委主任", "区关工委主任"}, {"天衡精密高级技师"}),
        ("王朝阳", {"北塬分局局长", "市公安局副局长"}, {"公司创始人", "云图数据总经理"}),
        ("高洁", {"教育文体局局长", "宣传部部长"}, {"语文教师"}),
        ("黎明", {"东莞市五金机电行业商会会长"}, set()),
    ],
)
def test_two_people_of_one_name_are_told_apart(demo, name, posts, others):
    people = list(Person.objects.filter(name=name))
    assert len(people) == 2
    assert len({person.distinction for person in people}) == 2
    assert all(person.distinction for person in people)
    printed = [{p.text for m in person.mentions.all() for p in m.posts.all()} for person in people]
    first = next(seen for seen in printed if posts <= seen)
    second = next(seen for seen in printed if seen is not first)
    assert others <= second
    assert not first & second


def test_the_two_papers_have_each_their_own_management_committee(demo):
    meant = {s.paper.name: s.organisation.name for s in ShortForm.objects.filter(short="管委会")}
    assert meant == {"高新时报": "郑州高新区管委会", "北塬新报": "北塬经开区管委会"}
    named = Mention.objects.filter(surface="管委会", organisation__isnull=False)
    assert {(m.article.page.issue.paper.name, m.organisation.name) for m in named} == set(meant.items())
