"""Articles' words, stored with them: cut once, cut again only when the text or the analyser has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.models import Article, ArticleTokens

from .analysis import analysis_stamp, index_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Words = tuple[tuple[str, ...], tuple[str, ...]]


def words_of(articles: Sequence[Article]) -> dict[int, Words]:
    """For each article the words of its headline and of the rest, from the store where they are good."""
    stamp = analysis_stamp()
    stored = {row.article_id: row for row in ArticleTokens.objects.filter(article__in=[a.pk for a in articles])}
    fresh = []
    words: dict[int, Words] = {}
    for article in articles:
        row = stored.get(article.pk)
        if row is None or row.stamp != stamp or row.content_hash != article.content_hash:
            row = _cut(article, stamp)
            fresh.append(row)
        words[article.pk] = tuple(row.headline.split()), tuple(row.body.split())
    _store(fresh)
    return words


def _cut(article: Article, stamp: str) -> ArticleTokens:
    rest = [article.kicker, article.subtitle, *article.paragraphs]
    return ArticleTokens(
        article_id=article.pk,
        stamp=stamp,
        content_hash=article.content_hash,
        headline=" ".join(index_words(article.headline)),
        body=" ".join(word for part in rest for word in index_words(part)),
    )


def _store(rows: Iterable[ArticleTokens]) -> None:
    ArticleTokens.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=["stamp", "content_hash", "headline", "body"],
    )
