"""What everybody meets first."""

from tests.factories import UserFactory


def test_signing_in_leads_home_and_out_again(visitor):
    user = UserFactory(username="wangshu")
    user.set_password("lin-zhang-7")
    user.save()
    page = visitor.open()
    page.goto("/accounts/login/")
    page.fill("input[name=username]", "wangshu")
    page.fill("input[name=password]", "lin-zhang-7")
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/")
    assert page.locator("h1").count() == 1
    page.get_by_role("button", name="退出 wangshu").click()
    page.wait_for_load_state()
    page.goto("/accounts/login/")
    assert page.locator("input[name=username]").is_visible()
