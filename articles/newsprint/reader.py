"""read_page(): extraction, reconstruction and recognition in order, from a file to a page reading."""

from __future__ import annotations

import datetime
from pathlib import Path

from articles.newsprint.extraction import extract
from articles.newsprint.recognition import Profile, recognise
from articles.newsprint.reconstruction import rebuild
from articles.newsprint.values import ArticleReading, PageReading


def read_page(
    source: Path | str | bytes,
    name: str | None = None,
    issue_date: datetime.date | None = None,
    profile: Profile | None = None,
) -> PageReading:
    """Read one page from a path or from bytes; `name` is shown in messages. Raises ReadingError.

    `profile` says what the paper's short forms mean and whom it has printed before.
    """
    page = extract(source, name)
    draft = rebuild(page)
    return PageReading(
        source=page,
        articles=tuple(ArticleReading(article, recognise(article, issue_date, profile)) for article in draft.articles),
        unplaced=draft.unplaced,
        zones=draft.zones,
    )
