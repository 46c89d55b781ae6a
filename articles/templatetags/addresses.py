"""Addresses of the search page: the same question with one condition more or less."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from django import template

if TYPE_CHECKING:
    from django.template.context import RequestContext

register = template.Library()


# A page of results has hundreds of such addresses: the query is encoded once, and each address is put together from it.
Pairs = list[tuple[str, str, str]]  # name, value, and both as they stand in an address


def _pairs(context: RequestContext) -> Pairs:
    """The parameters of this address in order."""
    request = context["request"]
    pairs: Pairs | None = getattr(request, "_pairs_of_address", None)
    if pairs is None:
        pairs = [(name, value, _encoded(name, value)) for name, values in request.GET.lists() for value in values]
        request._pairs_of_address = pairs
    return pairs


def _encoded(name: str, value: str) -> str:
    return f"{quote_plus(name)}={quote_plus(value)}"


def _address(parts: list[str]) -> str:
    return "?" + "&".join(parts)


@register.simple_tag(takes_context=True)
def asking(context: RequestContext, **conditions: object) -> str:
    """This address with these parameters set to one value each; None takes one away. The page starts again at 1."""
    parts: list[str] = []
    left = {name: _encoded(name, str(value)) for name, value in conditions.items() if value is not None}
    for name, _value, encoded in _pairs(context):
        if name in left:
            parts.append(left.pop(name))
        elif name not in conditions and name != "page":
            parts.append(encoded)
    return _address([*parts, *left.values()])


@register.simple_tag(takes_context=True)
def also(context: RequestContext, name: str, value: object) -> str:
    """This address with one more value of a parameter that may be repeated, or without it where it was chosen."""
    pairs = [pair for pair in _pairs(context) if pair[0] != "page"]
    same = (name, str(value))
    kept = [encoded for *pair, encoded in pairs if tuple(pair) != same]
    return _address(kept if len(kept) < len(pairs) else [*kept, _encoded(*same)])


@register.simple_tag(takes_context=True)
def turned_to(context: RequestContext, page: int) -> str:
    """This address at another page of the list."""
    return _address([*(encoded for name, _, encoded in _pairs(context) if name != "page"), f"page={page}"])


@register.inclusion_tag("parts/pager.html", takes_context=True)
def pager(context: RequestContext, page: int, pages: int) -> dict[str, object]:
    """Links to the pages of a list: the first, the last, and those around this one; None stands for a gap."""
    near = sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)})
    shown: list[int | None] = []
    for number in near:
        if shown and number - (shown[-1] or 0) > 1:
            shown.append(None)
        shown.append(number)
    return {"request": context["request"], "page": page, "pages": pages, "range": shown}


@register.simple_tag(takes_context=True)
def without(context: RequestContext, name: str) -> str:
    """This address without a parameter."""
    return asking(context, **{name: None})


@register.simple_tag(takes_context=True)
def month_of(context: RequestContext, year: int, month: int) -> str:
    """This address for one month."""
    return asking(context, month=f"{year:04}-{month:02}", year=None, date_from=None, date_to=None)
