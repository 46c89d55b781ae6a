"""Bytes of a dump become numbered lines, or one clear sentence says why they can't."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

import pytest

from articles.newsprint.extraction import MAX_BYTES, extract
from articles.newsprint.values import ReadingError

PAGE = "本报讯 近日，高新区召开会议，\n区党工委委员参加了会议。\n\n记者 孙庆辉\n"
TRADITIONAL = "本報訊 近日，市政府召開會議，\n市長出席會議並講話。這是我們的工作。\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (PAGE.encode(), "utf-8"),
        (codecs.BOM_UTF8 + PAGE.encode(), "utf-8"),
        (PAGE.encode("gb18030"), "gb18030"),
        (PAGE.encode("utf-16"), "utf-16"),
        (PAGE.encode("utf-16-le"), "utf-16-le"),
        (PAGE.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_every_encoding_of_a_newsroom_gives_the_same_lines(data: bytes, encoding: str) -> None:
    source = extract(data, "p1.txt")
    assert [line.text for line in source.lines] == PAGE.split("\n")[:-1]
    assert source.encoding == encoding


def test_big5_is_not_taken_for_gb18030() -> None:
    source = extract(TRADITIONAL.encode("big5"), "p1.txt")
    assert source.encoding == "big5"
    assert source.lines[0].text == TRADITIONAL.split("\n")[0]


def test_source_keeps_its_sha256_and_counts_lines_from_one() -> None:
    data = "第一行\r\n\r\n第三行".encode()
    source = extract(data, "p1.txt")
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    assert [(line.number, line.text) for line in source.lines] == [(1, "第一行"), (2, ""), (3, "第三行")]


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "p.txt", "empty"),
        (b" \n\n\t\n", "p.txt", "empty"),
        (codecs.BOM_UTF8, "p.txt", "empty"),
        (bytes(range(256)) * 40, "p.txt", "binary"),
        (b"\x00\x01\x02\x03" * 500, "p.txt", "binary"),
        (b"x" * (MAX_BYTES + 1), "p.txt", "too-large"),
        (("字" * 30_000).encode(), "p.txt", "line-too-long"),
        ("行\n".encode() * 30_000, "p.txt", "too-many-lines"),
        (b"%PDF-1.7\n%...", "p.txt", "broken-pdf"),
        (b"\x89PNG\r\n\x1a\n....", "p.png", "broken-image"),
        (b"PK\x03\x04....word/document.xml", "p.docx", "broken-zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "p.wps", "unsupported-kind"),
        (b"<!DOCTYPE html><html></html>", "p.htm", "no-article"),
        (b"\x01\x02founder", "p.fit", "unsupported-kind"),
    ],
)
def test_what_is_no_text_is_refused_with_a_sentence_that_says_what_to_do(data: bytes, name: str, code: str) -> None:
    with pytest.raises(ReadingError) as caught:
        extract(data, name)
    assert caught.value.code == code
    assert name in caught.value.message
    assert "请" in caught.value.message


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(ReadingError) as missing:
        extract(tmp_path / "none.txt")
    with pytest.raises(ReadingError) as folder:
        extract(tmp_path)
    assert (missing.value.code, folder.value.code) == ("not-found", "unreadable")
