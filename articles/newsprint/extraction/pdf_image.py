"""A PDF page → its picture as WebP, in two sizes: one to read, one to recognise it by."""

from __future__ import annotations

import io

from PIL import Image

from articles.newsprint.extraction.pdf import opened, the_page
from articles.newsprint.values import PageImages

READING_WIDTH = 1600  # pixels: body type of a broadsheet can be read
SMALL_WIDTH = 400
MAX_PIXELS = 12_000_000


def page_images(data: bytes, name: str = "page.pdf", page_index: int | None = None) -> PageImages:
    """Draw page `page_index` once. Raises ReadingError as `read_pdf` does for files that can't be opened."""
    with opened(data, name) as document:
        page = the_page(document, name, page_index)
        width, height = page.get_size()
        scale = min(READING_WIDTH / width, (MAX_PIXELS / (width * height)) ** 0.5)
        drawn = page.render(scale=scale, may_draw_forms=False, rev_byteorder=True, prefer_bgrx=False)
        image = drawn.to_pil()
        image = image.convert("RGB") if image.mode not in ("RGB", "L") else image
        small = image.resize((SMALL_WIDTH, max(1, round(SMALL_WIDTH * image.height / image.width))), reducing_gap=2.0)
        return PageImages(_webp(image), _webp(small), image.width, image.height)


def _webp(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=70, method=1)
    return out.getvalue()
