"""A headless Chromium that notes everything a careful visitor would complain about."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

# The driver keeps an event loop in this thread, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items):
    """All of this folder drives a browser."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests; each test gets a fresh profile."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.fail("The browser tests need Chromium: install it (Debian: apt install chromium fonts-noto-cjk).")
    with sync_playwright() as driver:
        # Its sandbox cannot be used by root.
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"] if os.geteuid() == 0 else [])
        yield browser
        browser.close()


@dataclass
class Visitor:
    """Somebody with a browser at the archive's front door."""

    chromium: Browser
    address: str
    complaints: list[str] = field(default_factory=list)

    def open(self, *, width: int = 1280, javascript: bool = True) -> Page:
        """A window of its own, in Chinese, this wide."""
        context = self.chromium.new_context(
            base_url=self.address,
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("request", self._asked)
        page.on("response", self._answered)
        return page

    def _heard(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.location.get('url', '')}: {message.text}")

    def _asked(self, request):
        if not request.url.startswith((self.address, "data:", "blob:", "about:")):
            self.complaints.append(f"asks elsewhere: {request.url}")

    def _answered(self, response):
        if response.status >= 400:
            self.complaints.append(f"{response.status} for {response.url}")


@pytest.fixture
def visitor(chromium, live_server) -> Iterator[Visitor]:
    """Opens windows; at the end nothing may have gone wrong in any of them: errors, refusals of the policy, 404s."""
    visitor = Visitor(chromium, live_server.url)
    yield visitor
    for context in chromium.contexts:
        context.close()
    assert visitor.complaints == []
