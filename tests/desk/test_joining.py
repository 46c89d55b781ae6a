"""An article that goes on on another page is one article: joined by its jumps, parted and joined by an editor."""

import pytest
from django.urls import reverse

from articles.models import Article, Decision, Mention, Page, Person
from articles.selectors.doubts import doubts
from articles.services import reviewing
from articles.services.joining import join_articles, part_article
from articles.services.linking import confirm_mention
from articles.services.publishing import (
    PublishingRefusedError,
    publish_article,
    publish_issue,
    restore_article,
    take_back_publication,
    withdraw_article,
)
from articles.services.reading import read_page_sources
from articles.services.reviewing import GestureRefusedError, edit_article, mark_reviewed, redo, undo
from articles.services.uploading import PageFile, upload_issue
from articles.services.versions import restore_version
from tests.factories import editor
from tests.indexed import rebuild
from tests.services.printed import CANTEEN, DAY, SOWING, homeless_lines, line

pytestmark = pytest.mark.django_db

FIRST = f"""{CANTEEN}
十个重大项目开工建设

本报讯 3月3日，河湾区举行重大项目集中
开工仪式，十个项目同时动工，总投资八十
亿元。区委书记何静宣布开工，并要求各镇
为项目建设做好保障，争取
（下转第三版）
"""
THIRD = f"""{SOWING}
十个重大项目开工建设
（上接第一版）

冷库在年底前投入使用，让瓜果当天出村。
区农业农村局局长周立新介绍，冷库建成后
可存瓜果三千吨。
记者 罗一平
"""
BRIDGE = "\n河湾大桥年底通车\n\n本报讯 河湾大桥主塔昨日封顶，全长两千米，\n年底可以通车。\n（下转第三版）\n"
BRIDGE_GOES_ON = "\n河湾大桥年底通车\n（上接第一版）\n\n大桥建成以后，两岸往来只要五分钟。\n记者 程望舒\n"
ACROSS = "做好保障，争取冷库在年底前投入使用"


def issue_of(first=FIRST, third=THIRD):
    files = [PageFile("1.txt", first.encode()), PageFile("3.txt", third.encode())]
    return upload_issue(paper="河湾日报", date=DAY, files=files).issue


def parts(issue):
    first = Article.objects.get(page__issue=issue, page__number=1, body__contains="集中开工仪式")
    return first, Article.objects.get(page__issue=issue, page__number=3, body__contains="瓜果")


def again(row):
    return type(row).objects.get(pk=row.pk)


def of_jumps(issue):
    return [doubt.what for doubt in doubts(issue) if "版" in doubt.what]


@pytest.fixture
def issue():
    return issue_of()


def test_a_pair_of_jumps_makes_one_article_of_two_and_no_line_is_lost(issue):
    head, continuation = parts(issue)
    assert continuation.continues == head
    assert continuation.status == "continued"
    assert head.page_numbers == [1, 3]
    assert any(ACROSS in text for text in head.paragraphs)
    assert "下转" not in head.text
    assert "上接" not in head.text
    assert all(homeless_lines(page) == [] for page in issue.pages.all())
    joined = Decision.objects.get(kind="joined")
    assert joined.actor is None
    assert "第1版印着“下转第3版”，第3版印着“上接第1版”，标题也相合" in joined.reason
    assert of_jumps(issue) == []


def test_names_dates_and_signatures_of_both_parts_are_the_articles(issue):
    head, continuation = parts(issue)
    named = set(head.mentions.values_list("surface", flat=True))
    assert {"何静", "周立新", "3月3日"} <= named
    assert [byline.name for byline in head.bylines.all()] == ["罗一平"]
    assert not continuation.mentions.exists()
    assert not continuation.bylines.exists()
    for mention in head.mentions.exclude(end=0):
        text = {-1: head.headline, -2: head.kicker, -3: head.subtitle, **dict(enumerate(head.paragraphs))}
        assert text[mention.paragraph][mention.start : mention.end] == mention.surface


def test_readers_find_it_once_by_words_of_either_page_and_across_the_seam(issue, client):
    head, continuation = parts(issue)
    publish_issue(issue, None)
    rebuild()
    for words in ("集中开工仪式", "瓜果当天出村", ACROSS):
        found = client.get(reverse("articles:api:search"), {"q": f'"{words}"'}).json()
        assert [(hit["id"], hit["pages"]) for hit in found["results"]] == [(head.pk, [1, 3])]
        assert "第1版" in client.get(reverse("articles:search"), {"q": f'"{words}"'}).content.decode()
    assert "、第3版" in client.get(reverse("articles:search"), {"q": f'"{ACROSS}"'}).content.decode()
    shown = client.get(reverse("articles:api:article", args=[head.pk])).json()
    assert (shown["page"], shown["pages"], shown["byline_text"]) == (1, [1, 3], "记者 罗一平")
    moved = client.get(reverse("articles:api:article", args=[continuation.pk]))
    assert moved["Location"] == reverse("articles:api:article", args=[head.pk])
    assert [row["articles"] for row in client.get(reverse("articles:api:issues")).json()["results"]] == [3]


