"""The read-only API under /api/v1. Programs outside rely on it: fields are added, never renamed or removed."""

from __future__ import annotations

from django.urls import URLPattern, path
from ninja import NinjaAPI

from .archive import router as archive
from .problems import add_problems, not_here, read_only
from .searching import router as searching

api = NinjaAPI(
    title="Newsarchive",
    version="1",
    description="Published articles, people, organisations and issues of the archive. Errors are RFC 9457 problems.",
    docs_url=None,  # the page for people would need scripts from elsewhere; openapi.json is for any tool
    urls_namespace="api",
)
api.add_router("", searching)
api.add_router("", archive)
add_problems(api)


def _patterns() -> list[URLPattern]:
    patterns = [found for found in api.urls[0] if isinstance(found, URLPattern) and found.name != "api-root"]
    for pattern in patterns:
        pattern.callback = read_only(pattern.callback)
    return [*patterns, path("", not_here, name="nothing"), path("<path:rest>", not_here, name="nowhere")]


urls = (_patterns(), "api", "api")

__all__ = ["api", "urls"]
