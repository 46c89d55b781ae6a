import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import CHIEF, Article, Correction, Decision, Issue, PlannedPublication
from articles.services import naming, planning, publishing, reviewing
from articles.services.publishing import PublishingRefusedError
from articles.services.versions import restore_version
from tests.factories import ArticleFactory, UserFactory, editor
from tests.services.printed import living, page_of, whole_state
from tests.services.test_reviewing import texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(editor())
    return client


def doubtful_page():
    """A page with a doubtful name in its first article."""
    page = page_of()
    mention = living(page)[0].mentions.create(kind="person", surface="程望舒", paragraph=0, start=0, end=0)
    return page, mention


def test_a_doubt_keeps_an_editor_from_publishing_and_the_chief_editor_may(client):
    page, _mention = doubtful_page()
    url = reverse("articles:desk-issue-publish", args=[page.issue_id])
    client.force_login(editor())
    assert "“程望舒”待核" in client.post(url).content.decode()
    assert client.post(url, {"in_doubt": "on"}).status_code == 409
    assert not Article.objects.published().exists()
    client.force_login(UserFactory(role=CHIEF))
    assert client.post(url).status_code == 409
    assert client.post(url, {"in_doubt": "on"}).status_code == 302
    assert Article.objects.published().count() == 2


def test_once_the_doubt_is_settled_the_issue_is_published(desk):
    page, mention = doubtful_page()
    naming.reject_mention(mention, editor())
    desk.post(reverse("articles:desk-issue-publish", args=[page.issue_id]))
    assert Article.objects.published().count() == 2


def test_a_doubt_in_another_article_does_not_keep_this_one(desk):
    page, _mention = doubtful_page()
    first, second = living(page)
    response = desk.post(reverse("articles:desk-article-publish", args=[first.pk]))
    assert (response.status_code, "待核" in response.content.decode()) == (409, True)
    desk.post(reverse("articles:desk-article-publish", args=[second.pk]))
    assert list(Article.objects.published()) == [second]


def test_a_publication_is_taken_back_without_a_trace_for_readers(desk, client):
    page = page_of()
    url = reverse("articles:desk-issue-publish", args=[page.issue_id])
    desk.post(url)
    first, second = living(page)
    assert client.get(first.get_absolute_url()).status_code == 200
    desk.post(url, {"back": "1"})
    assert {a.status for a in living(page)} == {"draft"}
    assert client.get(first.get_absolute_url()).status_code == 404
    assert Issue.objects.get().status == Issue.Status.READ
    assert Decision.objects.filter(kind="published", undone_by__isnull=False).count() == 2
    desk.post(url)
    assert {a.status for a in living(page)} == {"published"}
    desk.post(reverse("articles:desk-article-publish", args=[second.pk]), {"back": "1"})
    assert [a.status for a in living(page)] == ["published", "draft"]


def test_what_is_due_is_published_and_what_is_not_waits():
    page, user = page_of(), editor()
    first, second = living(page)
    now = timezone.now()
    planning.plan_publication(first, now + datetime.timedelta(hours=1), user)
    planning.plan_publication(second, now + datetime.timedelta(days=1), user)
    assert planning.publish_due() == 0
    PlannedPublication.objects.filter(article=first).update(due_at=now - datetime.timedelta(seconds=1))
    assert planning.publish_due() == 1
    assert list(Article.objects.published()) == [first]
    assert planning.publish_due() == 0


def test_a_plan_that_meets_a_doubt_says_so_and_publishes_nothing(desk):
    page, _mention = doubtful_page()
    desk.post(reverse("articles:desk-issue-publish", args=[page.issue_id]), {"due_at": "2999-01-01T06:00"})
    PlannedPublication.objects.update(due_at=timezone.now())
    planning.publish_due()
    assert not Article.objects.published().exists()
    html = desk.get(reverse("articles:desk-issue", args=[page.issue_id])).content.decode()
    assert "的发布没有成" in html


@pytest.mark.parametrize(("due", "words"), [("2020-01-01T06:00", "已经过了"), ("明早", "看不懂这个时间")])
def test_a_senseless_time_is_refused(desk, due, words):
    page = page_of()
    response = desk.post(reverse("articles:desk-issue-publish", args=[page.issue_id]), {"due_at": due})
    assert (response.status_code, words in response.content.decode()) == (409, True)
    assert not PlannedPublication.objects.exists()


def test_a_plan_is_cancelled(desk):
    page = page_of()
    url = reverse("articles:desk-issue-publish", args=[page.issue_id])
    desk.post(url, {"due_at": "2999-01-01T06:00"})
    assert PlannedPublication.objects.count() == 1
    desk.post(url, {"cancel": "1"})
    assert not PlannedPublication.objects.exists()