def test_its_page_names_both_pages_and_the_continuations_address_leads_there(issue, client):
    head, continuation = parts(issue)
    publish_issue(issue, None)
    shown = client.get(head.get_absolute_url()).content.decode()
    assert "以下印在第3版" in shown
    assert "2022-03-04(1, 3)." in shown
    gone_to = client.get(reverse("articles:article-detail", args=[continuation.pk]))
    assert gone_to["Location"] == head.get_absolute_url()
    third = client.get(continuation.page.get_absolute_url()).content.decode()
    assert "上接第1版" in third
    assert "冷库在年底前投入使用" in third
    assert "本行所属稿件未公开" not in third
    overview = client.get(issue.get_absolute_url()).content.decode()
    assert overview.count(f'<h3><a href="{head.get_absolute_url()}">') == 1
    feed = client.get(reverse("articles:feed-latest")).content.decode()
    assert feed.count("<title>十个重大项目开工建设</title>") == 1


def test_a_page_that_holds_nothing_but_a_continuation_can_be_turned_to(client):
    issue = issue_of(third=THIRD.removeprefix(SOWING))
    _head, continuation = parts(issue)
    publish_issue(issue, None)
    assert client.get(continuation.page.get_absolute_url()).status_code == 200
    assert client.get(issue.get_absolute_url()).status_code == 200
    assert client.get("/").status_code == 200


def test_of_two_jumps_to_one_page_each_takes_what_its_headline_says():
    issue = issue_of(FIRST + BRIDGE, THIRD + BRIDGE_GOES_ON)
    head, continuation = parts(issue)
    bridge = Article.objects.get(page__number=1, body__contains="封顶")
    assert continuation.continues == head
    assert Article.objects.get(page__number=3, body__contains="五分钟").continues == bridge


def test_where_no_jump_answers_the_headline_is_proposed_and_a_draft_waits_for_an_editor(client):
    issue = issue_of(third=THIRD.replace("（上接第一版）\n", ""))
    head, continuation = parts(issue)
    assert continuation.continues is None
    assert of_jumps(issue) == ["印着“下转第3版”，续文还没有接上"]
    with pytest.raises(PublishingRefusedError, match="续文还没有接上"):
        publish_article(head, editor())
    client.force_login(editor())
    desk = reverse("articles:desk-page", args=[head.page_id])
    assert "那一版没有印相应的转版字样，标题相合的是" in client.get(desk).content.decode()
    answer = {"other": continuation.pk, "onward": "1", "version": head.page.version}
    client.post(reverse("articles:desk-article-join", args=[head.pk]), answer)
    assert again(continuation).continues == head
    assert of_jumps(issue) == []


def test_a_jump_to_a_page_that_is_not_there_is_told_until_an_editor_has_passed_the_page():
    issue = issue_of(first=FIRST.replace("第三版", "第四版"), third=SOWING)
    head = Article.objects.get(body__contains="集中开工仪式")
    assert of_jumps(issue) == ["印着“下转第4版”，续文还没有接上"]
    with pytest.raises(PublishingRefusedError, match="下转第4版"):
        publish_article(head, editor())
    mark_reviewed(head.page, editor())
    assert of_jumps(issue) == []
    assert publish_article(again(head), editor()) == 1


def test_a_continuation_uploaded_after_its_article_was_published_is_proposed_not_published(client):
    issue = upload_issue(paper="河湾日报", date=DAY, files=[PageFile("1.txt", FIRST.encode())]).issue
    head = Article.objects.get(page__issue=issue, body__contains="集中开工仪式")
    publish_issue(issue, None)
    upload_issue(paper="河湾日报", date=DAY, files=[PageFile("3.txt", THIRD.encode())])
    continuation = parts(issue)[1]
    assert (again(head).status, again(head).whole, continuation.status) == ("published", "", "draft")
    assert of_jumps(issue) == ["印着“上接第1版”，还没有接上"]
    client.force_login(editor())
    version = again(continuation.page).version
    client.post(
        reverse("articles:desk-article-join", args=[continuation.pk]),
        {"other": head.pk, "onward": "0", "version": version},
    )
    assert ACROSS in again(head).text
    assert again(continuation).is_public


