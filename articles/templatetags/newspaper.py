"""How the newspaper is set on the screen: headlines, dates, passages with names and marks, citations."""

from __future__ import annotations

import datetime
import html
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from django import template
from django.utils import formats
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from articles import search as engine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from articles.models import Article, Byline
    from articles.search.criteria import Reading
    from articles.selectors.stories import NameLink, Passage

register = template.Library()

# 避头尾: no line starts with one of the first or ends with one of the second.
_NEVER_FIRST = "，。、；：？！）》〉】』」”’…—·％%,.;:?!)]}　 "
_NEVER_LAST = "（《〈【『「“‘([{"
_AUTHOR_ROLES = ("摄影", "图", "编辑", "责编", "校对", "审核")


@register.filter
def wbr(text: str) -> SafeString:
    """Escaped text with `<wbr>` between words, so that a headline never breaks inside one."""
    return headline(text)


@register.simple_tag
def headline(text: str, reading: Reading | None = None) -> SafeString:
    """A headline with `<wbr>` between words and the words of the query marked."""
    spans = _marked_spans(text, reading)
    cuts = [0, *_breaks(text), len(text)]
    return mark_safe("<wbr>".join(_mark(text[a:b], a, spans) for a, b in pairwise(cuts)))  # noqa: S308 - escaped


def _breaks(text: str) -> list[int]:
    """Offsets between words where a line may end."""
    found, at = set(), 0
    for word in engine.segment(text):
        start = text.find(word, at)
        if start >= 0:  # the cutter may have normalised something away
            at = start + len(word)
            found |= {start, at}
    return [n for n in sorted(found) if 0 < n < len(text) and _may_break(text[n - 1], text[n])]


def _may_break(before: str, after: str) -> bool:
    return after not in _NEVER_FIRST and before not in _NEVER_LAST


@register.filter
def month_day(date: datetime.date) -> str:
    """The day without its year, as the reader's language writes it."""
    return formats.date_format(date, gettext("n月j日"))


@register.filter
def year_month(date: datetime.date) -> str:
    """The month with its year."""
    return formats.date_format(date, gettext("Y年n月"))


@register.filter
def marks(text: str, reading: Reading | None) -> SafeString:
    """Escaped text with the words of the query marked."""
    return engine.highlight(text, reading) if reading is not None else escape(text)


def _marked_spans(text: str, reading: Reading | None) -> list[tuple[int, int]]:
    """Offsets that `highlight` marks, read back from what it returns."""
    spans: list[tuple[int, int]] = []
    if reading is None:
        return spans
    at, inside = 0, False
    for piece in re.split(r"(</?mark>)", engine.highlight(text, reading)):
        if piece in ("<mark>", "</mark>"):
            inside = piece == "<mark>"
            continue
        length = len(html.unescape(piece))
        if inside:
            spans.append((at, at + length))
        at += length
    return spans


def _mark(text: str, start: int, spans: Sequence[tuple[int, int]]) -> str:
    """Escaped `text`, which stands at `start`, with the parts that lie in `spans` marked."""
    out, at, end = [], start, start + len(text)
    for left, right in spans:
        left, right = max(left, at), min(right, end)
        if left < right:
            out += [escape(text[at - start : left - start]), "<mark>", escape(text[left - start : right - start])]
            out.append("</mark>")
            at = right
    return "".join((*out, escape(text[at - start :])))


@register.simple_tag
def passage(paragraph: Passage, reading: Reading | None = None) -> SafeString:
    """A paragraph with its names linked and the words of the query marked."""
    text, at, out = paragraph.text, 0, []
    spans = _marked_spans(text, reading)
    for link in paragraph.links:
        out.append(_mark(text[at : link.start], at, spans))
        out.append(_link(link, _mark(text[link.start : link.end], link.start, spans)))
        at = link.end
    out.append(_mark(text[at:], at, spans))
    return mark_safe("".join(out))  # noqa: S308 - every piece is escaped above


def _link(link: NameLink, inner: str) -> str:
    return format_html('<a class="nm" href="{}">{}</a>', link.url, mark_safe(inner))  # noqa: S308 - escaped by _mark


@register.filter
def signed(bylines: Sequence[Byline]) -> str:
    """记者 孙庆辉　通讯员 李超: names of one role stand together, in printed order."""
    roles: dict[str, list[str]] = {}
    for byline in bylines:
        roles.setdefault(byline.role, []).append(byline.name)
    return "　".join(" ".join((role, *names)).strip() for role, names in roles.items())


@register.filter
def citation(article: Article) -> str:
    """GB/T 7714: authors, headline, [N], paper, date and pages; three authors at most, then 等."""
    names = list(dict.fromkeys(b.name for b in article.bylines.all() if not b.role.startswith(_AUTHOR_ROLES)))
    authors = ", ".join(names[:3]) + (", 等" if len(names) > 3 else "")
    page = article.page
    place = f"{page.issue.paper.name}, {page.issue.date.isoformat()}({', '.join(map(str, article.page_numbers))})."
    return f"{authors + '. ' if authors else ''}{article.headline}[N]. {place}"


@register.filter
def item(mapping: Mapping[int, object], key: int) -> object:
    """What a mapping holds under a key, nothing where it holds none."""
    return mapping.get(key)


@register.filter
def kind_name(kind: str) -> str:
    """What a condition of a query, or a suggestion, is about."""
    names = {
        "word": gettext("词"),
        "phrase": gettext("原句"),
        "person": gettext("人物"),
        "organisation": gettext("机构"),
        "reporter": gettext("记者"),
        "headline": gettext("标题"),
        "date": gettext("日期"),
        "event": gettext("事情日期"),
        "excluded": gettext("排除"),
        "any": gettext("任一"),
        "article": gettext("稿件"),
    }
    return names.get(kind, kind)
