"""The picture of a page: drawn once from its PDF, kept in two sizes under the SHA-256 of the file it shows."""

from __future__ import annotations

import logging

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from articles.models import Page, SourceFile
from articles.newsprint.extraction import page_images
from articles.newsprint.values import ReadingError

logger = logging.getLogger(__name__)


def draw_page(page: Page, source: SourceFile, content: bytes) -> None:
    """Draw `content` where nobody has yet, and make it the page's picture. A page that can't be drawn has none."""
    path, small = picture_paths(source.sha256)
    if not (default_storage.exists(path) and default_storage.exists(small)):
        try:
            images = page_images(content, source.name)
        except ReadingError as error:
            logger.warning("No picture of %s: %s", source.name, error.message)
            return
        if images is None:
            return
        for place, picture in ((path, images.reading), (small, images.small)):
            if not default_storage.exists(place):
                default_storage.save(place, ContentFile(picture))
    if page.image.name != path:
        page.image.name = path
        Page.objects.filter(pk=page.pk).update(image=path)


def picture_paths(sha256: str) -> tuple[str, str]:
    """Where the pictures of a file lie in the store: the one to read, the small one."""
    stem = f"pages/{sha256[:2]}/{sha256}"
    return f"{stem}.webp", f"{stem}-small.webp"
