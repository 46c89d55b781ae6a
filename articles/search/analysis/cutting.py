"""The one cutter. rjieba is jieba's algorithm and dictionary in Rust; with its guessing of unknown words (HMM) off,
both cut alike, and a word is cut the same way in a query as in a text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import rjieba

from .normalising import normalise_with_offsets, spaced
from .stop_words import STOP_WORDS


@dataclass(frozen=True, slots=True)
class Cut:
    """A word of a form, with its span there (end excluded)."""

    text: str
    start: int
    end: int


def _is_word(token: str) -> bool:
    return any(character.isalnum() for character in token)


def cut_form(form: str) -> list[Cut]:
    """Words of an already normalised text, stop words among them, punctuation left out."""
    cuts = []
    position = 0
    for token in rjieba.cut(form, False):
        end = position + len(token)
        if _is_word(token):
            cuts.append(Cut(token, position, end))
        position = end
    return cuts


@lru_cache(maxsize=200_000)
def parts_of(word: str) -> tuple[str, ...]:
    """Shorter words in a long one by which it should be found: 新能源 → 能源, 中华人民共和国 → 中华, 人民, 共和国.

    A part counts when what is left on its sides is words again, or one character of a three-character word:
    华人 doesn't find 中华人民共和国.
    """
    length = len(word)
    if length < 3 or word.isascii():
        return ()
    spans = {(start, end) for _, start, end in rjieba.tokenize(word, "search", False) if end - start < length}
    if length == 3:
        return tuple(sorted({word[start:end] for start, end in spans if end - start == 2}))
    front = {0}  # places that words reach from the front
    for end in range(2, length + 1):
        if any(start in front for start, stop in spans if stop == end):
            front.add(end)
    back = {length}
    for start in range(length - 2, -1, -1):
        if any(stop in back for begin, stop in spans if begin == start):
            back.add(start)
    return tuple(sorted({word[start:end] for start, end in spans if start in front and end in back}))


def index_words(text: str) -> list[str]:
    """What an index holds of a text: its words and the words in them, in the order of the text."""
    words: list[str] = []
    for token in rjieba.cut(spaced(text), False):
        if token in STOP_WORDS or not _is_word(token):
            continue
        words.append(token)
        if len(token) > 2:
            words.extend(parts_of(token))
    return words


def segment(text: str) -> list[str]:
    """The text in pieces that belong together, nothing lost: "".join(segment(text)) == text."""
    form = normalise_with_offsets(text, blanks=True)
    pieces: list[str] = []
    place = position = 0
    for token in rjieba.cut(form.text, False):
        position += len(token)
        end = form.starts[position] if position < len(form.text) else len(text)
        if end > place:
            pieces.append(text[place:end])
            place = end
    if place < len(text):
        pieces.append(text[place:])
    return pieces
