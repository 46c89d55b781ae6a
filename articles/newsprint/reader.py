"""read_page(): extraction, reconstruction and recognition in order, from a file to a page reading."""

from __future__ import annotations

import datetime
from pathlib import Path

from articles.newsprint.extraction import extract
from articles.newsprint.reconstruction import rebuild
from articles.newsprint.values import ArticleReading, PageReading, Recognised

try:
    from articles.newsprint.recognition import recognise
except ImportError:

    def recognise(draft: object, issue_date: object = None) -> Recognised:  # type: ignore[misc]
        """Nothing is recognised yet."""
        return Recognised()



def read_page(
    source: Path | str | bytes, name: str | None = None, issue_date: datetime.date | None = None
) -> PageReading:
    """Read one page from a path or from bytes; `name` is shown in messages. Raises ReadingError."""
    page = extract(source, name)
    draft = rebuild(page)
    return PageReading(
        source=page,
        articles=tuple(ArticleReading(article, recognise(article, issue_date)) for article in draft.articles),
        unplaced=draft.unplaced,
    )
