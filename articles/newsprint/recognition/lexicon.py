"""The word lists in `data/`, read once. Blank-separated words, `#` starts a comment line."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from pathlib import Path

import rjieba

DATA = Path(__file__).parent / "data"

Token = tuple[str, str]


def lines(name: str) -> list[str]:
    """The lines of a data file without comments and blanks."""
    text = (DATA / name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


@functools.cache
def words(name: str) -> frozenset[str]:
    """All words of a data file."""
    return frozenset(word for line in lines(name) for word in line.split())


@functools.cache
def section(name: str, label: str) -> frozenset[str]:
    """The words of the lines of a data file that begin with `label:`."""
    prefix = label + ":"
    return frozenset(word for line in lines(name) if line.startswith(prefix) for word in line[len(prefix) :].split())


def alternatives(options: Iterable[str]) -> str:
    """A regular expression that takes the longest of `options`."""
    return "|".join(re.escape(option) for option in sorted(options, key=lambda word: (-len(word), word)))


@functools.lru_cache(maxsize=50_000)
def tagged(text: str) -> tuple[Token, ...]:
    """`text` cut into dictionary words with their parts of speech."""
    return tuple(rjieba.tag(text))


@functools.lru_cache(maxsize=50_000)
def part_of_speech(word: str) -> str:
    """Part of speech of a dictionary word, empty for a word that the dictionary lacks."""
    if not rjieba.has_word(word):
        return ""
    tokens = tagged(word)
    return tokens[0][1] if len(tokens) == 1 else "n"
