"""The whole results page as a reader gets it: through search(), through the archive's view, through Haystack's own."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.utils.http import urlencode

if TYPE_CHECKING:
    from benchmarks.peers import Question


@cache
def _client() -> Any:
    from django.test import Client

    return Client(HTTP_HOST="localhost")


def whole_search(question: Question) -> Any:
    """Reading of the query, answer, named facets, rows, snippets: all but the template."""
    from articles.search import Criteria, search

    people = (question.person,) if question.person else ()
    sort: Any = "newest" if question.newest else "relevance"
    return search(
        Criteria(q=question.typed, people=people, date_from=question.since, date_to=question.until, sort=sort)
    )


def view(question: Question) -> Any:
    """GET /search/."""
    asked: dict[str, Any] = {"q": question.typed}
    if question.person:
        asked["person"] = question.person
    if question.since and question.until:
        asked |= {"date_from": question.since.isoformat(), "date_to": question.until.isoformat()}
    if question.newest:
        asked["sort"] = "newest"
    return _got(f"/search/?{urlencode(asked)}")


def stock_view(question: Question) -> Any:
    """GET of Haystack's FacetedSearchView."""
    asked = {"q": question.typed}
    if question.person:
        asked["selected_facets"] = f"people_exact:{question.person}"
    return _got(f"/stock/?{urlencode(asked)}")


def _got(address: str) -> Any:
    response = _client().get(address)
    assert response.status_code == 200, f"{address}: {response.status_code}"
    return response
