"""Articles that belong to the same story: they name the same people and bodies and share rare words."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from haystack import connections

from articles.models import Article, Mention

from . import plan
from .analysis import index_words, normalise
from .plan import Node, Request

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from articles.models import Organisation, Person

_RECORDS = 24  # of a list of winners, those named first
_WORDS_WEIGHED = 8
_WORDS = 6
_RARE = 0.02  # of all articles; a word in more tells nothing
_CANDIDATES = 12
_LEAST = 1.75  # what an article must share: a person and a body, a body and a rare word, two rare words …
_WORTH = {"person": 1.5, "organisation": 0.75, "word": 1.0}


@dataclass(frozen=True, slots=True)
class Related:
    """An article and what it shares with the one that is read: names of people and bodies, and rare words."""

    article: Article
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
    rows = Article.objects.published().filter(pk__in=ids).exclude(pk=article.pk).with_place().in_bulk()
    shared = _shared(rows, people, organisations)
    found = [
        Related(
            rows[pk],
            tuple(one.name for one in people if one.pk in shared["person", pk]),
            tuple(one.name for one in organisations if one.pk in shared["organisation", pk]),
            tuple(word for word in words if word in _text(rows[pk])),
        )
        for pk in ids
        if pk in rows
    ]
    return tuple(one for one in found if one.worth >= _LEAST)[:limit]


def _shared(
    articles: Iterable[int], people: Sequence[Person], organisations: Sequence[Organisation]
) -> dict[tuple[str, int], set[int]]:
    """For each article which of the records it names, as editors settled it."""
    found: dict[tuple[str, int], set[int]] = defaultdict(set)
    mentions = Mention.objects.settled().filter(article__in=list(articles)).exclude(kind=Mention.Kind.TIME).order_by()
    wanted_people, wanted_bodies = {one.pk for one in people}, {one.pk for one in organisations}
    for article, person, body in mentions.values_list("article", "person", "organisation"):
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
    headline = dict.fromkeys(index_words(article.headline))
    said = "\n".join(map(normalise, names))
    repeated = [word for word, count in counted.most_common() if count > 1]
    wanted = [w for w in dict.fromkeys((*headline, *repeated)) if len(w) > 1 and not _number(w) and w not in said]
    wanted = wanted[:_WORDS_WEIGHED]
    total, *counts = backend.count((plan.EVERYTHING, *map(plan.Word, wanted)))  # type: ignore[attr-defined]
    most = max(3, total * _RARE)
    rare = [word for count, word in sorted(zip(counts, wanted, strict=True)) if 1 < count <= most]
    return [word for word in rare if not any(word in other and word != other for other in rare)][:_WORDS]


def _number(word: str) -> bool:
    return not word.isalpha() or not set(word) - set("一二三四五六七八九十百千万亿两")


def _text(article: Article) -> str:
    return "\n".join(map(normalise, (article.headline, article.kicker, article.subtitle, *article.paragraphs)))
