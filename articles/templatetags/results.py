"""What repeats on a page of results: hits, choices of facets, months. It is set here and not in a template, which would
take four times as long for twenty hits, a hundred choices and twelve years of months."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from django import template
from django.urls import reverse
from django.utils import dateformat
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, ngettext

from .addresses import also, asking
from .newspaper import signed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.template.context import RequestContext
    from django.utils.safestring import SafeString

    from articles.search.criteria import FacetCount, FoundArticle, Hit
    from articles.selectors.bars import Histogram

register = template.Library()


@register.simple_tag(takes_context=True)
def hits(context: RequestContext) -> SafeString:
    """The hits of a page as items of a list: when and where in the margin, headline, passages, who signed."""
    margin = Margin(several_papers=len(context["frame_papers"]) > 1)
    query = context["criteria"].q
    behind = f"?hl={quote(query, safe='')}" if query else ""
    bylines, posts = context["bylines"], context["posts"]
    return mark_safe(  # noqa: S308 (what _hit sets is escaped piece by piece)
        "".join(
            _hit(one, margin, behind, posts.get(one.article.pk, ()), signed(bylines.get(one.article.pk, ())))
            for one in context["found"].hits
        )
    )


def _hit(hit: Hit, margin: Margin, behind: str, posts: Iterable[tuple[str, list[str]]], signed_by: str) -> str:
    article = hit.article
    kicker = f'<p class="kick">{escape(article.kicker)}</p>' if article.kicker else ""
    told = "".join(f"<span>{escape(name)}：{escape('、'.join(printed))}</span>" for name, printed in posts)
    address = escape(reverse("articles:article-detail", args=[article.pk]) + behind)
    return (
        f'<li>{margin.of(article)}<div lang="zh-Hans">{kicker}<h2><a href="{address}">{hit.headline}</a></h2>\n'
        f'<p class="snip">{hit.snippet}</p><p class="meta">{told}<span>{escape(signed_by)}</span></p></div></li>'
    )


class Margin:
    """Day, year and place of hits."""

    def __init__(self, *, several_papers: bool) -> None:
        self.several_papers = several_papers
        self.day, self.year, self.page = gettext("n月j日"), gettext("%(year)s年"), gettext("第%(number)s版")

    def of(self, article: FoundArticle) -> str:
        date = article.date
        address = reverse("articles:page-detail", args=[date.isoformat(), article.page])
        address += f"?paper={article.paper}" + (f"&edition={article.edition}" if article.edition != 1 else "")
        others = "".join(gettext("、") + self.page % {"number": number} for number in article.goes_on)
        paper = f'<span lang="zh-Hans">{escape(article.paper_name)}</span>' if self.several_papers else ""
        return (
            f'<p class="when"><b><time datetime="{date.isoformat()}">{dateformat.format(date, self.day)}</time></b>'
            f"<span>{self.year % {'year': date.year}}</span>"
            f'<span><a href="{escape(address)}">{self.page % {"number": article.page}} '
            f'<span lang="zh-Hans">{escape(article.section)}</span></a>{others}</span>{paper}</p>'
        )


@register.simple_tag(takes_context=True)
def choices(context: RequestContext, name: str, offered: Sequence[FacetCount], seen: int) -> SafeString:
    """The choices of a facet as lists of links with counts; those after the first `seen` are folded away."""
    setting = name in ("year", "section")
    days = dict.fromkeys(("month", "date_from", "date_to")) if name == "year" else {}
    base = asking(context, **{name: None}, **days) if setting else asking(context)
    joined = _going_on(base)
    chosen = gettext("，已选，点此去掉")
    rows = []
    for one in offered:
        label, count, current = escape(one.name), str(one.count), ""
        address = f"{joined}{name}={quote(one.value, safe='')}"
        if one.chosen:
            address = base if setting else also(context, name, one.value)
            label += f'<span class="vh">{chosen}</span>'
            count = f'<span aria-hidden="true">×</span> {count}'
            current = ' aria-current="true"'
        rows.append(
            f'<li><a href="{escape(address)}"{current}>{label}</a><span class="dots" aria-hidden="true"></span>'
            f'<span class="n">{count}</span></li>'
        )
    language = "" if name == "year" else ' lang="zh-Hans"'
    lists = f'<ul class="leader"{language}>{"".join(rows[:seen])}</ul>'
    if len(rows) > seen:
        more = f'<ul class="leader"{language}>{"".join(rows[seen:])}</ul>'
        lists += f'<details class="more"><summary>{gettext("更多")}</summary>{more}</details>'
    return mark_safe(lists)  # noqa: S308 (each piece is escaped above)


@register.simple_tag(takes_context=True)
def monthly_bars(context: RequestContext, histogram: Histogram) -> SafeString:
    """The bars of months as links for a pointer; the table beside them is for everybody."""
    start = _without_days(context)
    one, several = (
        ngettext("%(year)s年%(number)s月，%(count)s 篇", "%(year)s年%(number)s月，%(count)s 篇", count)
        for count in (1, 2)
    )
    bars = []
    for bar, month in histogram.monthly_bars:
        told = (one if month.count == 1 else several) % {
            "year": month.year,
            "number": month.month,
            "count": month.count,
        }
        place = f'x="{bar.x}" width="{bar.width}"'
        bars.append(
            f'<a href="{start}month={month.year:04}-{month.month:02}" tabindex="-1"><title>{told}</title>'
            f'<rect class="reach" {place} y="0" height="72" />'
            f'<rect class="b{" on" if month.chosen else ""}" {place} y="{bar.y}" height="{bar.height}" /></a>'
        )
    return mark_safe("\n".join(bars))  # noqa: S308 (numbers, and text that was escaped)


@register.simple_tag(takes_context=True)
def axis(context: RequestContext, histogram: Histogram) -> SafeString:
    """The years under the bars as links, each with its count."""
    start = _without_days(context)
    links = []
    for one in histogram.stretches:
        years = f"{one.first}–" if one.last != one.first else str(one.first)
        count = ngettext("%(count)s 篇", "%(count)s 篇", one.count) % {"count": one.count}
        days = f"date_from={one.date_from}&amp;date_to={one.date_to}"
        links.append(f'<li><a href="{start}{days}"><b>{years}</b>{count}</a></li>')
    return mark_safe("".join(links))  # noqa: S308 (numbers, and an address that was escaped)


@register.simple_tag(takes_context=True)
def monthly_counts(context: RequestContext, histogram: Histogram) -> SafeString:
    """The rows of the table of counts: a year's link, its twelve months, its sum."""
    start = _without_days(context)
    rows = []
    for year, months, total in histogram.rows:
        cells = (
            f'<td class="n"><a href="{start}month={year:04}-{month:02}">{count}</a></td>'
            if count
            else '<td class="n">·</td>'
            for month, count in enumerate(months, 1)
        )
        head = f'<th scope="row"><a href="{start}year={year:04}">{year}</a></th>'
        rows.append(f'<tr>{head}{"".join(cells)}<td class="n">{total}</td></tr>')
    return mark_safe("".join(rows))  # noqa: S308 (numbers, and an address that was escaped)


@register.simple_tag
def month_heads() -> SafeString:
    """Twelve cells with the names of the months."""
    name = gettext("%(month)s月")
    cells = (f'<th scope="col" class="n">{name % {"month": month}}</th>' for month in range(1, 13))
    return mark_safe("".join(cells))  # noqa: S308 (numbers and a translation)


def _without_days(context: RequestContext) -> str:
    """This address without the conditions that name days, escaped, for one that is written behind it."""
    return escape(_going_on(asking(context, month=None, year=None, date_from=None, date_to=None)))


def _going_on(address: str) -> str:
    """An address to which a parameter can be added."""
    return address if address == "?" else address + "&"
