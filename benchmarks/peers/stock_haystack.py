"""Stock Haystack over Whoosh: a SearchQuerySet with facets, its highlighter, and its results through the database."""

from __future__ import annotations

import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from whoosh.codec.whoosh3 import W3PerDocReader

from .peer import FACETS, SHOWN, Found, Peer, Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.corpus import Printed


class Engine(Peer):
    """In `stock/` of the home."""

    title = "stock Haystack"

    def open(self) -> None:
        from haystack import connections

        from .stock_backend import StockArticleIndex

        connections["stock"].get_unified_index().build(indexes=[StockArticleIndex()])
        self.backend: Any = connections["stock"].get_backend()
        self.backend.setup()

    def build(self, articles: Sequence[Printed]) -> None:
        """What its rebuild_index puts in, through one writer: through `update` a hundred thousand take hours.

        Words kept for spelling corrections, which no question asks for, are left out, and Whoosh is spared looking
        for the same column files at every word.
        """
        self.open()
        self.backend.schema["text"].spelling = False
        W3PerDocReader.has_column = cache(W3PerDocReader.has_column)
        writer = self.backend.index.writer(limitmb=512)
        for number, a in enumerate(articles, 1):
            lists = {name: ",".join(map(str, getattr(a, name))) for name in ("people", "organisations", "reporters")}
            both = {**lists, "years": a.date.year, "sections": a.section}
            writer.add_document(
                id=f"articles.article.{a.id}",
                django_ct="articles.article",
                django_id=str(a.id),
                text=f"{a.headline}\n{a.body}",
                date=datetime.datetime.combine(a.date, datetime.time()),
                **both,
                **{f"{name}_exact": value for name, value in both.items()},
            )
            if number % 20_000 == 0:
                print(f"    stock Haystack: {number} indexed", flush=True)
        writer.commit()

    @staticmethod
    def query(question: Question) -> Any:
        """The query set, without facets."""
        from haystack.inputs import AutoQuery
        from haystack.query import SearchQuerySet

        found = SearchQuerySet(using="stock").filter(content=AutoQuery(question.typed))
        if question.person:
            found = found.narrow(f"people:{question.person}")
        if question.since:
            days = [datetime.datetime.combine(day, datetime.time()) for day in (question.since, question.until)]
            found = found.filter(date__gte=days[0], date__lte=days[1])
        return found.order_by("-date") if question.newest else found

    def find(self, question: Question) -> Found:
        found = self.query(question)
        ids = [int(result.pk) for result in found[:SHOWN]]
        return Found(found.count(), ids)

    def page(self, question: Question) -> Found:
        from haystack.utils.highlighting import Highlighter

        found = self.query(question).load_all()
        for name in FACETS:
            found = found.facet(name)
        highlighter = Highlighter(question.typed)
        results = found[:SHOWN]
        snippets = [highlighter.highlight(result.object.headline + result.object.body) for result in results]
        facets = (found.facet_counts() or {}).get("fields", {})
        return Found(found.count(), [int(r.pk) for r in results], facets, snippets)

    def every(self, question: Question) -> set[int]:
        return {int(result.pk) for result in self.query(question)[:1_000_000]}
