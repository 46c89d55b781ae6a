"""What print has confirmed is known when the next page is read."""

import datetime

import pytest

from articles.models import Mention, ShortForm
from articles.services.linking import profile_of, relink_article
from tests.factories import ArticleFactory, IssueFactory, OrganisationFactory, PageFactory, PaperFactory, PersonFactory

pytestmark = pytest.mark.django_db


def named(record, day, *, published=True, **more):
    kind = type(record).__name__.lower()
    page = PageFactory(issue=IssueFactory(date=datetime.date(2021, 3, day)))
    article = ArticleFactory(page=page, body=f"{record.name}。", published=published)
    return Mention.objects.create(
        article=article, kind=kind, surface=record.name, certain=True, **{kind: record}, **more
    )


def test_body_is_known_after_two_published_articles_or_an_editors_word():
    paper = PaperFactory()
    once, twice, accepted, draft = (OrganisationFactory(name=f"{n}号渡口驿") for n in "甲乙丙丁")
    named(once, 1)
    for day in (1, 2):
        named(twice, day)
        named(draft, day, published=False)
    named(accepted, 3, status="accepted")
    assert profile_of(paper).organisations == {"乙号渡口驿", "丙号渡口驿"}


def test_person_is_known_with_a_public_page_and_a_name_that_is_hardly_a_word():
    paper = PaperFactory()
    for name, shown in (("欧阳墨痕", True), ("高洁", True), ("孙河东", False)):
        person = PersonFactory(name=name, has_profile=shown)
        for day in (1, 2):
            named(person, day)
    assert profile_of(paper).people == {"欧阳墨痕"}


def test_short_forms_of_the_district_are_known():
    paper = PaperFactory()
    ShortForm.objects.create(paper=paper, short="渡管中心", organisation=OrganisationFactory())
    ShortForm.objects.create(paper=PaperFactory(name="别处日报"), short="别管中心", organisation=OrganisationFactory())
    assert profile_of(paper).organisations == {"渡管中心"}


def test_known_body_is_found_where_its_name_alone_would_not_tell():
    """渡口驿 ends like no body."""
    body = OrganisationFactory(name="青禾渡口驿")
    for day in (1, 2):
        named(body, day)
    article = ArticleFactory(
        page=PageFactory(issue=IssueFactory(date=datetime.date(2021, 4, 1))), body="本报讯 青禾渡口驿昨日开放。"
    )
    relink_article(article, datetime.date(2021, 4, 1))
    assert [mention.organisation for mention in article.mentions.filter(kind="organisation")] == [body]


def test_mentions_are_counted_once_for_many_articles(django_assert_num_queries):
    paper = PaperFactory()
    first = profile_of(paper)
    with django_assert_num_queries(3):  # whether names or feasts changed, and this paper's short forms
        assert profile_of(paper) == first
