"""What a paper's corrected pages teach of its habits, for the reading of its next ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast, get_args

from django.db.models import Exists, OuterRef, Q

from articles.models import Article, Block, Issue, Page, Paper, SourceFile
from articles.newsprint.reconstruction import Habits, learn_habits
from articles.newsprint.values import (
    ArticleDraft,
    ArticleLines,
    PageDraft,
    SetAside,
    SetAsideKind,
    Source,
    SourceLine,
)
from articles.services.makeup import Makeup

if TYPE_CHECKING:
    from collections.abc import Iterator

Learned = tuple[Habits, tuple[int, ...]]

MOST_PAGES = 8  # the latest; older ones may have had another look


def habits_of(paper: Paper | None, but: Page | None = None) -> Learned:
    """Habits learned from the latest text pages that editors corrected or passed, and the ids of these pages.

    The same archive always gives the same habits; a paper that is not in it yet has taught nothing. `but` is a page that
    must not teach itself.
    """
    if paper is None:
        return Habits(), ()
    found = tuple(_lesson(page) for page in _corrected(paper, but))
    return learn_habits(lesson for _, lesson in found), tuple(pk for pk, _ in found)


def _corrected(paper: Paper, but: Page | None) -> list[Page]:
    by_editor = Article.objects.filter(page=OuterRef("pk"), modified_by__isnull=False)
    aside = Block.objects.filter(page=OuterRef("pk"), by_hand=True)
    text = SourceFile.objects.filter(
        page=OuterRef("pk"), superseded_at__isnull=True, kind=SourceFile.Kind.TEXT, lines__isnull=False
    )
    passed = Q(issue__status__in=(Issue.Status.REVIEWED, Issue.Status.PUBLISHED)) | Q(status=Page.Status.REVIEWED)
    pages = Page.objects.filter(Exists(text), issue__paper=paper)
    pages = pages.filter(passed | Exists(by_editor) | Exists(aside))
    if but is not None:
        pages = pages.exclude(pk=but.pk)
    return list(pages.order_by("-issue__date", "-issue__edition", "-number", "-pk")[:MOST_PAGES])


def _lesson(page: Page) -> tuple[int, tuple[Source, PageDraft]]:
    """A page as it stands now, in the terms of a reading."""
    makeup = Makeup(page)
    numbers = {pk: number for number, pk in enumerate(makeup.lines, 1)}
    lines = tuple(SourceLine(numbers[pk], line.text) for pk, line in makeup.lines.items())
    drafts = tuple(_draft(makeup, article, numbers) for article in makeup.articles.values())
    return page.pk, (Source("", "", None, "text", lines), PageDraft(drafts, tuple(_aside(makeup, numbers))))


def _draft(makeup: Makeup, article: Article, numbers: dict[int, int]) -> ArticleDraft:
    def of(role: Block.Role) -> tuple[int, ...]:
        return tuple(numbers[pk] for piece in makeup.of(article.pk, role) for pk in piece.lines)

    body = tuple(tuple(numbers[pk] for pk in piece.lines) for piece in makeup.of(article.pk, Block.Role.BODY))
    return ArticleDraft(
        headline=article.headline,
        paragraphs=tuple(article.own_paragraphs),
        lines=ArticleLines(
            of(Block.Role.KICKER), of(Block.Role.HEADLINE), of(Block.Role.SUBTITLE), body, of(Block.Role.BYLINE)
        ),
        byline_text=article.byline_text or None,
    )


def _aside(makeup: Makeup, numbers: dict[int, int]) -> Iterator[SetAside]:
    for piece in makeup.of(None):
        kind = cast("SetAsideKind", piece.role) if piece.role in get_args(SetAsideKind) else "unknown"
        for pk in piece.lines:
            yield SetAside(numbers[pk], makeup.lines[pk].text, kind)
