import datetime

import pytest
from django.urls import reverse

from articles.models import Mention, Post
from articles.selectors.appearances import Appearances
from articles.selectors.doings import doings
from articles.selectors.happenings import on_this_day, told_of
from articles.selectors.lineups import line_up
from tests.archive.conftest import name, shown
from tests.factories import ArticleFactory, IssueFactory, PageFactory, PersonFactory


def later(printed, day, body, headline="河湾区动态"):
    page = PageFactory(issue=IssueFactory(paper=printed.issue.paper, date=day))
    return ArticleFactory(page=page, body=body, headline=headline, published=True)


def dated(article, surface, start, end, certain=True):
    place = article.body.index(surface)
    return Mention.objects.create(
        article=article,
        kind="time",
        surface=surface,
        start=place,
        end=place + len(surface),
        start_date=start,
        end_date=end,
        precision="day",
        certain=certain,
    )


@pytest.fixture
def handed_over(printed):
    """程望舒 is seen as 局长 until 2021-03-05 and 2022-05-06, then 石墨 from 2023-01-06 on."""
    again = later(printed, datetime.date(2022, 5, 6), "林业局局长程望舒出席。")
    name(again, printed.person, posts=[("林业局局长", printed.head)])
    successor = PersonFactory(name="石墨", pinyin="shi mo", initials="sm")
    new = later(printed, datetime.date(2023, 1, 6), "林业局局长石墨出席。")
    name(new, successor, posts=[("林业局局长", printed.head)])
    printed.again, printed.new, printed.successor = again, new, successor
    return printed


def test_whoever_is_printed_in_a_post_before_and_after_a_day_held_it(handed_over):
    (seat,) = line_up(handed_over.forestry, datetime.date(2021, 12, 1))
    (holder,) = seat.holders
    assert (holder.person, holder.standing) == (handed_over.person, "between")
    assert (holder.before.article_id, holder.after.article_id) == (handed_over.lead.pk, handed_over.again.pk)


def test_between_two_holders_print_leaves_a_gap_and_names_both_sides(handed_over):
    (seat,) = line_up(handed_over.forestry, datetime.date(2022, 9, 1))
    assert [(holder.person.name, holder.standing) for holder in seat.holders] == [
        ("程望舒", "before"),
        ("石墨", "after"),
    ]


def test_printed_on_the_very_day_is_evidence_enough(handed_over):
    (seat,) = line_up(handed_over.forestry, datetime.date(2023, 1, 6))
    assert [(holder.person.name, holder.standing) for holder in seat.holders] == [("石墨", "between")]


def test_line_up_names_chiefs_then_deputies_then_members(handed_over):
    for title in ("委员", "副局长"):
        post = Post.objects.create(title=title, organisation=handed_over.forestry)
        name(
            later(handed_over, datetime.date(2021, 1, 5), f"林业局{title}石墨。"),
            handed_over.successor,
            posts=[(title, post)],
        )
    seats = line_up(handed_over.forestry, datetime.date(2022, 9, 1))
    assert [seat.title for seat in seats] == ["局长", "副局长", "委员"]


def test_line_up_page_leads_to_its_evidence_and_refuses_no_day(client, handed_over):
    address = reverse("articles:organisation-line-up", args=[handed_over.forestry.pk])
    text = shown(client.get(address, {"on": "2021-12-01"}))
    assert "见报在任" in text
    assert f'href="{handed_over.again.get_absolute_url()}#p0"' in text
    assert "2023年1月6日谁在任" in shown(client.get(address))
    assert client.get(address, {"on": "昨天"}).status_code == 404


def test_post_page_names_its_holders_in_order(client, handed_over):
    text = shown(client.get(reverse("articles:post-detail", args=[handed_over.head.pk])))
    assert 0 < text.index("程望舒") < text.index("石墨")
    assert "程望舒</a>　局长" not in text  # the title stands above
    assert "程望舒</a>　局长" in shown(client.get(handed_over.forestry.get_absolute_url()))
    unseen = Post.objects.create(title="副局长", organisation=handed_over.forestry)
    assert client.get(reverse("articles:post-detail", args=[unseen.pk])).status_code == 404


