"""A whole issue at the desk, from its file to the search: by mouse, by keyboard alone, and by plain forms."""

import re

import pytest
from django.core.management import call_command

from articles.models import CHIEF, Article, Mention, Page, SourceLine
from tests.factories import UserFactory
from tests.services.printed import SMALL_PAGE, living

from .desk import PASSWORD

FILE = {"name": "2022-03-04-1.txt", "mimeType": "text/plain", "buffer": SMALL_PAGE.encode()}
MOVED = "备化肥五千吨，春耕物资供应充足。"


@pytest.fixture
def chief(live_server):
    call_command("rebuild_index", interactive=False, verbosity=0)
    user = UserFactory(username="editor", role=CHIEF)
    user.set_password(PASSWORD)
    user.save()
    return user


class Forms:
    """Whoever has no JavaScript: fields are filled, buttons clicked."""

    javascript = False

    def __init__(self, page):
        self.page = page

    def click(self, found):
        found.click()

    def fill(self, selector, text):
        self.page.fill(selector, text)

    def pick(self, selector, value):
        self.page.select_option(selector, value)

    def tick(self, found):
        found.check()

    def go(self, found):
        """A click that leads to another page."""
        with self.page.expect_navigation():
            self.click(found)

    def undo(self):
        self.go(self.page.locator('button[data-key="u"]'))

    def put(self, line, to, role):
        """A line to an article or aside."""
        self.tick(self.page.locator(f"#c{line}"))
        self.pick("#mv-to", to)
        self.pick("#mv-role", role)
        self.go(self.page.locator("[data-move-go]"))

    def decide(self, verdict):
        """The first name in doubt is right, or is none."""
        self.go(self.page.locator(f"[data-doubt] button[value={verdict}]").first)


class Mouse(Forms):
    """Lines are dragged; everything else is clicked."""

    javascript = True

    def put(self, line, to, role):
        row = self.page.locator(f"#l{line} .tx")
        row.scroll_into_view_if_needed()
        box = row.bounding_box()
        self.page.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2)
        self.page.mouse.down()
        self.page.mouse.move(box["x"] + 60, box["y"] + box["height"] / 2, steps=4)
        target = self.page.locator(f'[data-basket="{to}"]')
        if not target.count():
            target = self.page.locator(f"#a{to} .part[data-role={role}]").first
        there = target.bounding_box()
        self.page.mouse.move(there["x"] + 30, there["y"] + there["height"] / 2, steps=8)
        with self.page.expect_navigation():
            self.page.mouse.up()


class Keys(Forms):
    """Nothing but keys: Tab to get there, Enter, Space, arrows, and the desk's single keys."""

    javascript = True

    def reach(self, found):
        for _ in range(400):
            if found.evaluate("each => each === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{found} is not reached by Tab")

    def click(self, found):
        self.reach(found)
        self.page.keyboard.press("Enter")

    def fill(self, selector, text):
        self.reach(self.page.locator(selector))
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def pick(self, selector, value):
        found = self.page.locator(selector)
        self.reach(found)
        self.page.keyboard.press("Home")
        for _ in range(60):
            if found.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{value} is not reached by arrows")

    def tick(self, found):
        self.reach(found)
        self.page.keyboard.press("Space")

    def undo(self):
        self.press("u")

    def decide(self, verdict):
        if not self.page.evaluate("document.activeElement.closest('[data-doubt]') !== null"):
            self.page.keyboard.press("n")
        self.press({"accept": "a", "reject": "r"}[verdict])

    def press(self, key):
        with self.page.expect_navigation():
            self.page.keyboard.press(key)


def role_of(line):
    return SourceLine.objects.select_related("block").get(pk=line).block.role


@pytest.mark.parametrize("kind", [Mouse, Keys, Forms])
def test_an_issue_goes_from_its_file_to_the_search(kind, visitor, chief):
    page = visitor.open(javascript=kind.javascript)
    hands = kind(page)
    page.goto("/accounts/login/?next=/desk/upload/")
    hands.fill("input[name=username]", "editor")
    hands.fill("input[name=password]", PASSWORD)
    hands.go(page.get_by_role("button", name="登录"))
    hands.fill("input[name=new_paper]", "河湾日报")
    hands.fill("input[name=date]", "2022-03-04")
    page.set_input_files("input[name=files]", FILE)
    hands.go(page.get_by_role("button", name="上传", exact=True))
    hands.go(page.locator("ul.sheets h3 a"))
    at_the_desk = page.url

    printed = Page.objects.get()
    first, second = living(printed)
    line = SourceLine.objects.get(text=MOVED).pk
    hands.put(line, "caption", "body")
    assert role_of(line) == "caption"
    hands.put(line, str(first.pk), "body")
    assert role_of(line) == "body"
    hands.undo()
    hands.undo()
    assert living(printed)[0].body == first.body

    draft = page.locator(f"#a{first.pk}")
    hands.click(draft.locator("summary", has_text="并入另一篇"))
    hands.go(draft.get_by_role("button", name="合并", exact=True))
    assert [each.pk for each in living(printed)] == [second.pk]
    hands.undo()
    hands.click(draft.locator("summary", has_text="拆成两篇"))
    hands.pick(f"#sp{first.pk}", str(first.blocks.filter(role="body").order_by("position").last().pk))
    hands.go(draft.get_by_role("button", name="拆开"))
    assert len(living(printed)) == 3
    hands.undo()
    assert [each.body for each in living(printed)] == [first.body, second.body]

    Mention.objects.all().delete()
    for name, start in (("河湾区", 8), ("农技人员", 24)):
        first.mentions.create(kind="organisation", surface=name, paragraph=0, start=start, end=start + len(name))
    page.goto(at_the_desk)
    hands.decide("accept")
    hands.decide("reject")
    assert dict(Mention.objects.values_list("surface", "status")) == {"河湾区": "accepted", "农技人员": "rejected"}

    hands.go(page.get_by_role("button", name="本版校毕"))
    page.wait_for_url(re.compile(r"/desk/issues/\d+/$"))
    hands.go(page.get_by_role("button", name="发布本期"))
    assert set(Article.objects.values_list("status", flat=True)) == {"published"}
    page.goto("/")
    if kind is Keys:
        page.keyboard.press("/")
        page.keyboard.type('"社区食堂"')
    else:
        page.locator("input[name=q]:visible").first.fill('"社区食堂"')
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    hands.go(page.get_by_role("link", name="社区食堂开进家门口").first)
    assert page.locator("main h1").inner_text().replace("\u200b", "") == "社区食堂开进家门口"