def test_only_the_chief_editor_plans_in_spite_of_doubts():
    page, user = page_of(), editor()
    later = timezone.now() + datetime.timedelta(hours=1)
    with pytest.raises(PublishingRefusedError, match="主编"):
        planning.plan_publication(page.issue, later, user, in_doubt=True)


def test_a_draft_is_previewed_as_a_reader_would_see_it(desk):
    page = page_of()
    first, _second = living(page)
    html = desk.get(reverse("articles:desk-article-preview", args=[first.pk])).content.decode()
    assert "春耕备耕全面铺开" in html
    assert "现在还看不到" in html
    html = desk.get(reverse("articles:desk-issue-preview", args=[page.issue_id])).content.decode()
    assert "首日接待老人" in html


def correct(desk, article, **fields):
    typed = texts(article, headline="春耕备耕全面展开") | {"version": article.version} | fields
    return desk.post(reverse("articles:desk-article-edit", args=[article.pk]), typed)


def test_a_published_article_is_changed_with_a_note_for_readers_and_keeps_what_was_printed(desk, client):
    page = page_of()
    first, _second = living(page)
    publishing.publish_articles([first], editor())
    first.refresh_from_db()
    assert correct(desk, first).status_code == 422
    correct(desk, first, note="标题应为“展开”。")
    first.refresh_from_db()
    assert (first.headline, first.printed_otherwise) == ("春耕备耕全面展开", ["春耕备耕全面铺开"])
    client.logout()
    html = client.get(first.get_absolute_url()).content.decode()
    assert "标题应为“展开”。" in html
    assert "春耕备耕全面铺开" in html


def test_a_reading_error_is_mended_silently_where_the_editor_says_so(desk):
    page = page_of()
    first, _second = living(page)
    publishing.publish_articles([first], editor())
    first.refresh_from_db()
    correct(desk, first, silent="on", note="")
    first.refresh_from_db()
    assert first.headline == "春耕备耕全面展开"
    assert not Correction.objects.exists()


def test_a_correction_is_undone_and_redone_with_its_note(desk):
    page, user = page_of(), editor()
    first, _second = living(page)
    publishing.publish_articles([first], user)
    first.refresh_from_db()
    correct(desk, first, note="更正")
    reviewing.undo(page, user)
    first.refresh_from_db()
    assert (first.headline, first.printed, Correction.objects.count()) == ("春耕备耕全面铺开", "", 0)
    reviewing.redo(page, user)
    first.refresh_from_db()
    assert (first.headline, Correction.objects.get().note) == ("春耕备耕全面展开", "更正")


def test_what_a_table_said_first_is_kept_through_several_changes():
    article, user = ArticleFactory(origin=Article.Origin.TABLE, headline="原题", body="甲段。\n乙段。"), editor()
    for body in ("甲一段。\n乙段。", "甲二段。\n乙二段。"):
        article.refresh_from_db()
        reviewing.edit_article(article, texts(article, body=body), user, version=article.version)
    article.refresh_from_db()
    assert article.printed_otherwise == ["甲段。", "乙段。"]


def test_a_page_goes_back_to_any_version_and_that_is_undone_too():
    page, user = page_of(), editor()
    first, second = living(page)
    reviewing.edit_article(first, texts(first, headline="甲"), user, version=first.version)
    then, decision = whole_state(page), Decision.objects.filter(page=page).first()
    first.refresh_from_db()
    reviewing.edit_article(first, texts(first, headline="乙"), user, version=first.version)
    reviewing.merge_articles(second, first, user)
    now = whole_state(page)
    restore_version(decision, user)
    assert whole_state(page) == then
    reviewing.undo(page, user)
    assert whole_state(page) == now
    assert restore_version(Decision.objects.filter(page=page, kind="read").get(), user).kind == "restored"
    assert [a.headline for a in living(page)] == ["春耕备耕全面铺开", "社区食堂开进家门口"]


def test_the_history_leads_back_to_a_version(desk):
    page, user = page_of(), editor()
    first, _second = living(page)
    reviewing.edit_article(first, texts(first, headline="甲"), user, version=first.version)
    read = Decision.objects.filter(page=page, kind="read").get()
    url = reverse("articles:desk-version-restore", args=[read.pk])
    assert url in desk.get(reverse("articles:desk-history"), {"of": page.pk}).content.decode()
    desk.post(url)
    first.refresh_from_db()
    assert first.headline == "春耕备耕全面铺开"
