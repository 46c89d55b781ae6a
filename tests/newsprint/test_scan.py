"""Scans: hostile images are refused by their header, pages are straightened, bands give each line once, and without the
extra the sentence says how to install it."""

from __future__ import annotations

import io
import struct
import zlib
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image, ImageDraw

from articles.newsprint.extraction import extract, eyes, page_images, scan, scan_pace
from articles.newsprint.extraction.straighten import skew_of, straightened
from articles.newsprint.reconstruction import rebuild
from articles.newsprint.values import ReadingError

installed = pytest.mark.skipif(not eyes.can_recognise(), reason="the extra that reads scans is not installed")


def png_of(width: int, height: int) -> bytes:
    """A small file that claims to be as large as that."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00" * 99)) + chunk(b"IEND", b"")
    )


def printed(width: int = 1200, height: int = 1600) -> Image.Image:
    """Two columns of bars where lines of type would stand."""
    page = Image.new("L", (width, height), 245)
    draw = ImageDraw.Draw(page)
    for top in range(120, height - 120, 40):
        draw.rectangle((100, top, 560, top + 20), fill=30)
        draw.rectangle((640, top + 7, 1100, top + 27), fill=30)
    return page


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (png_of(40_000, 40_000), "too-many-pixels"),
        (png_of(100, 3000), "too-small"),
        (b"\x89PNG\r\n\x1a\n....", "broken-image"),
        (b"\xff\xd8\xff" + b"\x00" * 50, "broken-image"),
        (saved(printed(), "TIFF", save_all=True, append_images=[printed()]), "several-pages"),
    ],
)
def test_an_image_that_is_no_page_is_refused_by_its_header(data: bytes, code: str) -> None:
    with pytest.raises(ReadingError) as refused:
        extract(data, "p1.png")
    assert refused.value.code == code
    assert refused.value.message.startswith("“p1.png”")
    assert "\n" not in refused.value.message


def test_without_the_extra_the_sentence_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eyes, "can_recognise", lambda: False)
    for glance in (True, False):
        with pytest.raises(ReadingError, match="make ocr") as refused:
            extract(saved(printed(), "JPEG"), "p1.jpg", glance=glance)
        assert refused.value.code == "no-ocr"


def test_a_glance_at_a_scan_reads_no_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eyes, "can_recognise", lambda: True)
    source = extract(saved(printed(), "JPEG"), "p1.jpg", glance=True)
    assert (source.kind, source.lines) == ("scan", ())


@pytest.mark.parametrize("angle", [-2.0, -1.0, 0.0, 0.7, 2.0])
def test_a_page_laid_askew_is_straightened(angle: float) -> None:
    askew = printed().rotate(angle, Image.Resampling.BICUBIC, fillcolor=245)
    assert skew_of(askew) == pytest.approx(-angle, abs=0.11)
    assert abs(skew_of(straightened(askew))) <= 0.15


def reader_of(boxes: list[tuple[int, int, int, int]]) -> object:
    """An engine that finds those boxes which stand whole in what it is shown; the page's rows tell where it is."""

    def read(band: np.ndarray, **_options: object) -> SimpleNamespace:
        top = int(band[0, 0, 0]) * 256 + int(band[0, 1, 0])
        here = [b for b in boxes if b[1] >= top and b[3] <= top + len(band)]
        corners = [[[x0, y0 - top], [x1, y0 - top], [x1, y1 - top], [x0, y1 - top]] for x0, y0, x1, y1 in here]
        texts = tuple(f"第{b[1]}行" for b in here)
        return SimpleNamespace(
            boxes=np.array(corners, dtype=float) if here else None, txts=texts, scores=[0.9] * len(here)
        )

    return read


def test_lines_where_two_bands_overlap_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    boxes = [(10, top, 400, top + 40) for top in range(20, 5900, 60)]
    page = np.full((6000, 5000), 255, dtype=np.uint8)
    for row in range(6000):
        page[row, :2] = divmod(row, 256)
    found = list(scan._recognised(page, reader_of(boxes)))
    assert [int(line.y0) for line in found] == [top for _x0, top, _x1, _y1 in boxes]


