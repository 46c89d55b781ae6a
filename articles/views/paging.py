"""Pages of a list, and what it is narrowed to. A page that does not parse, or lies past the end, is one that exists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator

from articles.models import Organisation

from .parts import asked_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from django.http import HttpRequest


def page_number(text: str) -> int:
    """A page number from an address: 1 where it is no number or below 1."""
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def page_of(request: HttpRequest, items: QuerySet[Any] | Sequence[Any], size: int) -> Page[Any]:
    """The wanted page, the last one where fewer exist."""
    return Paginator(items, size).get_page(page_number(request.GET.get("page", "1")))


def typed_in(request: HttpRequest, field: str) -> str:
    """What was typed to narrow a list, without what no name has."""
    return request.GET.get(field, "").replace("\0", "").strip()[:50]


def chosen_body(text: str) -> Organisation | None:
    """The body that an address names by its id; None for anything else."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
    return Organisation.objects.living().filter(pk=number).first()


def list_template(request: HttpRequest, of: str) -> str:
    """The whole page, or the list alone where it is narrowed while somebody types."""
    return f"parts/{of}_list.html" if asked_for(request, "list") else f"archive/{of}.html"
