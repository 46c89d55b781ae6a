"""The byline grammar, on lines as they are printed."""

from __future__ import annotations

import pytest

from articles.newsprint.reconstruction.bylines import bylines_within, read_signature


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("记者 孙庆辉 通讯员 聂晓利", [("孙庆辉", "记者"), ("聂晓利", "通讯员")]),
        ("记者孙庆辉通讯员聂晓利", [("孙庆辉", "记者"), ("聂晓利", "通讯员")]),
        ("高新时报 方宝岭 文/图", [("方宝岭", "文/图")]),
        ("□ 本报记者 路晓鸥 文/图", [("路晓鸥", "记者 文/图")]),
        ("见习记者 庄严　通讯员 郝嘉", [("庄严", "见习记者"), ("郝嘉", "通讯员")]),
        ("通讯员 王 磊 李 强", [("王磊", "通讯员"), ("李强", "通讯员")]),
        ("（王磊供稿）", [("王磊", "供稿")]),
        ("整理：王磊", [("王磊", "整理")]),
        ("康宁 摄", [("康宁", "摄")]),
        ("□沙头村 岑阿水", [("岑阿水", "作者")]),
        ("庄严 摄影报道", [("庄严", "摄影报道")]),
        ("本报记者 王磊 通讯员 阿里·买买提", [("王磊", "记者"), ("阿里·买买提", "通讯员")]),
    ],
)
def test_a_byline_line_gives_its_people_and_roles(line: str, people: list[tuple[str, str]]) -> None:
    signature = read_signature(line)
    assert signature is not None
    assert signature.certain
    assert [(byline.name, byline.role) for byline in signature.bylines] == people


@pytest.mark.parametrize(
    "line",
    ["高新区领导调研", "优环境 强服务 促发展", "记者了解到，园区一期已建成。", "守住安全“底线”", "简讯", "编者按", ""],
)
def test_headlines_and_sentences_are_no_bylines(line: str) -> None:
    assert read_signature(line) is None


def test_a_bare_name_is_a_pen_name_at_most() -> None:
    signature = read_signature("塬上风")
    assert signature is not None
    assert not signature.certain


def test_a_byline_in_parentheses_opens_the_first_paragraph() -> None:
    found = bylines_within(("本报讯（记者 王磊 通讯员 李强）昨日，高新区召开会议。", "会议要求抓好落实。"))
    assert [(byline.name, byline.role) for byline in found] == [("王磊", "记者"), ("李强", "通讯员")]
