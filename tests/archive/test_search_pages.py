"""The results page draws months that lead to their days; the page without results shows ways out."""

import datetime
import re

import pytest

from articles.models import Mention
from articles.search import Criteria, search
from articles.search.criteria import FacetCount
from articles.search.ways_out import ways_out
from articles.selectors.bars import histogram
from tests.factories import ArticleFactory, IssueFactory, PageFactory
from tests.indexed import rebuild
from tests.search.archive import build

SEARCH = "/search/"


@pytest.fixture
def archive(db):
    archive = build()
    rebuild()
    return archive


def ask(client, **question):
    return client.get(SEARCH, question).content.decode()


def links(text):
    """Addresses of all links with their texts."""
    found = re.findall(r'<a\b[^>]*?href="([^"]*)"[^>]*>(.*?)</a>', text, re.DOTALL)
    return [
        (address.replace("&amp;", "&"), " ".join(re.sub(r"<[^>]+>", " ", label).split())) for address, label in found
    ]


def months(*values):
    return [FacetCount(value, value, count) for value, count in values]


def test_every_month_with_articles_is_a_link_in_bars_and_table(client, archive):
    text = ask(client, q="新能源")
    assert set(re.findall(r"month=(\d{4}-\d\d)", text)) == {"2021-03", "2021-10", "2022-10"}
    assert ("?q=%E6%96%B0%E8%83%BD%E6%BA%90&month=2021-03", "1") in links(text)
    assert ("?q=%E6%96%B0%E8%83%BD%E6%BA%90&year=2021", "2021") in links(text)


def test_a_year_is_drawn_month_by_month_with_the_way_back(client, archive):
    text = ask(client, q="新能源", year="2021")
    assert "2021年逐月篇数" in text
    assert ("?q=%E6%96%B0%E8%83%BD%E6%BA%90&month=2021-10", "10 1") in links(text)
    assert ("?q=%E6%96%B0%E8%83%BD%E6%BA%90", "回到全部年份") in links(text)
    assert 'aria-label="2021年10月，1 篇"' in text


def test_chosen_month_is_said_to_be_chosen_and_the_others_stay(client, archive):
    text = ask(client, q="新能源", month="2021-10")
    chosen = re.findall(r'<a href="[^"]*month=(\d{4}-\d\d)"\s+aria-current="true"', text)
    assert chosen == ["2021-10"]
    assert "month=2021-03" in text


def test_bars_can_be_left_out_by_the_keyboard_and_labels_cannot(client, archive):
    text = ask(client, q="新能源")
    drawing = text[text.index('<svg viewBox="0 0 1000 72"') : text.index("</svg>", text.index('viewBox="0 0 1000 72"'))]
    assert drawing.count("<a ") == drawing.count('tabindex="-1"') > 0
    axis = text[text.index('<ol class="axis') : text.index("</ol>", text.index('<ol class="axis'))]
    assert "tabindex" not in axis


def test_histogram_zooms_to_the_years_asked_for():
    counted = months(*((f"{year}-06", year - 1980) for year in range(1985, 2021)))
    some = histogram(counted, datetime.date(1989, 1, 1), datetime.date(1992, 12, 31))
    assert [stretch.first for stretch in some.stretches] == [1989, 1990, 1991, 1992]
    assert some.by_month
    one = histogram(counted, datetime.date(1990, 6, 1), datetime.date(1990, 6, 30))
    assert one.year == 1990
    assert [(month.month, month.count, month.chosen) for month in one.months if month.count] == [(6, 10, True)]
    assert len(one.rows) == 36


def test_histogram_of_days_outside_the_archive_shows_its_nearest_year():
    counted = months(("2019-04", 2), ("2021-03", 1))
    assert histogram(counted, datetime.date(1950, 1, 1), datetime.date(1950, 12, 31)).year == 2019
    assert histogram(counted, datetime.date(2050, 1, 1), None).year == 2021


def ways(**question):
    criteria = Criteria(**question)
    page = search(criteria)
    assert page.total == 0
    return [(way.left, way.text, way.query, way.count) for way in ways_out(criteria, page.reading)]


def test_ways_out_drop_quotes_dates_filters_and_each_condition(archive):
    assert ("quotes", "", "电池新能源", 2) in ways(q='"电池新能源"')
    day = datetime.date(2021, 3, 5)
    assert ways(q="义诊", date_from=day, date_to=day) == [("dates", "", "义诊", 1)]
    assert ways(q="义诊", section="民生") == [("filters", "", "义诊", 1)]
    assert ways(q='义诊 "管委会副主任"') == [
        ("condition", "义诊", '"管委会副主任"', 2),
        ("condition", "管委会副主任", "义诊", 1),
    ]


def test_ways_that_find_nothing_are_not_offered(archive):
    assert ways(q='"月球火星"') == []
    assert [way[2] for way in ways(q='义诊 "月球火星"')] == ["义诊"]


def test_page_without_results_links_to_every_way_out(client, archive):
    text = ask(client, q='"电池新能源"', date_from="2021-01-01")
    assert "没有一篇同时符合这些条件" in text
    found = {label: address for address, label in links(text)}
    assert "date_from=2021-01-01" in found["去掉引号，不要求是原句"]
    assert "单查 0 篇" in text


def test_page_without_results_offers_names_with_the_rest_of_the_question_kept(client, archive):
    text = ask(client, q="person:张宏军", section="要闻")
    assert ("?q=person%3A%E5%BC%A0%E7%BA%A2%E5%86%9B&section=%E8%A6%81%E9%97%BB", "人物 张红军") in links(text)


def test_index_that_is_not_there_is_said_and_nothing_is_blamed(client, archive, index):
    index.clear()
    text = ask(client, q="义诊")
    assert "放宽一些" not in text


def test_results_draw_no_bars_for_drafts(client, archive):
    page = PageFactory(issue=IssueFactory(date=datetime.date(1999, 1, 1)))
    draft = ArticleFactory(page=page, headline="新能源草稿")
    Mention.objects.create(article=draft, kind="person", surface="x", person=archive.red, certain=True)
    rebuild()
    assert "1999" not in ask(client, q="新能源")
