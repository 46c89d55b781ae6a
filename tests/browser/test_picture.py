"""The picture of a page under an editor's hands: zones drawn and given other corners, type and zones carried over."""

import re

import pytest
from playwright.sync_api import expect

from articles.models import EDITOR, Page, SourceLine, Zone
from tests.desk.test_pdf_pages import CANTEEN, printed
from tests.factories import UserFactory
from tests.services.printed import living, upload

from .desk import PASSWORD, sign_in

RIGHT = (0.5, 0.06, 0.98, 0.3)  # of the page: where its second article stands


@pytest.fixture
def printed_page(live_server):
    """A PDF of two articles side by side, read, and an editor."""
    user = UserFactory(username="editor", role=EDITOR)
    user.set_password(PASSWORD)
    user.save()
    return Page.objects.get(pk=upload(printed().pdf(), "p1.pdf").pages[0].pk)


class Plate:
    """The picture on the desk, by mouse: places are fractions of the page."""

    def __init__(self, page):
        self.page = page
        self.mouse = page.mouse
        self.sheet = page.locator("[data-drawing]")
        self.sheet.scroll_into_view_if_needed()

    def at(self, x, y):
        box = self.sheet.bounding_box()
        return box["x"] + x * box["width"], box["y"] + y * box["height"]

    def pull(self, start, end):
        """Press, move in several steps, let go."""
        self.mouse.move(*start)
        self.mouse.down()
        self.mouse.move(start[0] + 8, start[1] + 8, steps=2)
        self.mouse.move(*end, steps=8)
        self.mouse.up()

    def go(self, act):
        with self.page.expect_navigation():
            act()

    def tool(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()

    def type(self, line):
        return self.page.locator(f'[data-line="{line.pk}"]')

    def zone(self, article):
        return self.page.locator(f'[data-zone="{article.pk}"]')

    def centre(self, found):
        box = found.bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def blank_of(self, article):
        """In an article's zone, between its type: just inside its left upper corner."""
        x, y = Zone.objects.filter(article=article).first().polygon[0]
        px, py = self.at(x, y)
        return px + 2, py + 2

    def part(self, article, role):
        return self.page.locator(f"#a{article.pk} .part[data-role={role}]").first

    def chosen(self):
        return set(map(int, self.page.locator(".lines--desk :checked").evaluate_all("all => all.map(e => e.value)")))


@pytest.fixture
def plate(visitor, printed_page):
    page = visitor.open(width=1440)
    sign_in(page, f"/desk/pages/{printed_page.pk}/")
    return Plate(page)


def two(page):
    first, second = living(page)
    return first, second


def body_lines(article):
    return list(SourceLine.objects.filter(block__article=article, block__role="body").order_by("number"))


def corners(article):
    (zone,) = Zone.objects.filter(article=article)
    return [tuple(corner) for corner in zone.polygon]


def test_a_box_drawn_becomes_an_article_with_the_lines_inside(plate, printed_page):
    first, second = two(printed_page)
    plate.tool("画框")
    plate.pull(plate.at(*RIGHT[:2]), plate.at(*RIGHT[2:]))
    inside = SourceLine.objects.filter(block__article=second).count()
    assert plate.page.locator("[data-inside]").inner_text() == f"选了 {inside} 行"
    plate.go(plate.page.get_by_role("button", name="立热区").click)
    kept, new = living(printed_page)
    assert kept == first
    assert new.pk != second.pk
    assert (new.headline, new.paragraphs) == ("社区食堂开进家门口", CANTEEN)
    drawn = corners(new)
    assert drawn[0] == pytest.approx(RIGHT[:2], abs=0.01)
    assert drawn[2] == pytest.approx(RIGHT[2:], abs=0.01)


def test_corners_set_one_by_one_become_a_zone_that_joins_an_article(plate, printed_page):
    first, second = two(printed_page)
    plate.tool("画多边形")
    x0, y0, x1, y1 = RIGHT
    for corner in ((x0, y0), (x1, y0), (x1, y1), (x0, y1)):
        plate.mouse.click(*plate.at(*corner))
    plate.page.keyboard.press("Enter")
    plate.page.select_option("#zn-to", str(first.pk))
    plate.go(plate.page.get_by_role("button", name="立热区").click)
    assert [article.pk for article in living(printed_page)] == [first.pk]
    assert not SourceLine.objects.filter(block__article=second).exists()
    assert Zone.objects.filter(article=first).count() == 2


def test_escape_drops_what_was_drawn(plate, printed_page):
    before = Zone.objects.count()
    plate.tool("画框")
    plate.pull(plate.at(*RIGHT[:2]), plate.at(*RIGHT[2:]))
    plate.page.locator("[data-drawn]").wait_for(state="visible")
    plate.page.keyboard.press("Escape")
    plate.page.locator("[data-drawn]").wait_for(state="hidden")
    assert plate.page.locator(".drawing").count() == 0
    assert Zone.objects.count() == before


def test_a_corner_is_pulled_elsewhere(plate, printed_page):
    first, _second = two(printed_page)
    before, lines = corners(first), body_lines(first)
    plate.mouse.click(*plate.blank_of(first))
    plate.tool("改形")
    plate.pull(plate.centre(plate.page.locator('[data-corner="0-1"]')), plate.at(0.4, 0.15))
    plate.go(plate.page.locator("[data-shaped-go]").click)
    after = corners(first)
    assert after[1] == pytest.approx((0.4, 0.15), abs=0.01)
    assert [after[n] for n in (0, 2, 3)] == [pytest.approx(before[n], abs=0.001) for n in (0, 2, 3)]
    assert body_lines(first) == lines


def test_corners_are_moved_and_removed_by_keys_alone(plate, printed_page):
    first, _second = two(printed_page)
    before = corners(first)
    keyboard = plate.page.keyboard
    plate.zone(first).focus()
    shape = plate.page.get_by_role("button", name="改形", exact=True)
    shape.focus()
    keyboard.press("Enter")
    assert plate.page.evaluate("document.activeElement.dataset.corner") == "0-0"
    keyboard.press("ArrowDown")
    keyboard.press("Shift+ArrowRight")
    keyboard.press("Tab")
    assert plate.page.evaluate("document.activeElement.dataset.corner") == "0-1"
    keyboard.press("Delete")
    plate.go(lambda: keyboard.press("Enter"))
    after = corners(first)
    tall = plate.sheet.evaluate("svg => svg.viewBox.baseVal.height")
    assert after[0] == pytest.approx((before[0][0] + 0.02, before[0][1] + 4 / tall), abs=0.001)
    assert after[1:] == [pytest.approx(corner, abs=0.001) for corner in before[2:]]


def test_a_line_is_dragged_to_another_article(plate, printed_page):
    first, second = two(printed_page)
    line = body_lines(first)[-1]
    plate.go(lambda: plate.pull(plate.centre(plate.type(line)), plate.centre(plate.part(second, "headline"))))
    line.refresh_from_db()
    assert (line.block.article, line.block.role) == (second, "headline")


def test_lines_chosen_one_by_one_are_dragged_together(plate, printed_page):
    first, second = two(printed_page)
    some = body_lines(first)[1:4]
    plate.type(some[0]).click()
    for line in some[1:]:
        plate.type(line).click(modifiers=["Control"])
    assert plate.chosen() == {line.pk for line in some}
    plate.go(lambda: plate.pull(plate.centre(plate.type(some[1])), plate.centre(plate.part(second, "body"))))
    assert set(some) <= set(body_lines(second))
    assert not set(some) & set(body_lines(first))


def test_shift_chooses_a_run_and_control_takes_one_out_again(plate, printed_page):
    first, _second = two(printed_page)
    lines = body_lines(first)[:4]
    plate.type(lines[0]).click()
    plate.type(lines[3]).click(modifiers=["Shift"])
    assert plate.chosen() == {line.pk for line in lines}
    plate.type(lines[1]).click(modifiers=["Control"])
    assert plate.chosen() == {lines[0].pk, lines[2].pk, lines[3].pk}
    expect(plate.page.locator("[data-hint]")).to_have_text("选了 3 行")


def test_a_zone_is_dragged_whole_to_another_article(plate, printed_page):
    first, second = two(printed_page)
    all_lines = set(SourceLine.objects.filter(block__article__in=[first, second]))
    plate.go(lambda: plate.pull(plate.blank_of(second), plate.centre(plate.part(first, "body"))))
    assert [article.pk for article in living(printed_page)] == [first.pk]
    assert set(SourceLine.objects.filter(block__article=first)) == all_lines


def test_a_zone_is_dragged_into_a_basket(plate, printed_page):
    first, second = two(printed_page)
    plate.mouse.move(*plate.blank_of(second))
    plate.mouse.down()
    plate.mouse.move(*plate.at(0.4, 0.6), steps=6)
    basket = plate.page.locator('[data-basket="advertisement"]')
    basket.wait_for(state="visible")
    plate.mouse.move(*plate.centre(basket), steps=6)
    plate.go(plate.mouse.up)
    assert [article.pk for article in living(printed_page)] == [first.pk]
    assert SourceLine.objects.filter(block__role="advertisement", text="社区食堂开进家门口").exists()


def test_escape_lets_go_of_what_is_dragged(plate, printed_page):
    first, second = two(printed_page)
    line = body_lines(first)[-1]
    plate.mouse.move(*plate.centre(plate.type(line)))
    plate.mouse.down()
    plate.mouse.move(*plate.centre(plate.part(second, "body")), steps=6)
    assert plate.page.locator(".ghost").inner_text() == "选了 1 行"
    plate.page.keyboard.press("Escape")
    plate.mouse.up()
    assert plate.page.locator(".ghost").count() == 0
    line.refresh_from_db()
    assert line.block.article == first


def test_type_and_article_light_up_together(plate, printed_page):
    first, second = two(printed_page)
    lit = re.compile(r"\blit\b")
    draft, zone = plate.page.locator(f"#a{first.pk}"), plate.zone(first)
    other = plate.page.locator(f"#a{second.pk}")
    plate.type(body_lines(first)[0]).hover()
    assert lit.search(draft.get_attribute("class"))
    assert not lit.search(other.get_attribute("class"))
    plate.type(body_lines(second)[0]).hover()
    assert not lit.search(draft.get_attribute("class"))
    assert lit.search(other.get_attribute("class"))
    plate.part(first, "headline").hover()
    assert lit.search(zone.get_attribute("class"))
    assert not lit.search(plate.zone(second).get_attribute("class"))


def test_an_article_is_split_at_the_line_in_which_the_cursor_stands(plate, printed_page):
    first, second = two(printed_page)
    lines = body_lines(first)
    text = plate.page.locator(f"#a{first.pk} .part[data-paragraph='1'] > p")
    letters = len("".join(line.text for line in lines[:2])) + 2  # in the third line
    x, y = text.evaluate(
        """(p, letters) => { const range = document.createRange(); range.setStart(p.firstChild, letters);
        range.setEnd(p.firstChild, letters + 1); const box = range.getBoundingClientRect();
        return [box.left + 1, box.top + box.height / 2]; }""",
        letters,
    )
    plate.mouse.click(x, y)
    plate.page.keyboard.press("s")
    assert plate.page.evaluate("document.activeElement.id") == f"sp{first.pk}"
    plate.go(plate.page.locator(f"#a{first.pk}").get_by_role("button", name="拆开").click)
    parts = living(printed_page)
    assert len(parts) == 3
    assert body_lines(first) == lines[:2]
    (new,) = {article.pk for article in parts} - {first.pk, second.pk}
    assert SourceLine.objects.get(pk=lines[2].pk).block.article_id == new
