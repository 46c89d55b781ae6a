"""A form that comes when nobody is signed in any more: what was typed is kept until it is saved."""

from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import EDITOR
from tests.factories import UserFactory
from tests.services.printed import living, page_of

pytestmark = pytest.mark.django_db
PASSWORD = "lin-zhang-7"
TYPED = {
    "headline": "春耕备耕\u201c全面\u201d铺开",
    "body": "第一段，打了很久。\n第二段 <b>也</b>是。",
    "kicker": "",
    "subtitle": "",
    "byline_text": "记者 程望舒",
}


class Form(HTMLParser):
    """The fields of the last form of a page that sends something, as a browser sends them."""

    def __init__(self, response):
        super().__init__()
        self.fields, self.action, self._open = {}, None, None
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if (
            tag == "form"
            and self.action is None
            and (found.get("action") or "").startswith(("/accounts/login", "/desk/"))
        ):
            self.action = found["action"]
        elif self.action and tag == "input" and found.get("name"):
            self.fields[found["name"]] = found.get("value", "")
        elif self.action and tag == "textarea":
            self._open, self.fields[found["name"]] = found["name"], ""

    def handle_data(self, data):
        if self._open:
            self.fields[self._open] += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self._open:
            self.fields[self._open] = self.fields[self._open].removeprefix("\n")
            self._open = None


@pytest.fixture
def article():
    user = UserFactory(username="editor", role=EDITOR)
    user.set_password(PASSWORD)
    user.save()
    return living(page_of())[0]


def typed(article):
    return TYPED | {"version": str(article.version)}


def test_what_was_typed_survives_the_end_of_a_session(client, article):
    address = reverse("articles:desk-article-edit", args=[article.pk])
    late = client.post(address, typed(article))
    assert late.status_code == 401
    login = Form(late)
    wrong = Form(client.post(login.action, login.fields | {"username": "editor", "password": "nein"}))
    kept = Form(client.post(wrong.action, wrong.fields | {"username": "editor", "password": PASSWORD}))
    assert kept.action == address
    article.refresh_from_db()
    assert article.headline != TYPED["headline"]
    client.post(kept.action, kept.fields)
    article.refresh_from_db()
    assert (article.headline, article.body) == (TYPED["headline"], TYPED["body"])


def test_signing_in_without_anything_typed_leads_on(client, article):
    answer = client.post("/accounts/login/", {"username": "editor", "password": PASSWORD, "next": "/desk/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/")


def test_what_was_kept_is_never_sent_to_another_site(client, article):
    fields = {"username": "editor", "password": PASSWORD, "next": "https://example.org/desk/", "kept-headline": "题"}
    answer = client.post("/accounts/login/", fields)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_whoever_signed_in_anew_in_another_window_sends_the_form_again(article):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(UserFactory(role=EDITOR))
    address = reverse("articles:desk-article-edit", args=[article.pk])
    strict.get(address)
    answer = strict.post(
        address, typed(article) | {"csrfmiddlewaretoken": "x" * 64}, headers={"origin": "http://testserver"}
    )
    assert answer.status_code == 403
    kept = Form(answer)
    assert strict.post(kept.action, kept.fields, headers={"origin": "http://testserver"}).status_code == 302
    article.refresh_from_db()
    assert article.body == TYPED["body"]


@pytest.mark.parametrize("origin", [{}, {"origin": "https://example.org"}])
def test_a_form_from_elsewhere_is_not_offered_again(article, origin):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(UserFactory(role=EDITOR))
    address = reverse("articles:desk-article-edit", args=[article.pk])
    answer = strict.post(address, typed(article), headers=origin)
    assert answer.status_code == 403
    assert TYPED["headline"] not in answer.content.decode()
    assert Form(answer).action is None


def test_files_that_did_not_come_along_are_told_of(client, article):
    from tests.desk.test_desk import file

    late = client.post(reverse("articles:desk-upload"), {"date": "2022-03-04", "files": [file()]})
    assert late.status_code == 401
    assert "选的文件没有带过来" in late.content.decode()


def test_a_part_that_is_asked_for_again_never_gets_the_login_page(client, article):
    page = article.page
    hx = {"hx-request": "true"}
    present = client.get(reverse("articles:desk-page-present", args=[page.pk]), headers=hx)
    progress = client.get(reverse("articles:desk-issue-progress", args=[page.issue_id]), headers=hx)
    assert (present.status_code, present.content, "HX-Refresh" in present.headers) == (401, b"", False)
    assert (progress.status_code, progress.content, progress.headers.get("HX-Refresh")) == (401, b"", "true")


def test_a_password_is_never_shown_again():
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(UserFactory(role=EDITOR))
    typed_in = {
        "old_password": "alt-und-lang-genug",
        "new_password1": "neu-und-lang-genug",
        "note": "为什么要换，写在这里了",
    }
    answer = strict.post("/accounts/password_change/", typed_in, headers={"origin": "http://testserver"})
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "为什么要换，写在这里了" in text
    assert "lang-genug" not in text
    assert "_password" not in text
