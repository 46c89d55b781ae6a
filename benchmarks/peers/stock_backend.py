"""Haystack's own Whoosh backend with jieba's analyser in the place of the English one, as guides for Chinese have it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rjieba
from haystack import indexes
from haystack.backends import BaseEngine
from haystack.backends.whoosh_backend import WhooshSearchBackend, WhooshSearchQuery
from jieba.analyse.analyzer import STOP_WORDS, ChineseTokenizer, accepted_chars
from whoosh.analysis import LowercaseFilter, StemFilter, StopFilter, Token
from whoosh.fields import TEXT

from articles.models import Article

if TYPE_CHECKING:
    from collections.abc import Iterator


class FastChineseTokenizer(ChineseTokenizer):  # type: ignore[misc]
    """jieba's tokens with jieba's positions, cut by its port to Rust: the index is the same, built sooner."""

    def __call__(self, text: str, **options: Any) -> Iterator[Token]:
        token = Token()
        for word, start, end in rjieba.tokenize(text, "search", True):
            if accepted_chars.match(word) or len(word) > 1:
                token.original = token.text = word
                token.pos = token.startchar = start
                token.endchar = end
                yield token


def chinese_analyzer() -> Any:
    """As jieba.analyse.ChineseAnalyzer puts it together."""
    words = FastChineseTokenizer() | LowercaseFilter() | StopFilter(stoplist=STOP_WORDS, minsize=1)
    return words | StemFilter(ignore=None, cachesize=50_000)


class ChineseWhooshBackend(WhooshSearchBackend):  # type: ignore[misc]
    """Nothing but the analyser differs."""

    def build_schema(self, fields: Any) -> Any:
        content, schema = super().build_schema(fields)
        for name, field in schema.items():
            if isinstance(field, TEXT):
                field.analyzer = chinese_analyzer()
                schema._fields[name] = field
        return content, schema


class ChineseWhooshEngine(BaseEngine):  # type: ignore[misc]
    """For HAYSTACK_CONNECTIONS."""

    backend = ChineseWhooshBackend
    query = WhooshSearchQuery


class StockArticleIndex(indexes.SearchIndex):  # type: ignore[misc]
    """An article with five facets, as Haystack's manual writes an index."""

    text = indexes.CharField(document=True)
    date = indexes.DateTimeField()
    people = indexes.MultiValueField(faceted=True)
    organisations = indexes.MultiValueField(faceted=True)
    reporters = indexes.MultiValueField(faceted=True)
    years = indexes.IntegerField(faceted=True)
    sections = indexes.CharField(faceted=True)

    def get_model(self) -> type[Article]:
        return Article
