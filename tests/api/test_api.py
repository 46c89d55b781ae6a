"""The API as programs outside rely on it."""

import datetime
import json

import pytest
from django.urls import reverse

from articles import api as front_door
from articles import search as engine
from articles.models import Article, Mention, Organisation, Person
from articles.newsprint.values import Byline, DateReading, OrganisationReading, PersonReading, Recognised
from articles.search.criteria import FacetCount, Facets, FoundArticle, Hit, Reading, SearchPage
from articles.services.linking import link_article, spans_of
from articles.services.publishing import withdraw_article
from tests.factories import ArticleFactory, IssueFactory, PageFactory, PaperFactory, UserFactory
from tests.indexed import rebuild

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    issue = IssueFactory(paper=PaperFactory(name="河湾日报"), date=datetime.date(2021, 3, 5))
    made = ArticleFactory(
        page=PageFactory(issue=issue, number=2, section="要闻"),
        kicker="春来早",
        headline="河湾区部署春耕",
        subtitle="",
        body="3月4日，区民政局局长程望舒和焊工李大江出席。\n会议要求抓好落实。",
        published=True,
    )
    link_article(
        made,
        Recognised(
            (
                PersonReading("程望舒", ("区民政局局长",), True, spans_of(made, {"程望舒"})),
                PersonReading("李大江", ("焊工",), True, spans_of(made, {"李大江"})),
            ),
            (OrganisationReading("区民政局", ("区民政局",), True, spans_of(made, {"区民政局"})),),
            (
                DateReading(
                    "3月4日", datetime.date(2021, 3, 4), datetime.date(2021, 3, 4), "day", spans_of(made, {"3月4日"})
                ),
            ),
        ),
        [Byline("孙述之", "记者")],
    )
    return made


def get(client, path, status=200):
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == status, response.content[:300]
    kind = "application/json" if status == 200 else "application/problem+json"
    assert response["Content-Type"].split(";")[0] == kind
    shape = json.loads(response.content)
    if status != 200:
        assert {"type", "title", "status", "detail"} <= set(shape)
        assert shape["status"] == status
    return shape


@pytest.fixture
def asked(monkeypatch):
    """The criteria that reach the engine; it finds nothing."""
    seen = []

    def search(criteria):
        seen.append(criteria)
        return SearchPage(0, 1, Reading(), (), Facets(), 1, 1)

    monkeypatch.setattr(engine, "search", search)
    return seen


def test_an_article_has_the_fields_that_were_promised(client, article):
    shape = get(client, f"articles/{article.pk}")
    person = Person.objects.get(name="程望舒")
    body = Organisation.objects.get()
    assert shape == {
        "id": article.pk,
        "url": f"/articles/{article.pk}/",
        "paper": "河湾日报",
        "date": "2021-03-05",
        "page": 2,
        "pages": [2],
        "section": "要闻",
        "kicker": "春来早",
        "headline": "河湾区部署春耕",
        "subtitle": None,
        "paragraphs": article.paragraphs,
        "byline_text": None,
        "bylines": [{"name": "孙述之", "role": "记者", "id": Person.objects.get(name="孙述之").pk}],
        "people": [
            {"id": person.pk, "name": "程望舒", "url": f"/people/{person.pk}/", "posts": ["区民政局局长"]},
            {"id": None, "name": "李大江", "url": None, "posts": ["焊工"]},
        ],
        "organisations": [{"id": body.pk, "name": "区民政局", "url": f"/organisations/{body.pk}/"}],
        "dates": [{"surface": "3月4日", "start": "2021-03-04", "end": "2021-03-04", "precision": "day"}],
        "content_hash": article.content_hash,
    }


def test_a_draft_is_not_there_and_a_withdrawn_article_is_gone(client, article):
    get(client, f"articles/{ArticleFactory().pk}", 404)
    withdraw_article(article, "内容有误", None)
    shape = get(client, f"articles/{article.pk}", 410)
    assert article.headline not in json.dumps(shape, ensure_ascii=False)
    get(client, f"people/{Person.objects.get(name='程望舒').pk}", 404)
    get(client, f"organisations/{Organisation.objects.get().pk}", 404)
    assert (
        get(client, "people")["total"] == get(client, "organisations")["total"] == get(client, "issues")["total"] == 0
    )


def test_a_person_has_posts_with_first_and_last_day_in_print(client, article):
    person = Person.objects.get(name="程望舒")
    shape = get(client, f"people/{person.pk}")
    (held,) = shape["posts"]
    assert (held["post"], held["first"], held["last"], held["count"]) == ("区民政局局长", "2021-03-05", "2021-03-05", 1)
    assert held["first_article"] == f"/articles/{article.pk}/"
    assert shape["articles_url"] == f"/api/v1/search?person={person.pk}"
    assert shape["years"] == [{"year": 2021, "count": 1}]


