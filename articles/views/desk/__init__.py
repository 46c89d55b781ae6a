"""The desk: editors upload, check, correct, publish. Every view asks for an editor first."""

from . import (
    accounts,
    correcting,
    doubting,
    histories,
    issues,
    letters,
    likenesses,
    logs,
    naming,
    pages,
    publications,
    questions,
    records,
    rosters,
    tables,
    uploads,
)

__all__ = [
    "accounts",
    "correcting",
    "doubting",
    "histories",
    "issues",
    "letters",
    "likenesses",
    "logs",
    "naming",
    "pages",
    "publications",
    "questions",
    "records",
    "rosters",
    "tables",
    "uploads",
]
