"""PDFs that can't or mustn't be read: each is refused with one sentence that says what to do."""

from __future__ import annotations

import zlib

import pytest

from articles.newsprint.extraction import extract, page_count
from articles.newsprint.extraction.sandbox import Limits, read_apart
from articles.newsprint.values import ReadingError
from tests.newsprint.poison import SENTENCE, locked, sheet, with_content
from tests.newsprint.press import Press


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (locked(sheet().pdf()), "encrypted"),
        (sheet().pdf()[:700], "broken-pdf"),
        (sheet().pdf()[:-60], "broken-pdf"),
        (b"%PDF-1.7\n" + b"\x00" * 300, "broken-pdf"),
        (sheet().pdf(pages=2), "several-pages"),
        (sheet().pdf(pages=2500), "too-many-pages"),
        (sheet(width=20_000, height=20_000).pdf(), "page-size"),
        (
            with_content(b"BT /F1 1 Tf 40 900 Td " + (b"<" + b"4e00" * 20_000 + b"> Tj ") * 4 + b"ET"),
            "too-many-letters",
        ),
        (with_content(b"0 0 m 100 100 l S"), "no-text-layer"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} bytes",
)
def test_a_pdf_that_cannot_be_read_is_refused_with_a_sentence_that_says_what_to_do(data: bytes, code: str) -> None:
    with pytest.raises(ReadingError) as caught:
        extract(data, "p1.pdf")
    assert caught.value.code == code
    assert "p1.pdf" in caught.value.message
    assert "请" in caught.value.message


def test_a_stream_that_unpacks_to_more_than_there_is_room_for_ends_alone() -> None:
    packer = zlib.compressobj(1)
    bomb = b"".join(packer.compress(bytes(10_000_000)) for _ in range(50)) + packer.flush()
    with pytest.raises(ReadingError) as caught:
        read_apart(
            "pdf", "read_pdf", with_content(bomb, b"/Filter /FlateDecode"), "p1.pdf", limits=Limits(memory=320, cpu=4)
        )
    assert caught.value.code in {"too-slow", "too-much-memory", "parser-died"}
    assert "p1.pdf" in caught.value.message


def test_letters_without_a_code_table_are_noticed() -> None:
    data = sheet().pdf().replace(b"/UniGB-UCS2-H", b"/Identity-H  ").replace(b"(GB1)", b"(Odd)")
    with pytest.raises(ReadingError) as caught:
        extract(data, "p1.pdf")
    assert caught.value.code in {"garbled-text-layer", "no-text-layer"}
    assert "文字识别" in caught.value.message


def test_a_text_layer_of_wrong_characters_is_noticed() -> None:
    press = Press()
    wrong = "".join(chr(0x9000 + 7 * at % 0x700) for at in range(200))
    press.flow([wrong], [(40, 70)], cells=20, depth=30)
    with pytest.raises(ReadingError) as caught:
        extract(press.pdf(), "p1.pdf")
    assert caught.value.code == "garbled-text-layer"


def test_a_few_unknown_characters_are_told_of_and_the_page_is_read() -> None:
    press = sheet()
    press.line(40, 400, SENTENCE + "\ue123\ue124\ue125\ue126")
    source = extract(press.pdf(), "p1.pdf")
    assert len(source.lines) > 5
    assert "核对" in source.notices[0]


def test_a_page_is_picked_from_a_file_of_several() -> None:
    data = sheet().pdf(pages=3)
    assert page_count(data, "issue.pdf") == 3
    assert extract(data, "issue.pdf", 2).lines[0].text == "春耕备耕全面铺开"
    with pytest.raises(ReadingError) as caught:
        extract(data, "issue.pdf", 3)
    assert caught.value.code == "no-such-page"


def test_a_pdf_that_is_also_something_else_is_read_as_a_pdf() -> None:
    data = b"\n" + sheet().pdf() + b"PK\x05\x06" + bytes(18)
    assert extract(data, "p1.zip").kind == "pdf"
