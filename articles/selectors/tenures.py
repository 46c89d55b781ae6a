"""Who was printed in which post, first and last, how often and in which months.

This is the one place that lists posts: of a person, of a body, of a post, of the people of one name. Where a post is
printed is read row by row and counted here: the database takes longer to count it, and to be asked so.
"""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from articles.models import Article, Mention, Organisation, Person, Post, PrintedPost
from articles.search import merged_records
from articles.search.rows import PLACES, as_day, compiled, rows_of

from .names import bodies_by_id, people_by_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet

    from articles.search.rows import Compiled

_POST = "appointment__post"
_WHO = ("mention__person", _POST, f"{_POST}__title", f"{_POST}__organisation", "text")
_WHERE = ("mention__article", "mention__paragraph", "mention__article__page__issue__date")

_Key = tuple[int, str, int | None]  # person, title, body; without an appointment the post as printed, and no body
_Place = tuple[datetime.date, int, int]  # day, article, paragraph: in order of time
_Who = tuple[int, int | None, str | None, int | None, str]  # person, post, title, body, text
# A printed post: person, post, title, body, text, article, paragraph, day as the database's driver gives it.
Printing = tuple[int, int | None, str | None, int | None, str, int, int, Any]


@dataclass(frozen=True, slots=True)
class Evidence:
    """An article in which a person is printed with a post; `paragraph` is where, counted from 0, below 0 in a head."""

    article_id: int
    headline: str
    date: datetime.date
    page_id: int = 0
    paragraph: int = -1

    @property
    def article_url(self) -> str:
        """The article's address."""
        return _any_article().replace("0", str(self.article_id))

    @property
    def url(self) -> str:
        """The same, at the paragraph that says so."""
        return f"{self.article_url}#p{self.paragraph}" if self.paragraph >= 0 else self.article_url


@cache
def _any_article() -> str:
    """The address of the article 0: a page has so many addresses of articles that they are not looked up one by one."""
    return Article(pk=0).get_absolute_url()


@dataclass(slots=True)
class Held:
    """A person seen in a post: first and last in print, each with its evidence, never an end without it.

    `months`: a day of each month in which it was printed, oldest first. `count`: number of articles.
    """

    person: Person
    title: str
    organisation: Organisation | None
    post: int | None  # id of the post's record
    first: Evidence
    last: Evidence
    count: int
    months: tuple[datetime.date, ...]
    printings: Counter[str] = field(default_factory=Counter)  # the post as printed → how many articles
    current: bool = False

    @property
    def label(self) -> str:
        """The post as it is printed most often."""
        return self.printings.most_common(1)[0][0]

    @property
    def also(self) -> list[str]:
        """Other ways in which it is printed."""
        return [text for text, _ in self.printings.most_common()[1:]]


@dataclass(frozen=True, slots=True)
class Around:
    """A person in a post around a day: the last evidence up to it and the first from it on."""

    person: Person
    title: str
    post: int | None
    before: Evidence | None
    after: Evidence | None


def in_public() -> QuerySet[PrintedPost]:
    """Posts that readers find beside a settled mention in a published article."""
    return PrintedPost.objects.filter(Mention.settled("mention__"), mention__article__status=Article.Status.PUBLISHED)


def of_public_people() -> QuerySet[PrintedPost]:
    """The same, of people who have a page."""
    return in_public().filter(
        mention__person__has_profile=True, mention__person__rejected=False, mention__person__merged_into__isnull=True
    )


def on_the_desk() -> QuerySet[PrintedPost]:
    """Posts in print as editors see them: drafts and doubtful mentions count, rejected ones do not."""
    return PrintedPost.objects.exclude(mention__status=Mention.Status.REJECTED)


def at(organisation: Organisation) -> Q:
    """Posts of a body, those of bodies that were merged into it too."""
    return Q(appointment__post__organisation__in=_family(organisation))


def _family(organisation: Organisation) -> list[int]:
    merged = [old for old, living in merged_records(Organisation).items() if living == organisation.pk]
    return [organisation.pk, *merged]


def printed_with(person: Person) -> list[Printing]:
    """Where a person is printed with any post, for readers."""
    return rows_of(_printed("mention__person", of_anybody=True), [person.pk])


def printed_at(organisation: Organisation) -> list[Printing]:
    """Where people who have a page are printed with a post of a body."""
    return rows_of(_printed("appointment__post__organisation"), _family(organisation))


