"""From a question to a page of answers."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from haystack.query import SearchQuerySet

from articles.models import TEXT, Article, Organisation, OutboxEntry, Person

from . import plan, query
from .choices import named_facets
from .criteria import FoundArticle, Hit, SearchPage
from .entries import merged_records
from .near_names import near_names
from .plan import FACETS, Answer, Request
from .rows import PLACES, as_day, compiled, rows_of
from .snippets import mark_all, passages, pattern_of

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from .criteria import Criteria, Reading
    from .plan import Node
    from .query import Question
    from .rows import Compiled

MAX_PAGE_SIZE = 100
FEW = 5  # articles: with no more the page offers those that have some of the words


def read(text: str) -> Reading:
    """How a query is read, without searching. Raises QueryRefusedError."""
    return query.read_query(text).reading


def search(criteria: Criteria) -> SearchPage:
    """The page asked for, or the last one when there are fewer. Raises QueryRefusedError with a sentence to show."""
    started = time.perf_counter()
    question = query.read_query(criteria.q)
    request = _request(question.plan, criteria)
    size = max(1, min(criteria.page_size, MAX_PAGE_SIZE))
    page = max(1, min(criteria.page, 10**9))
    answer = _ask(request, page, size)
    if not answer.total and not answer.notice:
        for other in _otherwise(question):
            asked = replace(request, plan=_without_withdrawn(other.plan))
            found = _ask(asked, page, size)
            if found.total:
                question, answer, request = other, found, asked
                break
    elif answer.total <= FEW and question.broader and _few_anywhere(request):
        other = question.broader(answer.total)
        asked = replace(request, plan=_without_withdrawn(other.plan))
        found = _ask(asked, page, size)
        if found.total > answer.total:
            question, answer, request = other, found, asked
    pages = max(1, -(-answer.total // size))
    if page > pages:
        page = pages
        answer = _ask(request, page, size)
    hits = _hits(answer, pattern_of(question.reading.marks))
    # A row that stopped being published between the index and here is neither shown nor counted.
    total = answer.total - (len(answer.articles) - len(hits))
    reading = _explained(question, answer)
    near = () if total and not reading.relaxed else near_names(reading.conditions, criteria.q)
    return SearchPage(
        total=total,
        took_ms=round((time.perf_counter() - started) * 1000),
        reading=reading,
        hits=hits,
        facets=named_facets(answer, criteria),
        page=page,
        pages=pages,
        near=near,
    )


def _few_anywhere(request: Request) -> bool:
    """Not only the filters beside the query leave few."""
    return not request.filters or SearchQuerySet().query.backend.count([request.plan])[0] <= FEW


def count(criteria: Criteria) -> int:
    """How many articles meet the question as it is read first. Raises QueryRefusedError."""
    request = _request(query.read_query(criteria.q).plan, criteria)
    (total,) = SearchQuerySet().query.backend.count([plan.All((request.plan, *request.filters.values()))])
    return int(total)


def _request(asked: Node, criteria: Criteria) -> Request:
    merged = {"people": merged_records(Person), "organisations": merged_records(Organisation)}
    merged["reporters"] = merged["people"]
    return Request(
        plan=_without_withdrawn(asked),
        filters=_filters(criteria, merged),
        sort=criteria.sort,
        facets=FACETS,
        merged=merged,
    )


def _ask(request: Request, page: int, size: int) -> Answer:
    """Through Haystack: one query gives slice, total and facets."""
    results: Any = SearchQuerySet().all()
    results.query.ask(request)
    list(results[(page - 1) * size : page * size])
    answer: Answer = results.query.answer
    return answer


def _otherwise(question: Question) -> Iterator[Question]:
    """Other readings of a query that nothing meets; none where only the filters beside it leave nothing."""
    backend = SearchQuerySet().query.backend
    if not any(backend.count([question.plan])):
        yield from question.otherwise(lambda words: [bool(n) for n in backend.count(map(plan.Word, words))])


def _without_withdrawn(asked: Node) -> Node:
    """Articles that wait for the indexer and are no longer published are left out at once."""
    with connection.cursor() as cursor:
        cursor.execute(*_withdrawn())
        ids = tuple(sorted(article for (article,) in cursor.fetchall()))
    return plan.All((asked, plan.Not(plan.Articles(ids)))) if ids else asked


@cache
def _withdrawn() -> tuple[str, tuple[Any, ...]]:
    published = Article.objects.published().filter(pk=OuterRef("article_id"))
    gone = OutboxEntry.objects.filter(~Exists(published)).order_by().values_list("article_id", flat=True).distinct()
    sql, parameters = gone.query.sql_with_params()
    return sql, parameters


def _filters(criteria: Criteria, merged: dict[str, dict[int, int]]) -> dict[str, Node]:
    filters: dict[str, Node] = {}
    for kind, ids in (
        ("people", criteria.people),
        ("organisations", criteria.organisations),
        ("reporters", criteria.reporters),
    ):
        if ids:
            linked = [plan.Linked(kind, _all_ids(record, merged[kind])) for record in ids]  # type: ignore[arg-type]
            filters[kind] = plan.All(tuple(linked))
    if criteria.papers:
        filters["papers"] = plan.OfPapers(criteria.papers)
    if criteria.section:
        filters["sections"] = plan.InSection(criteria.section)
    if criteria.page_no is not None:
        filters["pages"] = plan.OnPage(criteria.page_no)
    if criteria.date_from or criteria.date_to:
        filters["dates"] = plan.Printed(criteria.date_from, criteria.date_to)
    return filters


def _all_ids(record: int, merged: dict[int, int]) -> tuple[int, ...]:
    """The living record and those merged into it."""
    living = merged.get(record, record)
    return tuple(sorted({living, *(old for old, new in merged.items() if new == living)}))


def _hits(answer: Answer, pattern: re.Pattern[str] | None) -> tuple[Hit, ...]:
    rows = {row[0]: row for row in rows_of(_found(), answer.articles)}
    hits = []
    for pk, score in zip(answer.articles, answer.scores, strict=True):
        if pk in rows:
            date, *told, subtitle, body = rows[pk][1:]
            article = FoundArticle(pk, as_day(date), *told)
            paragraphs = (line for line in body.split("\n") if line.strip())
            text = "\n".join(filter(None, (article.kicker, subtitle, *paragraphs)))
            hits.append(Hit(article, mark_all(article.headline, pattern), passages(text, pattern), round(score, 4)))
    return tuple(hits)


@cache
def _found() -> Compiled:
    issue = "page__issue__"
    told = ("pk", f"{issue}date", "kicker", "headline", f"{issue}edition", f"{issue}paper", f"{issue}paper__name")
    articles = Article.objects.published().filter(pk__in=PLACES).order_by()
    return compiled(articles.values_list(*told, "page__number", "page__section", "continued", "subtitle", TEXT))


def _explained(question: Question, answer: Answer) -> Reading:
    """The reading with the engine's notice, and where nothing meets all of it with each condition's own count."""
    reading = question.reading
    if answer.notice:
        return replace(reading, notes=(*reading.notes, answer.notice))
    backend = SearchQuerySet().query.backend
    if 0 < answer.total <= FEW and question.looser and not reading.relaxed:
        (count,) = backend.count([_without_withdrawn(query.read_query(question.looser).plan)])
        if count > answer.total:
            return replace(reading, looser=question.looser, looser_count=count)
    if (answer.total and not reading.relaxed) or not reading.conditions:
        return reading
    counts = backend.count(_without_withdrawn(node) for node in question.demands)
    counted = tuple(replace(c, count=count) for c, count in zip(reading.conditions, counts, strict=True))
    missing = [c.text for c in counted if c.count == 0]
    notes = reading.notes
    if 0 < len(missing) < len(counted):
        notes = (*notes, _("没有稿件印有：%(words)s。去掉它再试。") % {"words": "、".join(missing)})
    return replace(reading, conditions=counted, notes=notes)
