"""A PDF page or a scan → its picture as WebP, in two sizes: one to read, one to recognise it by.

A scan is straightened as it is for reading, so that its lines stand on the picture where they were read.
"""

from __future__ import annotations

import io

from PIL import Image

from articles.newsprint.extraction.pdf import opened, the_page
from articles.newsprint.extraction.scan import opened_scan
from articles.newsprint.extraction.straighten import LEAST, skew_of
from articles.newsprint.values import PageImages

READING_WIDTH = 1600  # pixels: body type of a broadsheet can be read
SMALL_WIDTH = 400
MAX_PIXELS = 12_000_000


def page_images(data: bytes, name: str = "page.pdf", page_index: int | None = None) -> PageImages:
    """Draw page `page_index` once. Raises ReadingError as `read_pdf` does for files that can't be opened."""
    return _in_two_sizes(_drawn(data, name, page_index))


def scanned_images(data: bytes, name: str, page_index: int | None = None) -> PageImages:
    """As `page_images`, of a PDF that holds a scan: straight."""
    return _in_two_sizes(_straight(_drawn(data, name, page_index)))


def _drawn(data: bytes, name: str, page_index: int | None) -> Image.Image:
    with opened(data, name) as document:
        page = the_page(document, name, page_index)
        width, height = page.get_size()
        scale = min(READING_WIDTH / width, (MAX_PIXELS / (width * height)) ** 0.5)
        drawn = page.render(scale=scale, may_draw_forms=False, rev_byteorder=True, prefer_bgrx=False)
        image: Image.Image = drawn.to_pil()
        return image.convert("RGB") if image.mode not in ("RGB", "L") else image


def scan_images(data: bytes, name: str) -> PageImages:
    """A scanned page, straight. Raises ReadingError as `read_scan` does for files that can't be opened."""
    with opened_scan(data, name) as scan:
        image = scan.convert("RGB")
    if image.width > READING_WIDTH:
        size = (READING_WIDTH, max(1, round(READING_WIDTH * image.height / image.width)))
        image = image.resize(size, reducing_gap=2.0)
    return _in_two_sizes(_straight(image))


def _straight(image: Image.Image) -> Image.Image:
    angle = skew_of(image.convert("L"))
    if abs(angle) < LEAST:
        return image
    return image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=image.resize((1, 1)).getpixel((0, 0)))


def _in_two_sizes(image: Image.Image) -> PageImages:
    small = image.resize((SMALL_WIDTH, max(1, round(SMALL_WIDTH * image.height / image.width))), reducing_gap=2.0)
    return PageImages(_webp(image), _webp(small), image.width, image.height)


def _webp(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=70, method=1)
    return out.getvalue()
