import datetime

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Block, Decision, Issue, Job, Page, Paper, SourceFile
from articles.services.publishing import publish_articles
from tests.factories import editor, staff
from tests.services.printed import SMALL_PAGE, homeless_lines, line, lines_of, living, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(editor())
    return client


def file(content=SMALL_PAGE, name="p1.txt"):
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())


def send(client, *files, **fields):
    data = {"new_paper": "河湾日报", "date": "2022-03-04", "files": list(files)} | fields
    return client.post(reverse("articles:desk-upload"), data, follow=True)


def said(response):
    return [str(message) for message in response.context["messages"]]


def stored():
    """Files in the store: sources and waiting uploads."""
    found = []
    for folder in ("sources", "staging"):
        if default_storage.exists(folder):
            for sub in default_storage.listdir(folder)[0]:
                found += default_storage.listdir(f"{folder}/{sub}")[1]
    return sorted(found)


def test_strangers_are_sent_to_the_login_page_and_staff_are_refused(client):
    for name in ("desk-home", "desk-upload", "desk-history"):
        url = reverse(f"articles:{name}")
        assert client.get(url).headers["Location"].startswith("/accounts/login/")
    client.force_login(staff())
    for name in ("desk-home", "desk-upload", "desk-history"):
        assert client.get(reverse(f"articles:{name}")).status_code == 403


def test_a_new_papers_name_counts_more_than_the_list_that_still_shows_the_last_one(desk):
    last = Paper.objects.create(name="高新时报")
    send(desk, file(), paper=last.pk)
    assert [issue.paper.name for issue in Issue.objects.all()] == ["河湾日报"]


def test_an_upload_is_read_and_published_and_its_articles_are_public(desk, client):
    response = send(desk, file())
    assert response.redirect_chain[-1][0] == reverse("articles:desk-issue", args=[Issue.objects.get().pk])
    assert "春耕备耕全面铺开" in response.content.decode()
    issue = Issue.objects.get()
    desk.post(reverse("articles:desk-issue-publish", args=[issue.pk]))
    assert Article.objects.published().count() == 2
    issue.refresh_from_db()
    assert issue.status == Issue.Status.PUBLISHED


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_other_encodings_are_accepted(desk, encoding):
    send(desk, file(SMALL_PAGE.encode(encoding)))
    assert [article.headline for article in living(Page.objects.get())] == ["春耕备耕全面铺开", "社区食堂开进家门口"]


def test_big5_is_accepted(desk):
    text = "春耕備耕全面展開\n\n本報訊 連日來，河灣區各鄉鎮組織農技人員\n深入田間地頭，指導農戶開展春耕工作。\n記者 程望舒\n"
    send(desk, file(text.encode("big5")))
    assert SourceFile.objects.get().encoding == "big5"
    assert "春耕備耕全面展開" in "".join(article.headline + article.body for article in living(Page.objects.get()))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空文件"),
        (b"\x00\x01\x02\xff\xfe\x00" * 300, "不是文本文件"),
        (b"%PDF-1.7\n", "PDF"),
        ("字".encode() * 6_000_000, "超过 5 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_leaves_nothing(desk, content, words):
    before = stored()
    response = send(desk, file(content))
    assert any(words in message for message in said(response))
    assert not Issue.objects.exists()
    assert not Paper.objects.exists()
    assert stored() == before


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"date": ""}, "请填写出版日期"),
        ({"date": "十月十二"}, "看不懂这个日期"),
        ({"date": "2022-02-30"}, "看不懂这个日期"),
        ({"new_paper": " "}, "请选择报纸，或写上新报纸的名称"),
        ({"files": []}, "还没有选择文件"),
        ({"edition": "abc"}, "这里要填数字"),
    ],
)
def test_a_missing_or_wrong_field_is_named_and_nothing_is_saved(desk, fields, words):
    response = send(desk, file(), **fields)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Issue.objects.exists()


def test_a_date_in_the_future_is_refused(desk):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    response = send(desk, file(), date=tomorrow.isoformat())
    assert "还没有到" in response.content.decode()
    assert not Issue.objects.exists()


