"""Queries that are left when a part of one is taken away, or read as plain characters."""

from __future__ import annotations

from articles.search.criteria import QueryRefusedError

from .grammar import parse


def left_out(query: str, start: int, end: int) -> str:
    """The query without this stretch of it. It can be asked: where a blank at the seam makes too much of it, it has
    none."""
    before, after = query[:start].rstrip(), query[end:].lstrip()
    apart = f"{before} {after}".strip()
    return apart if _can_be_asked(apart) else before + after


def as_characters(query: str, start: int, end: int) -> str:
    """The query with this stretch of it in quotes; empty where that can't be asked."""
    stretch = query[start:end].strip()
    quoted = " ".join(filter(None, (query[:start].rstrip(), f'"{stretch}"', query[end:].lstrip())))
    return quoted if '"' not in stretch and _can_be_asked(quoted) else ""


def _can_be_asked(query: str) -> bool:
    try:
        parse(query)
    except QueryRefusedError:
        return False
    return True
