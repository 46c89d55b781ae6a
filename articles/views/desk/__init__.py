"""The desk: editors upload, check, correct, publish. Every view asks for an editor first."""

from . import correcting, histories, issues, pages, records, rosters, uploads

__all__ = ["correcting", "histories", "issues", "pages", "records", "rosters", "uploads"]