def test_a_person_without_a_public_page_is_not_there(client, article):
    get(client, f"people/{Person.objects.get(name='李大江').pk}", 404)
    assert [p["name"] for p in get(client, "people")["results"]] == ["程望舒"]


@pytest.mark.parametrize(
    ("query", "count"), [("q=程", 1), ("q=cheng", 1), ("q=cws", 1), ("q=王", 0), ("initial=C", 1), ("initial=Z", 0)]
)
def test_people_are_found_by_name_pinyin_and_initials(client, article, query, count):
    assert get(client, f"people?{query}")["total"] == count


def test_an_organisation_has_its_people(client, article):
    shape = get(client, f"organisations/{Organisation.objects.get().pk}")
    assert [(held["person"]["name"], held["title"]) for held in shape["people"]] == [("程望舒", "局长")]


def test_merged_records_answer_with_the_one_that_lives_on(client, article):
    person, body = Person.objects.get(name="程望舒"), Organisation.objects.get()
    old_person = Person.objects.create(name="程忘书", merged_into=person)
    old_body = Organisation.objects.create(name="民政局", merged_into=body)
    old_article = ArticleFactory(withdrawn=True, merged_into=article)
    for path, target in (
        (f"people/{old_person.pk}", f"people/{person.pk}"),
        (f"organisations/{old_body.pk}", f"organisations/{body.pk}"),
        (f"articles/{old_article.pk}", f"articles/{article.pk}"),
    ):
        response = client.get(f"/api/v1/{path}")
        assert (response.status_code, response["Location"]) == (301, f"/api/v1/{target}")


def test_issues_are_listed_with_what_a_reader_finds_in_them(client, article):
    ArticleFactory(page=article.page)
    (issue,) = get(client, "issues?paper=河湾日报&date_from=2021-01-01&date_to=")["results"]
    assert (issue["paper"], issue["date"], issue["pages"], issue["articles"]) == ("河湾日报", "2021-03-05", 1, 1)
    assert get(client, "issues?paper=没有的报")["total"] == 0
    assert get(client, "issues?date_to=2020-01-01")["total"] == 0


def test_filters_reach_the_engine_and_repeated_ones_must_all_hold(client, asked):
    paper = PaperFactory(name="河湾日报")
    get(
        client,
        "search?q=春耕&paper=河湾日报&person=3&person=5&organisation=7&reporter=9&section=要闻&page_no=2"
        "&date_from=2021-01-01&date_to=2021-12-31&sort=newest&page=4&page_size=50",
    )
    (criteria,) = asked
    assert (criteria.q, criteria.papers, criteria.people) == ("春耕", (paper.pk,), (3, 5))
    assert (criteria.organisations, criteria.reporters, criteria.section) == ((7,), (9,), "要闻")
    assert (criteria.page_no, criteria.sort, criteria.page, criteria.page_size) == (2, "newest", 4, 50)
    assert (criteria.date_from, criteria.date_to) == (datetime.date(2021, 1, 1), datetime.date(2021, 12, 31))


def test_empty_parameters_ask_for_nothing(client, asked):
    get(
        client,
        "search?q=&paper=&person=&organisation=&reporter=&section=&page_no=&date_from=&date_to=&sort=&page=&page_size=",
    )
    (criteria,) = asked
    assert criteria == type(criteria)()


def test_an_answer_has_the_shape_that_was_promised(client, article, monkeypatch):
    row = Article.objects.with_place().get()
    issue = row.page.issue
    told = (row.pk, issue.date, row.kicker, row.headline, issue.edition, issue.paper_id, issue.paper.name)
    hit = Hit(FoundArticle(*told, row.page.number, row.page.section), "<mark>河湾</mark>", "…<mark>春耕</mark>…", 3.2)
    facets = Facets(
        people=(FacetCount("3", "程望舒", 7), FacetCount("4", "未公开", 0, chosen=True)),
        years=(FacetCount("2021", "2021", 1),),
    )
    page = SearchPage(1, 8, Reading(terms=("春耕",)), (hit,), facets, 1, 1)
    monkeypatch.setattr(engine, "search", lambda criteria: page)
    shape = get(client, "search?q=春耕")
    assert (shape["total"], shape["took_ms"]) == (1, 8)
    assert {"terms", "phrases", "people", "excluded"} <= set(shape["query"])
    (found,) = shape["results"]
    assert found["url"] == f"/articles/{article.pk}/"
    assert (found["headline"], found["snippet"]) == ("河湾区部署春耕", "…<mark>春耕</mark>…")
    assert shape["facets"]["people"] == [{"id": 3, "name": "程望舒", "count": 7}]
    facets = {"people", "organisations", "years", "months", "sections", "papers", "reporters"}
    assert set(shape["facets"]) == facets
    assert get(client, "search?q=春耕&page=2")["results"] == []


