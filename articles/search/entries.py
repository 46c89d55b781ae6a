"""From rows to index entries, many at a time."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connection

from articles.models import Article, Byline, Mention, Organisation, Person

from .analysis import index_words, normalise
from .entry import Entry, fingerprint_of
from .tokens import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BATCH = 500


def merged_records(model: type[Person] | type[Organisation]) -> dict[int, int]:
    """Ids of records that were merged, and the id each lives on under."""
    with connection.cursor() as cursor:
        cursor.execute(*_merged(model))
        steps = dict(cursor.fetchall())
    return {old: _last(steps, old) for old in steps}


@cache
def _merged(model: type[Person] | type[Organisation]) -> tuple[str, tuple[Any, ...]]:
    rows = model._default_manager.filter(merged_into__isnull=False).order_by()
    sql, parameters = rows.values_list("pk", "merged_into").query.sql_with_params()
    return sql, parameters


def _last(steps: dict[int, int], record: int) -> int:
    seen = {record}
    while record in steps and steps[record] not in seen:
        record = steps[record]
        seen.add(record)
    return record


def published_ids(first: int = 0, last: int | None = None) -> Iterator[list[int]]:
    """Ids of the published articles from the first to the last (None: all) in batches, ascending."""
    published = Article.objects.published().order_by("pk")
    if last is not None:
        published = published.filter(pk__lte=last)
    while True:
        batch = list(published.filter(pk__gte=first).values_list("pk", flat=True)[:BATCH])
        if not batch:
            return
        yield batch
        first = batch[-1] + 1


class _Rows:
    """A batch's rows, read as they are now."""

    def __init__(self, ids: Iterable[int]) -> None:
        ids = list(ids)
        self.articles = list(Article.objects.published().filter(pk__in=ids).with_place().order_by("pk"))
        self.people: dict[int, set[int]] = defaultdict(set)
        self.organisations: dict[int, set[int]] = defaultdict(set)
        self.reporters: dict[int, set[int]] = defaultdict(set)
        self.signed: dict[int, set[str]] = defaultdict(set)
        mentions = Mention.objects.settled().filter(article__in=ids).order_by()
        people, organisations = merged_records(Person), merged_records(Organisation)
        person_of, body_of = ("person", "person_before_merge"), ("organisation", "organisation_before_merge")
        for article, person, person_before, body, body_before in mentions.values_list("article", *person_of, *body_of):
            if person:
                self.people[article].add(_as_linked(person, person_before, people))
            if body:
                self.organisations[article].add(_as_linked(body, body_before, organisations))
        bylines = Byline.objects.filter(article__in=ids).order_by()
        for article, person, person_before, name in bylines.values_list("article", *person_of, "name"):
            self.signed[article].add(normalise(name))
            if person:
                self.reporters[article].add(_as_linked(person, person_before, people))

    def facts(self, article: Article) -> tuple[Any, ...]:
        """What is indexed beside the words, in the order of Entry's fields."""
        issue = article.page.issue
        return (
            issue.paper_id,
            issue.date,
            article.page.number,
            article.page.section,
            tuple(sorted(self.people[article.pk])),
            tuple(sorted(self.organisations[article.pk])),
            tuple(sorted(self.reporters[article.pk])),
            tuple(sorted(name for name in self.signed[article.pk] if name)),
        )


def _as_linked(record: int, before: int | None, merged: dict[int, int]) -> int:
    """As linked before a merge, which then needs no new entry, nor does its undoing: the question follows merged
    records. Given to another record since, it is that one's."""
    return before if before is not None and merged.get(before) == record else record


def entries_of(ids: Iterable[int]) -> list[Entry]:
    """Entries of those of the articles that are published now."""
    rows = _Rows(ids)
    words = words_of(rows.articles)
    entries = []
    for article in rows.articles:
        facts = rows.facts(article)
        paper, date, page, section, people, organisations, reporters, signed = facts
        headline_words, other_words = words[article.pk]
        parts = (article.headline, article.kicker, article.subtitle, *article.paragraphs)
        # What was printed and has been corrected since is found too; there is so little of it that its words are not stored.
        misprints = article.printed_otherwise
        entries.append(
            Entry(
                article=article.pk,
                paper=paper,
                date=date,
                page=page,
                section=section,
                headline_words=headline_words,
                words=(*other_words, *(word for line in misprints for word in index_words(line))),
                parts=tuple(normalise(part) for part in (*parts, *misprints)),
                people=people,
                organisations=organisations,
                reporters=reporters,
                signed=signed,
                fingerprint=_fingerprint(article, facts),
            )
        )
    return entries


class AllEntries:
    """Entries of every published article, by id. Given out in parts too, so that several processes can share them."""

    def __iter__(self) -> Iterator[Entry]:
        return self.between(0, None)

    @staticmethod
    def between(first: int, last: int | None) -> Iterator[Entry]:
        """Entries of the articles from the first id to the last, both included; None: all that follow."""
        for batch in published_ids(first, last):
            yield from entries_of(batch)

    @staticmethod
    def parts(size: int) -> list[tuple[int, int | None]]:
        """First and last ids of parts of so many articles that are published now; the last part is open."""
        ids = list(Article.objects.published().order_by("pk").values_list("pk", flat=True))
        firsts = ids[::size] or [0]
        return [(first, after - 1 if after else None) for first, after in zip(firsts, [*firsts[1:], 0], strict=True)]


def all_entries() -> AllEntries:
    """Entries of every published article."""
    return AllEntries()


def fingerprints_of(ids: Iterable[int]) -> dict[int, int]:
    """What the index should say of those of the articles that are published now."""
    rows = _Rows(ids)
    return {article.pk: _fingerprint(article, rows.facts(article)) for article in rows.articles}


def _fingerprint(article: Article, facts: tuple[Any, ...]) -> int:
    return fingerprint_of(article.content_hash, *facts, *article.printed_otherwise)
