"""read_page(): extraction, reconstruction and recognition in order, from a file to a page reading."""

from __future__ import annotations

import datetime
from pathlib import Path

from articles.newsprint.extraction import Progress, extract
from articles.newsprint.recognition import Profile, recognise
from articles.newsprint.reconstruction import Habits, rebuild
from articles.newsprint.values import ArticleReading, PageReading


def read_page(
    source: Path | str | bytes,
    name: str | None = None,
    issue_date: datetime.date | None = None,
    profile: Profile | None = None,
    habits: Habits | None = None,
    progress: Progress | None = None,
) -> PageReading:
    """Read one page from a path or from bytes; `name` is shown in messages. Raises ReadingError.

    `profile` says what the paper's short forms mean and whom it has printed before, `habits` what its corrected pages
    taught of its make-up. `progress` is told about once a second how far a long reading is, and may raise to stop it.
    """
    page = extract(source, name, progress=progress)
    draft = rebuild(page, habits)
    return PageReading(
        source=page,
        articles=tuple(ArticleReading(article, recognise(article, issue_date, profile)) for article in draft.articles),
        unplaced=draft.unplaced,
        zones=draft.zones,
    )
