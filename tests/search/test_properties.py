"""Whatever is typed is answered; exact phrases are exact; nothing in a text reaches a page as HTML."""

import contextlib
import datetime
import re
import sqlite3

import jieba
import pytest
import rjieba
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article
from articles.search import Criteria, highlight, read, search, segment, suggest
from articles.search.analysis import normalise, normalise_with_offsets, spaced
from articles.search.query.names import look_up
from tests.factories import ArticleFactory, IssueFactory, OrganisationFactory, PageFactory, PersonFactory
from tests.indexed import rebuild
from tests.search.archive import TEXTS

ODD = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "\"“”「」:：-－*?~^()[]{}\\/'<>&.…或OR and 的张红军管委会能源電池ＡＢ１２ \u3000\x00\u202e\ud800😀ﷺß"
        ),
        st.characters(),
    ),
    max_size=60,
)
CALM = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)


@CALM
@given(query=ODD)
def test_any_query_is_answered(archive, query):
    page = search(Criteria(q=query))
    assert page.total >= len(page.hits)
    assert Article.objects.published().filter(pk__in=[hit.article.pk for hit in page.hits]).count() == len(page.hits)
    suggest(query)
    for condition in page.reading.conditions:
        read(condition.without)


@pytest.mark.parametrize(
    "query",
    [
        "(" * 200,
        '"' * 199,
        "-" * 200,
        "\x00" * 50,
        "\ud800张",
        "😀" * 100,
        "\u202e张红军\u202d",
        "OR " * 60,
        "person:" * 20,
        "date:9999-12..9999-12-31",
        "date:0000",
        "a-" * 100,
        "?*" * 90,
        "x~2 " * 10,
        '" " "',
        "headline:",
        'headline:""',
        "-person:张红军 -date:2022",
        "org:\u3000",
    ],
)
def test_hostile_query_is_answered(archive, query):
    page = search(Criteria(q=query, page=10**9))
    assert page.page == page.pages


def test_more_names_than_a_question_to_the_database_may_hold_are_looked_up(archive):
    many = [f"查无此人{number}" for number in range(7000)]
    with few_values():
        assert look_up([*many, "张红军"]).keys() == look_up(["张红军"]).keys() == {("person", "张红军")}


@contextlib.contextmanager
def few_values():
    """The database takes no more values than SQLite does as most build it."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    limit = connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
    connection.connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 32766)
    try:
        yield
    finally:
        connection.connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, limit)


PRINTED = [normalise(part) for headline, body in TEXTS for part in (headline, *body.split("\n"))]


@CALM
@given(data=st.data())
def test_exact_phrase_counts_are_a_scan_of_the_texts(archive, data):
    part = data.draw(st.sampled_from(PRINTED))
    start = data.draw(st.integers(0, len(part) - 1))
    phrase = part[start : start + data.draw(st.integers(1, 9))]
    if data.draw(st.booleans()):
        phrase += data.draw(st.sampled_from(PRINTED))[:1]
    phrase = phrase.replace('"', "")
    expected = {
        article.pk
        for article in archive.articles
        if phrase and any(phrase in normalise(text) for text in (article.headline, *article.paragraphs))
    }
    page = search(Criteria(q=f'"{phrase}"', page_size=50))
    assert {hit.article.pk for hit in page.hits} == expected
    assert page.total == len(expected)


@CALM
@given(text=st.text(max_size=80))
def test_form_is_stable_and_its_offsets_lead_back(text):
    form = normalise_with_offsets(text)
    assert normalise(form.text) == form.text == normalise(text)
    assert spaced(text).replace(" ", "") == form.text
    for place in range(len(form.text)):
        start, end = form.span(place, place + 1)
        assert 0 <= start < end <= len(text)
        assert form.text[place] in normalise(text[start:end])


@CALM
@given(text=st.text(max_size=80))
def test_segments_lose_nothing(text):
    assert "".join(segment(text)) == text


@CALM
@given(
    text=st.text(alphabet="<>&\"'scriptmark能源电池/張 \n", max_size=80),
    query=st.sampled_from(["能源", "script", "<", "mark", "张", "&amp;"]),
)
def test_marked_text_holds_no_html_but_marks(archive, text, query):
    marked = highlight(text, read(query))
    bare = re.sub(r"</?mark>", "", marked)
    assert "<" not in bare
    assert ">" not in bare
    assert marked.count("<mark>") == marked.count("</mark>")


def test_html_in_headline_and_text_is_shown_as_text(db):
    ArticleFactory(
        headline="<img src=x onerror=alert(1)>月季", body="<script>月季</script>\n&lt;b&gt;月季", published=True
    )
    rebuild()
    (hit,) = search(Criteria(q="月季")).hits
    assert hit.headline == "&lt;img src=x onerror=alert(1)&gt;<mark>月季</mark>"
    assert "<script" not in hit.snippet
    assert hit.snippet.count("<mark>月季</mark>") == 2


def test_every_variant_of_a_hit_is_marked(db):
    assert highlight("儲能電池、储能电池、储 能电池", read("储能电池")).count("<mark>") == 3
    assert highlight("ＧＤＰ与gdp、Gdp", read("GDP")).count("<mark>") == 3
    assert highlight("10月与2010年", read("10")) == "<mark>10</mark>月与2010年"


def test_drafts_and_withdrawn_articles_appear_nowhere(archive):
    for query in ("", "张红军", '"能源电池"', "person:张红军", "headline:张红军"):
        pks = {hit.article.pk for hit in search(Criteria(q=query, page_size=50)).hits}
        assert not pks & {archive.draft.pk, archive.withdrawn.pk}
    assert not [s for s in suggest("草稿") + suggest("撤下") if s.kind == "article"]


def test_suggestions_by_characters_pinyin_and_initials(archive):
    from articles.models import Mention

    assert suggest("张红")[0].text == "张红军"
    for typed in ("zhj", "zhanghong", "Zhang Hongjun"):
        assert "张红军" in [s.text for s in suggest(typed)]
    assert [(s.kind, s.text) for s in suggest("城管")] == [("organisation", "城市管理局")]
    assert ("article", "市第六人民医院开展义诊") in [(s.kind, s.text) for s in suggest("义诊")]
    person, body = PersonFactory(name="只在草稿"), OrganisationFactory(name="只在草稿局")
    Mention.objects.create(article=archive.draft, kind="person", surface="x", person=person, certain=True)
    Mention.objects.create(article=archive.draft, kind="organisation", surface="x", organisation=body, certain=True)
    assert suggest("只在草稿") == ()


def test_the_cutter_cuts_as_jieba_does():
    for headline, body in TEXTS:
        text = spaced(headline + body)
        assert [t for t in rjieba.cut(text, False) if t.strip()] == [t for t in jieba.cut(text, HMM=False) if t.strip()]


def test_facets_and_totals_agree_for_every_filter(archive):
    page = PageFactory(issue=IssueFactory(date=datetime.date(2023, 1, 1)), section="要闻")
    ArticleFactory(page=page, published=True)
    rebuild()
    facets = search(Criteria()).facets
    for choice in facets.sections:
        assert search(Criteria(section=choice.value)).total == choice.count
    for choice in facets.people:
        assert search(Criteria(people=(int(choice.value),))).total == choice.count
    for choice in facets.organisations:
        assert search(Criteria(organisations=(int(choice.value),))).total == choice.count
    for choice in facets.years:
        assert search(Criteria(q=f"date:{choice.value}")).total == choice.count
