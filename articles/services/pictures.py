"""The picture of a page: drawn once from its file, kept in two sizes under the SHA-256 of the file it shows.

Readers get it with everything covered that they may not read; the covered picture is a file of its own, made when it is
first asked for. Nothing else hands out the picture as drawn but the desk.
"""

from __future__ import annotations

import functools
import hashlib
import io
import json
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw

from articles.models import Article, Page, SourceFile
from articles.newsprint.extraction import page_images
from articles.newsprint.values import PageImages, ReadingError
from articles.selectors.zones import Covered, Lying, Shown, covered, height_of, lying, pictured_lines, shown_zones

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

logger = logging.getLogger(__name__)

PICTURED = (SourceFile.Kind.PDF, SourceFile.Kind.SCAN)
_PAPER, _HATCH = (226, 221, 208), (196, 189, 172)
_STRIPE = 14  # pixels between the lines that say: something is covered here
_MANNER = "1"  # how covers are drawn; another manner makes other files


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that may be handed out: where it lies, and a fingerprint of what it shows."""

    path: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Facsimile:
    """A page's picture with articles laid over it: its pixels, and a drawing that is `WIDTH` units wide."""

    width: int
    height: int
    tall: int  # the drawing's height in its own units
    zones: list[Shown]
    gone: list[Shown]  # what is covered, where that is an article
    lines: list[Lying] = field(default_factory=list)  # for the desk


def draw_page(page: Page, source: SourceFile, content: bytes, images: PageImages | None = None) -> bool:
    """Draw `content` where nobody has yet, and make it the page's picture. A page that can't be drawn has none.

    `images` are there where it has been drawn already.
    """
    path, small = picture_paths(source.sha256)
    if not (_is_whole(path) and _is_whole(small)):
        try:
            images = images or page_images(content, source.name, scanned=source.kind == SourceFile.Kind.SCAN)
        except ReadingError as error:
            logger.warning("No picture of %s: %s", source.name, error.message)
            return False
        if images is None:
            return False
        for place, picture in ((path, images.reading), (small, images.small)):
            if not _is_whole(place):
                default_storage.delete(place)
                default_storage.save(place, ContentFile(picture))
    _show(page, path)
    return True


def _is_whole(path: str) -> bool:
    """Whether a WebP is there to its end; a program that was killed may have left a part. Its head says how long it is."""
    if not default_storage.exists(path):
        return False
    with default_storage.open(path) as file:
        head = file.read(12)
    length = 8 + int.from_bytes(head[4:8], "little")
    return head[:4] == b"RIFF" and default_storage.size(path) == length


def without_picture(page: Page) -> None:
    """None of the page's files has a picture any more."""
    _show(page, "")


def picture_paths(sha256: str) -> tuple[str, str]:
    """Where the pictures of a file lie in the store: the one to read, the small one."""
    stem = f"pages/{sha256[:2]}/{sha256}"
    return f"{stem}.webp", f"{stem}-small.webp"


def thumbnail(content: bytes, name: str) -> bytes | None:
    """The small picture of a file that is not in the archive yet, as WebP; None where it has none."""
    try:
        images = page_images(content, name)
    except ReadingError:
        return None
    return images.small if images else None


def whole_picture(page: Page, *, small: bool = False) -> Picture | None:
    """The page as printed: for the desk only."""
    path = page.image.name and _of_size(page.image.name, small)
    if not path or not default_storage.exists(path):
        return None
    return Picture(path, hashlib.sha256(path.encode()).hexdigest()[:20])


def public_picture(page: Page, *, small: bool = False) -> Picture | None:
    """The page with all that a reader may not read covered. None where there is no picture, where nothing of it is
    public, or where something hidden is printed nobody knows where."""
    whole = whole_picture(page, small=small)
    covers = covered(page) if whole else None
    if whole is None or covers is None:
        return None
    if not covers.hidden:
        return whole
    shape = json.dumps([_MANNER, page.image.name, covers.zones, covers.open, covers.lines])
    digest = hashlib.sha256(shape.encode()).hexdigest()[:20]
    path = f"pages/covered/{page.pk}/{digest}{'-small' if small else ''}.webp"
    if not default_storage.exists(path):
        with default_storage.open(whole.path) as file:
            picture = cover(file.read(), covers)
        _drop_others(page, digest)
        saved = default_storage.save(path, ContentFile(picture))
        if saved != path:  # somebody else asked at the same moment
            default_storage.delete(saved)
    return Picture(path, digest)


