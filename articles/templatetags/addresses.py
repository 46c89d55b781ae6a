"""Addresses of the search page: the same question with one condition more or less."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

if TYPE_CHECKING:
    from django.template.context import RequestContext

register = template.Library()


def _address(query: Any) -> str:
    query.pop("page", None)
    encoded = query.urlencode()
    return f"?{encoded}" if encoded else "?"


@register.simple_tag(takes_context=True)
def asking(context: RequestContext, **conditions: object) -> str:
    """This address with these parameters set to one value each; None takes one away. The page starts again at 1."""
    query = context["request"].GET.copy()
    for name, value in conditions.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return _address(query)


@register.simple_tag(takes_context=True)
def also(context: RequestContext, name: str, value: object) -> str:
    """This address with one more value of a parameter that may be repeated, or without it where it was chosen."""
    query = context["request"].GET.copy()
    values = [v for v in query.getlist(name) if v != str(value)]
    query.setlist(name, values if len(values) < len(query.getlist(name)) else [*values, str(value)])
    return _address(query)


@register.simple_tag(takes_context=True)
def turned_to(context: RequestContext, page: int) -> str:
    """This address at another page of the list."""
    query = context["request"].GET.copy()
    query["page"] = str(page)
    return f"?{query.urlencode()}"


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
