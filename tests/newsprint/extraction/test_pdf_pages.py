"""A PDF of several pages: parted into files, page by page, numbered by what is printed on them or by their order."""

from __future__ import annotations

import pytest

from articles.newsprint.extraction import LooseFile, arranged, extract
from articles.newsprint.extraction.pdf_folios import folios_in, may_have_several_pages, printed_numbers, section_in
from tests.newsprint.press import Press, bound

TEXT = "本报讯 连日来，河湾区各乡镇组织农技人员深入田间地头，指导农户开展春耕工作，要求不误农时，确保丰收。"


def page(head: str, headline: str, *, turned: int = 0) -> Press:
    press = Press()
    press.turned = turned
    press.line(40, 30, head, 10)
    press.line(40, 90, headline, 24)
    press.flow([TEXT, TEXT], [(40, 100)], cells=20)
    return press


def parted(data: bytes, name: str = "issue.pdf"):
    return arranged([LooseFile(name, lambda: data)])


def test_an_issue_in_one_pdf_becomes_its_pages_by_their_printed_numbers() -> None:
    heads = ["北塬新报 2023年7月7日", "第02版：综合", "第03版：民生　详见第8版", "第04版：副刊"]
    bundle = parted(bound([page(head, f"春耕备耕之{n}") for n, head in enumerate(heads, 1)]))
    assert [(item.name, item.number, item.section) for item in bundle.pages] == [
        ("issue-01.pdf", 1, ""),
        ("issue-02.pdf", 2, "综合"),
        ("issue-03.pdf", 3, "民生"),
        ("issue-04.pdf", 4, "副刊"),
    ]
    assert "4 页" in bundle.notices[0]
    for number, item in enumerate(bundle.pages, 1):
        texts = [line.text for line in extract(item.read(), item.name).lines]
        assert f"春耕备耕之{number}" in texts


def test_the_same_issue_is_parted_into_the_same_bytes() -> None:
    data = bound([page("第05版", "春耕"), page("第06版", "夏收")])
    assert [item.read() for item in parted(data).pages] == [item.read() for item in parted(data).pages]
    assert [item.number for item in parted(data).pages] == [5, 6]


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_numbers_are_found_on_turned_sheets(turned: int) -> None:
    pages = [page(f"第0{n}版", "春耕", turned=turned) for n in (3, 4)]
    assert [item.number for item in parted(bound(pages)).pages] == [3, 4]


def test_a_pdf_of_one_page_stays_as_it_is() -> None:
    data = page("第02版", "春耕").pdf()
    (item,) = parted(data, "第2版.pdf").pages
    assert (item.name, item.read()) == ("第2版.pdf", data)
    assert not may_have_several_pages(data)


def test_more_pages_than_an_issue_has_are_refused_at_once() -> None:
    for count in (101, 50_000):
        bundle = parted(Press().pdf(pages=count))
        ((name, sentence),) = bundle.refused
        assert name == "issue.pdf"
        assert f"{count} 页" in sentence
        assert not bundle.pages


def test_a_page_without_text_fails_alone() -> None:
    bundle = parted(bound([page("第01版", "春耕"), Press(), page("第03版", "夏收")]))
    kinds = []
    for item in bundle.pages:
        try:
            kinds.append(extract(item.read(), item.name, glance=True).kind)
        except Exception as error:
            kinds.append(type(error).__name__)
    assert [item.number for item in bundle.pages] == [1, 2, 3]
    assert kinds[0] == kinds[2] == "pdf"
    assert kinds[1] in {"ReadingError", "scan"}


@pytest.mark.parametrize(
    ("heads", "numbers"),
    [
        (["", "第二版", "第三版", "第四版"], [1, 2, 3, 4]),
        (["今日8版", "要闻 2版", "3版", "下转第2版"], [1, 2, 3, 4]),
        (["A01", "A02 要闻", "B01 经济", "B02"], [1, 2, 3, 4]),
        (["", "A02", "", "B02"], [1, 2, 3, 4]),
        (["B01", "A01", "A02"], [3, 1, 2]),
        (["A05", "A06"], [5, 6]),
        (["第3版", "第1版", "第2版"], [3, 1, 2]),
        (["\n04\n", "\n05\n"], [4, 5]),
        (["第2版", "第2版", "第2版"], None),
        (["要闻", "综合"], None),
        (["A4纸", "第02版", "第03版 B超"], [1, 2, 3]),
    ],
)
def test_numbers_count_where_they_agree(heads: list[str], numbers: list[int] | None) -> None:
    assert printed_numbers([folios_in(head) for head in heads]) == numbers


def test_a_section_is_taken_where_it_stands_behind_the_number() -> None:
    assert section_in("北塬新报　第02版：综合") == "综合"
    assert section_in("第02版　要求各单位") == ""
