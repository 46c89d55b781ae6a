"""An editor beside another, and beside a machine that reads once more."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Decision, Page, Visit
from articles.services import reviewing
from articles.services.reading import read_page_sources
from tests.factories import editor
from tests.services.printed import living, page_of
from tests.services.test_reviewing import texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(editor())
    return client


def better(page, monkeypatch):
    """The next reading of this page finds another headline."""
    from dataclasses import replace

    from articles.services import reading

    plain = reading.read_page

    def improved(*args, **kwargs):
        found = plain(*args, **kwargs)
        first = found.articles[0]
        draft = replace(first.draft, headline="春耕备耕全面铺开抢农时")
        return replace(found, articles=(replace(first, draft=draft), *found.articles[1:]))

    monkeypatch.setattr(reading, "read_page", improved)
    read_page_sources(page)


def hand(page):
    first = living(page)[0]
    reviewing.edit_article(first, texts(first, headline="编辑的标题"), editor(), version=first.version)
    return first


def test_a_later_reading_shows_what_it_would_change_and_changes_nothing(desk, monkeypatch):
    page = page_of()
    first = hand(page)
    better(page, monkeypatch)
    first.refresh_from_db()
    assert first.headline == "编辑的标题"
    html = desk.get(reverse("articles:desk-page", args=[page.pk])).content.decode()
    assert "<ins>春耕备耕全面铺开抢农时</ins>" in html
    edit = desk.get(reverse("articles:desk-article-edit", args=[first.pk]), {"reading": "1"})
    assert 'value="春耕备耕全面铺开抢农时"' in edit.content.decode()
    desk.post(reverse("articles:desk-article-keep", args=[first.pk]))
    html = desk.get(reverse("articles:desk-page", args=[page.pk])).content.decode()
    assert "抢农时" not in html


def test_a_reading_that_reads_the_same_as_before_has_nothing_to_show():
    page = page_of()
    hand(page)
    read_page_sources(page)
    assert not Decision.objects.filter(kind=Decision.Kind.WITHHELD).exists()


def test_what_was_done_by_hand_is_still_undone_after_a_later_reading(monkeypatch):
    page = page_of()
    first = hand(page)
    better(page, monkeypatch)
    assert reviewing.next_to_undo(page).kind == Decision.Kind.EDITED
    reviewing.undo(page, editor())
    assert Article.objects.get(pk=first.pk).headline == "春耕备耕全面铺开"


def test_an_editor_sees_who_else_is_at_the_page_and_not_who_left(desk, client):
    page, other = page_of(), editor()
    url = reverse("articles:desk-page", args=[page.pk])
    assert "也在看这一版" not in desk.get(url).content.decode()
    visit = Visit.objects.create(page=page, editor=other, seen_at=timezone.now())
    html = desk.get(reverse("articles:desk-page-present", args=[page.pk])).content.decode()
    assert f"<b>{other.username}</b>" in html
    visit.seen_at -= datetime.timedelta(minutes=5)
    visit.save()
    assert "也在看这一版" not in desk.get(url).content.decode()


def test_a_second_click_is_not_taken_for_another_editor(desk, client):
    page = page_of()
    lines = list(page.blocks.filter(role="body").first().lines.values_list("pk", flat=True))
    url, fields = (
        reverse("articles:desk-page-lines", args=[page.pk]),
        {"to": "caption", "lines": lines, "version": Page.objects.get().version},
    )
    assert desk.post(url, fields).status_code == 302
    again = desk.post(url, fields)
    assert again.status_code == 409
    assert "您刚才已经改过这一版" in again.content.decode()
    client.force_login(editor())
    assert "别的编辑刚改过这一版" in client.post(url, fields).content.decode()


def test_saving_the_very_same_once_more_is_no_conflict(desk):
    first = living(page_of())[0]
    url = reverse("articles:desk-article-edit", args=[first.pk])
    fields = texts(first, headline="编辑的标题") | {"version": first.version}
    saved, again = desk.post(url, fields), desk.post(url, fields)
    assert [answer.status_code for answer in (saved, again)] == [302, 302]
    assert saved.headers["Location"].endswith(f"#a{first.pk}")
    other = desk.post(url, fields | {"headline": "退回去又改的标题"})
    assert other.status_code == 409
    assert "您自己在" in other.content.decode()
    assert Article.objects.get(pk=first.pk).headline == "编辑的标题"
    assert Decision.objects.filter(kind=Decision.Kind.EDITED).count() == 1


@pytest.mark.parametrize("name", ["desk-page-lines", "desk-page-undo", "desk-article-merge", "desk-issue-publish"])
def test_the_address_of_a_refused_gesture_leads_back_to_its_page(desk, name):
    page = page_of()
    of = {"page": page.pk, "article": living(page)[0].pk, "issue": page.issue_id}[name.split("-")[1]]
    answer = desk.get(reverse(f"articles:{name}", args=[of]), follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[0][0].startswith(f"/desk/{'issues' if 'issue' in name else 'pages'}/")
    assert Article.objects.filter(status="published").count() == 0