@pytest.mark.parametrize("date", ["2022-03-04", "2022/3/4", "2022年3月4日", "20220304"])
def test_dates_are_understood_as_people_write_them(desk, date):
    send(desk, file(), date=date)
    assert Issue.objects.get().date == datetime.date(2022, 3, 4)


def test_the_same_file_twice_changes_nothing_and_says_so(desk):
    send(desk, file())
    response = send(desk, file(name="p9.txt"))
    assert any("没有重复保存" in message for message in said(response))
    assert (Page.objects.count(), SourceFile.objects.count(), Job.objects.count()) == (1, 1, 1)


def test_more_pages_of_a_known_issue_are_added_and_said_so(desk):
    send(desk, file())
    response = send(desk, file(SMALL_PAGE.replace("春耕", "秋收"), "p2.txt"))
    assert any("原来就有" in message for message in said(response))
    assert list(Page.objects.values_list("number", flat=True)) == [1, 2]


def test_a_page_number_that_is_taken_is_asked_about(desk):
    send(desk, file())
    response = send(desk, file(SMALL_PAGE.replace("春耕", "秋收")))
    assert "第1版已有文件" in response.content.decode()
    assert SourceFile.objects.count() == 1
    check = response.redirect_chain[-1][0]
    response = desk.post(check, {"f0-number": "1", "f0-taken": "replace"}, follow=True)
    assert [article.headline for article in living(Page.objects.get())] == ["秋收备耕全面铺开", "社区食堂开进家门口"]
    assert SourceFile.objects.filter(superseded_at__isnull=False).count() == 1
    assert homeless_lines(Page.objects.get()) == []


def test_a_second_file_can_be_read_beside_the_first(desk):
    send(desk, file())
    response = send(desk, file("本报讯 昨日，河湾区图书馆延长开放时间。\n记者 罗一平\n"))
    desk.post(response.redirect_chain[-1][0], {"f0-number": "1", "f0-taken": "append"})
    assert SourceFile.objects.filter(superseded_at__isnull=True).count() == 2
    assert homeless_lines(Page.objects.get()) == []
    assert "图书馆" in "".join(article.body for article in living(Page.objects.get()))


def test_a_page_that_an_editor_changed_does_not_lose_its_file(desk):
    send(desk, file())
    publish_articles(living(Page.objects.get()), editor())
    response = send(desk, file(SMALL_PAGE.replace("春耕", "秋收")))
    response = desk.post(response.redirect_chain[-1][0], {"f0-number": "1", "f0-taken": "replace"}, follow=True)
    assert any("不能换文件" in message for message in said(response))
    assert SourceFile.objects.count() == 1


def test_files_without_a_page_number_are_asked_about_before_anything_is_saved(desk):
    response = send(desk, file(name="要闻.txt"), file(SMALL_PAGE.replace("春耕", "秋收"), "综合.txt"))
    assert not Issue.objects.exists()
    check = response.redirect_chain[-1][0]
    answers = {"f0-number": "3", "f0-section": "要闻", "f1-number": "3"}
    response = desk.post(check, answers)
    assert "也是第3版" in response.content.decode()
    response = desk.post(check, answers | {"f1-number": "4"}, follow=True)
    assert list(Page.objects.values_list("number", "section")) == [(3, "要闻"), (4, "")]
    assert desk.get(check).status_code == 404


def test_an_upload_can_be_given_up(desk):
    before = stored()
    response = send(desk, file(), check="1")
    response = desk.post(response.redirect_chain[-1][0], {"give_up": "1"}, follow=True)
    assert any("什么都没有保存" in message for message in said(response))
    assert stored() == before


def test_a_waiting_upload_is_seen_by_its_editor_alone(desk, client):
    check = send(desk, file(), check="1").redirect_chain[-1][0]
    client.force_login(editor())
    assert client.get(check).status_code == 404


