"""Word documents: styles and sizes show headlines, nothing printed is lost, bombs are refused."""

from __future__ import annotations

import pytest

from articles.newsprint.extraction import extract
from articles.newsprint.reconstruction import rebuild
from articles.newsprint.values import PageDraft, ReadingError

from .documents import paragraph, word, zipped

LEAD = "本报讯 连日来，河湾区各乡镇抢抓农时，组织农技人员深入田间地头，指导农户开展春耕备耕工作。"
MORE = "截至目前，全区已整地三万余亩，储备化肥五千吨，春耕物资供应充足。"
CANTEEN = "本报讯 3月2日，河湾区桥头社区食堂正式开门迎客，首日接待老人一百二十余人。"
SIGNED = "记者 程望舒 通讯员 罗一平"


def drafts(*body: str) -> PageDraft:
    return rebuild(extract(word(*body), "第3版.docx"))


def test_heading_styles_give_kicker_headline_and_subtitle_their_roles() -> None:
    page = drafts(
        paragraph("抢农时 抓进度", "Y"),
        paragraph("春耕备耕全面铺开", "1"),
        paragraph("——河湾区农业生产见闻", "F"),
        paragraph(LEAD),
        paragraph("物资充足", "2"),
        paragraph(MORE),
        paragraph(SIGNED),
        paragraph("社区食堂开进家门口", "1"),
        paragraph(CANTEEN),
        paragraph("记者 何静"),
    )
    first, second = page.articles
    assert (first.kicker, first.headline, first.subtitle) == (
        "抢农时 抓进度",
        "春耕备耕全面铺开",
        "——河湾区农业生产见闻",
    )
    assert first.paragraphs == (LEAD, "物资充足", MORE)
    assert [(b.name, b.role) for b in first.bylines] == [("程望舒", "记者"), ("罗一平", "通讯员")]
    assert second.headline == "社区食堂开进家门口"
    assert second.byline_text == "记者 何静"
    assert not page.unplaced


@pytest.mark.parametrize("how", [{"size": 22}, {"centred": True, "bold": True}, {"bold": True}])
def test_without_styles_larger_or_bold_lines_are_headlines(how: dict[str, int]) -> None:
    page = drafts(
        paragraph("春耕备耕全面铺开", **how),
        paragraph(LEAD, size=12),
        paragraph(MORE, size=12),
        paragraph(SIGNED, size=12),
        paragraph("社区食堂开进家门口", **how),
        paragraph(CANTEEN, size=12),
    )
    assert [(a.headline, len(a.paragraphs)) for a in page.articles] == [
        ("春耕备耕全面铺开", 2),
        ("社区食堂开进家门口", 1),
    ]


def test_a_title_above_all_headings_names_the_page_and_is_set_aside() -> None:
    page = drafts(
        paragraph("河湾日报", "T"),
        paragraph("春耕备耕全面铺开", "1"),
        paragraph(LEAD),
        paragraph("社区食堂开进家门口", "1"),
        paragraph(CANTEEN),
    )
    assert [a.headline for a in page.articles] == ["春耕备耕全面铺开", "社区食堂开进家门口"]
    assert [item.text for item in page.unplaced] == ["河湾日报"]


def test_plain_paragraphs_are_read_like_a_text_dump() -> None:
    page = drafts(*map(paragraph, ["春耕备耕全面铺开", "", LEAD, MORE, SIGNED, "", "社区食堂开进家门口", "", CANTEEN]))
    assert [a.headline for a in page.articles] == ["春耕备耕全面铺开", "社区食堂开进家门口"]
    assert page.articles[0].paragraphs == (LEAD, MORE)


def test_tables_text_boxes_and_insertions_are_read_and_deletions_are_not() -> None:
    row = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("姓名", "职务", "电话"))
    box = f"<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>{paragraph('框里的字')}</w:txbxContent></v:textbox>"
    changed = (
        "<w:p><w:r><w:t>会议</w:t></w:r><w:ins><w:r><w:t>昨天</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>今天</w:delText></w:r></w:del><w:r><w:t>召开。</w:t></w:r></w:p>"
    )
    source = extract(
        word(f"<w:tbl><w:tr>{row}</w:tr></w:tbl>", f"{box}</v:shape></w:pict></w:r></w:p>", changed), "p1.docx"
    )
    texts = [line.text for line in source.lines if line.text]
    assert texts == ["姓名　职务　电话", "框里的字", "会议昨天召开。"]
    assert source.notices == ()


def test_text_that_could_not_be_read_is_told() -> None:
    hidden = f"<w:p><mc:AlternateContent><mc:Choice Requires='wps'>{paragraph('只在图形里的一段话')}</mc:Choice>"
    source = extract(word(paragraph("一段话。"), f"{hidden}</mc:AlternateContent></w:p>"), "p1.docx")
    assert "没有读到" in source.notices[0]


LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (word(paragraph("&j;"), declaration=LAUGHS + "]>"), "xml-bomb"),
        (word(paragraph("一"), declaration='<!DOCTYPE x SYSTEM "file:///etc/passwd">'), "xml-bomb"),
        (zipped({"word/document.xml": b" " * 30_000_000}), "zip-bomb"),
        (word(paragraph(""))[:-40], "broken-zip"),
        (zipped({"word/other.xml": "<a/>"}), "broken-docx"),
        (zipped({"word/document.xml": "<a>"}), "broken-docx"),
        (word(paragraph(" ")), "empty"),
        (word("<w:sdt>" * 20_000 + "</w:sdt>" * 20_000), "parser-died"),
    ],
)
def test_a_document_that_is_broken_or_a_bomb_is_refused_with_one_sentence(data: bytes, code: str) -> None:
    with pytest.raises(ReadingError) as refused:
        extract(data, "p1.docx")
    assert refused.value.code == code
    assert refused.value.message.startswith("“p1.docx”")
    assert "\n" not in refused.value.message
