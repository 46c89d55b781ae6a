"""Names that only drafts print: no question may bring them up."""

import pytest

from articles.models import Mention, OrganisationName
from articles.search import Criteria, read, search, suggest
from tests.factories import ArticleFactory, OrganisationFactory, PersonFactory
from tests.indexed import rebuild

pytestmark = pytest.mark.django_db


@pytest.fixture
def hidden():
    """A body and a person in a draft only, and one published article that names neither."""
    body = OrganisationFactory(name="河湾区城市更新促进中心")
    OrganisationName.objects.create(organisation=body, name="更新中心")
    person = PersonFactory(name="程望舒", pinyin="cheng wangshu", initials="cws")
    draft = ArticleFactory(headline="更新中心主任程望舒到任")
    Mention.objects.create(article=draft, kind="person", surface="程望舒", person=person, certain=True)
    Mention.objects.create(article=draft, kind="organisation", surface="更新中心", organisation=body, certain=True)
    ArticleFactory(headline="河湾区召开工作会议", published=True)
    rebuild()
    return body, person


def test_a_short_form_in_drafts_only_is_not_explained(hidden):
    assert not [note for note in read("更新中心").notes if "促进" in note]


def test_a_chosen_record_in_drafts_only_is_not_named(hidden):
    body, person = hidden
    facets = search(Criteria(people=(person.pk,), reporters=(person.pk,), organisations=(body.pk,))).facets
    assert facets.people == facets.reporters == facets.organisations == ()


def test_the_same_names_are_told_once_they_are_in_print(hidden):
    body, person = hidden
    article = ArticleFactory(headline="更新中心主任程望舒到任", published=True)
    Mention.objects.create(article=article, kind="person", surface="程望舒", person=person, certain=True)
    Mention.objects.create(article=article, kind="organisation", surface="更新中心", organisation=body, certain=True)
    rebuild()
    assert [note for note in read("更新中心").notes if "促进" in note]
    assert search(Criteria(people=(person.pk,))).total == 1
    assert [found.text for found in suggest("chengwang")] == ["程望舒"]


def test_pinyin_of_a_name_in_drafts_only_is_not_read_as_that_name(hidden):
    assert read("cheng wangshu").people == ()
