"""Facets count what the database counts."""

import datetime
import random
from collections import Counter

import pytest

from articles.models import Article, Byline, Mention
from articles.search import Criteria, search

pytestmark = pytest.mark.django_db


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


WORDS = ["河湾", "新能源", "会议", "防汛", "张红军", "项目", "义诊", "营商环境", "电池", "记者"]


@pytest.mark.parametrize("seed", range(40))
def test_counts_of_any_question_are_the_databases_own(archive, seed):
    draw = random.Random(seed)
    words = draw.sample(WORDS, draw.choice((0, 1, 1, 2)))
    joined = draw.choice((" ", " OR ", " -")).join(words)
    filters = {}
    if draw.random() < 0.3:
        filters["section"] = draw.choice(("要闻", "民生"))
    if draw.random() < 0.3:
        filters["people"] = (archive.red.pk,)
    if draw.random() < 0.3:
        filters["papers"] = (archive.papers[0].pk,)
    own = {"people": "people", "organisations": "", "reporters": "", "sections": "section", "papers": "papers"}
    own |= {"years": "", "months": ""}
    asked = search(Criteria(q=joined, **filters))
    for name, filtered_by in own.items():
        others = {key: value for key, value in filters.items() if key != filtered_by}
        page = search(Criteria(q=joined, page_size=100, **others))
        if asked.reading.relaxed or page.reading.relaxed:
            return
        found = [hit.article.pk for hit in page.hits]
        counted = {one.value: one.count for one in getattr(asked.facets, name) if one.count}
        assert counted == in_sql(name, found), (joined, filters, name)


def in_sql(facet, found):
    """How many of these articles have each of the facet's values, asked of the database alone."""
    articles = Article.objects.published().filter(pk__in=found)
    mentions = Mention.objects.settled().in_published().filter(article__in=found)
    match facet:
        case "people":
            named = mentions.filter(person__merged_into=None, person__has_profile=True)
            pairs = named.values_list("article", "person")
        case "organisations":
            pairs = mentions.filter(organisation__isnull=False).values_list("article", "organisation")
        case "reporters":
            pairs = Byline.objects.filter(article__in=found, person__isnull=False).values_list("article", "person")
        case "sections":
            pairs = articles.values_list("pk", "page__section")
        case "papers":
            pairs = articles.values_list("pk", "page__issue__paper")
        case _:
            form = "%Y" if facet == "years" else "%Y-%m"
            pairs = [(pk, f"{day:{form}}") for pk, day in articles.values_list("pk", "page__issue__date")]
    return Counter(str(value) for _article, value in set(pairs))
