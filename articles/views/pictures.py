"""Pictures of pages: for readers with what is not public covered, for the desk as printed.

Both are asked after at every use (`no-cache` with an ETag), so that what was withdrawn is gone from browsers too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.utils.http import parse_etags, quote_etag
from django.views.decorators.http import require_safe

from articles.models import Page
from articles.services.pictures import Picture, public_picture, whole_picture
from articles.views.access import editor_required

if TYPE_CHECKING:
    from django.http import HttpRequest

_RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")


@require_safe
def picture(request: HttpRequest, pk: int, small: bool = False) -> HttpResponse:
    """A page as readers may see it."""
    page = get_object_or_404(Page, pk=pk)
    return handed_out(request, public_picture(page, small=small))


@editor_required
@require_safe
def whole(request: HttpRequest, pk: int, small: bool = False) -> HttpResponse:
    """A page as printed, for editors."""
    page = get_object_or_404(Page, pk=pk)
    return handed_out(request, whole_picture(page, small=small))


def handed_out(request: HttpRequest, found: Picture | None) -> HttpResponse:
    """The bytes, a part of them (206), or word that they are the same as before (304)."""
    if found is None:
        raise Http404
    etag = quote_etag(found.fingerprint)
    asked = parse_etags(request.headers.get("If-None-Match", ""))
    if etag in asked or asked == ["*"]:
        return _labelled(HttpResponseNotModified(), etag)
    try:
        with default_storage.open(found.path) as file:
            content = file.read()
    except FileNotFoundError as error:
        raise Http404 from error
    wanted = request.headers.get("Range", "") if request.headers.get("If-Range", etag) == etag else ""
    return _labelled(_part(content, wanted) or HttpResponse(content, content_type="image/webp"), etag)


def _part(content: bytes, wanted: str) -> HttpResponse | None:
    """One range of bytes; None where all is asked for, or several ranges at once."""
    asked = _RANGE.fullmatch(wanted)
    if asked is None or not any(asked.groups()):
        return None
    first, last = asked.groups()
    start = int(first) if first else max(0, len(content) - int(last))
    end = min(int(last), len(content) - 1) if first and last else len(content) - 1
    if start >= len(content) or end < start:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{len(content)}"})
    response = HttpResponse(content[start : end + 1], status=206, content_type="image/webp")
    response["Content-Range"] = f"bytes {start}-{end}/{len(content)}"
    return response


def _labelled(response: HttpResponse, etag: str) -> HttpResponse:
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["Accept-Ranges"] = "bytes"
    response["X-Content-Type-Options"] = "nosniff"
    return response
