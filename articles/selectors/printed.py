"""What stands on the pages of an issue, and the source lines of a page beside its articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from articles.models import Article, Block, Byline, Issue, Page, SourceLine, Zone

from .zones import holds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .zones import Polygon

# 栏色: the look has five colours for the articles of one page and then starts again.
COLOURS = 5


@dataclass(frozen=True, slots=True)
class PrintedArticle:
    """An article with its number on the page, from 1. A continuation is read as its article: `told` is that."""

    number: int
    article: Article

    @property
    def told(self) -> Article:
        """What readers are led to."""
        return self.article.head

    @property
    def colour(self) -> int:
        """1 to 5."""
        return (self.number - 1) % COLOURS + 1


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page with the articles that a reader may see."""

    page: Page
    printed: tuple[PrintedArticle, ...]

    @property
    def articles(self) -> tuple[PrintedArticle, ...]:
        """Those that begin here; what goes on from another page is that page's."""
        return tuple(one for one in self.printed if not one.article.is_continuation)

    @property
    def continuations(self) -> tuple[PrintedArticle, ...]:
        """Those that begin on another page."""
        return tuple(one for one in self.printed if one.article.is_continuation)


@dataclass(frozen=True, slots=True)
class Line:
    """A source line as a reader sees it. A hidden one has no text, and `last` ends the run that it opens."""

    number: int
    text: str
    kind: str  # article, aside, blank, hidden
    role: str = ""
    opens: bool = False  # first of its block
    article: PrintedArticle | None = None
    headline: bool = False
    last: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A source file's name, kind and fingerprint with its lines."""

    name: str
    kind: str
    sha256: str
    lines: tuple[Line, ...]


def pages_of(issue: Issue) -> list[PrintedPage]:
    """The issue's pages in order, each with its published articles; pages without one are left out."""
    articles = (
        Article.objects.printed_for_readers()
        .of_issue(issue)
        .select_related("page", "continues__page")
        .prefetch_related(Prefetch("bylines", Byline.objects.order_by("position")))
    )
    pages: dict[Page, list[Article]] = {}
    for article in articles:
        article.page.issue = issue
        pages.setdefault(article.page, []).append(article)
    return [PrintedPage(page, numbered(found)) for page, found in pages.items()]


def contents_of(issues: Iterable[Issue]) -> list[tuple[Issue, list[Article]]]:
    """Issues with their published articles in printed order, in one query."""
    found: dict[int, list[Article]] = {issue.pk: [] for issue in issues}
    articles = Article.objects.published().filter(page__issue__in=found).select_related("page")
    for article in articles.order_by("page__number", "position"):
        found[article.page.issue_id].append(article)
    return [(issue, found[issue.pk]) for issue in issues]


def numbered(articles: Iterable[Article]) -> tuple[PrintedArticle, ...]:
    """Articles of one page with their numbers."""
    return tuple(PrintedArticle(n, article) for n, article in enumerate(articles, 1))


def sources_of(page: PrintedPage) -> list[Source]:
    """The page's source files. Lines of an article that is no longer or not yet public come without their text."""
    public = {printed.article.pk: printed for printed in page.printed}
    hidden = page.page.articles.filter(merged_into__isnull=True).exclude(pk__in=public)
    covers = list(Zone.objects.filter(article__in=hidden).values_list("polygon", flat=True))
    rows = (
        SourceLine.objects.filter(source__page=page.page, source__superseded_at__isnull=True)
        .select_related("source", "block")
        .order_by("source", "number")
    )
    by_source: dict[int, list[SourceLine]] = {}
    for row in rows:
        by_source.setdefault(row.source_id, []).append(row)
    return [_source(rows, public, covers) for rows in by_source.values()]


def _source(rows: Sequence[SourceLine], public: dict[int, PrintedArticle], covers: Sequence[Polygon]) -> Source:
    lines: list[Line] = []
    before: int | None = None
    for row in rows:
        line = _line(row, before, public, covers)
        before = row.block_id
        if line.kind == "hidden" and lines and lines[-1].kind == "hidden":
            line = Line(lines[-1].number, "", "hidden", last=row.number)
            lines.pop()
        lines.append(line)
    source = rows[0].source
    return Source(source.name, source.get_kind_display(), source.sha256, tuple(lines))


def _line(row: SourceLine, before: int | None, public: dict[int, PrintedArticle], covers: Sequence[Polygon]) -> Line:
    block = row.block
    if not row.text.strip():
        return Line(row.number, "", "blank")
    if block is None or (block.article_id is not None and block.article_id not in public):
        return Line(row.number, "", "hidden", last=row.number)
    opens = row.block_id != before
    if block.article_id is None and row.box and any(holds(polygon, row.box) for polygon in covers):
        return Line(row.number, "", "hidden", last=row.number)  # the caption of a picture that is covered with it
    if block.article_id is None:
        return Line(row.number, row.text, "aside", str(Block.Role(block.role).label), opens)
    headline = block.role == Block.Role.HEADLINE
    return Line(
        row.number, row.text, "article", str(Block.Role(block.role).label), opens, public[block.article_id], headline
    )
