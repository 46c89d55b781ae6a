"""What a recogniser found on a scan becomes lines as they are printed: by their ink, joined, with the marks of print."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from articles.newsprint.extraction.scan_ink import Found, mark_may_follow, measured
from articles.newsprint.extraction.scan_lines import (
    joined,
    mended,
    over_gutters,
    size_of_text,
    source_lines,
    to_read_again,
)
from articles.newsprint.reconstruction.laid_out import rebuild_laid_out
from articles.newsprint.values import PageDraft, Sheet

SCANS = Path(__file__).parents[3] / "fixtures" / "pages" / "beiyuan-xinbao" / "scan"
EM = 30


def read_scan(name: str) -> PageDraft:
    """A part of a scanned page, from what the recogniser found on it."""
    bitmap = np.asarray(Image.open(SCANS / f"{name}.webp").convert("L"), dtype=np.uint8)
    pieces = [Found(*piece) for piece in json.loads((SCANS / f"{name}.pieces.json").read_text(encoding="utf-8"))]
    height, width = bitmap.shape
    lines = measured(bitmap, pieces)
    size = size_of_text(lines)
    found = source_lines(joined(lines, size), size, width, height, 0.36)
    return rebuild_laid_out(found, Sheet(width * 0.36, height * 0.36))


def test_a_column_that_begins_with_the_few_last_words_of_a_paragraph_stays_with_its_article() -> None:
    (article,) = read_scan("short-last-line").articles
    assert article.headline == "比一比谁的项目进度快 评一评谁的服务质量优"
    assert article.subtitle == "我区开展二季度重点项目观摩评议活动"
    assert len(article.paragraphs) == 4
    assert article.paragraphs[2].endswith("完不成任务我来检讨。”")
    assert [byline.name for byline in article.bylines] == ["宋雨桐", "佟雪"]


def type_on(page: np.ndarray, x: int, y: int, cells: str) -> None:
    """A 田 where a character stands; a blank is a blank, — a stroke."""
    for char in cells:
        width = EM // 2 if char == " " else EM
        if char == "—":
            page[y + EM // 2 : y + EM // 2 + 3, x : x + EM] = 20
        elif not char.isspace():
            for at in (0, 12, 24):
                page[y + 1 + at : y + 4 + at, x + 2 : x + 29] = 20
                page[y + 1 : y + 28, x + 2 + at : x + 5 + at] = 20
        x += width


def sheet() -> np.ndarray:
    return np.full((400, 900), 245, dtype=np.uint8)


def piece(text: str, x0: float, y0: float, x1: float, y1: float) -> Found:
    return Found(text, x0, y0, x1, y1, 0.9)


def test_the_size_of_type_is_that_of_its_ink_however_the_box_trembles() -> None:
    page = sheet()
    type_on(page, 100, 100, "春耕备耕")
    type_on(page, 100, 150, "完成")
    loose, tight = measured(page, [piece("春耕备耕", 90, 85, 232, 148), piece("完成", 99, 149, 161, 181)])
    assert loose.em == pytest.approx(tight.em, rel=0.02)
    assert loose.x0 == pytest.approx(tight.x0, abs=1)


@pytest.mark.parametrize(
    ("printed", "found", "text"),
    [
        ("高新时报　方宝岭　文图", "高新时报方宝岭文图", "高新时报　方宝岭　文图"),
        ("记者 孙庆辉", "记者孙庆辉", "记者 孙庆辉"),
        ("春耕备耕全面铺开", "春耕备耕全面铺开", "春耕备耕全面铺开"),
    ],
)
def test_blanks_that_were_printed_are_seen(printed: str, found: str, text: str) -> None:
    page = sheet()
    type_on(page, 100, 100, printed)
    (line,) = measured(page, [piece(found, 98, 95, 104 + EM * len(printed), 135)])
    assert line.text == text


def test_dashes_that_were_taken_for_no_type_are_seen() -> None:
    page = sheet()
    type_on(page, 100, 100, "——记杜怀锋——")
    (line,) = measured(page, [piece("记杜怀锋", 100 + 2 * EM, 95, 100 + 6 * EM, 135)])
    assert line.text == "——记杜怀锋——"


@pytest.mark.parametrize(
    ("read", "text"),
    [
        ("(二)加强领导", "（二）加强领导"),
        ("工作者(8名):阎小满", "工作者（8名）：阎小满"),
        ("A股(SH)", "A股（SH）"),
        ("3:2", "3:2"),
        ("—记杜怀锋", "——记杜怀锋"),
        ("通讯员☑聂晓利", "通讯员 聂晓利"),
    ],
)
def test_marks_beside_chinese_are_those_of_chinese_print(read: str, text: str) -> None:
    assert mended(read) == text


def line(text: str, x: float, y: float, em: float = EM) -> Found:
    return Found(text, x, y, x + em * len(text), y + em, 0.9, em)


def test_a_caption_and_its_credit_are_one_line_and_two_columns_are_two() -> None:
    column = [line("春耕备耕全面铺开了", x, y) for x in (0, 300) for y in range(200, 500, 45)]
    small = [line("图为活动现场。", 0, 100, 26), line("康宁摄", 210, 100, 26)]
    texts = [found.text for found in joined([*column, *small], EM)]
    assert texts.count("春耕备耕全面铺开了") == len(column)
    assert "图为活动现场。　康宁摄" in texts


def test_a_piece_read_in_two_bands_is_given_once() -> None:
    assert [found.text for found in joined([line("春耕备耕", 0, 0), line("备耕铺开", 2 * EM, 1)], EM)] == [
        "春耕备耕铺开"
    ]


def test_a_headline_in_pieces_is_asked_for_again_as_a_whole() -> None:
    head = [line("66", 0, 10, 20), line("天眼", 50, 0, 60), line("看麦浪", 210, 0, 60)]
    text = [line("春耕备耕全面铺开", 0, y) for y in range(100, 300, 45)]
    assert to_read_again([*head, *text], EM) == [tuple(head)]


def test_a_line_that_was_found_across_a_gutter_is_told_in_its_parts() -> None:
    text = [line("春耕备耕全面铺开了", x, y) for x in (0, 300) for y in range(45, 300, 45)]
    wide = replace(line("春耕备耕全面铺开康宁摄", 0, 0), x1=300 + 9 * EM)
    short = replace(line("春耕备耕全面铺，", 0, 300), x1=9 * EM)
    inner = [(7 * EM, 8 * EM)]  # white behind a mark is no gutter
    parts = over_gutters([*text, wide, short], [[]] * len(text) + [[(9 * EM, 400)], inner], EM)
    assert {at: [(part.x0, part.x1) for part in found] for at, found in parts.items()} == {
        len(text): [(0, 9 * EM), (400, 300 + 9 * EM)]
    }


def test_a_mark_may_stand_behind_a_line_that_was_cut_off() -> None:
    page = sheet()
    type_on(page, 100, 100, "春耕备耕")
    found = piece("春耕备耕", 98, 95, 222, 135)
    assert not mark_may_follow(page, measured(page, [found])[0], 245)
    page[120:126, 223:228] = 20
    assert mark_may_follow(page, measured(page, [found])[0], 245)
