"""Pinyin of personal names, surnames read as surnames."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from pypinyin import Style, lazy_pinyin

from .lexicon import lines
from .names import COMPOUND


@dataclass(frozen=True, slots=True)
class NamePinyin:
    """`full` zhai zhiheng, `initials` zzh, `sort_key` orders a list of people: surname, then given name."""

    full: str
    initials: str
    sort_key: str


@functools.cache
def _overrides() -> dict[str, tuple[str, ...]]:
    return {parts[0]: tuple(parts[1:]) for parts in (line.split() for line in lines("surname_pinyin.txt"))}


def _syllables(text: str) -> list[str]:
    return [syllable.lower() for syllable in lazy_pinyin(text, style=Style.NORMAL, v_to_u=False) if syllable.strip()]


def name_pinyin(name: str) -> NamePinyin:
    """Pinyin without tones of a name; blanks in it don't count. Latin letters stay as they are, in lower case."""
    compact = "".join(name.split())
    surname = compact[:2] if compact[:2] in COMPOUND and len(compact) > 2 else compact[:1]
    read = list(_overrides().get(surname, ())) or _syllables(surname)
    given = _syllables(compact[len(surname) :].replace("·", ""))
    syllables = read + given
    return NamePinyin(
        full=("".join(read) + " " + "".join(given)).strip(),
        initials="".join(syllable[0] for syllable in syllables),
        sort_key=" ".join(syllables) + " " + compact,
    )
