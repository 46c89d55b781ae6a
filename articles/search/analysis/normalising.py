"""One form for what readers take to be the same: width, case, traditional characters, white space.

The mapping is made character by character, so a string's form never depends on what stands around it: a phrase
that stands in a text stands in the text's form too.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

import opencc

NORMALISATION = "nfkc+casefold+t2s-char/1"

# Every character of this class maps to exactly one character, so offsets stay as they are.
_PLAIN = r"!-~\u3001-\u3003\u3005-\u3011\u3014-\u301b\u4e00-\u9fff\uff01-\uff5e\u2014\u2018\u2019\u201c\u201d\u00b7"
_NOT_PLAIN = re.compile(f"[^{_PLAIN}]")
_NOT_PLAIN_OR_BLANK = re.compile(f"[^{_PLAIN} \\u3000]")
_JOINS_BEFORE = {0xFF9E, 0xFF9F}  # half-width kana voicing marks join the letter before them
_HANGUL_PARTS = range(0x1160, 0x1200)


@cache
def _simplified() -> dict[str, str]:
    """Traditional characters and their simplified ones, asked of OpenCC once."""
    blocks = ((0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x2A6E0))
    characters = [chr(point) for start, end in blocks for point in range(start, end)]
    simple = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {old: new for old, new in zip(characters, simple, strict=True) if old != new and len(new) == 1}


def _form(cluster: str) -> str:
    """The form of one character with what joins it."""
    for _ in range(4):
        once = unicodedata.normalize("NFKC", cluster.casefold())
        once = "".join(_simplified().get(character, character) for character in once)
        if once == cluster:
            break
        cluster = once
    kept = []
    for character in cluster:
        if character.isspace():
            kept.append(" ")
        elif unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Cn", "Co") and not _selects(character):
            kept.append(character)
    return "".join(kept)


def _selects(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


class _Forms(dict[int, str]):
    """Forms of single characters, worked out when first met."""

    def __missing__(self, point: int) -> str:
        form = self[point] = _form(chr(point))
        return form


_FORMS = _Forms()


def _joins(character: str) -> bool:
    point = ord(character)
    return point > 0x2FF and (
        point in _JOINS_BEFORE or point in _HANGUL_PARTS or unicodedata.category(character)[0] == "M"
    )


def _has_joining(text: str) -> bool:
    return any(map(_joins, _NOT_PLAIN_OR_BLANK.findall(text)))


@dataclass(frozen=True, slots=True)
class Normalised:
    """A form and, for each of its characters, where in the original it begins and ends."""

    text: str
    starts: list[int] | range
    ends: list[int] | range

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's span for a span of the form; end is excluded, and start < end."""
        return self.starts[start], self.ends[end - 1]


def spaced(text: str) -> str:
    """The form with white space kept as blanks: what is cut into words."""
    if _has_joining(text):
        return "".join(_form(cluster) for cluster in _clusters(text))
    return text.translate(_FORMS)


def normalise(text: str) -> str:
    """The form without white space: what exact phrases are looked for in."""
    return spaced(text).replace(" ", "")


def normalise_with_offsets(text: str, *, blanks: bool = False) -> Normalised:
    """The form (with blanks if wanted) and the way back to the original."""
    if not (_NOT_PLAIN_OR_BLANK if blanks else _NOT_PLAIN).search(text):
        return Normalised(text.translate(_FORMS), range(len(text)), range(1, len(text) + 1))
    if not _NOT_PLAIN_OR_BLANK.search(text):
        form = text.translate(_FORMS)
        places = [place for place, character in enumerate(form) if character != " "]
        return Normalised(form.replace(" ", ""), places, [place + 1 for place in places])
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    for cluster in _clusters(text) if _has_joining(text) else text:
        form = _FORMS[ord(cluster)] if len(cluster) == 1 else _form(cluster)
        for character in form:
            if blanks or character != " ":
                characters.append(character)
                starts.append(position)
                ends.append(position + len(cluster))
        position += len(cluster)
    return Normalised("".join(characters), starts, ends)


def _clusters(text: str) -> list[str]:
    """The text's characters, each with what joins it."""
    clusters: list[str] = []
    for character in text:
        if clusters and _joins(character):
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters
