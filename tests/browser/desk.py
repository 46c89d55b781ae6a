"""Somebody at the desk, as the browser tests share it."""

PASSWORD = "lin-zhang-7"


def sign_in(page, then="/desk/", name="editor"):
    """Through the login page, as whoever has `PASSWORD`."""
    page.goto(f"/accounts/login/?next={then}")
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"**{then}")
