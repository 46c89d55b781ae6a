"""Facets count what the database counts."""

import datetime
from collections import Counter

import pytest

from articles.models import Article, Mention
from articles.search import Criteria, search
from tests.indexed import rebuild
from tests.search.archive import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive():
    archive = build()
    rebuild()
    return archive


def counts(facet):
    return {choice.name: choice.count for choice in facet}


def test_counts_are_the_databases_own(archive):
    facets = search(Criteria()).facets
    rows = Article.objects.published().with_place()
    assert counts(facets.sections) == Counter(article.page.section for article in rows)
    assert counts(facets.papers) == Counter(article.page.issue.paper.name for article in rows)
    assert {f.value: f.count for f in facets.years} == Counter(f"{article.date:%Y}" for article in rows)
    assert {f.value: f.count for f in facets.months} == Counter(f"{article.date:%Y-%m}" for article in rows)
    mentions = Mention.objects.settled().in_published()
    bodies = Counter(
        name for name, _ in set(mentions.exclude(organisation=None).values_list("organisation__name", "article"))
    )
    assert counts(facets.organisations) == bodies
    assert counts(facets.reporters) == {"孙庆辉": 2}


def test_people_without_a_profile_are_not_listed(archive):
    assert counts(search(Criteria()).facets.people) == {"张红军": 2, "江南": 1}


def test_a_facet_leaves_its_own_choice_out(archive):
    facets = search(
        Criteria(section="要闻", date_from=datetime.date(2021, 1, 1), date_to=datetime.date(2021, 12, 31))
    ).facets
    assert counts(facets.sections) == {"要闻": 2, "民生": 2}
    assert {f.value: (f.count, f.chosen) for f in facets.years} == {"2021": (2, True), "2022": (2, False)}
    assert counts(facets.people) == {"张红军": 2}


def test_chosen_record_stays_listed_when_nothing_is_left_of_it(archive):
    facets = search(Criteria(q="义诊", organisations=(archive.city.pk,))).facets
    assert [(f.name, f.count, f.chosen) for f in facets.organisations] == [("城市管理局", 0, True)]