class Heard:
    """An engine in the manner of the real one: a recogniser that takes lines by the half dozen."""

    rec_batch_num = 6

    def __init__(self, lines: int) -> None:
        self.lines, self.text_rec, self.session = lines, self, lambda batch: batch

    def _load_rec_model(self) -> Heard:
        return self

    def __call__(self, band: object, **_options: object) -> SimpleNamespace:
        if hasattr(band, "img"):
            for at in range(0, len(band.img), self.rec_batch_num):
                self.session(band.img[at : at + self.rec_batch_num])
        else:
            self.text_rec(SimpleNamespace(img=[0] * self.lines))
        return SimpleNamespace(boxes=None, txts=None, scores=None)


def test_how_far_a_scan_is_moves_while_the_lines_of_a_band_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(scan_pace, "tell", lambda *far: told.append(far))
    page = np.full((4000, 2500), 255, dtype=np.uint8)
    assert list(scan._recognised(page, Heard(lines=30))) == []
    bands = 3
    assert len(told) == bands + bands * 5
    assert told == sorted(told)
    assert (told[0], told[-1]) == ((0, 100), (90, 100))


def test_lines_carry_places_sizes_and_confidence(monkeypatch: pytest.MonkeyPatch) -> None:
    boxes = [(92, 112, 570, 148), (92, 149, 570, 191)]
    monkeypatch.setattr(scan, "_engine", lambda: None)
    monkeypatch.setattr(scan, "shapes_on", lambda *_: ())
    monkeypatch.setattr(scan, "_recognised", lambda *_: [scan.Found("春耕备耕全面铺开了吗", *b, 0.5) for b in boxes])
    page = scan.read_picture(printed(), "p1.jpg", 200)
    assert [line.confidence for line in page.lines] == [0.5, 0.5]
    assert page.lines[0].box == pytest.approx((100 / 1200, 119 / 1600, 561 / 1200, 142 / 1600), abs=0.002)
    assert [line.font_size for line in page.lines] == [pytest.approx(21 / 0.92 * 72 / 200, rel=0.01)] * 2
    assert "2 行把握不大" in page.notices[0]


@installed
def test_a_page_without_any_type_is_refused() -> None:
    with pytest.raises(ReadingError, match="没有认出文字"):
        rebuild(extract(saved(Image.new("L", (800, 800), 250), "PNG"), "p1.png"))


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"FIT\x00\x01" * 20, "A01.fit", "飞腾.*PDF"),
        ("［HT2］春耕".encode("gb18030"), "A01.s2", "书版.*PDF"),
        (b"%!PS-Adobe-3.0\n", "A01.ps", "PostScript.*PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 99, "p1.doc", "另存为.*docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 99, "p1.wps", "另存为.*docx"),
        (b"{\\rtf1 a}", "p1.rtf", "另存为.*docx"),
        (b"Rar!\x1a\x07\x00", "p1.rar", "zip"),
        ("字".encode() * 3_500_000, "p1.txt", "超过 5 MB"),
        ("字".encode() * 1_500_000, "p1.txt", "一行长达"),
    ],
)
def test_what_cannot_be_read_says_how_to_export_it(data: bytes, name: str, words: str) -> None:
    with pytest.raises(ReadingError, match=words) as refused:
        extract(data, name)
    assert refused.value.message.startswith(f"“{name}”")


def test_the_picture_of_a_scan_is_straight_and_in_two_sizes() -> None:
    askew = printed(2000, 2600).rotate(1.0, Image.Resampling.BICUBIC, fillcolor=245)
    images = page_images(saved(askew, "JPEG"), "p1.jpg")
    assert images is not None
    large, small = (Image.open(io.BytesIO(data)) for data in (images.reading, images.small))
    assert (large.format, large.size, small.width) == ("WEBP", (1600, 2080), 400)
    assert abs(skew_of(large.convert("L"))) <= 0.15
