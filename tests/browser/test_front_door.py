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


def test_a_password_shown_once_can_be_changed(visitor):
    user = UserFactory(username="wangshu")
    user.set_password("lin-zhang-7")
    user.save()
    page = visitor.open(width=390)
    page.goto("/accounts/login/?next=/accounts/password_change/")
    page.fill("input[name=username]", "wangshu")
    page.fill("input[name=password]", "lin-zhang-7")
    page.get_by_role("button", name="登录").click()
    page.fill("input[name=old_password]", "lin-zhang-7")
    page.fill("input[name=new_password1]", "he-wan-shui-ku-9")
    page.fill("input[name=new_password2]", "he-wan-shui-ku-9")
    page.get_by_role("button", name="修改密码").click()
    page.wait_for_url("**/password_change/done/")
    user.refresh_from_db()
    assert user.check_password("he-wan-shui-ku-9")
