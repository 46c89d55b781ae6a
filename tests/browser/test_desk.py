"""An editor's hands: from doubt to doubt and back by keys, by clicks, and without JavaScript."""

import datetime

import pytest

from articles.models import EDITOR, Mention
from tests.factories import UserFactory
from tests.services.printed import living, page_of


@pytest.fixture
def printed(live_server):
    """A page with two doubtful names in its first article, and an editor."""
    user = UserFactory(username="editor", role=EDITOR)
    user.set_password("lin-zhang-7")
    user.save()
    page = page_of()
    first = living(page)[0]
    first.mentions.all().delete()
    for name, start in (("河湾区", 8), ("农技人员", 24)):
        first.mentions.create(kind="organisation", surface=name, paragraph=0, start=start, end=start + len(name))
    living(page)[1].mentions.all().delete()
    return page


def at_the_desk(visitor, printed, *, javascript=True):
    page = visitor.open(javascript=javascript)
    page.goto(f"/accounts/login/?next=/desk/pages/{printed.pk}/")
    page.fill("input[name=username]", "editor")
    page.fill("input[name=password]", "lin-zhang-7")
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"**/desk/pages/{printed.pk}/")
    return page


def verdicts():
    return dict(Mention.objects.values_list("surface", "status"))


def press(page, key):
    with page.expect_navigation():
        page.keyboard.press(key)


def test_names_are_decided_and_undone_by_keys(visitor, printed):
    page = at_the_desk(visitor, printed)
    page.keyboard.press("n")
    press(page, "a")
    press(page, "r")
    assert verdicts() == {"河湾区": "accepted", "农技人员": "rejected"}
    press(page, "u")
    assert verdicts() == {"河湾区": "accepted", "农技人员": "proposed"}
    press(page, "y")
    assert verdicts() == {"河湾区": "accepted", "农技人员": "rejected"}
    press(page, "n")
    page.wait_for_url(f"**/desk/issues/{printed.issue_id}/")


def test_single_keys_can_be_switched_off(visitor, printed):
    page = at_the_desk(visitor, printed)
    page.get_by_role("button", name="单键可用").click()
    page.reload()
    page.keyboard.press("n")
    page.keyboard.press("a")
    page.reload()
    assert set(verdicts().values()) == {"proposed"}


@pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 390)])
def test_a_name_is_given_to_another_record_by_clicks(visitor, printed, javascript, width):
    from tests.factories import OrganisationFactory

    body = OrganisationFactory(name="河湾区人民政府")
    page = at_the_desk(visitor, printed, javascript=javascript)
    page.set_viewport_size({"width": width, "height": 900})
    page.locator(".names a.n", has_text="河湾区").click()
    page.wait_for_url("**/desk/mentions/*/")
    page.fill("input[name=q]", "河湾区人民")
    if not javascript:
        page.get_by_role("button", name="查找").click()
    page.get_by_role("button", name="改指：河湾区人民政府").click()
    page.wait_for_url(f"**/desk/pages/{printed.pk}/#*")
    assert Mention.objects.get(surface="河湾区").organisation == body


def test_a_second_click_is_not_sent(visitor, printed):
    page = at_the_desk(visitor, printed)
    page.keyboard.press("n")
    press(page, "a")
    press(page, "r")
    with page.expect_navigation():
        page.locator('button[data-key="u"]').dblclick()
    assert page.locator("#problem").count() == 0
    assert verdicts() == {"河湾区": "accepted", "农技人员": "proposed"}


def test_a_page_without_articles_offers_no_next_one(visitor, printed):
    page = at_the_desk(visitor, printed)
    assert page.locator("[data-step]").first.is_visible()
    empty = page_of("招租 13800000000\n", date=datetime.date(2022, 3, 5))
    assert not living(empty)
    page.goto(f"/desk/pages/{empty.pk}/")
    page.locator("#drafts .note-box").wait_for(state="visible")
    assert page.locator("[data-step]:visible, [data-keys]:visible").count() == 0
