import datetime

import pytest
from django.template import Context, Template

from articles.models import Byline
from articles.templatetags.newspaper import citation, headline, wbr
from tests.archive.conftest import name, shown
from tests.factories import ArticleFactory, OrganisationFactory


def test_article_shows_every_part_and_where_it_was_printed(client, printed, django_assert_max_num_queries):
    printed.lead.kicker, printed.lead.subtitle, printed.lead.byline_text = "春来早", "部署造林", "记者 王述之"
    printed.lead.save()
    with django_assert_max_num_queries(11):
        text = client.get(printed.lead.get_absolute_url()).content.decode()
    for part in ("春来早", "部署造林", "记者 王述之", "造林任务要到人。", "第1版", "2021年3月5日", "林业局局长"):
        assert part in text


def test_names_lead_to_their_pages_only_where_there_is_one(client, printed):
    text = client.get(printed.lead.get_absolute_url()).content.decode()
    assert f'<a class="nm" href="{printed.person.get_absolute_url()}">程望舒</a>' in text
    assert f'<a class="nm" href="{printed.forestry.get_absolute_url()}">河湾区林业局</a>' in text
    assert printed.private.get_absolute_url() not in text
    assert "孙河" in text


def test_of_two_names_in_one_place_the_longer_is_linked(client, printed):
    district = OrganisationFactory(name="河湾区")
    name(printed.lead, district)
    text = client.get(printed.lead.get_absolute_url()).content.decode()
    assert f'class="nm" href="{printed.forestry.get_absolute_url()}"' in text
    assert f'class="nm" href="{district.get_absolute_url()}"' not in text


def test_doubtful_name_is_no_link(client, printed):
    doubted = OrganisationFactory(name="造林任务")
    name(printed.lead, doubted, paragraph=1, certain=False)
    assert doubted.get_absolute_url() not in client.get(printed.lead.get_absolute_url()).content.decode()


def test_query_is_marked_across_the_edge_of_a_link(client, printed):
    text = client.get(printed.lead.get_absolute_url(), {"hl": '"局长程望舒主持"'}).content.decode()
    link = printed.person.get_absolute_url()
    assert f'<mark>局长</mark><a class="nm" href="{link}"><mark>程望舒</mark></a><mark>主持</mark>' in text


@pytest.mark.parametrize("hl", ["", "\x00", '"', "x" * 5000, "<script>alert(1)</script>"])
def test_odd_marks_never_break_an_article(client, printed, hl):
    answer = client.get(printed.lead.get_absolute_url(), {"hl": hl})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_markup_in_an_article_is_shown_as_printed(client, printed):
    printed.lead.headline, printed.lead.body = "<b>粗</b>", "一<i>二</i>"
    printed.lead.save()
    for address in (printed.lead.get_absolute_url(), "/", printed.issue.get_absolute_url()):
        text = shown(client.get(address))
        assert "<b>粗" not in text
        assert "<i>二" not in text


def test_withdrawn_article_is_gone_without_its_text(client, printed):
    gone = ArticleFactory(page=printed.front, headline="撤下的题", body="撤下的文", withdrawn=True)
    answer = client.get(gone.get_absolute_url())
    assert answer.status_code == 410
    assert "撤下的题" not in shown(answer)
    assert "撤下的文" not in shown(answer)
    assert gone.withdrawal_reason in shown(answer)


def test_draft_does_not_exist(client, printed):
    assert client.get(ArticleFactory(page=printed.front).get_absolute_url()).status_code == 404


def test_merged_article_leads_to_the_one_that_lives_on(client, printed):
    merged = ArticleFactory(page=printed.front, withdrawn=True, merged_into=printed.lead)
    answer = client.get(merged.get_absolute_url())
    assert (answer.status_code, answer.headers["Location"]) == (301, printed.lead.get_absolute_url())


def test_neighbours_run_through_the_issue_and_skip_drafts(client, printed):
    draft = ArticleFactory(page=printed.front, position=2)
    text = client.get(printed.second.get_absolute_url()).content.decode()
    assert f'href="{printed.lead.get_absolute_url()}" rel="prev"' in text
    assert f'href="{printed.last.get_absolute_url()}" rel="next"' in text
    assert draft.get_absolute_url() not in text


def test_citation_names_three_authors_and_leaves_photographers_out(printed):
    for position, (role, author) in enumerate(
        [("记者", "甲一"), ("记者", "乙二"), ("通讯员", "丙三"), ("摄影", "丁四")], start=1
    ):
        Byline.objects.create(article=printed.lead, position=position, role=role, name=author)
    expected = "王述之, 甲一, 乙二, 等. 河湾区召开林长制会议[N]. 河湾日报, 2021-03-05(1)."
    assert citation(printed.lead) == expected
    assert citation(printed.second) == "渡口修缮一新[N]. 河湾日报, 2021-03-05(1)."


def test_headline_breaks_only_between_words_and_keeps_every_character():
    text = "河湾区部署“长三角”合作（扩大）会议 共话 ＧＤＰ"
    pieces = str(wbr(text)).split("<wbr>")
    assert "".join(pieces) == text
    assert len(pieces) > 3
    assert not any(piece[0] in "”）" or piece[-1] in "“（" for piece in pieces)
    assert str(wbr("A&B<C>")).replace("<wbr>", "") == "A&amp;B&lt;C&gt;"
    assert str(wbr("")) == ""


def test_headline_without_a_question_has_no_marks():
    assert "<mark>" not in headline("河湾区召开会议")


@pytest.mark.parametrize(("language", "expected"), [("zh-hans", "3月5日"), ("en", "Mar 5")])
def test_dates_follow_the_language_of_the_reader(language, expected):
    from django.utils import translation

    with translation.override(language):
        shown = Template("{% load newspaper %}{{ day|month_day }}").render(Context({"day": datetime.date(2021, 3, 5)}))
    assert shown == expected
