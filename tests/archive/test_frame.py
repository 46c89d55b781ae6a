import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse

from articles.views.errors import server_error
from tests.archive.conftest import shown
from tests.factories import ArticleFactory, editor


def test_front_shows_the_newest_issue(client, printed, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        text = client.get("/").content.decode()
    for article in (printed.lead, printed.second, printed.last):
        assert article.get_absolute_url() in text
    assert printed.person.get_absolute_url() in text


@pytest.mark.django_db
def test_empty_archive_has_a_front_that_says_so(client):
    ArticleFactory()
    text = client.get("/").content.decode()
    assert "档案还是空的" in text
    assert client.get("/issues/").status_code == 200
    assert client.get("/people/").status_code == 200


def test_note_of_a_paper_stands_beside_its_name(client, printed):
    printed.issue.paper.note = "虚构报纸"
    printed.issue.paper.save()
    for address in ("/", printed.issue.get_absolute_url(), printed.lead.get_absolute_url(), "/issues/2021/"):
        assert "虚构报纸" in client.get(address).content.decode()


def test_preferences_are_kept_and_forgotten(client, printed):
    answer = client.post(reverse("articles:preferences"), {"text": "large", "next": "/people/"})
    assert answer.headers["Location"] == "/people/"
    text = client.get("/").content.decode()
    assert 'data-text="large"' in text
    assert 'aria-pressed="true"' in text
    client.post(reverse("articles:preferences"), {"text": "normal"})
    assert "data-text" not in client.get("/").content.decode()


def test_preferences_lead_nowhere_else_and_take_only_what_they_know(client, printed):
    answer = client.post(reverse("articles:preferences"), {"theme": '"><b>', "next": "https://example.org/"})
    assert answer.headers["Location"] == "/"
    assert "theme" not in client.cookies or not client.cookies["theme"].value
    client.cookies["contrast"] = "evil"
    assert "evil" not in client.get("/").content.decode()


@pytest.mark.django_db
def test_preferences_need_the_form_of_this_site():
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(reverse("articles:preferences"), {"text": "large"})
    assert answer.status_code == 403
    assert "表单过期了" in answer.content.decode()
    assert strict.get(reverse("articles:preferences")).status_code == 405


def test_language_can_be_switched(client, printed):
    client.post("/i18n/setlang/", {"language": "en", "next": "/"})
    text = client.get("/").content.decode()
    assert '<html lang="en"' in text
    assert "Search" in text


def test_editor_sees_the_way_to_the_desk_and_the_same_archive_as_a_reader(client, printed):
    draft = ArticleFactory(page=printed.front, headline="编辑的草稿")
    client.force_login(editor())
    text = shown(client.get("/"))
    assert 'href="/desk/"' in text
    assert draft.headline not in text
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_members_archive_gives_nothing_away_on_its_login_page(client, printed, settings):
    settings.ACCESS = "members"
    assert client.get("/").status_code == 302
    text = client.get("/accounts/login/").content.decode()
    assert "河湾日报" not in text
    assert "2021年3月5日" not in text


def test_wrong_password_keeps_the_name_and_says_so(client, printed):
    text = client.post("/accounts/login/", {"username": "wang", "password": "x"}).content.decode()
    assert "用户名或密码不对" in text
    assert 'value="wang"' in text


def test_server_error_page_needs_no_database(django_db_blocker):
    with django_db_blocker.block():
        answer = server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "服务器出了错" in answer.content.decode()
    assert connection.in_atomic_block is False


@pytest.mark.django_db
def test_unknown_address_is_404_with_a_search_box(client):
    answer = client.get("/no/such/thing/")
    assert answer.status_code == 404
    assert 'role="search"' in answer.content.decode()
