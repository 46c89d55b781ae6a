"""The read-only API under /api/v1. Programs outside rely on it: fields are added, never renamed or removed."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer
from ninja.types import DictStrAny

from .archive import router as archive
from .problems import add_problems, not_here, read_only
from .searching import router as searching


class _Readable(JSONRenderer):
    """Chinese as Chinese: a third of the bytes, and legible in a terminal."""

    json_dumps_params = {"ensure_ascii": False}


class _Api(NinjaAPI):
    """The library looks its own root up at the top of the project; here it stands among the archive's addresses."""

    def get_root_path(self, path_params: DictStrAny) -> str:
        return reverse("articles:api:nothing")


api = _Api(
    title="Newsarchive",
    version="1",
    description="Published articles, people, organisations and issues of the archive. Errors are RFC 9457 problems.",
    docs_url=None,  # the page for people would need scripts from elsewhere; openapi.json is for any tool
    urls_namespace="api",
    renderer=_Readable(),
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
