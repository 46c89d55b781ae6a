"""Golden queries: what must be found, article by article, and where sorted by date in what order.

`ids` were judged by reading and agree with a plain scan of the texts and of what is known of each article.
"""

import datetime
import json
from collections import Counter
from pathlib import Path

import pytest

from articles.models import Article, Byline, Mention
from articles.search import Criteria, QueryRefusedError, search

from .archive import known_articles
from .scanning import ARTICLES, demands_of, ordered, scan

QUERIES = json.loads((Path(__file__).parent / "queries.json").read_text(encoding="utf-8"))
ANSWERED = [query for query in QUERIES if not query.get("refused")]
CLASSES = (
    "word",
    "words",
    "phrase",
    "name",
    "short form",
    "traditional",
    "pinyin",
    "date range",
    "facet",
    "boolean",
    "hostile",
    "zero-hit",
)
LONGEST_FACET = 20


def named(query):
    filters = " ".join(f"{name}={value}" for name, value in query.get("filters", {}).items())
    return f"{query['class']}: {query['q'][:30]} {filters} {query.get('sort', '')}".strip()


def each(queries, *, of_the_engine=True):
    """One test a query; `xfail` says what an engine does otherwise today."""
    rows = [
        pytest.param(
            query,
            id=named(query),
            marks=[pytest.mark.xfail(strict=True, reason=query["xfail"])] if of_the_engine and "xfail" in query else [],
        )
        for query in queries
    ]
    return pytest.mark.parametrize("query", rows)


def criteria_of(archive, query, **more):
    filters = dict(query.get("filters", {}))
    for name, key in (("people", archive.people), ("organisations", archive.bodies), ("reporters", archive.people)):
        if name in filters:
            filters[name] = tuple(key[one].pk for one in filters[name])
    for name in ("date_from", "date_to"):
        if name in filters:
            filters[name] = datetime.date.fromisoformat(filters[name])
    return Criteria(q=query["q"], sort=query.get("sort", "relevance"), **filters, **more)


def test_every_class_has_its_queries():
    counted = Counter(query["class"] for query in QUERIES)
    assert set(counted) == set(CLASSES)
    assert min(counted.values()) >= 10
    assert len(QUERIES) >= 120
    assert all(query["why"] for query in QUERIES)


@each(ANSWERED, of_the_engine=False)
def test_expected_articles_are_what_a_plain_scan_finds(query):
    found = scan([*query["scan"], *demands_of(query.get("filters", {}))])
    sort = query.get("sort", "relevance")
    assert query["ids"] == (found if sort == "relevance" else ordered(found, sort))


@each(ANSWERED)
def test_query_finds_exactly(golden, query):
    page = search(criteria_of(golden, query, page_size=100))
    if getattr(
        page.reading, "relaxed", False
    ):  # what meets most of a question is offered only where nothing meets all of it
        assert query["ids"] == []
        return
    found = [golden.names[hit.article.pk] for hit in page.hits]
    if query.get("sort", "relevance") == "relevance":
        found.sort()
    assert found == query["ids"]
    assert page.total == len(query["ids"])


@each([query for query in QUERIES if query.get("refused")])
def test_query_is_refused_with_a_sentence(golden, query):
    with pytest.raises(QueryRefusedError, match="最多"):
        search(criteria_of(golden, query))


@each([query for query in ANSWERED if len(query["ids"]) > 7])
def test_slices_join_to_the_whole(golden, query):
    whole = [hit.article.pk for hit in search(criteria_of(golden, query, page_size=100)).hits]
    joined = []
    for number in range(1, -(-len(whole) // 7) + 1):
        page = search(criteria_of(golden, query, page=number, page_size=7))
        assert (page.total, page.page, page.pages) == (len(whole), number, -(-len(whole) // 7))
        joined += [hit.article.pk for hit in page.hits]
    assert joined == whole


def counts_in_database(ids, facet):
    """The facet's values and how many of these articles have each."""
    articles = Article.objects.published().filter(pk__in=ids)
    match facet:
        case "people" | "organisations":
            field = "person" if facet == "people" else "organisation"
            links = Mention.objects.settled().filter(article__in=ids, **{f"{field}__isnull": False})
            if facet == "people":
                links = links.filter(person__has_profile=True)
            pairs = set(links.values_list("article", field))
            return Counter(str(record) for _, record in pairs)
        case "reporters":
            pairs = set(Byline.objects.filter(article__in=ids, person__isnull=False).values_list("article", "person"))
            return Counter(str(record) for _, record in pairs)
        case "sections":
            return Counter(articles.values_list("page__section", flat=True))
        case "papers":
            return Counter(str(pk) for pk in articles.values_list("page__issue__paper", flat=True))
        case "years":
            return Counter(f"{day:%Y}" for day in articles.values_list("page__issue__date", flat=True))
        case "months":
            return Counter(f"{day:%Y-%m}" for day in articles.values_list("page__issue__date", flat=True))
    raise ValueError(facet)


# Each facet, and the filters that it leaves out when it counts.
FACETS = {
    "people": "people",
    "organisations": "organisations",
    "reporters": "reporters",
    "sections": "sections",
    "papers": "papers",
    "years": "dates",
    "months": "dates",
}


@each(ANSWERED)
def test_facet_counts_are_the_databases(golden, query):
    answer = search(criteria_of(golden, query, page_size=1))
    if answer.reading.relaxed:
        return
    facets = answer.facets
    for facet, own in FACETS.items():
        found = scan([*query["scan"], *demands_of(query.get("filters", {}), leaving_out=own)])
        expected = counts_in_database([golden.articles[one].pk for one in found], facet)
        counted = {choice.value: choice.count for choice in getattr(facets, facet) if choice.count}
        if facet in ("people", "organisations", "reporters"):
            assert counted.items() <= expected.items()
            left = sorted(count for value, count in expected.items() if value not in counted)
            assert not left or (len(counted) >= LONGEST_FACET and left[-1] <= min(counted.values()))
        else:
            assert counted == expected


def test_scan_knows_every_article(golden):
    assert [article.id for article in ARTICLES] == [known["id"] for known in known_articles()] == list(golden.articles)
    assert golden.published.count() == len(ARTICLES)
