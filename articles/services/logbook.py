"""Writing down what is no decision on a page's text, so that the log holds everything that was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.models import Decision

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from articles.models import Article, Page


def write_down(
    kind: Decision.Kind, user: User | None, reason: str, *, page: Page | None = None, article: Article | None = None
) -> Decision:
    """One line of the log."""
    return Decision.objects.create(kind=kind, actor=user, reason=reason[:500], page=page, article=article)