def facsimile(page: Page, articles: Iterable[tuple[int, Article]]) -> Facsimile | None:
    """What readers see of a page: its picture, the places of its public articles with their numbers, and of what is
    covered. None where they get no picture."""
    if not page.image or public_picture(page) is None:
        return None
    size = proportions(page)
    if size is None:
        return None
    lines = pictured_lines(page)
    gone = shown_zones(((0, article) for article in _not_public(page)), lines, size)
    return Facsimile(*size, height_of(size), shown_zones(articles, lines, size), gone)


def place_of(article: Article, number: int) -> Facsimile | None:
    """Where a published article, the number-th of its page, stands; quick where all of the page is public. None where
    readers get no picture, as where a line stands in no article and nobody knows where it is printed."""
    page = article.page
    size = proportions(page)
    nowhere = any(line.box is None for line in pictured_lines(page, homeless_only=True))
    if size is None or nowhere or _not_public(page).exists():
        return facsimile(page, [(number, article)])
    return Facsimile(*size, height_of(size), shown_zones([(number, article)], [], size), [])


def places_of(article: Article, number: int) -> list[tuple[Page, Article, Facsimile]]:
    """Where a published article stands on each of its pages, with the row that it has there; pages without it on their
    picture are left out."""
    found = [(article.page, article, place_of(article, number))]
    if article.continued:
        rows = article.continuations.select_related("page__issue__paper", "continues").order_by(
            "page__number", "position"
        )
        found += [(row.page, row, facsimile(row.page, [(0, row)])) for row in rows]
    return [(page, row, place) for page, row, place in found if place and place.zones]


def plate(page: Page, articles: Iterable[tuple[int, Article]]) -> Facsimile | None:
    """The page as the desk works on it: uncovered, with every line where it is printed."""
    size = proportions(page)
    if size is None:
        return None
    lines = pictured_lines(page)
    return Facsimile(*size, height_of(size), shown_zones(articles, lines, size), [], lying(lines, size))


def cover(picture: bytes, covers: Covered) -> bytes:
    """The picture, a WebP, with hatched paper over the zones and lines of what is hidden; lines that are open stay."""
    with Image.open(io.BytesIO(picture)) as opened:
        printed = opened.convert("RGB")
    mask = Image.new("L", printed.size, 0)
    draw = ImageDraw.Draw(mask)
    for fill, polygons in ((255, covers.zones), (0, covers.open), (255, covers.lines)):
        for polygon in polygons:
            draw.polygon([(x * printed.width, y * printed.height) for x, y in polygon], fill=fill, outline=fill)
    printed.paste(_hatched(printed.size), (0, 0), mask)
    out = io.BytesIO()
    printed.save(out, "WEBP", quality=70, method=1)
    return out.getvalue()


def proportions(page: Page) -> tuple[int, int] | None:
    """Width and height of the page's picture in pixels; None where there is none."""
    path = page.image.name
    return _size_of(path) if path and default_storage.exists(path) else None


@functools.lru_cache(maxsize=4096)
def _size_of(path: str) -> tuple[int, int]:
    """A path names the bytes by their SHA-256, so its picture never changes."""
    with default_storage.open(path) as file, Image.open(file) as picture:
        return picture.size


def _not_public(page: Page) -> QuerySet[Article]:
    public = page.articles.printed_for_readers()
    return page.articles.filter(merged_into__isnull=True).exclude(pk__in=public).select_related("continues")


def _of_size(path: str, small: bool) -> str:
    return f"{path.removesuffix('.webp')}-small.webp" if small else path


def _show(page: Page, path: str) -> None:
    if page.image.name != path:
        page.image.name = path
        Page.objects.filter(pk=page.pk).update(image=path)


def _hatched(size: tuple[int, int]) -> Image.Image:
    paper = Image.new("RGB", size, _PAPER)
    draw = ImageDraw.Draw(paper)
    width, height = size
    for x in range(-height, width, _STRIPE):
        draw.line([(x, height), (x + height, 0)], fill=_HATCH, width=2)
    return paper


def _drop_others(page: Page, digest: str) -> None:
    """Covers of another day are of no use, and show what is hidden by now."""
    folder = f"pages/covered/{page.pk}"
    names: Iterable[str] = default_storage.listdir(folder)[1] if default_storage.exists(folder) else ()
    for name in names:
        if not name.startswith(digest):
            default_storage.delete(f"{folder}/{name}")
