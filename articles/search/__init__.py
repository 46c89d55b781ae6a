"""Searching the published articles: one question, one answer, whatever engine gives it."""

from .almanac import feasts_and_events, occasion_of
from .analysis import segment
from .criteria import (
    Condition,
    Criteria,
    FacetCount,
    Facets,
    FoundArticle,
    Hit,
    QueryRefusedError,
    Reading,
    SearchPage,
    Sort,
    Suggestion,
)
from .directory import names_state
from .entries import merged_records
from .highlighting import highlight
from .kept import Kept
from .related import Related, related_to
from .searching import read, search
from .suggesting import suggest

__all__ = [
    "Condition",
    "Criteria",
    "FacetCount",
    "Facets",
    "FoundArticle",
    "Hit",
    "Kept",
    "QueryRefusedError",
    "Reading",
    "Related",
    "SearchPage",
    "Sort",
    "Suggestion",
    "feasts_and_events",
    "highlight",
    "merged_records",
    "names_state",
    "occasion_of",
    "read",
    "related_to",
    "search",
    "segment",
    "suggest",
]
