import datetime

import pytest
from django.urls import reverse

from articles.models import Block
from tests.archive.conftest import shown, source_of
from tests.factories import ArticleFactory, IssueFactory, PageFactory, PaperFactory, editor


def page_url(page):
    return page.get_absolute_url()


def test_issue_lists_its_articles_page_by_page(client, printed, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        text = client.get(printed.issue.get_absolute_url()).content.decode()
    places = [text.index(article.get_absolute_url()) for article in (printed.lead, printed.second, printed.last)]
    assert places == sorted(places)


def test_page_number_below_a_held_one_that_is_missing_is_named(client, printed):
    assert "馆藏没有收到第2版" in client.get(printed.issue.get_absolute_url()).content.decode()


def test_issue_without_a_gap_names_no_missing_page(client, printed):
    PageFactory(issue=printed.issue, number=2)
    ArticleFactory(page=printed.issue.pages.get(number=2), published=True)
    assert "没有收到" not in client.get(printed.issue.get_absolute_url()).content.decode()


def test_day_with_two_papers_asks_which_and_opens_the_one_named(client, printed):
    other = IssueFactory(paper=PaperFactory(name="河湾晚报"), date=printed.issue.date)
    ArticleFactory(page=PageFactory(issue=other), headline="晚报头条", published=True)
    choice = client.get(reverse("articles:issue-detail", args=["2021-03-05"]))
    assert choice.status_code == 200
    assert "河湾晚报" in choice.content.decode()
    assert "晚报头条" not in shown(choice)
    assert "晚报头条" in shown(client.get(other.get_absolute_url()))


def test_paper_that_did_not_come_out_that_day_is_404_with_those_that_did(client, printed):
    answer = client.get("/issues/2021-03-05/?paper=4711")
    assert answer.status_code == 404
    assert "河湾日报" in answer.content.decode()


def test_second_edition_has_its_own_address(client, printed):
    extra = IssueFactory(paper=printed.issue.paper, date=printed.issue.date, edition=2)
    ArticleFactory(page=PageFactory(issue=extra), headline="号外头条", published=True)
    assert "号外头条" in shown(client.get(extra.get_absolute_url()))
    assert "号外头条" not in shown(client.get(printed.issue.get_absolute_url()))


@pytest.mark.parametrize("date", ["2021-02-30", "2021-13-01", "yesterday", "2021-3-5", "٢٠٢١-03-05", "2021-03-05\x00"])
def test_impossible_date_is_404_with_a_way_on(client, printed, date):
    answer = client.get(reverse("articles:issue-detail", args=[date]))
    assert answer.status_code == 404
    assert reverse("articles:calendar") in answer.content.decode()


def test_day_without_a_paper_leads_to_the_nearest_issues(client, printed):
    answer = client.get("/issues/2021-03-06/")
    assert answer.status_code == 404
    assert printed.issue.get_absolute_url().replace("&", "&amp;") in answer.content.decode()


def test_page_shows_source_lines_beside_its_articles(client, printed, django_assert_max_num_queries):
    with django_assert_max_num_queries(11):
        text = client.get(page_url(printed.front)).content.decode()
    assert 'data-pair="1"' in text
    assert "吉房出租" in text
    assert "未公开" not in text


def test_page_without_image_shows_no_facsimile(client, printed):
    text = client.get(page_url(printed.front)).content.decode()
    assert "<img" not in text
    assert "facs" not in text


def test_page_from_a_table_says_that_it_has_no_source(client, printed):
    assert "表格导入" in client.get(page_url(printed.back)).content.decode()


@pytest.mark.parametrize("hidden", ["draft", "withdrawn"])
@pytest.mark.parametrize("as_editor", [False, True])
def test_lines_of_an_article_that_is_not_public_are_masked(client, printed, hidden, as_editor):
    secret = ArticleFactory(page=printed.front, position=5, headline="暗稿", body="暗", withdrawn=hidden == "withdrawn")
    block = Block.objects.create(page=printed.front, article=secret, role="body")
    source = source_of(printed.front, [])
    for number, text in enumerate(("水塔将拆", "水井照旧"), 1):
        source.lines.create(number=number, text=text, block=block)
    source.lines.create(number=3, text="无主的一行")
    if as_editor:
        client.force_login(editor())
    text = client.get(page_url(printed.front)).content.decode()
    assert "水塔" not in text
    assert "水井" not in text
    assert "无主" not in text
    assert "第1至3行所属稿件未公开" in text


def test_page_whose_articles_are_all_drafts_does_not_exist(client, printed):
    drafts = PageFactory(issue=printed.issue, number=4)
    ArticleFactory(page=drafts)
    assert client.get(page_url(drafts)).status_code == 404


def test_calendar_links_days_and_hatches_an_issue_that_lacks_a_page(client, printed, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        text = client.get("/issues/2021/").content.decode()
    assert "/issues/2021-03-05/" in text
    assert 'class="miss ' in text
    assert "/issues/2021-03-06/" not in text


def test_calendar_shows_no_issue_that_has_only_drafts(client, printed):
    drafts = IssueFactory(date=datetime.date(2021, 3, 8))
    ArticleFactory(page=PageFactory(issue=drafts))
    assert "2021-03-08" not in client.get("/issues/2021/").content.decode()
    assert client.get("/issues/2021-03-08/").status_code == 404


def test_month_lists_headlines(client, printed, django_assert_max_num_queries):
    with django_assert_max_num_queries(11):
        text = client.get("/issues/2021/3/").content.decode()
    assert printed.lead.get_absolute_url() in text


@pytest.mark.parametrize(
    "address", ["/issues/2021/13/", "/issues/2021/0/", "/issues/1999/", "/issues/99999/1/", "/issues/0/"]
)
def test_month_or_year_outside_the_archive_is_404(client, printed, address):
    assert client.get(address).status_code == 404


def test_jump_to_a_day_opens_it(client, printed):
    assert client.get("/issues/?date=2021-03-05").headers["Location"] == "/issues/2021-03-05/"


def test_unknown_paper_in_the_calendar_is_said_and_all_are_shown(client, printed):
    text = client.get("/issues/2021/?paper=x").content.decode()
    assert "以下是全部报纸" in text
    assert "/issues/2021-03-05/" in text