def test_parting_gives_each_part_its_own_text_and_names_and_can_be_undone_and_redone(issue):
    head, continuation = parts(issue)
    whole, user = head.whole, editor()
    part_article(continuation, user, at=head.page)
    head, continuation = again(head), again(continuation)
    assert (head.whole, head.continued, continuation.status) == ("", [], "draft")
    assert not head.mentions.filter(surface="周立新").exists()
    assert continuation.mentions.filter(surface="周立新").exists()
    assert [byline.name for byline in continuation.bylines.all()] == ["罗一平"]
    undo(head.page, user)
    assert again(head).whole == whole
    redo(head.page, user)
    assert again(continuation).status == "draft"


def test_what_an_editor_parted_stays_so_when_a_page_is_read_again(issue):
    _head, continuation = parts(issue)
    part_article(continuation, editor())
    for page in issue.pages.all():
        read_page_sources(page)
    assert parts(issue)[1].continues is None
    assert of_jumps(issue) == []


def test_taking_back_what_the_machine_joined_is_an_editors_word_too(issue):
    _head, continuation = parts(issue)
    third = Page.objects.get(pk=continuation.page_id)
    undone = undo(third, editor())
    assert undone.kind == "joined"
    read_page_sources(third)
    assert parts(issue)[1].continues is None


@pytest.mark.parametrize("number", [1, 3])
def test_reading_either_page_again_leaves_one_article(issue, number):
    head, continuation = parts(issue)
    whole = head.whole
    read_page_sources(issue.pages.get(number=number))
    read_page_sources(issue.pages.get(number=number))
    head_now, continuation_now = parts(issue)
    assert (head_now.pk, continuation_now.pk) == (head.pk, continuation.pk)
    assert continuation_now.continues == head_now
    assert head_now.whole == whole
    assert not continuation_now.mentions.exists()
    assert all(homeless_lines(page) == [] for page in issue.pages.all())


@pytest.mark.parametrize("number", [1, 3])
def test_reading_again_after_publication_changes_nothing_for_readers(issue, number):
    head, _continuation = parts(issue)
    publish_issue(issue, None)
    whole = again(head).whole
    read_page_sources(issue.pages.get(number=number))
    assert (again(head).whole, again(head).status) == (whole, "published")


def test_correcting_the_text_of_either_part_corrects_the_whole_and_readers_are_told(issue, client):
    head, continuation = parts(issue)
    publish_issue(issue, None)
    continuation = again(continuation)
    texts = {name: getattr(continuation, name) for name in ("kicker", "headline", "subtitle", "byline_text")}
    body = continuation.body.replace("三千吨", "五千吨")
    user = editor()
    edit_article(continuation, texts | {"body": body}, user, version=continuation.version, note="存量应为五千吨")
    head = again(head)
    assert "五千吨" in head.whole
    assert "存量应为五千吨" in client.get(head.get_absolute_url()).content.decode()
    rebuild()
    found = client.get(reverse("articles:api:search"), {"q": '"可存瓜果三千吨"'}).json()
    assert [hit["id"] for hit in found["results"]] == [head.pk]
    undo(continuation.page, user)
    assert "三千吨" in again(head).whole


def test_going_back_to_an_earlier_version_of_a_page_keeps_it_joined(issue):
    head, continuation = parts(issue)
    user = editor()
    read = continuation.page.decisions.get(kind="read")
    moved = line(continuation.page, "可存瓜果")
    reviewing.move_lines(continuation.page, [moved.pk], reviewing.Destination(None, "unknown"), user)
    assert "可存瓜果" not in again(head).whole
    restore_version(read, user)
    assert "可存瓜果三千吨" in again(head).whole
    assert again(continuation).continues == head


def test_withdrawing_takes_both_parts_away_and_restoring_brings_both_back(issue, client):
    head, continuation = parts(issue)
    publish_issue(issue, None)
    withdraw_article(again(head), "内容有误", editor())
    for page in issue.pages.all():
        shown = client.get(page.get_absolute_url()).content.decode()
        assert "集中开工" not in shown
        assert "瓜果" not in shown
        assert "所属稿件未公开" in shown
    moved = client.get(reverse("articles:article-detail", args=[continuation.pk]), follow=True)
    assert moved.status_code == 410
    assert "瓜果" not in moved.content.decode()
    restore_article(again(head), editor())
    assert "瓜果" in client.get(continuation.page.get_absolute_url()).content.decode()


