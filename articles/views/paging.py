"""Pages of a list. A page that does not parse, or lies past the end, is a page that exists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


def page_number(text: str) -> int:
    """A page number from an address: 1 where it is no number or below 1."""
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def page_of(request: HttpRequest, items: QuerySet[Any], size: int) -> Page[Any]:
    """The wanted page, the last one where fewer exist."""
    return Paginator(items, size).get_page(page_number(request.GET.get("page", "1")))
