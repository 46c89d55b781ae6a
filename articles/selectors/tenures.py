"""Who was printed in which post, first and last, how often and in which months: counted by the database.

This is the one place that lists posts: of a person, of a body, of a post, of the people of one name.
"""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, Count, F, Max, Min, Q, TextField, Value, When
from django.db.models.functions import Cast, Concat, Left

from articles.models import Article, Mention, Organisation, Person, PrintedPost
from articles.search import merged_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import Aggregate, QuerySet

_POST = "appointment__post"
_WHO = ("mention__person", _POST, f"{_POST}__title", f"{_POST}__organisation", "bare")
# Without an appointment, the post as printed.
_BARE = Case(When(appointment__isnull=True, then=F("text")), default=Value(""), output_field=TextField())
_DAY = Cast("mention__article__page__issue__date", CharField())
# 2022-10-12|7|3: the day, the article and the paragraph, which sort by the day.
_WHERE = Concat(
    _DAY,
    Value("|"),
    Cast("mention__article", CharField()),
    Value("|"),
    Cast("mention__paragraph", CharField()),
    output_field=CharField(),
)

_Key = tuple[int, str, int | None]  # person, title, body


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
    family = [old for old, living in merged_records(Organisation).items() if living == organisation.pk]
    return Q(appointment__post__organisation__in=[organisation.pk, *family])


def held(posts: QuerySet[PrintedPost]) -> list[Held]:
    """Every person in every post of these rows, the earliest seen first."""
    posts = posts.filter(mention__person__isnull=False).annotate(bare=_BARE).order_by()
    by_month = posts.values_list(*_WHO, "text", Left(_DAY, 7)).annotate(
        n=Count("mention__article", distinct=True), first=Min(_WHERE), last=Max(_WHERE)
    )
    rows = list(by_month)
    names = _Names(rows)
    seen: dict[_Key, list[tuple[int | None, str, str]]] = {}
    printings: dict[_Key, Counter[str]] = {}
    for *who, text, _month, n, first, last in rows:
        key = names.key(who)
        seen.setdefault(key, []).append((who[1], first, last))
        printings.setdefault(key, Counter())[text] += n
    several = _counts(posts, names) if any(len(texts) > 1 for texts in printings.values()) else {}
    bounds = {key: (min(m[1] for m in months), max(m[2] for m in months)) for key, months in seen.items()}
    evidence = evidence_of(chain.from_iterable(bounds.values()))
    found = []
    for key, months in seen.items():
        first, last = (evidence[pick] for pick in bounds[key])
        days = tuple(sorted({(day := _day(month[1])).replace(day=1): day for month in months}.values()))
        post, title, body = months[0][0], key[1], names.bodies.get(key[2] or 0)
        count = several.get(key) or printings[key].total()
        found.append(Held(names.people[key[0]], title, body, post, first, last, count, days, printings[key]))
    return sorted(found, key=lambda one: (one.first.date, one.first.article_id, one.title))


def _counts(posts: QuerySet[PrintedPost], names: _Names) -> dict[_Key, int]:
    """Articles of each person in each post, once where an article prints the post in two ways."""
    counts: Counter[_Key] = Counter()
    for *who, n in posts.values_list(*_WHO).annotate(n=Count("mention__article", distinct=True)):
        counts[names.key(who)] += n
    return counts


def around(posts: QuerySet[PrintedPost], day: datetime.date) -> list[Around]:
    """Every person in every post of these rows, with what print says before and after a day."""
    posts = posts.filter(mention__person__isnull=False).annotate(bare=_BARE).order_by()
    date = "mention__article__page__issue__date"
    sides: dict[str, Aggregate] = {
        "before": Max(_WHERE, filter=Q(**{f"{date}__lte": day})),
        "after": Min(_WHERE, filter=Q(**{f"{date}__gte": day})),
    }
    rows = list(posts.values_list(*_WHO).annotate(**sides))
    names = _Names(rows)
    merged: dict[_Key, tuple[int | None, str | None, str | None]] = {}
    for *who, before, after in rows:
        key = names.key(who)
        known = merged.get(key, (who[1], None, None))
        last = max(filter(None, (known[1], before)), default=None)
        first = min(filter(None, (known[2], after)), default=None)
        merged[key] = (known[0], last, first)
    evidence = evidence_of(pick for _, before, after in merged.values() for pick in (before, after) if pick)
    return [
        Around(
            names.people[key[0]],
            key[1],
            post,
            evidence[before] if before else None,
            evidence[after] if after else None,
        )
        for key, (post, before, after) in merged.items()
    ]


class _Names:
    """The records that rows beginning with the columns of `_WHO` lead to."""

    def __init__(self, rows: Sequence[Sequence[Any]]) -> None:
        self.people = Person.objects.in_bulk({row[0] for row in rows})
        bodies = {row[3] for row in rows if row[3]}
        self._living = merged_records(Organisation) if bodies else {}
        self.bodies = Organisation.objects.in_bulk({self._living.get(body, body) for body in bodies}) if bodies else {}

    def key(self, who: Sequence[Any]) -> _Key:
        """Who, which title, at which body that lives."""
        person, post, title, body, bare = who[:5]
        return (person, title, self._living.get(body, body)) if post else (person, bare, None)


def evidence_of(picks: Iterable[str]) -> dict[str, Evidence]:
    """The articles of 2022-10-12|7|3, in one query."""
    wanted = {pick: tuple(map(int, pick.split("|")[1:])) for pick in picks}
    rows = Article.objects.filter(pk__in={pk for pk, _ in wanted.values()}).values_list("pk", "headline", "page")
    articles = {pk: (headline, page) for pk, headline, page in rows}
    return {
        pick: Evidence(pk, articles[pk][0], _day(pick), articles[pk][1], paragraph)
        for pick, (pk, paragraph) in wanted.items()
    }


def _day(pick: str) -> datetime.date:
    return datetime.date.fromisoformat(pick[:10])
