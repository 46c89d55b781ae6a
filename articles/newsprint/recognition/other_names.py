"""Names that are not made of a Chinese surname and a given name: 汉斯·穆勒, 阿依古丽·买买提, 扎西多吉, 山本一郎."""

from __future__ import annotations

import re

from .lexicon import alternatives, section

_PARTS = section("name_parts.txt", "tibetan") | section("name_parts.txt", "mongolian")
_PARTS |= section("name_parts.txt", "uyghur") | section("name_parts.txt", "yi")
_COMPOSED = re.compile(rf"(?:{alternatives(_PARTS)}){{1,3}}")
_JAPANESE = re.compile(
    rf"(?:{alternatives(section('name_parts.txt', 'japanese'))})"
    rf"(?:{alternatives(section('name_parts.txt', 'japanese_given'))})"
)
_SOUNDS = frozenset("".join(section("name_parts.txt", "translit")))
_DOTTED = re.compile(r"[一-鿿]{1,7}(?:[·•・][一-鿿]{1,7}){0,2}[·•・](?=[一-鿿])")
_LONGEST = 6


def dotted_ends(text: str, position: int) -> list[int]:
    """Where a name with dots (阿依古丽·买买提) that begins here may end, the likeliest first."""
    found = _DOTTED.match(text, position)
    if not found:
        return []
    # 汉斯·穆勒会见: as far as characters go that sounds are written with, at least one.
    sounds = found.end() + 1
    while sounds < min(len(text), found.end() + _LONGEST) and text[sounds] in _SOUNDS:
        sounds += 1
    return list(range(sounds, found.end(), -1))


def composed_end(text: str, position: int) -> int:
    """Where a name of known parts (扎西多吉, 山本一郎) that begins here ends; 0 where there is none."""
    for pattern in (_JAPANESE, _COMPOSED):
        if (found := pattern.match(text, position)) and len(found[0]) >= 3:
            return found.end()
    return 0


def sound_ends(text: str, position: int) -> list[int]:
    """Where a run of at least three characters that only write sounds (敖日格勒) may end."""
    end = position
    while end < min(len(text), position + _LONGEST) and text[end] in _SOUNDS:
        end += 1
    return list(range(end, position + 2, -1))


def dotted_start(text: str, dot: int) -> int:
    """Where the part before a dot begins when nothing else says so."""
    start = dot
    while start > max(0, dot - _LONGEST) and text[start - 1] in _SOUNDS:
        start -= 1
    return start
