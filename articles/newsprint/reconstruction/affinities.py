"""How much stretches of a page speak of one thing, worked out once for each pair of them."""

from __future__ import annotations

from collections.abc import Sequence

from articles.newsprint.reconstruction.cohesion import Cohesion, grams
from articles.newsprint.reconstruction.page_plan import Page
from articles.newsprint.reconstruction.pieces import HeadLine

Span = tuple[int, int]


class Affinities:
    """Log-odds that stretches of one page are of one article. `presumed` are each article's spans as far as is known."""

    def __init__(self, page: Page, presumed: Sequence[Sequence[Span]]) -> None:
        self._page = page
        self._group_of = [0] * len(page.paragraphs)
        for number, spans in enumerate(presumed):
            for first, last in spans:
                self._group_of[first:last] = [1 << number] * (last - first)
        self._cohesion = Cohesion(
            [
                frozenset().union(*(page.grams[p] for first, last in spans for p in range(first, last)))
                for spans in presumed
            ]
        )
        self._head_grams = {head.number: grams(head.text) for run in page.runs for head in run.heads}
        self._over: dict[tuple[int, tuple[Span, ...]], float] = {}
        self._like: dict[tuple[Span, Span], float] = {}
        self._text: dict[Span, frozenset[str]] = {}

    def of(self, left: Span, right: Span) -> float:
        """That two spans of paragraphs are of one article."""
        key = (left, right)
        if key not in self._like:
            self._like[key] = self._cohesion.affinity(self._read(left), self._read(right), self._own(left, right))
        return self._like[key]

    def line_over(self, head: HeadLine, spans: tuple[Span, ...]) -> float:
        """That a line stands over a text: half of all headlines share a name, few share nothing."""
        key = (head.number, spans)
        known = self._over.get(key)
        if known is None:
            printed = self._read(spans[0]) if len(spans) == 1 else frozenset().union(*map(self._read, spans))
            affinity = self._cohesion.affinity(self._head_grams[head.number], printed, self._own(*spans))
            known = self._over[key] = min(7.0, max(-3.0, 1.2 * affinity - 1.0))
        return known

    def _own(self, *spans: Span) -> int:
        own = 0
        for first, last in spans:
            for p in range(first, last):
                own |= self._group_of[p]
        return own

    def _read(self, span: Span) -> frozenset[str]:
        """Bigrams of paragraphs [first, last)."""
        known = self._text.get(span)
        if known is None:
            known = self._text[span] = frozenset().union(*self._page.grams[span[0] : span[1]])
        return known
