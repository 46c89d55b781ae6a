"""The archive's own engine, through its backend."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from .peer import FACET_SIZE, FACETS, SHOWN, Found, Peer, Question, snippet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.corpus import Printed


class Engine(Peer):
    """In `index/` of the home; texts come from the database."""

    title = "newsarchive"

    def build(self, articles: Sequence[Printed]) -> None:
        from articles.services.indexing import rebuild

        rebuild()

    def open(self) -> None:
        from haystack import connections

        self.backend: Any = connections["default"].get_backend()

    def find(self, question: Question) -> Found:
        answer = self.backend.answer(self._request(question))
        return Found(answer.total, list(answer.articles))

    def page(self, question: Question) -> Found:
        from articles.search.rows import rows_of

        answer = self.backend.answer(self._request(question, facets=FACETS))
        texts = {pk: (headline, body) for pk, headline, body in rows_of(_texts(), answer.articles)}
        return Found(
            answer.total,
            list(answer.articles),
            {name: list(counts[:FACET_SIZE]) for name, counts in answer.facets.items()},
            [snippet(question, *texts[pk]) for pk in answer.articles],
        )

    def every(self, question: Question) -> set[int]:
        return set(self.backend.answer(self._request(question, stop=10**9)).articles)

    @staticmethod
    def _request(question: Question, **options: Any) -> Any:
        from articles.search import plan

        nodes: list[plan.Node] = [plan.Word(word) for word in question.words]
        if question.phrase:
            nodes.append(plan.Characters(question.phrase))
        filters: dict[str, plan.Node] = {}
        if question.person:
            filters["people"] = plan.Linked("people", (question.person,))
        if question.since or question.until:
            filters["dates"] = plan.Printed(question.since, question.until)
        options.setdefault("stop", SHOWN)
        sort = "newest" if question.newest else "relevance"
        return plan.Request(plan.All(tuple(nodes)), filters, sort=sort, **options)


@cache
def _texts() -> Any:
    """The query of a page's texts, compiled once as search() does with its own."""
    from articles.models import Article
    from articles.search.rows import PLACES, compiled

    articles = Article.objects.published().filter(pk__in=PLACES).order_by()
    return compiled(articles.values_list("pk", "headline", "body"))
