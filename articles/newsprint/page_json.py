"""A page reading in the JSON shape that programs outside rely on."""

from __future__ import annotations

import datetime
import hashlib
from pathlib import Path
from typing import Any

from articles.newsprint.values import ArticleReading, DateReading, PageReading, ReadingError


def page_json(page: PageReading) -> dict[str, Any]:
    """The whole page; `zones` only where there is geometry, `notices` where some of it could not be read well."""
    source = page.source
    shape: dict[str, Any] = {
        "source": {
            "file": source.file,
            "sha256": source.sha256,
            "encoding": source.encoding,
            "kind": source.kind,
        },
        "articles": [_article(reading) for reading in page.articles],
    }
    if page.zones:
        shape["zones"] = [
            {"article": zone.article, "polygon": [list(point) for point in zone.polygon]} for zone in page.zones
        ]
    shape["unplaced"] = [{"line": item.line, "text": item.text, "kind": item.kind} for item in page.unplaced]
    if source.notices:
        shape["notices"] = list(source.notices)
    return shape


def error_json(path: Path, error: ReadingError) -> dict[str, Any]:
    """What stands in a page's place when it could not be read."""
    sha256 = None
    if path.is_file():
        digest = hashlib.sha256()
        try:
            with path.open("rb") as file:
                for chunk in iter(lambda: file.read(1 << 20), b""):
                    digest.update(chunk)
            sha256 = digest.hexdigest()
        except OSError:
            sha256 = None
    return {
        "source": {"file": path.name, "sha256": sha256, "encoding": None, "kind": None},
        "error": {"code": error.code, "message": error.message},
    }


def _article(reading: ArticleReading) -> dict[str, Any]:
    draft, recognised, lines = reading.draft, reading.recognised, reading.draft.lines
    return {
        "kicker": draft.kicker,
        "headline": draft.headline,
        "subtitle": draft.subtitle,
        "paragraphs": list(draft.paragraphs),
        "byline_text": draft.byline_text,
        "bylines": [{"name": byline.name, "role": byline.role} for byline in draft.bylines],
        "lines": {
            "kicker": list(lines.kicker),
            "headline": list(lines.headline),
            "subtitle": list(lines.subtitle),
            "body": [list(paragraph) for paragraph in lines.body],
            "byline": list(lines.byline),
        },
        "confidence": round(draft.confidence, 2),
        "reasons": [
            {
                "decision": reason.decision,
                "score": round(reason.score, 2),
                "text": reason.text,
                "lines": list(reason.lines),
            }
            for reason in draft.reasons
        ],
        "people": [
            {"name": person.name, "posts": list(person.posts), "certain": person.certain}
            for person in recognised.people
        ],
        "organisations": [
            {"name": body.name, "surfaces": list(body.surfaces), "certain": body.certain}
            for body in recognised.organisations
        ],
        "dates": [_date(date) for date in recognised.dates],
    }


def _date(date: DateReading) -> dict[str, Any]:
    return {
        "surface": date.surface,
        "start": _iso(date.start),
        "end": _iso(date.end),
        "precision": date.precision,
    }


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