HOSTILE = [
    ("search?person=abc", 422),
    ("search?person=-1", 422),
    ("search?person=99999999999999999999999", 422),
    ("search?page=0", 422),
    ("search?page_size=100000", 422),
    ("search?sort=random", 422),
    ("search?date_from=2022-02-30", 422),
    ("search?page_no=x", 422),
    ("search?section=" + "长" * 51, 422),
    ("search?q=" + "长" * 10_000, 400),
    ("people?page=1e9", 422),
    ("people?initial=AB", 422),
    ("issues?date_to=tomorrow", 422),
    ("suggest?limit=x", 422),
    ("articles/0", 404),
    ("articles/999999999999999999999999999", 404),
    ("articles/1.5", 404),
    ("people/-1", 404),
    ("organisations/9223372036854775808", 404),
    ("nothing/here", 404),
    ("", 404),
]


@pytest.mark.parametrize(("path", "status"), HOSTILE, ids=[path[:40] for path, _ in HOSTILE])
def test_what_cannot_be_answered_is_a_problem_with_a_sentence(client, path, status):
    assert get(client, path, status)["detail"]


@pytest.mark.parametrize(
    "path",
    ["search?q=%00", "search?q=%ff%fe", "search?q=(((", "search?q=%22", "search?q=*", "suggest?q=%00", "suggest?q=" + "长" * 500,
     "people?q=%00", "people?q=%25_", "organisations?q=%27%3B--", "issues?paper=%00", "search?unknown=1"],
)  # fmt: skip
def test_strange_parameters_never_break_the_server(client, path):
    assert client.get(f"/api/v1/{path}").status_code < 500


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_only_reading_is_allowed(client, method):
    response = getattr(client, method)("/api/v1/people")
    assert (response.status_code, response["Content-Type"]) == (405, "application/problem+json")
    assert response["Allow"] == "GET, HEAD"


def test_head_is_answered_like_get_without_a_body(client):
    response = client.head("/api/v1/people")
    assert (response.status_code, response.content) == (200, b"")


def test_the_openapi_document_names_every_address(client):
    paths = set(get(client, "openapi.json")["paths"])
    assert {"/api/v1/search", "/api/v1/suggest", "/api/v1/people", "/api/v1/issues", "/api/v1/organisations"} <= paths
    assert any(path.startswith("/api/v1/articles/") for path in paths)


def test_there_is_no_page_that_would_need_scripts_from_elsewhere(client):
    get(client, "docs", 404)


def test_a_fault_of_the_program_is_a_problem_too(client, monkeypatch):
    def broken(criteria):
        raise RuntimeError("index gone")

    monkeypatch.setattr(engine, "search", broken)
    shape = get(client, "search?q=春耕", 500)
    assert "index gone" not in json.dumps(shape)


def test_strangers_are_told_to_sign_in_where_the_archive_is_for_members(client, settings):
    settings.ACCESS = "members"
    get(client, "people", 401)
    client.force_login(UserFactory())
    get(client, "people")


def test_doubtful_and_rejected_mentions_are_not_told(client, article):
    Mention.objects.filter(surface="程望舒").update(certain=False)
    Mention.objects.filter(surface="区民政局").update(status=Mention.Status.REJECTED)
    shape = get(client, f"articles/{article.pk}")
    assert [person["name"] for person in shape["people"]] == ["李大江"]
    assert shape["organisations"] == []


def test_the_root_is_where_the_addresses_say(client):
    assert reverse("articles:api:search") == "/api/v1/search"
    assert front_door.urls[2] == "api"


def test_related_articles_say_what_they_share(client, article):
    twin = ArticleFactory(headline="河湾区春耕过半", published=True)
    draft = ArticleFactory(headline="河湾区春耕草稿")
    for mention in Mention.objects.filter(article=article).exclude(kind="time"):
        for other in (twin, draft):
            mention.pk, mention.article = None, other
            mention.save()
    rebuild()
    (found,) = get(client, f"articles/{article.pk}/related")["results"]
    assert (found["id"], found["url"]) == (twin.pk, f"/articles/{twin.pk}/")
    assert "程望舒" in found["people"]
    assert found["organisations"] == ["区民政局"]
    get(client, f"articles/{draft.pk}/related", 404)
    get(client, f"articles/{10**30}/related", 404)


def test_names_that_may_have_been_meant_come_with_an_answer_that_has_nothing(client, article):
    rebuild()
    (near,) = get(client, "search?q=程旺舒")["near"]
    person = Person.objects.get(name="程望舒")
    assert near == {
        "kind": "person",
        "text": "程望舒",
        "query": "程望舒",
        "id": person.pk,
        "url": f"/people/{person.pk}/",
    }
    assert get(client, "search?q=程望舒")["near"] == []
