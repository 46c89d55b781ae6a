"""Zips and folders: pages are found in them, digital papers are packed page by page, what would do harm stays out."""

from __future__ import annotations

import io
import zipfile

import pytest

from articles.newsprint.extraction import LooseFile, arranged, extract, unpacked
from articles.newsprint.extraction.bundle import pack
from articles.newsprint.extraction.zipped import PackedFile
from articles.newsprint.reading_room import Work, read_pages
from articles.newsprint.reconstruction import rebuild
from articles.newsprint.values import ReadingError

from .documents import zipped
from .test_web_page import founder, modern

MOST = 5_000_000


def opened(files: dict[str, bytes], **loose: bytes) -> list[LooseFile]:
    inside, refused = unpacked(zipped(files), "issue.zip", MOST)
    assert not refused
    return inside


def test_a_digital_paper_becomes_one_page_file_each_with_number_and_section() -> None:
    second = {name.replace("html/", "b/"): content for name, content in founder("utf-8").items()}
    second["b/node_3.htm"] = second["b/node_3.htm"].replace("第03版：综合新闻".encode(), "第04版：副刊".encode())
    files = (
        founder()
        | second
        | {"css/a.css": b"x", "html/p.gif": b"GIF89a", "index.html": b"<html></html>", "p05.txt": b"x"}
    )
    bundle = arranged(opened(files))
    assert [(page.name, page.number, page.section) for page in bundle.pages] == [
        ("node_3.zip", 3, "综合新闻"),
        ("node_3.zip", 4, "副刊"),
        ("p05.txt", None, ""),
    ]
    assert bundle.ignored == ["css/a.css", "html/p.gif", "index.html"]
    for page in bundle.pages[:2]:
        assert len(rebuild(extract(page.read(), page.name)).articles) == 2


def test_the_picture_of_a_page_goes_into_its_zip() -> None:
    (page,) = arranged(opened(modern())).pages
    with zipfile.ZipFile(io.BytesIO(page.read())) as archive:
        assert sorted(archive.namelist()) == ["c/content_2.html", "p04.html", "page.png"]
    assert (page.number, page.section) == (4, "民生")


def test_the_same_page_is_packed_into_the_same_bytes() -> None:
    files = [PackedFile(name, content) for name, content in founder().items()]
    again = arranged(unpacked(pack(files), "p3.zip", MOST)[0])
    assert pack(files) == pack(files[::-1]) == again.pages[0].read()


def test_saved_articles_without_a_page_are_pages_of_their_own() -> None:
    files = {name: content for name, content in founder().items() if "content" in name}
    assert [page.name for page in arranged(opened(files)).pages] == ["content_101.htm", "content_102.htm"]


def linked(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        link = zipfile.ZipInfo("p9.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "left", "words"),
    [
        (zipped({"p1.txt": b"a", "../p2.txt": b"b"}), "../p2.txt", "指向压缩包以外"),
        (zipped({"p1.txt": b"a", "/etc/p2.txt": b"b"}), "/etc/p2.txt", "指向压缩包以外"),
        (zipped({"p1.txt": b"a", "C:\\p2.txt": b"b"}), "C:/p2.txt", "指向压缩包以外"),
        (linked({"p1.txt": b"a"}), "p9.txt", "链接"),
        (zipped({"p1.txt": b"a", "more.zip": zipped({"p2.txt": b"b"})}), "more.zip", "压缩包里的压缩包"),
        (zipped({"p1.txt": b"a", "p2.txt": b"\n" * 4_000_000}), "p2.txt", "大得不正常"),
        (zipped({"p1.txt": b"a", "p2.txt": b"ab" * 3_000_000}, zipfile.ZIP_STORED), "p2.txt", "超过 5 MB"),
    ],
)
def test_what_would_do_harm_stays_in_the_zip_and_the_other_pages_come_out(data: bytes, left: str, words: str) -> None:
    files, refused = unpacked(data, "issue.zip", MOST)
    assert [file.name for file in files] == ["p1.txt"]
    ((name, sentence),) = refused
    assert name == left
    assert words in sentence


def test_a_zip_that_lies_about_its_sizes_gives_no_more_than_it_promised() -> None:
    data = zipped({"p1.txt": b"\n" * 3_000_000})
    size = (3_000_000).to_bytes(4, "little")
    lying = data.replace(size, (100).to_bytes(4, "little"))
    files, refused = unpacked(lying, "issue.zip", MOST)
    assert not files
    assert refused[0][0] == "p1.txt"


@pytest.mark.parametrize("data", [b"PK\x03\x04broken", zipped({"p1.txt": b"a"})[:-30]], ids=["no zip", "cut off"])
def test_a_broken_zip_is_refused_whole(data: bytes) -> None:
    with pytest.raises(ReadingError, match="解不开") as refused:
        unpacked(data, "issue.zip", MOST)
    assert refused.value.code == "broken-zip"


TEXT = "春耕备耕全面铺开\n\n本报讯 连日来，河湾区各乡镇抢抓农时，组织农技人员深入田间地头。\n记者 程望舒\n"


def test_many_pages_are_read_by_several_processes_in_their_order() -> None:
    pages = [Work(n, f"p{n}.txt", f"{TEXT}第{n}行\n".encode() if n % 3 else None) for n in range(7)]
    answers = list(read_pages([*pages, Work(7, "p7.txt", b"")], None, workers=2))
    assert [item for item, _ in answers] == list(range(8))
    assert [answer is None for _, answer in answers] == [n % 3 == 0 for n in range(7)] + [False]
    assert all(answer.reading and answer.reading.articles for _, answer in answers[:7] if answer)
    assert "空文件" in (answers[7][1].message if answers[7][1] else "")
