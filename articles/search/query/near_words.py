"""Words that newspapers and readers use for one another: 火灾 and 火情, 停水 and 断水. Edited in data/near_words.txt."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

from articles.search import plan
from articles.search.analysis import cut_form, normalise

FILE = Path(__file__).parent / "data" / "near_words.txt"


def near_words(word: str) -> tuple[str, ...]:
    """Words near to a normalised one, in the order of the table; none for a word that isn't in it."""
    return _table().get(word, ())


@cache
def demanded(word: str) -> plan.Word:
    """What a near word demands. One that the dictionary has must be cut so: 断电 doesn't stand in 挂断电话."""
    return plan.Word(word, cut=len(cut_form(word)) == 1)


@cache
def _table() -> dict[str, tuple[str, ...]]:
    near: dict[str, dict[str, None]] = defaultdict(dict)
    for line in FILE.read_text(encoding="utf-8").splitlines():
        group = [] if line.startswith("#") else list(map(normalise, line.split()))
        for word in group:
            near[word] |= dict.fromkeys(other for other in group if other != word)
    return {word: tuple(others) for word, others in near.items()}