def test_later_issues_tell_what_happened_on_a_day(client, printed):
    day = datetime.date(2021, 2, 20)
    told = later(printed, datetime.date(2021, 3, 12), "据了解，2月20日，渡口恢复通航。")
    dated(told, "2月20日", day, day)
    week = later(printed, datetime.date(2021, 3, 1), "2月18日至24日，水位上涨。")
    dated(week, "2月18日至24日", datetime.date(2021, 2, 18), datetime.date(2021, 2, 24))
    half = later(printed, datetime.date(2021, 7, 2), "上半年，全区植树十万株。")
    dated(half, "上半年", datetime.date(2021, 1, 1), datetime.date(2021, 6, 30))
    guess = later(printed, datetime.date(2021, 3, 2), "2月20日前后，有雨。")
    dated(guess, "2月20日", day, day, certain=False)
    assert [happening.article for happening in told_of(day)] == [told, week]
    text = shown(client.get(reverse("articles:day-detail", args=["2021-02-20"])))
    assert "据了解，<b>2月20日</b>，渡口恢复通航。" in text
    assert "馆藏没有这一天的报纸" in text


def test_what_drafts_tell_of_a_day_is_not_shown(client, printed):
    day = datetime.date(2021, 2, 20)
    draft = ArticleFactory(page=printed.front, body="2月20日，渡口恢复通航。", headline="未发之稿")
    dated(draft, "2月20日", day, day)
    assert told_of(day) == []
    assert "未发之稿" not in shown(client.get(reverse("articles:day-detail", args=["2021-02-20"])))


def test_a_day_over_the_years_gathers_what_is_told_and_what_was_printed(client, printed):
    article = later(printed, datetime.date(2022, 3, 11), "3月5日，渡口恢复通航。")
    dated(article, "3月5日", datetime.date(2022, 3, 5), datetime.date(2022, 3, 5))
    years = on_this_day(3, 5)
    assert [(year.year, len(year.happenings), len(year.issues)) for year in years] == [(2022, 1, 0), (2021, 0, 1)]
    assert "<b>3月5日</b>，渡口恢复通航。" in shown(client.get(reverse("articles:on-this-day", args=["03-05"])))


@pytest.mark.parametrize("day", ["02-30", "13-01", "1-1", "昨天"])
def test_a_day_that_no_calendar_has_is_not_found(client, db, day):
    answer = client.get(reverse("articles:on-this-day", args=[day]))
    assert answer.status_code == 404


def test_the_last_day_of_february_is_a_day(client, db):
    assert client.get(reverse("articles:on-this-day", args=["02-29"])).status_code == 200


def test_a_day_is_chosen_by_its_form(client, db):
    answer = client.get(reverse("articles:on-this-day-today"), {"day": "2022-10-12"})
    assert answer.headers["Location"] == reverse("articles:on-this-day", args=["10-12"])


def test_headline_verbs_say_what_an_official_does(printed):
    research = later(printed, datetime.date(2022, 5, 6), "程望舒出席。", headline="程望舒到渡口调研")
    meeting = later(printed, datetime.date(2023, 5, 6), "程望舒出席。", headline="林长制推进会召开")
    for article in (research, meeting):
        name(article, printed.person)
    found = doings(Appearances(printed.person).recent)
    assert [(doing.kind, doing.count) for doing in found] == [("meeting", 2), ("research", 1)]
    assert found[1].latest.article_id == research.pk


def test_person_page_names_every_page_of_an_article_that_jumps(client, printed):
    article = later(printed, datetime.date(2022, 5, 6), "渡口恢复通航。")
    part = {"article": 0, "page": 7, "section": "", "byline_text": "", "printed": [], "paragraph": 1, "offset": 0}
    article.whole, article.continued = "渡口恢复通航。\n程望舒到场察看。", [part]
    article.save()
    name(article, printed.person, paragraph=1)
    text = shown(client.get(printed.person.get_absolute_url()))
    assert "、第7版" in text
    assert "<b>程望舒</b>到场察看。" in text


def test_person_page_shows_doings_and_companions_with_latest_evidence(client, printed):
    joint = later(printed, datetime.date(2022, 5, 6), "程望舒与石墨到河湾区林业局。", headline="程望舒到渡口调研")
    other = PersonFactory(name="石墨", pinyin="shi mo", initials="sm")
    for record in (printed.person, other, printed.forestry):
        name(joint, record)
    text = shown(client.get(printed.person.get_absolute_url()))
    assert "调研督查" in text
    assert other.get_absolute_url() in text
    assert printed.forestry.get_absolute_url() in text
    assert "2022-05-06" in text
