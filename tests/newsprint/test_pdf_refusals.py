"""PDFs that can't or mustn't be read: each is refused with one sentence that says what to do."""

from __future__ import annotations

import zlib

import pytest

from articles.newsprint.extraction import extract, page_count
from articles.newsprint.extraction.sandbox import Limits, read_apart
from articles.newsprint.values import ReadingError
from tests.newsprint.press import Press

TEXT = "本报讯 连日来，河湾区各乡镇组织农技人员深入田间地头，指导农户开展春耕工作，要求不误农时，确保丰收。"


def page(**sheet: float) -> Press:
    press = Press(**sheet)
    press.line(40, 60, "春耕备耕全面铺开", 24)
    press.flow([TEXT, TEXT], [(40, 70)], cells=20)
    return press


def encrypted(data: bytes) -> bytes:
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>]" % (
        b"41" * 32,
        b"42" * 32,
    )
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R " + lock)


def with_content(stream: bytes, extra: bytes = b"") -> bytes:
    """A page whose content stream is replaced."""
    data = page().pdf()
    start, end = data.index(b"4 0 obj"), data.index(b"5 0 obj")
    body = b"4 0 obj\n<< /Length %d %s >>\nstream\n%s\nendstream\nendobj\n" % (len(stream), extra, stream)
    return data[:start] + body + data[end:]  # the table of offsets is wrong now; readers mend that


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (encrypted(page().pdf()), "encrypted"),
        (page().pdf()[:700], "broken-pdf"),
        (page().pdf()[:-60], "broken-pdf"),
        (b"%PDF-1.7\n" + b"\x00" * 300, "broken-pdf"),
        (page().pdf(pages=2), "several-pages"),
        (page().pdf(pages=2500), "too-many-pages"),
        (page(width=20_000, height=20_000).pdf(), "page-size"),
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
    data = page().pdf().replace(b"/UniGB-UCS2-H", b"/Identity-H  ").replace(b"(GB1)", b"(Odd)")
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
    press = page()
    press.line(40, 400, TEXT + "\ue123\ue124\ue125\ue126")
    source = extract(press.pdf(), "p1.pdf")
    assert len(source.lines) > 5
    assert "核对" in source.notices[0]


def test_a_page_is_picked_from_a_file_of_several() -> None:
    data = page().pdf(pages=3)
    assert page_count(data, "issue.pdf") == 3
    assert extract(data, "issue.pdf", 2).lines[0].text == "春耕备耕全面铺开"
    with pytest.raises(ReadingError) as caught:
        extract(data, "issue.pdf", 3)
    assert caught.value.code == "no-such-page"


def test_a_pdf_that_is_also_something_else_is_read_as_a_pdf() -> None:
    data = b"\n" + page().pdf() + b"PK\x05\x06" + bytes(18)
    assert extract(data, "p1.zip").kind == "pdf"
