import datetime

import pytest
from django.urls import reverse

from articles.search.criteria import FacetCount
from articles.selectors.answers import month_bounds
from articles.selectors.bars import HEIGHT, WIDTH, histogram
from articles.views.searching import criteria_from
from tests.factories import PersonFactory

SEARCH = "/search/"


def test_results_show_reading_hit_snippet_and_the_post_of_the_time(client, searchable, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        text = client.get(SEARCH, {"q": "person:程望舒 会议"}).content.decode()
    assert "本页这样理解您的查询" in text
    assert f'href="{searchable.lead.get_absolute_url()}?hl=person%3A%E7%A8%8B' in text
    assert "程望舒：林业局局长" in text
    assert "<mark>会议</mark>" in text


def test_each_condition_can_be_taken_away(client, searchable):
    text = client.get(SEARCH, {"q": "程望舒 会议", "section": "要闻"}).content.decode()
    assert 'aria-label="去掉条件：会议"' in text
    assert 'aria-label="去掉条件：要闻"' in text


def test_nothing_found_says_what_is_to_blame_and_offers_names_that_sound_alike(client, searchable):
    text = client.get(SEARCH, {"q": "成望书 会议"}).content.decode()
    assert "没有一篇同时符合这些条件" in text
    assert "程望舒" in text


def test_facets_narrow_and_may_be_combined(client, searchable):
    address = {"q": "会议", "organisation": searchable.forestry.pk}
    text = client.get(SEARCH, address).content.decode()
    assert f"organisation={searchable.forestry.pk}&amp;person={searchable.person.pk}" in text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"date_from": "foo"}, "起始日期“foo”读不懂"),
        ({"date_to": "2021-02-30"}, "截止日期“2021-02-30”读不懂"),
        ({"year": "abc"}, "不是年月"),
        ({"person": "x"}, "不是编号"),
        ({"page_no": "一"}, "不是数字"),
        ({"date_from": "2022-01-01", "date_to": "2021-01-01"}, "起始日期晚于截止日期"),
    ],
)
def test_filter_that_does_not_parse_is_named(client, searchable, query, said):
    answer = client.get(SEARCH, {"q": "会议", **query})
    assert answer.status_code == 200
    assert said in answer.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"q": "\x00"},
        {"q": "会议", "page": "1000000000"},
        {"q": "会议", "page": "-3"},
        {"q": "会议", "sort": "sideways"},
        {"q": "会议", "section": "\x00"},
        {"person": "9" * 30},
        {"person": "9" * 18},
        {"page_no": "99999999999"},
        {"year": "9999"},
        {"month": "0000-13"},
        {"q": '"((('},
    ],
)
def test_odd_questions_are_answered(client, searchable, query):
    assert client.get(SEARCH, query).status_code == 200


def test_endless_question_is_refused_with_a_sentence(client, searchable):
    answer = client.get(SEARCH, {"q": "会" * 10_000})
    assert answer.status_code == 400
    assert "200" in answer.content.decode()


def test_without_a_question_the_form_and_the_grammar_are_shown(client, searchable):
    text = client.get(SEARCH).content.decode()
    assert 'id="grammar"' in text
    assert 'name="date_from"' in text


def test_year_and_month_become_dates(rf):
    criteria, _ = criteria_from(rf.get(SEARCH, {"year": "2021", "date_from": "2021-05-01"}))
    assert (criteria.date_from, criteria.date_to) == (datetime.date(2021, 5, 1), datetime.date(2021, 12, 31))
    assert month_bounds("2024-02") == (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    assert month_bounds("2021-12")[1] == datetime.date(2021, 12, 31)


def test_name_of_a_record_that_is_not_public_is_not_given_away(client, searchable):
    hidden = PersonFactory(name="欧阳墨痕")
    assert "欧阳墨痕" not in client.get(SEARCH, {"person": hidden.pk}).content.decode()


def test_suggestions_lead_to_pages(client, searchable):
    text = client.get(reverse("articles:suggest"), {"q": "河湾区林"}).content.decode()
    assert searchable.forestry.get_absolute_url() in text
    assert client.get(reverse("articles:suggest"), {"q": "\x00"}).status_code == 200


def months(*values):
    return [FacetCount(value, value, count) for value, count in values]


def test_histogram_has_a_bar_for_each_month_and_the_same_numbers_in_its_table():
    drawn = histogram(months(("2021-03", 4), ("2022-01", 2)))
    assert [bar.height for bar in drawn.bars] == [HEIGHT - 2, (HEIGHT - 2) / 2]
    assert [(row[0], row[2]) for row in drawn.rows] == [(2021, 4), (2022, 2)]
    assert drawn.rows[0][1][2] == 4
    assert drawn.by_month


def test_histogram_of_many_years_has_a_bar_a_year_and_few_links():
    drawn = histogram(months(*((f"{year}-06", 1) for year in range(1985, 2021))))
    assert len(drawn.bars) == 36
    assert len(drawn.stretches) <= 10
    assert (drawn.stretches[0].date_from, drawn.stretches[0].count) == ("1985-01-01", 4)
    assert max(bar.x + bar.width for bar in drawn.bars) <= WIDTH
    assert histogram([]) is None
