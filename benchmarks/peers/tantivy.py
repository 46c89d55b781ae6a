"""tantivy through its Python package: words with counts, pairs of characters with positions for phrases, fast fields
for facets, filters and dates, one merged segment."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from .peer import FACET_SIZE, SHOWN, Absent, Found, Peer, Question, snippet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.corpus import Printed

NUMBERS = ("people", "organisations", "reporters", "year", "section", "date")
FACET_FIELDS = {name: name for name in ("people", "organisations", "reporters")} | {
    "years": "year",
    "sections": "section",
}


class Engine(Peer):
    """A folder of segments; the text is kept in its store."""

    title = "tantivy"

    def _schema(self) -> Any:
        try:
            import tantivy
        except ImportError:
            raise Absent("not installed: pip install -r requirements-bench.txt") from None
        self.tantivy = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("id", stored=True, fast=True, indexed=True)
        builder.add_bytes_field("text", stored=True)
        for name in ("headline_words", "words"):
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
        builder.add_text_field("pairs", tokenizer_name="whitespace", index_option="position")
        for name in NUMBERS:
            builder.add_unsigned_field(name, fast=True, indexed=True)
        return builder.build()

    def build(self, articles: Sequence[Printed]) -> None:
        from benchmarks.corpus import SECTIONS

        schema = self._schema()
        self.folder.mkdir(parents=True, exist_ok=True)
        writer = self.tantivy.Index(schema, path=str(self.folder)).writer(heap_size=500_000_000, num_threads=1)
        for a in articles:
            document = self.tantivy.Document()
            document.add_unsigned("id", a.id)
            document.add_bytes("text", json.dumps([a.headline, a.body], ensure_ascii=False).encode())
            document.add_text("headline_words", a.headline_words)
            document.add_text("words", a.words)
            document.add_text("pairs", " | ".join(" ".join(pairs(part)) for part in a.parts.split("\n")))
            for name in ("people", "organisations", "reporters"):
                for record in getattr(a, name):
                    document.add_unsigned(name, record)
            document.add_unsigned("year", a.date.year)
            document.add_unsigned("section", SECTIONS.index(a.section))
            document.add_unsigned("date", a.date.toordinal())
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        self.schema = self._schema()
        self.index = self.tantivy.Index.open(str(self.folder))
        self.searcher = self.index.searcher()

    def _query(self, question: Question) -> Any:
        query, schema = self.tantivy.Query, self.schema
        must = self.tantivy.Occur.Must
        parts = []
        for word in question.words:
            headline = query.boost_query(query.term_query(schema, "headline_words", word, "freq"), 3.0)
            either = [headline, query.term_query(schema, "words", word, "freq")]
            parts.append(query.boolean_query([(self.tantivy.Occur.Should, one) for one in either]))
        if question.phrase:
            parts.append(query.phrase_query(schema, "pairs", pairs(question.phrase)))
        if question.person:
            parts.append(query.const_score_query(query.term_query(schema, "people", question.person), 0.0))
        if question.since and question.until:
            unsigned = self.tantivy.FieldType.Unsigned
            days = (question.since.toordinal(), question.until.toordinal())
            parts.append(query.const_score_query(query.range_query(schema, "date", unsigned, *days), 0.0))
        return parts[0] if len(parts) == 1 else query.boolean_query([(must, part) for part in parts])

    def _search(self, question: Question, query: Any) -> Any:
        options = {"order_by_field": "date"} if question.newest else {}
        return self.searcher.search(query, SHOWN, count=True, **options)

    def find(self, question: Question) -> Found:
        result = self._search(question, self._query(question))
        ids = self.searcher.fast_field_values("id", [address for _order, address in result.hits])
        return Found(result.count, list(ids))

    def page(self, question: Question) -> Found:
        from benchmarks.corpus import SECTIONS

        query = self._query(question)
        result = self._search(question, query)
        ids, snippets = [], []
        for _order, address in result.hits:
            document = self.searcher.doc(address)
            ids.append(document.get_first("id"))
            snippets.append(snippet(question, *json.loads(bytes(document.get_first("text")))))
        wanted = {
            name: {"terms": {"field": field, "size": FACET_SIZE, "segment_size": 3500}}
            for name, field in FACET_FIELDS.items()
        }
        counted = self.searcher.aggregate(query, wanted)
        facets = {
            name: [(str(int(bucket["key"])), bucket["doc_count"]) for bucket in counted[name]["buckets"]]
            for name in FACET_FIELDS
        }
        facets["sections"] = [(SECTIONS[int(number)], count) for number, count in facets["sections"]]
        return Found(result.count, ids, facets, snippets)

    def every(self, question: Question) -> set[int]:
        result = self.searcher.search(self._query(question), self.searcher.num_docs, count=True)
        return set(self.searcher.fast_field_values("id", [address for _score, address in result.hits]))


def pairs(text: str) -> list[str]:
    """Neighbouring characters, two by two; consecutive positions make a phrase exact."""
    return [text[place : place + 2] for place in range(len(text) - 1)] or [text]
