"""Pages laid out by hand in the ways that papers lay them out: every article must come out whole."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from articles.newsprint.extraction.pdf import read_pdf
from articles.newsprint.reconstruction.laid_out import rebuild_laid_out
from articles.newsprint.values import ArticleDraft, PageDraft
from tests.newsprint.press import HEI, SONG, Press

STORIES = Path(__file__).parents[2] / "fixtures" / "demo" / "beiyuan-xinbao.jsonl"


@dataclass(frozen=True)
class Printed:
    """What was set: the headline and its text."""

    headline: str
    paragraphs: tuple[str, ...]


def story(number: int, paragraphs: int = 4) -> Printed:
    """A story of the demo archive, cut to some paragraphs."""
    told = json.loads(STORIES.read_text(encoding="utf-8").splitlines()[number])
    texts = [text.strip() for text in told["body"].split("\n") if text.strip()]
    return Printed(told["title"].split("\n")[0], tuple(texts[:paragraphs]))


def bare(text: str | None) -> str:
    return "".join((text or "").split())


def read(page: Press) -> PageDraft:
    found = read_pdf(page.pdf())
    draft = rebuild_laid_out(found.lines, found.sheet)
    taken = [number for article in draft.articles for number in numbers(article)]
    taken += [item.line for item in draft.unplaced]
    assert sorted(taken) == [line.number for line in found.lines], "every line stands in one place"
    return draft


def numbers(article: ArticleDraft) -> list[int]:
    lines = article.lines
    body = [number for paragraph in lines.body for number in paragraph]
    return [*lines.kicker, *lines.headline, *lines.subtitle, *body, *lines.byline]


def holds(draft: PageDraft, *stories: Printed) -> None:
    """The page has these articles and no others, each with its own text."""
    told = {bare(article.headline): tuple(map(bare, article.paragraphs)) for article in draft.articles}
    assert told == {bare(item.headline): tuple(map(bare, item.paragraphs)) for item in stories}


def columns(x: float, top: float, count: int, step: float = 160) -> list[tuple[float, float]]:
    return [(x + at * step, top) for at in range(count)]


def lead(page: Press, item: Printed, x: float, base: float, width: float, size: float = 22) -> None:
    """The headline over a width, as large as fits."""
    page.centred(x, x + width, base, item.headline, min(size, width / len(item.headline)))


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize(("each", "unit", "in_form"), [(False, False, False), (True, True, False), (False, True, True)])
def test_however_type_is_set_and_the_sheet_turned_the_articles_are_the_same(turned, each, unit, in_form):
    page = Press(each=each, unit=unit)
    page.turned, page.in_form = turned, in_form
    one, two = story(0, 3), story(1, 3)
    for item, x in ((one, 40), (two, 370)):
        lead(page, item, x, 60, 300, 18)
        page.flow(item.paragraphs, columns(x, 70, 2), cells=14, depth=30)
    holds(read(page), one, two)


def test_a_photo_over_the_headline_keeps_its_caption_and_parts_nothing():
    page, item = Press(), story(2, 3)
    page.tint(40, 40, 350, 160)
    page.line(40, 174, "图为志愿者在社区服务。　康宁 摄", 9, HEI)
    lead(page, item, 40, 210, 310)
    page.flow(item.paragraphs, columns(40, 220, 2), depth=30)
    draft = read(page)
    holds(draft, item)
    assert [(aside.kind, aside.text) for aside in draft.unplaced] == [("caption", "图为志愿者在社区服务。　康宁 摄")]


def test_a_caption_in_the_type_of_the_text_is_known_by_its_mark():
    page, item = Press(), story(3, 3)
    lead(page, item, 40, 60, 310)
    page.tint(40, 75, 350, 190)
    page.line(40, 205, "▲图为会议现场。　本报记者 柯蓝 摄")
    page.flow(item.paragraphs, columns(40, 212, 2), depth=30)
    draft = read(page)
    holds(draft, item)
    assert [aside.kind for aside in draft.unplaced] == ["caption"]


def test_a_photo_in_the_midst_of_a_column_is_read_round():
    page, item = Press(), story(41, 4)
    lead(page, item, 40, 60, 460)
    page.tint(200, 130, 340, 205)
    page.line(200, 217, "图为活动现场。", 8.6, HEI)
    spots = [(40, 70), (200, 70), (200, 220), (360, 70)]
    page.flow(item.paragraphs, spots, depth=[14, 3, 4, 14])
    holds(read(page), item)


def test_reverse_type_on_a_bar_heads_the_columns_under_it():
    page, one, two = Press(), story(5, 3), story(6, 3)
    page.tint(40, 40, 500, 80, 0.2)
    page.drawn.append("1 g")
    page.centred(40, 500, 68, one.headline, 22)
    page.drawn.append("0 g")
    page.flow(one.paragraphs, columns(40, 85, 3), depth=16)
    lead(page, two, 40, 380, 460)
    page.flow(two.paragraphs, columns(40, 390, 3), depth=16)
    holds(read(page), one, two)


def test_a_lead_across_all_columns_in_larger_type_opens_the_article():
    page, item = Press(), story(46, 6)
    opening, rest = item.paragraphs[0], item.paragraphs[1:]
    lead(page, item, 40, 60, 620, 26)
    used = page.flow([opening], [(40, 70)], cells=50, size=12, leading=19, depth=9)
    page.flow(rest, columns(40, 80 + used * 19, 4), depth=7)
    holds(read(page), item)


@pytest.mark.parametrize("right", [False, True])
def test_a_vertical_headline_heads_the_columns_beside_it(right):
    page, item, other = Press(), story(19, 3), story(9, 3)
    lead(page, other, 40, 60, 620, 24)
    page.flow(other.paragraphs, columns(40, 70, 4), depth=9)
    top, x = 300, 365 if right else 40
    page.down(x, top, item.headline[:12], 26)
    page.flow(item.paragraphs, columns(40 if right else 90, top, 2 if right else 3), depth=12 if right else 9)
    holds(read(page), Printed(item.headline[:12], item.paragraphs), other)


def test_a_headline_amid_its_columns_has_text_on_both_sides():
    page, item = Press(), story(36, 6)
    page.centred(200, 500, 66, item.headline, 18)
    page.flow(item.paragraphs, [(40, 45), (200, 75), (360, 75), (520, 45)], depth=[9, 7, 7, 9])
    holds(read(page), item)


def test_an_article_in_an_inset_box_of_four_rules_is_its_own():
    page, outer, inner = Press(), story(11, 6), story(12, 2)
    lead(page, outer, 40, 60, 460, 24)
    page.flow(outer.paragraphs, columns(40, 70, 3), depth=[40, 12, 12])
    for rule in ((190, 270, 510, 270), (190, 520, 510, 520), (190, 270, 190, 520), (510, 270, 510, 520)):
        page.rule(*rule)
    page.centred(200, 500, 300, inner.headline, 16)
    page.flow(inner.paragraphs, columns(200, 310, 2), depth=13)
    holds(read(page), outer, inner)


def test_a_tall_rule_parts_articles_and_a_hair_line_between_columns_does_not():
    page, one, two = Press(), story(13, 3), story(14, 3)
    page.rule(355, 35, 355, 500)
    for item, x in ((one, 40), (two, 370)):
        lead(page, item, x, 60, 300, 16)
        page.flow(item.paragraphs, columns(x, 70, 2), depth=24)
        page.rule(x + 150, 72, x + 150, 400)
    holds(read(page), one, two)


def test_a_short_headline_over_many_columns_heads_them_all():
    page, item = Press(width=900), story(16, 6)
    page.centred(40, 840, 66, item.headline[:8], 26)
    page.flow(item.paragraphs, columns(40, 80, 5), depth=8)
    holds(read(page), Printed(item.headline[:8], item.paragraphs))


def test_two_pages_printed_as_one_spread_keep_their_articles():
    page, items = Press(width=1400), [story(number, 4) for number in (16, 17)]
    for half, item in zip((0, 700), items, strict=True):
        page.line(half + 40, 40, "北塬新报　2023年7月7日　星期五", 9)
        page.to_right(half + 660, 40, f"第0{2 + half // 700}版：综合", 12, HEI)
        page.rule(half + 40, 48, half + 660, 48)
        lead(page, item, half + 40, 80, 620, 26)
        page.flow(item.paragraphs, columns(half + 40, 92, 4), depth=12)
    draft = read(page)
    holds(draft, *items)
    assert {aside.kind for aside in draft.unplaced} == {"furniture"}


def test_paragraphs_without_indents_part_where_a_sentence_ends_short():
    page, item = Press(), story(18, 3)
    lead(page, item, 40, 60, 310, 20)
    lines = page.flow(item.paragraphs, columns(40, 70, 2), depth=25, indent=0)
    assert lines > 10
    draft = read(page)
    assert [bare(text) for text in ["".join(article.paragraphs) for article in draft.articles]] == [
        bare("".join(item.paragraphs))
    ]


def test_an_advertisement_in_a_box_is_set_aside():
    page, item = Press(), story(19, 3)
    lead(page, item, 40, 60, 310)
    page.flow(item.paragraphs, columns(40, 70, 2), depth=24)
    page.box(380, 40, 660, 140)
    page.centred(380, 660, 66, "遗失声明", 16)
    page.flow(
        ["张三遗失身份证一张，号码略，声明作废。", "李四遗失营业执照副本，声明作废。"], [(390, 75)], cells=25, depth=4
    )
    draft = read(page)
    holds(draft, item)
    assert [aside.kind for aside in draft.unplaced] == ["advertisement"] * 3


def test_a_page_drawn_row_by_row_is_read_by_place():
    page, item = Press(), story(20, 4)
    lead(page, item, 40, 60, 470)
    before = len(page.drawn)
    page.flow(item.paragraphs, columns(40, 70, 3), depth=14)
    rows = page.drawn[before:]
    page.drawn[before:] = sorted(rows, key=lambda row: -float(row.split()[6]))
    holds(read(page), item)


def test_type_printed_twice_a_hair_apart_is_read_once():
    page, item = Press(), story(22, 3)
    for shift in (0, 0.4):
        page.centred(40 + shift, 350 + shift, 60, item.headline, 18)
    page.flow(item.paragraphs, columns(40, 70, 2), depth=24)
    holds(read(page), item)


def test_kicker_and_subtitle_are_told_by_size_and_place_and_bylines_by_theirs():
    page, item = Press(), story(22, 3)
    page.centred(40, 350, 52, "优环境 强服务 促发展", 13)
    page.centred(40, 350, 80, item.headline[:12], 24)
    page.centred(40, 350, 100, "——来自一线的报道", 12)
    page.flow(item.paragraphs, columns(40, 110, 2), depth=14)
    page.to_right(340, 110 + 15 * 15, "记者 孟繁星　通讯员 卢一鸣")
    (article,) = read(page).articles
    assert (article.kicker, article.headline, article.subtitle) == (
        "优环境 强服务 促发展",
        item.headline[:12],
        "——来自一线的报道",
    )
    assert [byline.name for byline in article.bylines] == ["孟繁星", "卢一鸣"]


def test_a_story_that_steps_down_beside_another_keeps_its_last_column():
    page, tall, low = Press(), story(23, 6), story(24, 2)
    lead(page, tall, 40, 60, 620, 26)
    page.flow(tall.paragraphs, columns(40, 70, 4), depth=[14, 14, 14, 34])
    page.rule(40, 290, 500, 290)
    lead(page, low, 40, 320, 460, 20)
    page.flow(low.paragraphs, columns(40, 330, 3), depth=14)
    holds(read(page), tall, low)


def test_a_subtitle_as_large_as_the_text_over_a_picture_is_a_subtitle():
    page, item = Press(), story(22, 3)
    page.centred(40, 350, 60, item.headline[:12], 24)
    page.centred(40, 350, 78, "前三季度规上工业增加值增长百分之九点六", 10, SONG)
    page.tint(40, 90, 350, 190)
    page.line(40, 203, "图为会议现场。　柯蓝 摄", 8.6, HEI)
    page.flow(item.paragraphs, columns(40, 212, 2), depth=24)
    (article,) = read(page).articles
    assert article.subtitle == "前三季度规上工业增加值增长百分之九点六"
    assert tuple(map(bare, article.paragraphs)) == tuple(map(bare, item.paragraphs))


def test_a_letter_that_begins_with_a_salutation_is_text():
    page = Press()
    lead(page, Printed("路灯又亮了", ()), 40, 60, 310)
    letter = (
        "编辑同志：上个月我给贵报写信，反映沙头村村口的路灯坏了，老人孩子走夜路不方便。",
        "如今路灯又亮了，谢谢你们。",
    )
    page.flow(letter, columns(40, 70, 2), cells=10, depth=5)
    (article,) = read(page).articles
    assert tuple(map(bare, article.paragraphs)) == tuple(map(bare, letter))
    assert not article.bylines


def test_a_first_character_over_three_lines_begins_its_paragraph():
    page, item = Press(), story(22, 3)
    lead(page, item, 40, 60, 310)
    opening = "春" + item.paragraphs[0]
    page.line(40, 108, opening[0], 34, HEI)
    for row in range(3):
        page.line(80, 85 + 15 * row, opening[1 + 10 * row : 11 + 10 * row])
    taken = page.flow([opening[31:]], [(40, 115)], depth=30, indent=0)
    page.flow(item.paragraphs[1:], [(40, 115 + 15 * taken), (200, 70)], depth=[5, 24])
    holds(read(page), Printed(item.headline, (opening, *item.paragraphs[1:])))


def test_where_an_article_goes_on_is_no_part_of_its_text():
    page, item = Press(), story(3, 3)
    lead(page, item, 40, 60, 310)
    page.flow(item.paragraphs, columns(40, 70, 2), depth=20)
    page.to_right(340, 400, "（下转第2版）", 9)
    draft = read(page)
    holds(draft, item)
    assert [(aside.kind, aside.text) for aside in draft.unplaced] == [("furniture", "（下转第2版）")]
