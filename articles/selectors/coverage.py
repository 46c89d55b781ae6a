"""What print says of a person or a body: the sentences, the names that it goes by, what it signed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from articles.models import Article, Mention, Organisation, Person

from .stories import with_bylines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from articles.models import ArticleQuerySet

_SENTENCE_END = re.compile(r"[。！？；!?;](?:[”’」』）)])*")
_LONGEST = 60  # characters on either side of a name before a sentence is cut


@dataclass(frozen=True, slots=True)
class Sentence:
    """The sentence that names a record, in three pieces."""

    before: str
    name: str
    after: str


def signed_by(person: Person) -> ArticleQuerySet:
    """Published articles that a person signed, newest first."""
    return (
        Article.objects.published()
        .filter(pk__in=person.bylines.values("article"))
        .with_place()
        .prefetch_related(with_bylines())
        .order_by("-page__issue__date", "page__number", "position", "pk")
    )


def named_last(mentions: QuerySet[Mention]) -> Article | None:
    """The newest article in which one of the mentions stands."""
    named = Article.objects.filter(pk__in=mentions.values("article"))
    return named.with_place().order_by("-page__issue__date", "-pk").first()


def sentences(record: Person | Organisation, articles: Iterable[Article]) -> dict[int, Sentence]:
    """For each article the first sentence of the body that names the record."""
    articles = list(articles)
    mentions = (
        Mention.objects.settled().of(record).filter(article__in=articles).order_by("article", "paragraph", "start")
    )
    by_article: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_article.setdefault(mention.article_id, []).append(mention)
    found = {}
    for article in articles:
        sentence = sentence_naming(article.paragraphs, by_article.get(article.pk, ()))
        if sentence:
            found[article.pk] = sentence
    return found


def sentence_naming(paragraphs: Sequence[str], mentions: Iterable[Mention]) -> Sentence | None:
    """The sentence of the first mention that stands in the body; where none has its place, the first that reads so."""
    for mention in mentions:
        if mention.end and 0 <= mention.paragraph < len(paragraphs):
            text = paragraphs[mention.paragraph]
            if text[mention.start : mention.end] == mention.surface:
                return sentence_around(text, mention.start, mention.end)
    for mention in mentions:  # the place is not known, or only the headline names it
        for text in paragraphs:
            start = text.find(mention.surface)
            if start >= 0:
                return sentence_around(text, start, start + len(mention.surface))
    return None


def sentence_around(text: str, start: int, end: int) -> Sentence:
    """The sentence of `text` in which text[start:end] stands; long ones are cut on either side with …"""
    left = max((m.end() for m in _SENTENCE_END.finditer(text, 0, start)), default=0)
    stop = _SENTENCE_END.search(text, end)
    right = stop.end() if stop else len(text)
    before, after = text[left:start].lstrip(), text[end:right].rstrip()
    if len(before) > _LONGEST:
        before = "…" + before[-_LONGEST:]
    if len(after) > _LONGEST:
        after = after[:_LONGEST] + "…"
    return Sentence(before, text[start:end], after)


def names_printed(organisation: Organisation) -> list[str]:
    """Other names under which published articles print a body, the most frequent first."""
    rows = (
        Mention.objects.settled()
        .in_published()
        .of(organisation)
        .exclude(surface=organisation.name)
        .order_by()
        .values_list("surface")
        .annotate(n=Count("pk"))
        .order_by("-n", "surface")
    )
    return [surface for surface, _ in rows[:20]]
