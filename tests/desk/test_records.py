"""The desk's pages about authority records."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import Mention, OutboxEntry, Person, Post, RecordChange
from tests.archive.conftest import name, shown
from tests.factories import ArticleFactory, IssueFactory, OrganisationFactory, PageFactory, PersonFactory, editor


@pytest.fixture
def desk(client, db):
    client.force_login(editor())
    return client


@pytest.fixture
def official(db):
    person = PersonFactory(name="程望舒", pinyin="cheng wangshu", initials="cws")
    for day, body in ((5, "局长程望舒主持会议。"), (12, "教师程望舒上了一课。")):
        page = PageFactory(issue=IssueFactory(date=datetime.date(2021, 3, day)))
        name(ArticleFactory(page=page, body=body, published=True), person)
    return person


def at(what, person, kind="people"):
    return reverse(f"articles:desk-record-{what}", args=[kind, person.pk])


def test_record_is_found_by_name_and_by_initials(desk, official):
    address = reverse("articles:desk-record", args=["people", official.pk])
    for typed in ("望舒", "cws", ""):
        assert address in shown(desk.get(reverse("articles:desk-records", args=["people"]), {"q": typed}))
    assert address not in shown(desk.get(reverse("articles:desk-records", args=["people"]), {"q": "石墨"}))
    assert desk.get(reverse("articles:desk-records", args=["trees"])).status_code == 404


def test_record_shows_its_articles_with_the_sentences(desk, official):
    text = shown(desk.get(reverse("articles:desk-record", args=["people", official.pk])))
    assert "教师<b>程望舒</b>上了一课。" in text
    assert "局长<b>程望舒</b>主持会议。" in text


def test_merge_is_previewed_done_and_undone(desk, official):
    other = PersonFactory(name="程望书")
    candidates = shown(desk.get(at("merge", other), {"q": "程望"}))
    assert f"?into={official.pk}" in candidates
    preview = shown(desk.get(at("merge", official), {"into": other.pk}))
    assert "2 篇稿件、2 处提及归到它名下" in preview
    answer = desk.post(at("merge", official), {"into": other.pk, "reason": "同一人"}, follow=True)
    assert "已并入“程望书”" in shown(answer)
    assert Mention.objects.filter(person=other).count() == 2
    change = RecordChange.objects.get()
    assert (change.reason, change.actor.username) == ("同一人", answer.wsgi_request.user.username)
    desk.post(reverse("articles:desk-record-undo", args=[change.pk]))
    assert Mention.objects.filter(person=official).count() == 2


def test_merge_with_itself_says_what_to_do(desk, official):
    answer = desk.post(at("merge", official), {"into": official.pk})
    assert answer.status_code == 409
    assert "请选另一条同类的记录" in shown(answer)


def test_chosen_articles_move_to_a_new_namesake(desk, official):
    lesson = Mention.objects.get(article__body__contains="教师").article
    form = {"article": [lesson.pk], "target": "new", "new_name": "程望舒", "new_distinction": "教师"}
    assert "已移到“程望舒（教师）”" in shown(desk.post(at("move", official), form, follow=True))
    teacher = Person.objects.get(distinction="教师")
    assert [mention.article for mention in teacher.mentions.all()] == [lesson]


def test_moving_without_a_choice_keeps_everything_and_says_so(desk, official):
    answer = desk.post(at("move", official), {"target": "new"})
    assert answer.status_code == 409
    assert "请先勾选" in shown(answer)
    assert Person.objects.count() == 1


def test_refused_move_leaves_no_new_record(desk, official):
    elsewhere = ArticleFactory(body="槐花开了。", published=True)
    answer = desk.post(at("move", official), {"article": [elsewhere.pk], "target": "new", "new_name": "石墨"})
    assert answer.status_code == 409
    assert Person.objects.count() == 1


def test_rename_reject_and_profile_can_all_be_undone(desk, official):
    desk.post(at("rename", official), {"name": "程望书", "distinction": "林业"})
    desk.post(at("profile", official), {"shown": "no", "reason": "本人要求"})
    desk.post(at("reject", official), {"reason": "不是人名"})
    official.refresh_from_db()
    assert (official.name, official.has_profile, official.rejected) == ("程望书", False, True)
    for change in RecordChange.objects.order_by("-pk"):
        desk.post(reverse("articles:desk-record-undo", args=[change.pk]))
    official.refresh_from_db()
    assert (official.name, official.distinction, official.has_profile, official.rejected) == ("程望舒", "", True, False)


def test_body_that_takes_anothers_name_is_refused(desk):
    body, other = OrganisationFactory(name="河湾区林业局"), OrganisationFactory(name="河湾区园林局")
    answer = desk.post(at("rename", body, "organisations"), {"name": other.name})
    assert answer.status_code == 409
    assert "请并入那一条" in shown(answer)


def test_list_of_officials_is_brought_in_and_taken_away(desk, official):
    table = SimpleUploadedFile("officials.csv", "kind,name,post\nperson,石墨,科长\nperson,,\n".encode())
    text = shown(desk.post(reverse("articles:desk-rosters"), {"file": table}))
    assert "新立 1 条，原有 0 条" in text
    assert "第3行：" in text
    answer = desk.get(reverse("articles:desk-roster", args=["csv"]))
    assert "石墨" in b"".join(answer.streaming_content).decode()
    assert desk.get(reverse("articles:desk-roster", args=["json"])).json()["persons"]
    assert desk.get(reverse("articles:desk-roster", args=["xls"])).status_code == 404


def test_file_that_is_no_list_is_refused_with_a_sentence(desk):
    for form in ({}, {"file": SimpleUploadedFile("a.csv", b"\xff\xff\xff")}):
        answer = desk.post(reverse("articles:desk-rosters"), form)
        assert answer.status_code == 400


def test_record_tells_how_far_search_has_followed(desk, official):
    address = reverse("articles:desk-record", args=["people", official.pk])
    assert "检索正在跟上" not in desk.get(address).content.decode()
    OutboxEntry.objects.create(article_id=official.mentions.first().article_id)
    assert "还有 1 篇稿件要更新" in desk.get(address).content.decode()
    answer = desk.get(address, headers={"HX-Target": "following"})
    assert "HX-Target" in answer.headers["Vary"].split(", ")
    asked_again = answer.content.decode()
    assert "还有 1 篇稿件要更新" in asked_again
    assert "<h1" not in asked_again
    OutboxEntry.objects.all().delete()
    assert not desk.get(address, headers={"HX-Target": "following"}).content.decode().strip()


def test_removed_profile_is_gone_from_every_list_in_one_logged_step(desk, official):
    post = Post.objects.create(title="局长", organisation=OrganisationFactory(name="河湾区林业局"))
    page = PageFactory(issue=IssueFactory(date=datetime.date(2021, 4, 1)))
    name(
        ArticleFactory(page=page, body="程望舒到任。", headline="到任", published=True),
        official,
        posts=[("局长", post)],
    )
    name(ArticleFactory(page=page, body="河湾区林业局开会。", headline="开会", published=True), post.organisation)
    pages = [
        official.get_absolute_url(),
        reverse("articles:people"),
        reverse("articles:posts"),
        reverse("articles:post-detail", args=[post.pk]),
        reverse("articles:organisation-line-up", args=[post.organisation_id]),
    ]
    assert all(official.name in desk.get(page).content.decode() for page in pages if page != pages[2])
    desk.post(
        reverse("articles:desk-record-profile", args=["people", official.pk]), {"shown": "no", "reason": "本人要求"}
    )
    assert not any(official.name in desk.get(page).content.decode() for page in pages)
    change = RecordChange.objects.get()
    assert (change.kind, change.reason, change.actor is not None) == ("profile", "本人要求", True)