def printed_in(post: Post) -> list[Printing]:
    """Where people who have a page are printed with a post."""
    return rows_of(_printed("appointment__post"), [post.pk])


@cache
def _printed(by: str, *, of_anybody: bool = False) -> Compiled:
    posts = in_public() if of_anybody else of_public_people()
    return compiled(_rows(posts.filter(**{f"{by}__in": PLACES})))


def _rows(posts: QuerySet[PrintedPost]) -> QuerySet[PrintedPost, tuple[Any, ...]]:
    return posts.filter(mention__person__isnull=False).order_by().values_list(*_WHO, *_WHERE)


def held(posts: QuerySet[PrintedPost]) -> list[Held]:
    """Every person in every one of these posts, the earliest seen first."""
    return held_in(_rows(posts))


def held_in(rows: Iterable[Printing]) -> list[Held]:
    """The same of rows that are there already."""
    posts = _Posts(rows)
    bounds = {key: (min(places), max(places)) for key, places in posts.places()}
    evidence = evidence_of(chain.from_iterable(bounds.values()))
    found = []
    for key, places in posts.places():
        first, last = (evidence[place] for place in bounds[key])
        months = {(day.year, day.month): day for day in sorted({day for day, _, _ in places}, reverse=True)}
        found.append(
            Held(
                posts.people[key[0]],
                key[1],
                posts.bodies.get(key[2] or 0),
                posts.post[key],
                first,
                last,
                count=len({article for _, article, _ in places}),
                months=tuple(reversed(months.values())),
                printings=Counter({text: len({a for _, a, _ in where}) for text, where in posts.texts[key].items()}),
            )
        )
    return sorted(found, key=lambda one: (one.first.date, one.first.article_id, one.title))


def around(rows: Iterable[Printing], day: datetime.date) -> list[Around]:
    """Every person in every post of these rows, with what print says before and after a day."""
    posts = _Posts(rows)
    sides = {
        key: (
            max((place for place in places if place[0] <= day), default=None),
            min((place for place in places if place[0] >= day), default=None),
        )
        for key, places in posts.places()
    }
    evidence = evidence_of(filter(None, chain.from_iterable(sides.values())))
    return [
        Around(
            posts.people[key[0]],
            key[1],
            posts.post[key],
            evidence[before] if before else None,
            evidence[after] if after else None,
        )
        for key, (before, after) in sides.items()
    ]


class _Posts:
    """Printed posts sorted by who was printed in which post."""

    def __init__(self, rows: Iterable[Printing]) -> None:
        found: dict[_Who, list[tuple[Any, int, int]]] = {}
        for person, post, title, body, text, article, paragraph, day in rows:
            found.setdefault((person, post, title, body, text), []).append((day, article, paragraph))
        merged = merged_records(Organisation) if any(who[3] for who in found) else {}
        days = {day: as_day(day) for day in {day for where in found.values() for day, _, _ in where}}
        self.texts: dict[_Key, dict[str, list[_Place]]] = {}
        self.post: dict[_Key, int | None] = {}
        # In order, so that what is printed equally often is always told in the same order.
        for who in sorted(found, key=lambda who: (who[0], who[1] or 0, who[4])):
            person, post, title, body, text = who
            key = (person, title or "", merged.get(body, body) if body else None) if post else (person, text, None)
            places = [(days[day], article, paragraph) for day, article, paragraph in found[who]]
            self.texts.setdefault(key, {}).setdefault(text, []).extend(places)
            self.post.setdefault(key, post)
        self.people = people_by_id({key[0] for key in self.texts})
        self.bodies = bodies_by_id({key[2] for key in self.texts if key[2]})

    def places(self) -> Iterator[tuple[_Key, list[_Place]]]:
        """Where each is printed, in whatever words."""
        for key, texts in self.texts.items():
            yield key, list(chain.from_iterable(texts.values()))


def evidence_of(places: Iterable[_Place]) -> dict[_Place, Evidence]:
    """The articles of these places, in one query."""
    wanted = set(places)
    articles = {pk: (headline, page) for pk, headline, page in rows_of(_headlines(), list({a for _, a, _ in wanted}))}
    return {
        place: Evidence(place[1], articles[place[1]][0], place[0], articles[place[1]][1], place[2]) for place in wanted
    }


@cache
def _headlines() -> Compiled:
    articles = Article.objects.filter(pk__in=PLACES).order_by()
    return compiled(articles.values_list("pk", "headline", "page"))
