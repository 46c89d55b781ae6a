"""GET /search, /suggest and /articles/{id}/related."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Path, Query, Router

from articles import search as engine
from articles.models import Article, Paper
from articles.search.criteria import Criteria, FacetCount, SearchPage, Suggestion
from articles.selectors.stories import story

from .problems import ProblemError
from .shapes import LARGEST_ID, RelatedList, SearchQuery, SearchShape, SuggestShape

router = Router(tags=["search"])
_ADDRESSES = {"person": "person-detail", "organisation": "organisation-detail", "article": "article-detail"}


@router.get("/search", response=SearchShape, summary="Search published articles")
def search(request: HttpRequest, query: Query[SearchQuery]) -> dict[str, Any]:
    """All filters must hold. A page past the end has no results."""
    found = engine.search(
        Criteria(
            q=query.q,
            papers=paper_ids(query.paper),
            people=_once(query.person),
            organisations=_once(query.organisation),
            reporters=_once(query.reporter),
            section=query.section,
            page_no=query.page_no,
            date_from=query.date_from,
            date_to=query.date_to,
            sort=query.sort,
            page=query.page,
            page_size=query.page_size,
        )
    )
    return _answer(found, query.page)


@router.get("/suggest", response=SuggestShape, summary="Names and headlines while typing")
def suggest(request: HttpRequest, q: str = "", limit: int = 10) -> dict[str, Any]:
    """Takes characters, pinyin and initials."""
    typed = q.replace("\0", " ").strip()[:50]
    found = engine.suggest(typed, limit=min(max(limit, 1), 50)) if typed else ()
    return {"suggestions": [_suggested(one) for one in found]}


@router.get("/articles/{int:pk}/related", response=RelatedList, summary="Articles of the same story")
def related(request: HttpRequest, pk: Path[int], limit: int = 5) -> dict[str, Any]:
    """Published articles that share the most with a published one, the closest first, and what they share."""
    found = Article.objects.published().with_place().filter(pk=min(pk, LARGEST_ID)).first()
    if found is None:
        raise ProblemError(404, _("没有这篇稿件"))
    told = story(found)
    people = [named.person for named in told.people]
    return {
        "results": [
            {
                "id": one.article,
                "url": reverse("articles:article-detail", args=[one.article]),
                "headline": one.headline,
                "date": one.date,
                "people": one.people,
                "organisations": one.organisations,
                "words": one.words,
            }
            for one in engine.related_to(found, people, told.organisations, limit=min(max(limit, 1), 12))
        ]
    }


def _suggested(one: Suggestion) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "text": one.text,
        "query": one.query,
        "id": one.record,
        "url": reverse(f"articles:{_ADDRESSES[one.kind]}", args=[one.record]),
    }


def paper_ids(wanted: Iterable[str]) -> tuple[int, ...]:
    """Papers by id or name; one that there is not is asked for too, and nothing is found."""
    wanted = list(dict.fromkeys(text.replace("\0", " ").strip() for text in wanted))
    named = dict(Paper.objects.filter(name__in=wanted).values_list("name", "pk"))
    ids = []
    for text in wanted:
        digits = text.isascii() and text.isdigit() and len(text) < 19
        ids.append(named.get(text) or (int(text) if digits else LARGEST_ID))
    return _once(ids)


def _once(ids: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(ids))


def _answer(found: SearchPage, page: int) -> dict[str, Any]:
    reading, facets = found.reading, found.facets
    return {
        "total": found.total,
        "took_ms": found.took_ms,
        "page": page,
        "pages": found.pages,
        "query": {
            "terms": reading.terms,
            "phrases": reading.phrases,
            "people": reading.people,
            "excluded": reading.excluded,
            "notes": reading.notes,
            "relaxed": reading.relaxed,
            "looser": reading.looser,
            "complete": reading.complete,
            "strict": reading.strict,
        },
        "results": [
            {
                "id": hit.article.pk,
                "url": reverse("articles:article-detail", args=[hit.article.pk]),
                "headline": hit.article.headline,
                "date": hit.article.date,
                "page": hit.article.page,
                "pages": [hit.article.page, *hit.article.goes_on],
                "section": hit.article.section,
                "paper": hit.article.paper_name,
                "snippet": str(hit.snippet),
                "score": round(hit.score, 4),
            }
            for hit in (found.hits if page <= found.pages else ())
        ],
        "facets": {
            "people": _records(facets.people),
            "organisations": _records(facets.organisations),
            "reporters": _records(facets.reporters),
            "papers": _records(facets.papers),
            "sections": _values(facets.sections),
            "years": _values(facets.years),
            "months": _values(facets.months),
        },
        "near": [_suggested(one) for one in found.near],
    }


def _records(counts: Iterable[FacetCount]) -> list[dict[str, Any]]:
    """A chosen record that no found article names is left out: it may be named in no published article at all."""
    return [{"id": int(item.value), "name": item.name, "count": item.count} for item in counts if item.count]


def _values(counts: Iterable[FacetCount]) -> list[dict[str, Any]]:
    return [{"value": item.value, "name": item.name, "count": item.count} for item in counts]
