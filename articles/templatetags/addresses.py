"""Addresses of the search page: the same question with one condition more or less."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from django import template
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, ngettext

if TYPE_CHECKING:
    from django.template.context import RequestContext
    from django.utils.safestring import SafeString

    from articles.search.criteria import FacetCount
    from articles.selectors.bars import Histogram

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


@register.simple_tag(takes_context=True)
def choice(context: RequestContext, name: str, one: FacetCount) -> SafeString:
    """A choice of a facet as a link with its count. Set here, for a page has a hundred."""
    if name == "year":
        address = asking(context, year=None if one.chosen else one.value, month=None, date_from=None, date_to=None)
    elif name == "section":
        address = asking(context, section=None if one.chosen else one.value)
    else:
        address = also(context, name, one.value)
    link, label, count = str(escape(address)), str(escape(one.name)), str(one.count)
    if one.chosen:
        link += '" aria-current="true'
        label += f'<span class="vh">{escape(gettext("，已选，点此去掉"))}</span>'
        count = f'<span aria-hidden="true">×</span> {count}'
    return mark_safe(  # noqa: S308 (each piece is escaped above)
        f'<li><a href="{link}">{label}</a><span class="dots" aria-hidden="true"></span><span class="n">{count}</span></li>'
    )


# Twelve years have 144 bars and as many cells. Written here, they take a tenth of the time that a template's loop takes.


@register.simple_tag(takes_context=True)
def monthly_bars(context: RequestContext, histogram: Histogram) -> SafeString:
    """The bars of months as links for a pointer; the table beside them is for everybody."""
    start = _up_to_month(context)
    bars = []
    for bar, month in histogram.monthly_bars:
        title = ngettext(
            "%(year)s年%(number)s月，%(count)s 篇", "%(year)s年%(number)s月，%(count)s 篇", month.count
        ) % {"year": month.year, "number": month.month, "count": month.count}
        place = f'x="{bar.x}" width="{bar.width}"'
        bars.append(
            f'<a href="{start}{month.year:04}-{month.month:02}" tabindex="-1"><title>{escape(title)}</title>'
            f'<rect class="reach" {place} y="0" height="72" />'
            f'<rect class="b{" on" if month.chosen else ""}" {place} y="{bar.y}" height="{bar.height}" /></a>'
        )
    return mark_safe("\n".join(bars))  # noqa: S308 (numbers, and text that was escaped)


@register.simple_tag(takes_context=True)
def monthly_cells(context: RequestContext, year: int, months: tuple[int, ...]) -> SafeString:
    """A year's twelve cells in the table of counts."""
    start = _up_to_month(context)
    cells = (
        f'<td class="n"><a href="{start}{year:04}-{month:02}">{count}</a></td>' if count else '<td class="n">·</td>'
        for month, count in enumerate(months, 1)
    )
    return mark_safe("".join(cells))  # noqa: S308 (numbers, and an address that was escaped)


def _up_to_month(context: RequestContext) -> str:
    """The beginning of an address for a month, escaped: the month is written behind it."""
    others = asking(context, month=None, year=None, date_from=None, date_to=None)
    return str(escape(f"{others}&month=" if others != "?" else "?month="))
