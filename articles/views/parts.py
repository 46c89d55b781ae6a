"""Answers for a part of a page. While somebody types, htmx asks an address for one part of its page and names the part;
whoever goes to the address gets the whole page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.cache import patch_vary_headers

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

_PART = "HX-Target"


def asked_for(request: HttpRequest, part: str) -> bool:
    """Whether only this part of the page is wanted."""
    return request.headers.get(_PART) == part


class PartsOfPagesMiddleware:
    """Every page says that its address answers for parts too, so that neither a cache nor the browser, going back,
    shows a part as the page or the page as a part."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and name the header that the answer may depend on."""
        response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, [_PART])
        return response
