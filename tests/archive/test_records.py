import datetime
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from articles.models import Byline, Mention, Post
from articles.selectors.coverage import sentence_around
from articles.selectors.officials import posts_of
from articles.selectors.timeline import timeline
from tests.archive.conftest import name
from tests.factories import ArticleFactory, IssueFactory, OrganisationFactory, PageFactory, PersonFactory


def later(printed, day, body):
    issue = IssueFactory(paper=printed.issue.paper, date=day)
    return ArticleFactory(page=PageFactory(issue=issue), body=body, published=True)


def test_person_shows_posts_from_first_to_last_in_print_with_evidence(client, printed, django_assert_max_num_queries):
    again = later(printed, datetime.date(2022, 5, 6), "程望舒出席。")
    name(again, printed.person, posts=[("区林业局局长", printed.head)])
    moved = later(printed, datetime.date(2023, 1, 6), "程望舒到任。")
    name(moved, printed.person, posts=[("副区长", Post.objects.create(title="副区长"))])
    with django_assert_max_num_queries(26):
        text = client.get(printed.person.get_absolute_url()).content.decode()
    held, current = posts_of(printed.person)
    assert (held.first.date, held.last.date, held.count) == (datetime.date(2021, 3, 5), datetime.date(2022, 5, 6), 2)
    assert (held.current, current.current) == (False, True)
    for evidence in (printed.lead, again, moved):
        assert f'href="{evidence.get_absolute_url()}"' in text
    assert "林业局局长" in text
    assert "区林业局局长" in text


def test_post_in_a_draft_or_a_doubtful_mention_is_no_evidence(printed):
    draft = ArticleFactory(page=printed.front, body="程望舒出席。")
    name(draft, printed.person, posts=[("局长", printed.head)])
    doubtful = later(printed, datetime.date(2022, 5, 6), "程望舒出席。")
    name(doubtful, printed.person, posts=[("局长", printed.head)], certain=False)
    assert [held.last.date for held in posts_of(printed.person)] == [datetime.date(2021, 3, 5)]


def test_person_lists_articles_with_the_sentence_that_names_them(client, printed):
    text = client.get(printed.person.get_absolute_url()).content.decode()
    assert "河湾区林业局局长<b>程望舒</b>主持会议。" in text
    assert "孙河作汇报" not in text


def test_long_sentence_is_cut_around_the_name():
    found = sentence_around("前句。" + "长" * 100 + "程望舒" + "短。后句", 103, 106)
    assert found.before == "…" + "长" * 60
    assert (found.name, found.after) == ("程望舒", "短。")


def test_namesakes_are_kept_apart_and_named(client, printed):
    other = PersonFactory(name="程望舒", distinction="教师", pinyin="cheng wangshu", initials="cws")
    article = later(printed, datetime.date(2022, 5, 6), "教师程望舒获奖。")
    name(article, other)
    text = client.get(printed.person.get_absolute_url()).content.decode()
    assert other.get_absolute_url() in text
    assert article.get_absolute_url() not in text


def test_person_without_profile_or_without_published_article_has_no_page(client, printed):
    assert client.get(printed.private.get_absolute_url()).status_code == 404
    unseen = PersonFactory(name="石墨")
    name(ArticleFactory(page=printed.front, body="石墨出席。"), unseen)
    assert client.get(unseen.get_absolute_url()).status_code == 404
    assert "石墨" not in client.get(reverse("articles:people")).content.decode()


def test_merged_records_answer_301(client, printed):
    twice = PersonFactory(name="程望", merged_into=PersonFactory(name="程", merged_into=printed.person))
    answer = client.get(twice.get_absolute_url())
    assert (answer.status_code, answer.headers["Location"]) == (301, printed.person.get_absolute_url())
    body = OrganisationFactory(name="林业站", merged_into=printed.forestry)
    assert client.get(body.get_absolute_url()).headers["Location"] == printed.forestry.get_absolute_url()


