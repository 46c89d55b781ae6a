"""Which language a page speaks."""

import pytest

pytestmark = pytest.mark.django_db


def test_pages_are_chinese_whatever_the_browser_asks_for(client):
    response = client.get("/", headers={"accept-language": "en-US,en"})
    assert response.headers["Content-Language"] == "zh-hans"
    assert '<html lang="zh-' in response.content.decode()


def test_a_chosen_language_stays(client):
    client.post("/i18n/setlang/", {"language": "en", "next": "/"})
    assert client.get("/").headers["Content-Language"] == "en"


def test_an_unknown_language_in_the_cookie_is_chinese(client):
    client.cookies["django_language"] = "xx"
    assert client.get("/").headers["Content-Language"] == "zh-hans"
