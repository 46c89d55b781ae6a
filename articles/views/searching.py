"""Search, and suggestions while typing."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from articles import search as engine
from articles.models import Paper
from articles.search.criteria import Criteria, QueryRefusedError
from articles.search.ways_out import ways_out
from articles.selectors import answers, bars, officials

from .paging import page_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse, QueryDict

    from articles.search.criteria import FacetCount, Facets, Reading, Sort, Suggestion

_SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest")
_ASKING = (
    "q",
    "paper",
    "person",
    "organisation",
    "reporter",
    "section",
    "page_no",
    "date_from",
    "date_to",
    "year",
    "month",
)


def search(request: HttpRequest) -> HttpResponse:
    """Results; without any question the form and how to ask."""
    criteria, complaints = criteria_from(request)
    context: dict[str, Any] = {"criteria": criteria, "complaints": complaints}
    if not any(request.GET.get(name, "").strip() for name in _ASKING):
        return render(request, "archive/search_form.html", context)
    try:
        found = engine.search(criteria)
    except QueryRefusedError as refused:
        context["complaints"] = [*complaints, str(refused)]
        return render(request, "archive/search_form.html", context, status=400)
    context |= {
        "found": found,
        "bylines": answers.bylines_of([hit.article.pk for hit in found.hits]),
        "histogram": bars.histogram(found.facets.months, criteria.date_from, criteria.date_to),
        "posts": answers.posts_of_the_time(criteria, found.reading, [hit.article.pk for hit in found.hits]),
        "filters": filters_of(criteria, found.facets),
        "companions": [person for person in found.facets.people if person.name not in found.reading.people],
    }
    if found.total:
        return render(request, "archive/search.html", context)
    context["ways"] = ways_out(criteria, found.reading)
    return render(request, "archive/no_results.html", context)


def suggest(request: HttpRequest) -> HttpResponse:
    """Names and headlines that begin like what is being typed, as a piece of page."""
    typed = request.GET.get("q", "").strip()[:50]
    suggestions = [Lead(one.kind, one.text, _address(one)) for one in engine.suggest(typed)] if typed else []
    return render(request, "archive/suggestions.html", {"suggestions": suggestions})


@dataclass(frozen=True, slots=True)
class Lead:
    """A name or headline that leads somewhere."""

    kind: str
    text: str
    url: str


def _address(one: Suggestion) -> str:
    """The record's own page; a person without one leads to what is printed by or about them."""
    if one.kind == "article":
        return reverse("articles:article-detail", args=[one.record])
    if one.kind == "organisation":
        return reverse("articles:organisation-detail", args=[one.record])
    return f"{reverse('articles:search')}?{urlencode({'q': one.query})}"


def reading_of(text: str) -> Reading | None:
    """How a query is read, for marking its words in an article; None where it says nothing or can't be read."""
    if not text.strip():
        return None
    try:
        return engine.read(text[:200])
    except QueryRefusedError:
        return None


def criteria_from(request: HttpRequest) -> tuple[Criteria, list[str]]:
    """The question of an address, and a sentence for every part of it that could not be used."""
    get, complaints = request.GET, []

    def one(name: str, parse: Callable[[str], Any], complaint: str) -> Any:
        text = get.get(name, "").strip()
        if not text:
            return None
        value = parse(text)
        if value is None:
            complaints.append(complaint % {"text": text[:20]})
        return value

    date_from = one("date_from", _date, _("起始日期“%(text)s”读不懂，没有用上。请写成 2022-10-01。"))
    date_to = one("date_to", _date, _("截止日期“%(text)s”读不懂，没有用上。请写成 2022-10-31。"))
    for name in ("year", "month"):
        bounds = one(name, answers.month_bounds, _("“%(text)s”不是年月，没有用上。请写成 2022 或 2022-10。"))
        if bounds:
            date_from = max(filter(None, (date_from, bounds[0])))
            date_to = min(filter(None, (date_to, bounds[1])))
    if date_from and date_to and date_from > date_to:
        complaints.append(_("起始日期晚于截止日期，所以什么也找不到。"))
    sort = get.get("sort", "relevance")
    criteria = Criteria(
        q=get.get("q", "").replace("\0", " ").strip(),
        papers=_ids(get, "paper", complaints),
        people=_ids(get, "person", complaints),
        organisations=_ids(get, "organisation", complaints),
        reporters=_ids(get, "reporter", complaints),
        section=get.get("section", "").replace("\0", "").strip()[:50],
        page_no=one("page_no", _number, _("版号“%(text)s”不是数字，没有用上。")),
        date_from=date_from,
        date_to=date_to,
        sort=next((known for known in _SORTS if known == sort), "relevance"),
        page=page_number(get.get("page", "1")),
    )
    return criteria, complaints


def filters_of(criteria: Criteria, facets: Facets) -> list[tuple[str, str, str, str]]:
    """The filters beside the query as (parameter, value, kind, name), so that each can be taken away."""
    asked: tuple[tuple[str, str, tuple[int, ...], tuple[FacetCount, ...], Callable[[], QuerySet[Any]]], ...] = (
        ("paper", _("报纸"), criteria.papers, facets.papers, Paper.objects.all),
        ("person", _("人物"), criteria.people, facets.people, officials.nameable_people),
        ("organisation", _("机构"), criteria.organisations, facets.organisations, officials.public_organisations),
        ("reporter", _("记者"), criteria.reporters, facets.reporters, officials.nameable_people),
    )
    found = []
    for parameter, kind, ids, offered, public in asked:
        names = {int(one.value): one.name for one in offered if one.chosen}  # without another look at the database
        if missing := [pk for pk in ids if pk not in names]:
            names |= {pk: str(record) for pk, record in public().in_bulk(missing).items()}
        found += [(parameter, str(pk), kind, names.get(pk, str(pk))) for pk in ids]
    if criteria.section:
        found.append(("section", "", _("版名"), criteria.section))
    if criteria.page_no is not None:
        found.append(("page_no", "", _("版号"), str(criteria.page_no)))
    return found


def _date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _ids(get: QueryDict, name: str, complaints: list[str]) -> tuple[int, ...]:
    ids: dict[int, None] = {}
    for text in get.getlist(name):
        if text.isascii() and text.isdigit() and len(text) < 19:
            ids[int(text)] = None
        elif text.strip():
            complaints.append(_("“%(text)s”不是编号，没有用上。") % {"text": text[:20]})
    return tuple(ids)
