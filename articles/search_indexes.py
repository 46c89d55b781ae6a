"""What Haystack's commands index: published articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from haystack import indexes

from articles.models import Article
from articles.search.entries import entries_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.models import ArticleQuerySet
    from articles.search.entry import Entry


class ArticleIndex(indexes.SearchIndex, indexes.Indexable):  # type: ignore[misc]
    """The archive's engines take whole entries; the fields name what a SearchQuerySet can filter by."""

    text = indexes.CharField(document=True)
    headline = indexes.CharField(model_attr="headline")
    date = indexes.DateField(model_attr="date")
    section = indexes.CharField(model_attr="page__section")

    def get_model(self) -> type[Article]:
        return Article

    def index_queryset(self, using: str | None = None) -> ArticleQuerySet:
        return Article.objects.published()

    def get_updated_field(self) -> str:
        return "modified_at"

    def prepare_text(self, article: Article) -> str:
        return "\n".join((article.headline, article.kicker, article.subtitle, *article.paragraphs))

    def entries(self, articles: Iterable[Any]) -> list[Entry]:
        """The articles as an engine indexes them, rows read afresh and all at once."""
        return entries_of(article.pk for article in articles)
