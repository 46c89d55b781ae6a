"""Haystack's query object: turns what was asked of a `SearchQuerySet` into a request."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from haystack.backends import BaseSearchQuery, SearchNode
from haystack.constants import DEFAULT_ALIAS
from haystack.exceptions import SearchBackendError
from haystack.inputs import BaseInput, Exact

from articles.search import plan
from articles.search.analysis import normalise
from articles.search.plan import EVERYTHING, Answer, Node, Request

if TYPE_CHECKING:
    from articles.search.criteria import Sort

_EVERYTHING_LEFT = 10**9


class ArchiveSearchQuery(BaseSearchQuery):  # type: ignore[misc]
    """Carries either a request of the archive's own (`ask`) or Haystack filters."""

    def __init__(self, using: str = DEFAULT_ALIAS) -> None:
        super().__init__(using=using)
        self.request: Request | None = None
        self.answer = Answer()

    def ask(self, request: Request) -> None:
        """Ask this; the slice comes from the query set."""
        self.request = request

    def _clone(self, klass: Any = None, using: str | None = None) -> ArchiveSearchQuery:
        clone: ArchiveSearchQuery = super()._clone(klass=klass, using=using)
        clone.request = self.request
        return clone

    def build_query(self) -> str:
        """Haystack logs it; the archive's plan says more than a string can."""
        return repr(self.request or self.query_filter)

    def build_query_fragment(self, field: str, filter_type: str, value: Any) -> str:
        """For logs."""
        return f"{field}__{filter_type}={value}"

    def run(self, spelling_query: str | None = None, **kwargs: Any) -> None:
        """Ask the backend once for results, count and facets."""
        options = {**self.build_params(spelling_query=spelling_query), **kwargs}
        self._keep(self.backend.search(self.build_query(), request=self.request_of(options), **options))

    def run_raw(self, **kwargs: Any) -> None:
        """The same for a query in the archive's language."""
        self.run(**kwargs)

    def _keep(self, results: dict[str, Any]) -> None:
        self._results = results["results"]
        self._hit_count = results["hits"]
        self._facet_counts = results["facets"]
        self.answer = results["answer"]

    def request_of(self, options: dict[str, Any]) -> Request:
        """The request, with the slice that the query set asks for."""
        start = options.get("start_offset") or 0
        stop = options.get("end_offset")
        stop = start + _EVERYTHING_LEFT if stop is None else stop
        if self.request is not None:
            own = self.request
            return Request(own.plan, own.filters, own.sort, start, stop, own.facets, own.merged)
        parts = [_plan_of_text(self._raw_query)] if self._raw_query else []
        if self.query_filter:
            parts.append(self._plan_of_tree(self.query_filter))
        parts.extend(_plan_of_text(narrowing) for narrowing in self.narrow_queries)
        wanted = tuple(name for name in plan.FACETS if name in (options.get("facets") or {}))
        return Request(plan.All(tuple(parts)), sort=self._sort(), start=start, stop=stop, facets=wanted)

    def _sort(self) -> Sort:
        match list(self.order_by):
            case []:
                return "relevance"
            case ["-date", *_]:
                return "newest"
            case ["date", *_]:
                return "oldest"
        raise SearchBackendError(f"articles are ordered by date or -date, not by {self.order_by}")

    def _plan_of_tree(self, tree: SearchNode) -> Node:
        parts = tuple(
            self._plan_of_tree(child) if isinstance(child, SearchNode) or hasattr(child, "connector") else _leaf(*child)
            for child in tree.children
        )
        node: Node = plan.AnyOf(parts) if tree.connector == SearchNode.OR else plan.All(parts)
        return plan.Not(node) if tree.negated else node


def _plan_of_text(text: str) -> Node:
    from articles.search.query import read_query  # it looks names up in the database, which engines don't need else

    return EVERYTHING if text.strip() == "*" else read_query(text).plan


def _leaf(expression: str, value: Any) -> Node:
    name, _, lookup = expression.partition("__")
    if lookup == "in":
        return plan.AnyOf(tuple(_leaf(name, one) for one in value))
    if name in ("content", "text"):
        if isinstance(value, Exact) or (lookup == "exact" and not isinstance(value, BaseInput)):
            return plan.Characters(normalise(str(_bare(value))))
        return _plan_of_text(str(_bare(value)))
    if name == "headline":
        return _plan_of_text(f'headline:"{_bare(value)}"')
    if name in ("people", "organisations", "reporters"):
        return plan.Linked(name, (int(_bare(value)),))  # type: ignore[arg-type]
    if name == "section":
        return plan.InSection(str(_bare(value)))
    if name == "page":
        return plan.OnPage(int(_bare(value)))
    if name == "paper":
        return plan.OfPapers((int(_bare(value)),))
    if name in ("django_id", "pk"):
        return plan.Articles((int(_bare(value)),))
    if name == "id":
        return plan.Articles((int(str(_bare(value)).rsplit(".", 1)[-1]),))
    if name == "django_ct":
        return EVERYTHING if _bare(value) == "articles.article" else plan.NOTHING
    if name == "date":
        return _dates(lookup, value)
    raise SearchBackendError(f"articles can't be searched by {expression}")


def _bare(value: Any) -> Any:
    return value.query_string if isinstance(value, BaseInput) else value


def _dates(lookup: str, value: Any) -> Node:
    day = datetime.timedelta(days=1)
    match lookup:
        case "range":
            return plan.Printed(value[0], value[1])
        case "gte":
            return plan.Printed(value, None)
        case "gt":
            return plan.Printed(value + day, None)
        case "lte":
            return plan.Printed(None, value)
        case "lt":
            return plan.Printed(None, value - day)
        case _:
            return plan.Printed(value, value)
