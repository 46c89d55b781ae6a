"""How often words stand in the articles of the made-up archive, and in those of its source."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from benchmarks.sentences import source_texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from benchmarks.corpus import Printed

RANKS = (1, 10, 100, 1000, 10_000)


def counts_of(articles: Iterable[Printed]) -> Counter[str]:
    """In how many articles each word stands."""
    return Counter(word for a in articles for word in {*a.headline_words.split(), *a.words.split()})


def spread(counts: Counter[str], articles: int) -> dict[str, float]:
    """Share of articles for the words of these ranks, and how many words there are."""
    ordered = sorted(counts.values(), reverse=True)
    shares = {str(rank): ordered[rank - 1] / articles for rank in RANKS if rank <= len(ordered)}
    return {**shares, "words": len(ordered)}


def source_spread() -> dict[str, float]:
    """The same of the demo archive."""
    from articles.search.analysis import index_words

    texts = source_texts()
    return spread(Counter(word for text in texts for word in set(index_words(text))), len(texts))