def test_people_are_found_by_initial(client, printed, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        text = client.get(reverse("articles:people"), {"initial": "c"}).content.decode()
    assert printed.person.get_absolute_url() in text
    assert "林业局局长" in text
    assert "没有拼音以 Q 开头的人" in client.get(reverse("articles:people"), {"initial": "q"}).content.decode()


@pytest.mark.parametrize("typed", ["望舒", "chengw", "cws", "程 望舒"])
def test_list_is_narrowed_to_whom_is_called_so(client, printed, typed):
    other = PersonFactory(name="石墨", pinyin="shi mo", initials="sm")
    name(later(printed, datetime.date(2022, 5, 6), "石墨出席。"), other)
    text = client.get(reverse("articles:people"), {"q": typed}).content.decode()
    assert printed.person.get_absolute_url() in text
    assert other.get_absolute_url() not in text
    assert "没有叫“无人”的人" in client.get(reverse("articles:people"), {"q": "无人"}).content.decode()


def test_list_is_answered_alone_while_somebody_types(client, printed):
    text = client.get(reverse("articles:people"), {"q": "程"}, headers={"HX-Target": "list"}).content.decode()
    assert printed.person.get_absolute_url() in text
    assert "<html" not in text


@pytest.mark.parametrize("asked", [{}, {"HX-Target": "list"}])
@pytest.mark.parametrize("page", ["articles:people", "articles:organisations", "articles:posts"])
def test_a_list_and_its_page_are_kept_apart_by_caches(client, printed, page, asked):
    assert "HX-Target" in client.get(reverse(page), headers=asked).headers["Vary"].split(", ")


def test_people_are_listed_by_body_and_by_post(client, printed):
    other = PersonFactory(name="石墨", pinyin="shi mo", initials="sm")
    name(later(printed, datetime.date(2022, 5, 6), "石墨出席。"), other)
    for narrowed in ({"body": printed.forestry.pk}, {"post": "局长"}):
        text = client.get(reverse("articles:people"), narrowed).content.decode()
        assert printed.person.get_absolute_url() in text
        assert other.get_absolute_url() not in text


def test_body_is_taken_away_from_a_narrowed_list_alone(client, printed):
    narrowed = {"body": printed.forestry.pk, "post": "局长"}
    text = client.get(reverse("articles:people"), narrowed).content.decode()
    left = [parse_qs(urlsplit(address).query) for address in re.findall(r'class="chip"\s+href="([^"]*)"', text)]
    assert left == [{"post": ["局长"]}, {"body": [str(printed.forestry.pk)]}]


def test_posts_are_listed_by_their_bodies_with_counts(client, printed, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        text = client.get(reverse("articles:posts")).content.decode()
    assert reverse("articles:post-detail", args=[printed.head.pk]) in text
    assert "1 人" in text
    assert (
        "局长"
        not in client.get(reverse("articles:posts"), {"q": "校长"}, headers={"HX-Target": "list"}).content.decode()
    )
    assert (
        reverse("articles:post-detail", args=[printed.head.pk])
        in client.get(reverse("articles:posts"), {"initial": "h"}).content.decode()
    )


def test_list_of_posts_counts_posts_in_english_too(client, printed):
    client.cookies["django_language"] = "en"
    assert "<b>1</b> post<" in client.get(reverse("articles:posts")).content.decode()


def test_post_printed_beside_a_private_person_is_not_listed(client, printed):
    printed.person.has_profile = False
    printed.person.save()
    assert "局长" not in client.get(reverse("articles:posts")).content.decode()


def test_name_without_pinyin_stands_under_the_sign_for_others(client, printed):
    nameless = PersonFactory(name="阿", pinyin="", initials="")
    name(later(printed, datetime.date(2022, 5, 6), "阿出席。"), nameless)
    assert nameless.get_absolute_url() in client.get(reverse("articles:people"), {"initial": "#"}).content.decode()


def test_organisation_shows_its_people_by_post_and_the_names_printed(client, printed, django_assert_max_num_queries):
    short = later(printed, datetime.date(2022, 5, 6), "林业局召开会议。")
    Mention.objects.create(
        article=short,
        kind="organisation",
        surface="林业局",
        start=0,
        end=3,
        organisation=printed.forestry,
        certain=True,
    )
    with django_assert_max_num_queries(26):
        text = client.get(printed.forestry.get_absolute_url()).content.decode()
    assert printed.person.get_absolute_url() in text
    assert "报上又作" in text
    assert "<b>林业局</b>召开会议。" in text


def test_name_printed_only_in_a_draft_is_not_shown(client, printed):
    draft = ArticleFactory(page=printed.front, body="林管所召开会议。")
    Mention.objects.create(
        article=draft,
        kind="organisation",
        surface="林管所",
        start=0,
        end=3,
        organisation=printed.forestry,
        certain=True,
    )
    assert "林管所" not in client.get(printed.forestry.get_absolute_url()).content.decode()


def test_body_named_nowhere_in_public_has_no_page(client, printed):
    assert client.get(OrganisationFactory().get_absolute_url()).status_code == 404


def test_timeline_stays_within_its_drawing_over_many_years(printed):
    for year in range(1990, 2021):
        article = later(printed, datetime.date(year, 12, 31), "程望舒出席。")
        name(article, printed.person, posts=[("局长", printed.head)])
    drawn = timeline(posts_of(printed.person))
    assert len(drawn.labels) <= 8
    assert all(0 <= x <= x + width <= 1000 for band in drawn.bands for x, width in band.stretches)
    assert all(0 <= x <= 1000 for band in drawn.bands for x in band.ticks)


def test_years_without_print_are_a_gap_in_the_drawing(printed):
    again = later(printed, datetime.date(2024, 3, 5), "程望舒出席。")
    name(again, printed.person, posts=[("林业局局长", printed.head)])
    (band,) = timeline(posts_of(printed.person)).bands
    (left, right), (first, second) = band.gaps[0], band.stretches
    assert first[0] + first[1] <= left + 2 < right == second[0]


@pytest.mark.parametrize("address", ["/people/", "/organisations/", "/posts/"])
@pytest.mark.parametrize(
    "query",
    [
        {"page": "10000000000"},
        {"page": "foo"},
        {"initial": "\x00"},
        {"page": "-1"},
        {"q": "\x00%_"},
        {"body": "9" * 30},
        {"post": "\x00"},
    ],
)
def test_odd_list_addresses_are_answered(client, printed, address, query):
    assert client.get(address, query).status_code == 200


def test_feeds_hold_published_articles_only(client, printed):
    draft = ArticleFactory(page=printed.front, headline="草稿题")
    gone = ArticleFactory(page=printed.front, headline="撤稿题", withdrawn=True)
    name(draft, PersonFactory(name="河湾"))
    feed = client.get(reverse("articles:feed-latest")).content.decode()
    assert printed.lead.get_absolute_url() in feed
    assert draft.headline not in feed
    assert gone.headline not in feed


def test_feed_of_a_person_holds_what_names_them(client, printed):
    feed = client.get(reverse("articles:feed-person", args=[printed.person.pk])).content.decode()
    assert printed.lead.get_absolute_url() in feed
    assert printed.second.get_absolute_url() not in feed
    assert client.get(reverse("articles:feed-person", args=[printed.private.pk])).status_code == 404


def test_reporter_with_profile_is_public_through_what_they_signed(client, printed):
    reporter = PersonFactory(name="王述之", pinyin="wang shuzhi", initials="wsz")
    Byline.objects.filter(article=printed.lead).update(person=reporter)
    assert printed.lead.get_absolute_url() in client.get(reporter.get_absolute_url()).content.decode()
