"""Where a name stands in an article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from articles.newsprint.values import Span

HEADLINE, KICKER, SUBTITLE = -1, -2, -3


class Text(Protocol):
    """Anything with an article's text: the saved article, or one that is about to be."""

    kicker: str
    headline: str
    subtitle: str

    @property
    def paragraphs(self) -> list[str]:
        """The body, a string a paragraph."""


def parts_of(article: Text) -> Iterator[tuple[int, str]]:
    """The parts that mentions count in, in printed order: (paragraph, text)."""
    yield KICKER, article.kicker
    yield HEADLINE, article.headline
    yield SUBTITLE, article.subtitle
    yield from enumerate(article.paragraphs)


def spans_of(article: Text, forms: Iterable[str]) -> tuple[Span, ...]:
    """Every place where one of the forms is printed; the longest form wins where they overlap."""
    longest_first = sorted({form for form in forms if form}, key=len, reverse=True)
    found: list[Span] = []
    for paragraph, text in parts_of(article):
        taken = [False] * len(text)
        here: list[Span] = []
        for form in longest_first:
            start = text.find(form)
            while start >= 0:
                end = start + len(form)
                if not any(taken[start:end]):
                    taken[start:end] = [True] * len(form)
                    here.append(Span(paragraph, start, end))
                start = text.find(form, end)
        found += sorted(here, key=lambda span: span.start)
    return tuple(found)