def test_an_issue_is_closed_when_its_only_draft_left_is_a_continuation(issue):
    for article in Article.objects.filter(page__issue=issue, status="draft"):
        publish_article(article, None, in_doubt=True)
    assert again(issue).status == "published"
    head, continuation = parts(issue)
    take_back_publication([head], editor())
    assert not again(continuation).is_public


def test_publishing_the_article_asks_for_what_is_doubtful_in_its_continuation(issue):
    head, continuation = parts(issue)
    Article.objects.filter(pk=continuation.pk).update(confidence=0.4)
    with pytest.raises(PublishingRefusedError, match="没有把握"):
        publish_article(head, editor())


def test_names_that_an_editor_decided_stay_decided_when_parts_are_joined_and_parted(issue):
    head, continuation = parts(issue)
    mention = head.mentions.filter(surface="周立新").first()
    confirm_mention(mention)
    Mention.objects.filter(pk=mention.pk).update(status="accepted")
    part_article(continuation, editor())
    assert {m.status for m in continuation.mentions.filter(surface="周立新")} == {"accepted"}
    join_articles(again(continuation), again(head), editor())
    assert {m.status for m in head.mentions.filter(surface="周立新")} == {"accepted"}
    assert Person.objects.filter(name="周立新").count() == 1


def test_the_desks_of_both_pages_say_that_they_are_joined_and_part_them(issue, client):
    head, continuation = parts(issue)
    client.force_login(editor())
    for article, other in ((head, continuation), (continuation, head)):
        shown = client.get(reverse("articles:desk-page", args=[article.page_id])).content.decode()
        assert "已接成一篇" in shown
        assert "标题也相合" in shown
        assert f"{reverse('articles:desk-page', args=[other.page_id])}#a{other.pk}" in shown
    version = again(head.page).version
    form = {"other": continuation.pk, "version": version}
    done = client.post(reverse("articles:desk-article-part", args=[head.pk]), form)
    assert done["Location"] == reverse("articles:desk-page", args=[head.page_id])
    assert again(continuation).status == "draft"
    shown = client.get(reverse("articles:desk-page", args=[head.page_id])).content.decode()
    assert f'<option value="{continuation.pk}">' in shown


def test_two_pieces_can_be_joined_by_hand_and_what_cannot_be_is_refused_with_the_reason(client):
    issue = issue_of(FIRST.replace("（下转第三版）\n", ""), THIRD.replace("（上接第一版）\n", ""))
    head, continuation = parts(issue)
    user = editor()
    client.force_login(user)
    join = reverse("articles:desk-article-join", args=[continuation.pk])
    client.post(join, {"other": head.pk, "version": continuation.page.version})
    assert again(continuation).continues == head
    with pytest.raises(GestureRefusedError, match="已经接着另一篇"):
        join_articles(again(continuation), head, user)
    canteen = Article.objects.get(page__number=1, body__contains="食堂")
    sowing = Article.objects.get(page__number=3, body__contains="春耕")
    with pytest.raises(GestureRefusedError, match="同一版上"):
        join_articles(canteen, head, user)
    with pytest.raises(GestureRefusedError, match="请先分开再合并"):
        reviewing.merge_articles(again(continuation), sowing, user)
    assert client.post(join, {"other": "x"}).status_code == 409


def test_a_published_part_is_not_hidden_behind_a_draft():
    issue = issue_of()
    head, continuation = parts(issue)
    user = editor()
    part_article(continuation, user)
    publish_article(again(continuation), user, in_doubt=True)
    with pytest.raises(GestureRefusedError, match="请先发布前面那一篇"):
        join_articles(again(continuation), again(head), user)
    with pytest.raises(GestureRefusedError, match="请先发布前面那一篇"):
        undo(again(continuation.page), user)


def test_a_page_given_another_number_is_named_so_by_the_article(issue):
    head, continuation = parts(issue)
    reviewing.renumber_page(continuation.page, 4, "综合", editor())
    assert again(head).page_numbers == [1, 4]


def test_previews_show_the_whole_once(issue, client):
    head, continuation = parts(issue)
    client.force_login(editor())
    shown = client.get(reverse("articles:desk-article-preview", args=[continuation.pk])).content.decode()
    assert "集中开工仪式" in shown
    assert "冷库在年底前投入使用" in shown
    whole_issue = client.get(reverse("articles:desk-issue-preview", args=[issue.pk])).content.decode()
    assert whole_issue.count("瓜果当天出村") == 1
    assert f"#a{head.pk}" in shown