def test_too_many_files_get_a_sentence(desk, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 3
    response = send(desk, *[file(name=f"p{n}.txt") for n in range(1, 6)])
    assert response.status_code == 400
    assert "一次最多上传 3 个文件" in response.content.decode()


def test_the_upload_form_asks_for_its_token():
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(editor())
    response = client.post(reverse("articles:desk-upload"), {"date": "2022-03-04"})
    assert response.status_code == 403


def test_good_files_go_in_where_one_is_refused(desk):
    response = send(desk, file(), file(b"", "p2.txt"))
    assert Page.objects.count() == 1
    assert any("空文件" in message for message in said(response))


def test_lines_are_moved_from_the_page_desk_and_undone(desk):
    page = page_of()
    _first, second = living(page)
    url = reverse("articles:desk-page", args=[page.pk])
    version = Page.objects.get(pk=page.pk).version
    chosen = line(page, "备化肥五千吨").pk
    data = {"lines": [chosen], "to": second.pk, "role": "body", "place": "last", "version": version}
    response = desk.post(reverse("articles:desk-page-lines", args=[page.pk]), data)
    assert response.headers["Location"] == url
    assert "备化肥五千吨" in living(page)[1].body
    desk.post(reverse("articles:desk-page-undo", args=[page.pk]))
    assert "备化肥五千吨" not in living(page)[1].body
    desk.post(reverse("articles:desk-page-redo", args=[page.pk]))
    assert "备化肥五千吨" in living(page)[1].body


def test_a_gesture_on_an_old_page_keeps_what_was_chosen(desk):
    page = page_of()
    chosen = line(page, "备化肥五千吨").pk
    data = {"lines": [chosen], "to": "caption", "version": 999}
    response = desk.post(reverse("articles:desk-page-lines", args=[page.pk]), data)
    assert response.status_code == 409
    assert f'value="{chosen}" id="c{chosen}" checked' in " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"to": "new"},
        {"to": "9999999999999999999"},
        {"to": "x", "lines": ["1"]},
        {"to": "new", "lines": ["a", "-1"]},
    ],
)
def test_a_senseless_gesture_is_told_and_changes_nothing(desk, data):
    page = page_of()
    response = desk.post(reverse("articles:desk-page-lines", args=[page.pk]), data)
    assert response.status_code == 409
    assert len(living(page)) == 2


def test_set_aside_lines_stay_visible_on_the_page_desk(desk):
    page = page_of()
    chosen = line(page, "备化肥五千吨").pk
    data = {"lines": [chosen], "to": "advertisement"}
    desk.post(reverse("articles:desk-page-lines", args=[page.pk]), data)
    html = desk.get(reverse("articles:desk-page", args=[page.pk])).content.decode()
    assert f'id="l{chosen}" class="set-aside"' in " ".join(html.split())


def test_two_editors_are_shown_both_texts_side_by_side(desk, client):
    page = page_of()
    first, _second = living(page)
    url = reverse("articles:desk-article-edit", args=[first.pk])
    typed = {"kicker": "", "subtitle": "", "body": first.body, "byline_text": first.byline_text}
    desk.post(url, typed | {"headline": "甲先保存", "version": first.version})
    other = desk.post(url, typed | {"headline": "乙打的字", "version": first.version})
    assert other.status_code == 409
    html = other.content.decode()
    assert "甲先保存" in html
    assert 'value="乙打的字"' in html
    version = Article.objects.get(pk=first.pk).version
    desk.post(url, typed | {"headline": "乙打的字", "version": version})
    assert Article.objects.get(pk=first.pk).headline == "乙打的字"


def test_articles_are_merged_split_published_withdrawn_and_restored(desk):
    page = page_of()
    first, _second = living(page)
    block = first.blocks.filter(role=Block.Role.BODY).order_by("position").last()
    desk.post(reverse("articles:desk-article-split", args=[first.pk]), {"at": str(block.pk)})
    assert len(living(page)) == 3
    new = living(page)[2]
    desk.post(reverse("articles:desk-article-merge", args=[new.pk]), {"into": str(first.pk)})
    assert len(living(page)) == 2
    desk.post(reverse("articles:desk-article-publish", args=[first.pk]))
    withdraw = reverse("articles:desk-article-withdraw", args=[first.pk])
    assert desk.post(withdraw, {"reason": " "}).status_code == 422
    desk.post(withdraw, {"reason": "数字有误"})
    first.refresh_from_db()
    assert (first.status, first.withdrawal_reason) == (Article.Status.WITHDRAWN, "数字有误")
    desk.post(reverse("articles:desk-article-restore", args=[first.pk]))
    first.refresh_from_db()
    assert first.status == Article.Status.PUBLISHED


