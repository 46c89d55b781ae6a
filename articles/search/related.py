"""Articles that belong to the same story: they name the same people and bodies and share rare words."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from haystack import connections

from articles.models import TEXT, Article, Mention

from . import plan
from .analysis import index_words, normalise
from .plan import Node, Request
from .rows import PLACES, Compiled, as_day, compiled, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from articles.models import Organisation, Person

_RECORDS = 24  # of a list of winners, those named first
_WORDS_WEIGHED = 6
_HEADLINE_WORDS = 4
_WORDS = 6
_RARE = 0.02  # of all articles; a word in more tells nothing
_CANDIDATES = 12
_LEAST = 1.75  # what an article must share: a person and a body, a body and a rare word, two rare words …
_WORTH = {"person": 1.5, "organisation": 0.75, "word": 1.0}


@dataclass(frozen=True, slots=True)
class Related:
    """A published article and what it shares with the one that is read: names of people and bodies, and rare words."""

    article: int
    headline: str
    date: datetime.date
    people: tuple[str, ...]
    organisations: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """People first, then bodies."""
        return self.people + self.organisations

    @property
    def worth(self) -> float:
        """How much is shared."""
        return sum(
            _WORTH[kind] * len(shared)
            for kind, shared in (("person", self.people), ("organisation", self.organisations), ("word", self.words))
        )


def related_to(
    article: Article, people: Sequence[Person], organisations: Sequence[Organisation], limit: int = 5
) -> tuple[Related, ...]:
    """Published articles that share the most, rare things counting most; the same on every run. None where the index
    can't be used. `people` and `organisations` are those that the article names."""
    backend = connections["default"].get_backend()
    named: dict[Node, str] = {plan.Linked("people", (one.pk,)): one.name for one in people[:_RECORDS]}
    named |= {plan.Linked("organisations", (one.pk,)): one.name for one in organisations[:_RECORDS]}
    words = _rare_words(article, backend, [*named.values()])
    nodes: tuple[Node, ...] = (*named, *map(plan.Word, words))
    if not nodes:
        return ()
    asked = plan.All((plan.AnyOf(nodes), plan.Not(plan.Articles((article.pk,)))))
    ids = backend.answer(Request(asked, stop=_CANDIDATES)).articles
    rows = {row[0]: row for row in rows_of(_published(), [pk for pk in ids if pk != article.pk])}
    shared = _shared(list(rows), people, organisations)
    found = []
    for pk in (pk for pk in ids if pk in rows):
        _, date, headline, *others = rows[pk]
        text = "\n".join(map(normalise, (headline, *others)))
        one = Related(
            article=pk,
            headline=headline,
            date=as_day(date),
            people=tuple(person.name for person in people if person.pk in shared["person", pk]),
            organisations=tuple(body.name for body in organisations if body.pk in shared["organisation", pk]),
            words=tuple(word for word in words if word in text),
        )
        if one.worth >= _LEAST:
            found.append(one)
    return tuple(found[:limit])


@cache
def _published() -> Compiled:
    articles = Article.objects.published().filter(pk__in=PLACES).order_by()
    return compiled(articles.values_list("pk", "page__issue__date", "headline", "kicker", "subtitle", TEXT))


@cache
def _named() -> Compiled:
    mentions = Mention.objects.settled().filter(article__in=PLACES).exclude(kind=Mention.Kind.TIME).order_by()
    return compiled(mentions.values_list("article", "person", "organisation"))


def _shared(
    articles: Sequence[int], people: Sequence[Person], organisations: Sequence[Organisation]
) -> dict[tuple[str, int], set[int]]:
    """For each article which of the records it names, as editors settled it."""
    found: dict[tuple[str, int], set[int]] = defaultdict(set)
    wanted_people, wanted_bodies = {one.pk for one in people}, {one.pk for one in organisations}
    for article, person, body in rows_of(_named(), articles):
        if person in wanted_people:
            found["person", article].add(person)
        if body in wanted_bodies:
            found["organisation", article].add(body)
    return found


def _rare_words(article: Article, backend: object, names: Iterable[str]) -> list[str]:
    """Words of the headline, and those that the text repeats, that few other articles print; the rarest first.

    Names are left out: they are shared as people and bodies.
    """
    counted = Counter(index_words("\n".join((article.kicker, article.subtitle, *article.paragraphs))))
    headline = sorted(dict.fromkeys(index_words(article.headline)), key=len, reverse=True)
    said = "\n".join(map(normalise, names))
    repeated = [word for word, count in counted.most_common() if count > 1]
    telling = [[w for w in words if len(w) > 1 and not _number(w) and w not in said] for words in (headline, repeated)]
    wanted = list(dict.fromkeys((*telling[0][:_HEADLINE_WORDS], *telling[1])))[:_WORDS_WEIGHED]
    total, *counts = backend.count((plan.EVERYTHING, *map(plan.Word, wanted)))  # type: ignore[attr-defined]
    most = max(3, total * _RARE)
    rare = [word for count, word in sorted(zip(counts, wanted, strict=True)) if 1 < count <= most]
    return [word for word in rare if not any(word in other and word != other for other in rare)][:_WORDS]


def _number(word: str) -> bool:
    return not word.isalpha() or not set(word) - set("一二三四五六七八九十百千万亿两")
