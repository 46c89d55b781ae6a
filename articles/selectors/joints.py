"""What is joined across pages, and what an editor could join: for the desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from articles.models import Article, Decision

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.models import Page


@dataclass(frozen=True, slots=True)
class Joint:
    """Two parts of one article. `onward`: the other part goes on where this one ends; `told`: who joined them and why,
    None where nobody wrote it down."""

    onward: bool
    other: Article
    told: Decision | None


def joints_on(page: Page) -> dict[int, list[Joint]]:
    """By article of a page: the parts that it is joined with, in the order of pages."""
    rows = Article.objects.filter(Q(page=page) | Q(continues__page=page), continues__isnull=False)
    parts = list(rows.select_related("page", "continues__page").order_by("page__number", "position", "pk"))
    told = _told(parts)
    found: dict[int, list[Joint]] = {}
    for part in parts:
        if part.page_id == page.pk:
            found.setdefault(part.pk, []).append(Joint(False, part.head, told.get(part.pk)))
        if part.head.page_id == page.pk:
            found.setdefault(part.head.pk, []).append(Joint(True, part, told.get(part.pk)))
    return found


def pieces_elsewhere(page: Page) -> list[tuple[Page, list[Article]]]:
    """The pieces of the issue's other pages that can be joined with one of this page, by page."""
    pieces: dict[int, list[Article]] = {}
    living = Article.objects.filter(page__issue=page.issue_id, merged_into__isnull=True, continues__isnull=True)
    for article in living.exclude(page=page).exclude(status=Article.Status.WITHDRAWN).order_by("position", "pk"):
        pieces.setdefault(article.page_id, []).append(article)
    return [(each, pieces[each.pk]) for each in page.issue.pages.order_by("number") if each.pk in pieces]


def _told(parts: Iterable[Article]) -> dict[int, Decision]:
    joined = Decision.objects.filter(kind=Decision.Kind.JOINED, article__in=parts, undone_at__isnull=True)
    return {decision.article_id or 0: decision for decision in joined.select_related("actor").order_by("pk")}
