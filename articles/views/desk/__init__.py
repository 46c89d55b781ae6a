"""The desk: editors upload, check, correct, publish. Every view asks for an editor first."""

from . import correcting, histories, issues, pages, uploads

__all__ = ["correcting", "histories", "issues", "pages", "uploads"]
