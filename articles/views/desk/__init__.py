"""The desk: editors upload, check, correct, publish. Every view asks for an editor first."""

from . import correcting, doubting, histories, issues, letters, naming, pages, publications, records, rosters, uploads

__all__ = [
    "correcting",
    "doubting",
    "histories",
    "issues",
    "letters",
    "naming",
    "pages",
    "publications",
    "records",
    "rosters",
    "uploads",
]
