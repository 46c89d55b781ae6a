"""A page of lines becomes articles; no line is lost or given out twice, whatever the page."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.newsprint.reconstruction import rebuild
from articles.newsprint.values import PageDraft, Source, SourceLine

FRAGMENTS = [
    "", "", "", "本报讯 近日，高新区召开会", "议，部署安全生产工作。", "记者 孙庆辉 通讯员 聂晓利", "康宁 摄", "塬上风",
    "强化担当 筑牢安全防线", "高新区组织召开安委会会议", "——跃进里文创园见闻", "图为会议现场。", "遗失声明", "声明作废。",
    "2022年10月12日 星期三", "第01版：要闻", "责编：王磊 校对：李强", "杜怀锋强调，做好当前安", "全生产工作意义重大。",
    "优秀组织奖：天衡精密、市六院", "雾从桅杆上卸下", "（下转第三版）", "石浦社区广场 9:00—11:00", "2022年10月11日", "广告热线：6612345", "。", "——", "　　", "36氪浙江公司副总经理季炜",
]  # fmt: skip


def page(text: str) -> Source:
    lines = tuple(SourceLine(number, line) for number, line in enumerate(text.split("\n"), 1))
    return Source("p1.txt", "0" * 64, "utf-8", "text", lines)


def places(draft: PageDraft) -> list[int]:
    out = [item.line for item in draft.unplaced]
    for article in draft.articles:
        lines = article.lines
        out += [*lines.kicker, *lines.headline, *lines.subtitle, *lines.byline]
        out += [number for paragraph in lines.body for number in paragraph]
    return sorted(out)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=20).map(lambda s: " ".join(s.splitlines())), max_size=40))
def test_every_printed_line_stands_in_exactly_one_place(lines: list[str]) -> None:
    source = page("\n".join(lines))
    draft = rebuild(source)
    assert places(draft) == [line.number for line in source.lines if line.text.strip()]
    for article in draft.articles:
        assert 0.0 <= article.confidence <= 1.0
        assert len(article.paragraphs) == len(article.lines.body)


BODY = """本报讯 近日，高新区人大
工委主任张良才一行到河南
油田公司调研，听取企业经
营发展情况。

座谈中，张良才听取了企业
负责人对公司发展历程的情
况介绍。
记者 孙庆辉 通讯员 翟硕雨
"""
OTHER = """本报讯 国庆期间，管委会副
主任王德敏深入一线，调研
区内重点项目建设情况。

王德敏指出，要紧盯项目建
设进度，确保重点项目早开
工、早见效。
记者 孙庆辉
"""


def test_headline_printed_last_joins_its_article() -> None:
    draft = rebuild(page(f"{BODY}\n全力推进重点项目建设\n\n{OTHER}\n张良才到河南油田公司调研\n"))
    assert {article.headline: article.paragraphs[0][4:8] for article in draft.articles} == {
        "张良才到河南油田公司调研": "近日，高",
        "全力推进重点项目建设": "国庆期间",
    }
    moved = next(article for article in draft.articles if article.headline.startswith("张良才"))
    assert any(reason.decision == "headline" and "不相邻" in reason.text for reason in moved.reasons)


def test_a_column_break_in_mid_sentence_does_not_end_a_paragraph() -> None:
    broken = BODY.replace("油田公司调研，听取企业经\n", "油田公司调研，听取企业经\n\n")
    (article,) = rebuild(page(f"张良才到河南油田公司调研\n\n{broken}")).articles
    assert len(article.paragraphs) == 2
    assert article.paragraphs[0].endswith("听取企业经营发展情况。")


def test_captions_advertisements_and_furniture_are_set_aside_by_kind() -> None:
    draft = rebuild(
        page(
            f"2022年10月12日 星期三\n\n张良才到河南油田公司调研\n{BODY}\n图为会议现场。\n王磊 摄\n\n招 聘\n诚聘业务员2名，待遇面议。\n"
        )
    )
    kinds = [item.kind for item in draft.unplaced]
    assert kinds == ["furniture", "caption", "caption", "advertisement", "advertisement"]


def test_a_page_without_an_article_has_none() -> None:
    draft = rebuild(page("2022年10月12日 星期三\n\n第01版：要闻\n"))
    assert draft.articles == ()
    assert [item.kind for item in draft.unplaced] == ["furniture", "furniture"]


def test_lines_of_a_poem_are_paragraphs_below_its_author() -> None:
    poem = ["雾从桅杆上慢慢卸下", "缆绳还攥着昨夜的盐", "一只铁锚醒来", "在父亲手里掂了又掂", "鱼市的灯一盏接一盏亮了"]
    news = f"张良才到河南油田公司调研\n\n{BODY}\n"
    article = rebuild(page(news + "渔港的早晨\n□水云间\n" + "\n".join(poem) + "\n")).articles[-1]
    assert (article.headline, article.byline_text) == ("渔港的早晨", "□水云间")
    assert list(article.paragraphs) == poem


def test_an_article_with_nothing_doubtful_is_surer_than_one_without_a_headline() -> None:
    (sure,) = rebuild(page(f"张良才到河南油田公司调研\n\n{BODY}")).articles
    (unsure,) = rebuild(page(BODY)).articles
    assert sure.confidence > 0.9 > unsure.confidence


def test_an_empty_page_has_nothing() -> None:
    assert rebuild(page("\n\n")) == PageDraft((), ())


CAPPED = """春日赏花好去处

{}
民纷纷走出家门，到公园里踏青赏花，感受
春天的气息。记者走访了几个公园。
在桃花园里，几百株桃树竞相开放，吸引了
不少游人前来拍照。
记者 罗一平
"""
FIRST_LINE = "天来了，河湾区各处公园的花开得正盛，市"


@pytest.mark.parametrize("printed", ["春\n{}", "春\n\n{}", "{}\n春", "春\n　　{}"])
def test_a_first_character_set_large_begins_its_paragraph_wherever_its_line_came(printed: str) -> None:
    source = page(CAPPED.format(printed.format(FIRST_LINE)))
    draft = rebuild(source)
    (article,) = draft.articles
    assert article.headline == "春日赏花好去处"
    assert article.paragraphs[0].startswith("春天来了，河湾区各处公园的花开得正盛，市民纷纷走出家门")
    assert places(draft) == [line.number for line in source.lines if line.text.strip()]