def test_an_issue_with_a_nameless_article_is_blocked_with_a_list(desk):
    page = page_of()
    first, _second = living(page)
    data = {"lines": lines_of(first, Block.Role.HEADLINE), "to": "furniture"}
    desk.post(reverse("articles:desk-page-lines", args=[page.pk]), data)
    url = reverse("articles:desk-issue-publish", args=[page.issue_id])
    response = desk.post(url)
    assert response.status_code == 409
    assert "没有标题" in response.content.decode()
    assert not Article.objects.published().exists()


def test_a_page_is_marked_as_seen_and_the_issue_follows(desk):
    page = page_of()
    desk.post(reverse("articles:desk-page-reviewed", args=[page.pk]))
    page.refresh_from_db()
    assert page.status == Page.Status.REVIEWED
    assert Issue.objects.get().status == Issue.Status.REVIEWED


def test_a_page_number_can_be_changed_unless_it_is_taken(desk):
    page = page_of()
    other = page_of(SMALL_PAGE.replace("春耕", "秋收"), name="p2.txt")
    url = reverse("articles:desk-page-number", args=[page.pk])
    assert desk.post(url, {"number": "2", "section": "综合"}).status_code == 409
    assert desk.post(url, {"number": "一", "section": "综合"}).status_code == 409
    desk.post(url, {"number": "5", "section": "综合"})
    page.refresh_from_db()
    assert (page.number, page.section, other.number) == (5, "综合", 2)


def test_a_source_file_comes_back_as_it_went_in_and_has_no_public_address(desk, client):
    page = page_of(SMALL_PAGE.encode("gb18030"))
    source = page.sources.get()
    response = desk.get(reverse("articles:desk-source", args=[source.pk]))
    assert b"".join(response.streaming_content) == SMALL_PAGE.encode("gb18030")
    assert "attachment" in response.headers["Content-Disposition"]
    client.logout()
    assert client.get(reverse("articles:desk-source", args=[source.pk])).status_code == 302
    assert client.get(f"/media/{source.content.name}").status_code == 404


def test_the_history_says_from_what_to_what(desk):
    page = page_of()
    first, _second = living(page)
    typed = {"kicker": "", "subtitle": "", "body": first.body, "byline_text": first.byline_text}
    url = reverse("articles:desk-article-edit", args=[first.pk])
    desk.post(url, typed | {"headline": "改过的标题", "version": first.version})
    html = desk.get(reverse("articles:desk-history"), {"of": page.pk}).content.decode()
    assert "<del>春耕备耕全面铺开</del>" in html
    assert "<ins>改过的标题</ins>" in html
    assert Decision.objects.filter(page=page).count() == 2
    assert desk.get(reverse("articles:desk-history"), {"of": "x"}).status_code == 404


def test_pages_of_the_desk_hold_no_inline_script_or_style(desk):
    page = page_of()
    first, _second = living(page)
    addresses = [
        reverse("articles:desk-home"),
        reverse("articles:desk-upload"),
        reverse("articles:desk-history"),
        reverse("articles:desk-issue", args=[page.issue_id]),
        reverse("articles:desk-issue-progress", args=[page.issue_id]),
        reverse("articles:desk-page", args=[page.pk]),
        reverse("articles:desk-article-edit", args=[first.pk]),
        reverse("articles:desk-article-withdraw", args=[first.pk]),
    ]
    for address in addresses:
        html = desk.get(address).content.decode()
        assert " style=" not in html
        assert "<style" not in html
        assert " onclick=" not in html
        assert "<script>" not in html


def test_a_failed_page_can_be_tried_again(desk):
    page = page_of()
    Page.objects.update(status=Page.Status.FAILED, error="没有读成")
    job = Job.objects.get()
    html = desk.get(reverse("articles:desk-issue", args=[page.issue_id])).content.decode()
    assert "没有读成" in html
    desk.post(reverse("articles:desk-job", args=[job.pk]), {"again": "1"})
    page.refresh_from_db()
    assert page.status == Page.Status.READ
