"""Takes a table's rows in: batch by batch, each whole or not at all, so that an interrupted import goes on next time."""

from __future__ import annotations

import datetime
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from articles.models import Article, Issue, Page, Paper
from articles.newsprint.recognition import recognise
from articles.newsprint.values import ArticleDraft, ArticleLines, Byline, Recognised
from articles.search import feasts_and_events
from articles.services.linking import Printed, bylines_of, link_articles
from articles.services.publishing import publish_articles

from .readings import bylines_from, recognised_in, told_apart
from .rows import Problem, Row, checked
from .tables import RowError, read_rows

BATCH = 500
UNNAMED_PAPER = "未署报名"
_BETWEEN_AUTHORS = re.compile(r"[、，,;；/／\s]+")


@dataclass(slots=True)
class ImportOutcome:
    """What became of the rows. `repeated` rows were in the archive, or earlier in the file."""

    rows: int = 0
    imported: int = 0
    repeated: int = 0
    published: int = 0
    problems: list[Problem] = field(default_factory=list)
    papers: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Options:
    paper: str
    publish: bool
    recognition: bool


def import_table(
    path: Path,
    *,
    paper: str = "",
    publish: bool = False,
    recognition: bool = True,
    on_batch: Callable[[ImportOutcome, int], None] = lambda outcome, rows: None,
    on_problem: Callable[[Problem], None] = lambda problem: None,
) -> ImportOutcome:
    """Import a table of articles. Raises TableError before the first row where the file is no table.

    `paper`: for rows that name none; without it the archive's only paper. `on_batch` is called after each batch
    with the outcome so far and the number of rows that the batch had.
    """
    outcome = ImportOutcome()
    options = _Options(" ".join(paper.split()) or default_paper(), publish, recognition)
    rows = read_rows(path)
    while batch := list(itertools.islice(rows, BATCH)):
        good = []
        for number, raw in batch:
            try:
                good.append(_checked(number, raw))
            except RowError as error:
                problem = Problem(number, str(error))
                outcome.problems.append(problem)
                on_problem(problem)
        outcome.rows += len(batch)
        _take_in(good, options, outcome)
        on_batch(outcome, len(batch))
    return outcome


def _checked(number: int, raw: object) -> Row:
    if isinstance(raw, RowError):
        raise raw
    assert isinstance(raw, dict)  # noqa: S101 - a row is one or the other
    return checked(number, raw)


def default_paper() -> str:
    """The archive's only paper; where there are none or several, a name that an editor will want to change."""
    names = list(Paper.objects.values_list("name", flat=True)[:2])
    return names[0] if len(names) == 1 else UNNAMED_PAPER


def _take_in(rows: Sequence[Row], options: _Options, outcome: ImportOutcome) -> None:
    """One batch in one transaction; counted only when it stands. Recognition happens before, outside of it."""
    keyed = {row.key(row.paper or options.paper): row for row in rows}
    known = set(Article.objects.filter(import_key__in=keyed).values_list("import_key", flat=True))
    fresh = {key: row for key, row in keyed.items() if key not in known}
    articles = {key: _article(key, row) for key, row in fresh.items()}
    readings = {key: _recognised(articles[key], row, options) for key, row in fresh.items()}
    published = 0
    with transaction.atomic():
        if fresh:
            _write(fresh, articles, readings, options)
        if options.publish:
            # Drafts of an earlier run go out too: that run may have been without --publish.
            published = publish_articles(Article.objects.filter(import_key__in=keyed), None)
    outcome.published += published
    outcome.imported += len(fresh)
    outcome.repeated += len(rows) - len(fresh)
    outcome.papers |= {row.paper or options.paper for row in fresh.values()}


def _article(key: str, row: Row) -> Article:
    article = Article(
        headline=row.title,
        kicker=row.kicker,
        subtitle=row.subtitle,
        body=row.body,
        byline_text=row.author,
        origin=Article.Origin.TABLE,
        import_key=key,
    )
    article.content_hash = article.hash_of_content()  # bulk_create doesn't pass through save
    return article


