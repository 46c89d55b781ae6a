"""From a page file to a search result, as a newcomer walks it: with and without JavaScript, on a desk and on a phone."""

import re

import pytest
from django.core.management import call_command

from articles.models import CHIEF
from newsarchive.launch import ROOT
from tests.factories import UserFactory

PAGE = ROOT / "fixtures" / "pages" / "gaoxin-shibao" / "2022-10-12-1.txt"
WIDTHS = pytest.mark.parametrize("width", [1280, 390, 320])


@pytest.fixture
def editor(live_server):
    user = UserFactory(username="editor", role=CHIEF)
    user.set_password("lin-zhang-7")
    user.save()
    call_command("rebuild_index", interactive=False, verbosity=0)  # what an earlier test left is no part of the path
    return user


def sign_in(page):
    page.goto("/accounts/login/?next=/desk/")
    page.fill("input[name=username]", "editor")
    page.fill("input[name=password]", "lin-zhang-7")
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/desk/")


def upload_page(page):
    page.goto("/desk/upload/")
    page.fill("input[name=new_paper]", "高新时报")
    page.fill("input[name=date]", "2022-10-12")
    page.set_input_files("input[name=files]", PAGE)
    page.get_by_role("button", name="上传", exact=True).click()
    page.wait_for_url(re.compile(r"/desk/issues/\d+/$"))


def publish(page):
    """Look at the page's articles, come back, publish. Returns the headlines."""
    issue = page.url
    page.click("ul.sheets h3 a")
    page.wait_for_url(re.compile(r"/desk/pages/\d+/$"))
    assert page.locator("#source ol.lines li input").count() > 100
    page.goto(issue)
    headlines = page.locator("ol.titles li").all_inner_texts()
    page.get_by_label("疑点未决，仍然发布").check()  # whoever is in a hurry is chief editor
    page.get_by_role("button", name="发布本期").click()
    page.wait_for_load_state()
    return headlines


def find(page, query):
    """Type into the search box of the front page."""
    page.goto("/")
    box = page.locator("input[name=q]:visible").first
    box.fill(query)
    box.press("Enter")
    page.wait_for_url("**/search/?q=*")
    return page.locator(".hits h3 a, .hits h2 a")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_newcomer_uploads_publishes_and_finds(javascript, visitor, editor):
    page = visitor.open(javascript=javascript)
    sign_in(page)
    upload_page(page)
    headlines = publish(page)
    assert len(headlines) == 5

    hits = find(page, '"能源电池"')
    assert hits.count() >= 1
    hits.first.click()
    page.wait_for_url(re.compile(r"/articles/\d+/"))
    page.locator("main h1").wait_for()
    assert "能源电池" in page.locator("main").inner_text()

    hits = find(page, "person:张红军")
    assert hits.count() >= 1
    hits.first.click()
    page.wait_for_url(re.compile(r"/articles/\d+/"))
    page.locator("main h1").wait_for()
    page.locator("main a[href^='/people/']").first.click()
    page.wait_for_url(re.compile(r"/people/\d+/"))
    assert page.locator("main a[href^='/articles/']").count() >= 1


def test_reader_sees_nothing_before_the_issue_is_published(visitor, editor):
    desk, reader = visitor.open(), visitor.open()
    sign_in(desk)
    upload_page(desk)
    assert find(reader, '"能源电池"').count() == 0
    publish(desk)
    assert find(reader, '"能源电池"').count() >= 1


def addresses_worth_a_look(page):
    """One of each kind of page, as links on the archive's own pages lead to them."""
    yield from ("/", "/search/?q=企业", "/search/?q=没有这样的词", "/issues/", "/issues/2022/", "/issues/2022/10/")
    yield from ("/issues/2022-10-12/", "/issues/2022-10-12/pages/1/", "/people/", "/organisations/")
    for listing, kind in (
        ("/issues/2022-10-12/", "articles"),
        ("/people/", "people"),
        ("/organisations/", "organisations"),
    ):
        page.goto(listing)
        yield (
            page.locator(f"main a[href^='/{kind}/']").filter(has_not_text=re.compile("^$")).first.get_attribute("href")
        )
    yield from ("/accounts/login/", "/desk/", "/desk/upload/", "/desk/history/", "/desk/issues/1/", "/desk/pages/1/")


@WIDTHS
def test_no_page_scrolls_sideways(width, visitor, editor):
    page = visitor.open(width=width)
    sign_in(page)
    upload_page(page)
    numbers = {"/desk/issues/1/": re.sub(r"^https?://[^/]+", "", page.url)}
    page.click("ul.sheets h3 a")
    page.wait_for_url(re.compile(r"/desk/pages/\d+/$"))
    numbers["/desk/pages/1/"] = re.sub(r"^https?://[^/]+", "", page.url)
    page.goto(numbers["/desk/issues/1/"])
    publish(page)
    wide = []
    for address in list(addresses_worth_a_look(page)):
        page.goto(numbers.get(address, address))
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            wide.append(f"{address} by {over} px")
    assert wide == []