def _recognised(article: Article, row: Row, options: _Options) -> Recognised:
    if row.readings is not None:
        return recognised_in(article, row.readings)
    if not options.recognition:
        return Recognised()
    draft = ArticleDraft(
        headline=article.headline,
        paragraphs=tuple(article.paragraphs),
        lines=ArticleLines(),
        kicker=article.kicker or None,
        subtitle=article.subtitle or None,
        byline_text=article.byline_text or None,
        bylines=_bylines(article, row),
    )
    return recognise(draft, row.date, events=feasts_and_events())


def _bylines(article: Article, row: Row) -> tuple[Byline, ...]:
    """Who signed: as the table lists them, as a printed byline reads, or the names in the author column."""
    if row.bylines is not None:
        return bylines_from(row.bylines)
    signed = bylines_of(article.byline_text, article.paragraphs)
    if any(byline.role != "笔名" for byline in signed):
        return signed
    names = [name for name in _BETWEEN_AUTHORS.split(article.byline_text) if name]
    return tuple(Byline(name, "作者") for name in names if len(name) <= 50)


def _write(
    rows: dict[str, Row], articles: dict[str, Article], readings: dict[str, Recognised], options: _Options
) -> None:
    pages = _pages(rows.values(), options)
    last = dict(Article.objects.filter(page__in=pages.values()).values_list("page").annotate(last=Max("position")))
    following = Counter({page.pk: last[page.pk] + 1 if page.pk in last else 0 for page in pages.values()})
    for key, row in rows.items():
        page = pages[(row.paper or options.paper, row.date, row.page)]
        articles[key].page = page
        articles[key].position = following[page.pk]
        following[page.pk] += 1
    Article.objects.bulk_create(articles.values())
    link_articles(
        [
            Printed(articles[key], readings[key], _bylines(articles[key], row), told_apart(row.readings))
            for key, row in rows.items()
        ],
        fresh=True,
    )


def _pages(rows: Iterable[Row], options: _Options) -> dict[tuple[str, datetime.date, int], Page]:
    """The pages that the rows stand on, made where they are missing, with paper and issue at hand."""
    papers = {name: Paper.objects.get_or_create(name=name)[0] for name in {row.paper or options.paper for row in rows}}
    issues = _issues(rows, papers, options)
    pages = {
        (page.issue_id, page.number): page
        for page in Page.objects.filter(issue__in=issues.values(), number__in={row.page for row in rows})
    }
    missing: dict[tuple[int, int], Page] = {}
    for row in rows:
        issue = issues[(row.paper or options.paper, row.date)]
        if (issue.pk, row.page) not in pages:
            page = missing.setdefault((issue.pk, row.page), Page(issue=issue, number=row.page, status=Page.Status.READ))
            page.section = page.section or row.section
    Page.objects.bulk_create(missing.values())
    pages |= missing
    found = {}
    for row in rows:
        issue = issues[(row.paper or options.paper, row.date)]
        page = pages[(issue.pk, row.page)]
        page.issue = issue
        found[(row.paper or options.paper, row.date, row.page)] = page
    return found


def _issues(rows: Iterable[Row], papers: dict[str, Paper], options: _Options) -> dict[tuple[str, datetime.date], Issue]:
    numbers = {(row.paper or options.paper, row.date): row.issue_number for row in rows}
    by_id = {paper.pk: paper for paper in papers.values()}
    dates = {date for _name, date in numbers}
    issues = {
        (by_id[issue.paper_id].name, issue.date): issue
        for issue in Issue.objects.filter(paper__in=by_id, date__in=dates, edition=1)
    }
    missing = {
        key: Issue(paper=papers[key[0]], date=key[1], number=number, status=Issue.Status.READ)
        for key, number in numbers.items()
        if key not in issues
    }
    Issue.objects.bulk_create(missing.values())
    finished = [i.pk for i in issues.values() if i.status in (Issue.Status.REVIEWED, Issue.Status.PUBLISHED)]
    if finished and not options.publish:
        # New drafts came in: there is work again. What readers see hangs on the articles alone.
        Issue.objects.filter(pk__in=finished).update(status=Issue.Status.READ)
    issues |= missing
    for (name, _date), issue in issues.items():
        issue.paper = papers[name]
    return issues
