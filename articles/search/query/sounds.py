"""Pinyin in a query: the name, or else the word, that the letters are the sound of."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from django.db.models import Value
from django.db.models.functions import Replace
from django.utils.translation import gettext as _
from pypinyin import Style, lazy_pinyin, pinyin

from articles.models import Organisation, Person
from articles.search.analysis import cut_form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from .grammar import Item, Parsed
    from .parts import Part

Groups = tuple[tuple["Item", ...], ...]

_LETTERS = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_LETTERS_OR_NOT = re.compile(r"[A-Za-z]+|[^A-Za-z]+")
_TOUCHING = re.compile(r"[A-Za-z]{5,}[\u4e00-\u9fff]+|[\u4e00-\u9fff]+[A-Za-z]{5,}")
_IN_PAIRS = re.compile(r"(?:[\u4e00-\u9fff]{2}){1,2}")
_SHORTEST = 3  # letters: li e, an yi are three or more
_LONGEST_NAME = 5  # typed words: ou yang jing; names of bodies are typed in one or two
_MOST = 6  # names or words of one sound; more say nothing


def with_names(parsed: Parsed) -> tuple[Groups, list[str]]:
    """The query with the names that pinyin in it says, and the sentences that tell of it."""
    apart = replace(parsed, groups=tuple(_apart(parsed.groups)))
    stretches = list(_stretches(apart.groups))
    if not stretches:
        return parsed.groups, []
    sounds = {letters for _start, _end, letters in stretches}
    people, bodies = _spoken_people(sounds), _spoken_bodies(sounds)
    found = {
        (start, end): people.get(letters) or bodies[letters]
        for start, end, letters in stretches
        if letters in people or letters in bodies
    }
    if not found:
        return parsed.groups, []
    return _replaced(apart, found, _("“%(typed)s”读作名字“%(name)s”。"))


def with_words(parsed: Parsed, are_printed: Callable[[tuple[str, ...]], list[bool]]) -> tuple[Groups, list[str]]:
    """The query with words where letters are the sound of words of two characters: duanwu, 端午."""
    found = {}
    for start, end, letters in _stretches(parsed.groups):
        words = words_of_sound(letters) if end - start <= len(("duan", "wu")) else ()
        printed = are_printed(words)
        if any(printed):
            found[start, end] = list(itertools.compress(words, printed))
    return _replaced(parsed, found, _("没有稿件印有“%(typed)s”，读作拼音：%(name)s。"))


def said_alike(query: str, parts: Sequence[Part], are_printed: Callable[[tuple[str, ...]], list[bool]]) -> list[str]:
    """The query with words in print for those that are printed nowhere, said alike and with a character in common, and
    the sentence that tells of it: 防讯, 防汛. Nothing where there are none."""
    corrected, notes = query, []
    for word in sorted((word for part in parts for word in part.words), key=lambda word: -word.start):
        typed = word.text
        if query[word.start : word.end] != typed or not _IN_PAIRS.fullmatch(typed) or any(are_printed((typed,))):
            continue
        meant = "".join(_said_alike(typed[place : place + 2], are_printed) for place in range(0, len(typed), 2))
        if meant != typed:
            corrected = corrected[: word.start] + meant + corrected[word.end :]
            notes.append(_("没有稿件印有“%(typed)s”，按同音的“%(meant)s”查。") % {"typed": typed, "meant": meant})
    return [corrected, *reversed(notes)] if notes else []


def _said_alike(pair: str, are_printed: Callable[[tuple[str, ...]], list[bool]]) -> str:
    words = tuple(word for word in words_of_sound("".join(lazy_pinyin(pair))) if set(word) & set(pair))
    if any(are_printed((pair,))):
        return pair
    return next(itertools.compress(words, are_printed(words)), pair)


def _apart(groups: Groups) -> Iterator[tuple[Item, ...]]:
    """Letters that touch characters stand apart: zhaijianye调研 is two things."""
    for group in groups:
        item = group[0]
        pieces = list(_LETTERS_OR_NOT.finditer(item.text))
        if len(group) > 1 or not item.is_plain or item.negated or not _TOUCHING.fullmatch(item.text):
            yield group
            continue
        for number, piece in enumerate(pieces):
            start = item.start if number == 0 else item.place + piece.start()
            end = item.end if number == len(pieces) - 1 else item.place + piece.end()
            place = item.place + piece.start()
            yield (replace(item, source=piece[0], text=piece[0], start=start, end=end, place=place),)


def _stretches(groups: Groups) -> Iterator[tuple[int, int, str]]:
    """Groups [start, end) that are nothing but letters, with the letters run together; longer stretches first."""
    letters = [_letters_of(group) for group in groups]
    for length in range(min(_LONGEST_NAME, len(groups)), 0, -1):
        for start in range(len(groups) - length + 1):
            stretch = letters[start : start + length]
            joined = "".join(stretch)
            if all(stretch) and len(joined) >= _SHORTEST:
                yield start, start + length, joined


def _letters_of(group: tuple[Item, ...]) -> str:
    item = group[0]
    if len(group) > 1 or not item.is_plain or item.negated or not _LETTERS.fullmatch(item.text):
        return ""
    return re.sub(r"['’]", "", item.text).lower()


def _replaced(parsed: Parsed, found: dict[tuple[int, int], list[str]], sentence: str) -> tuple[Groups, list[str]]:
    groups: list[tuple[Item, ...]] = []
    notes = []
    place = 0
    while place < len(parsed.groups):
        group = parsed.groups[place]
        spans = [span for span in found if span[0] == place and len(found[span]) <= _MOST]
        if not spans:
            groups.append(group)
            place += 1
            continue
        span = max(spans)
        last = parsed.groups[span[1] - 1][0]
        typed = parsed.query[group[0].start : last.end]
        groups.append(
            tuple(replace(group[0], text=name, source=typed, end=last.end, spoken=True) for name in found[span])
        )
        notes.append(sentence % {"typed": typed, "name": "”“".join(found[span])})
        place = span[1]
    return tuple(groups), notes


_COMPACT = Replace("pinyin", Value(" "), Value(""))


def _spoken_people(sounds: set[str]) -> dict[str, list[str]]:
    """Names of people by the sound of the whole name."""
    people = Person.objects.living().in_print().alias(compact=_COMPACT).filter(compact__in=sounds)
    found: dict[str, set[str]] = defaultdict(set)
    for name, sound in people.values_list("name", "pinyin"):
        found[sound.replace(" ", "")].add(name)
    return {sound: sorted(names) for sound, names in found.items()}


def _spoken_bodies(sounds: set[str]) -> dict[str, list[str]]:
    """Names of bodies by their sound, where it is one body's alone."""
    bodies = Organisation.objects.living().in_print().alias(compact=_COMPACT).filter(compact__in=sounds)
    found: dict[str, list[str]] = defaultdict(list)
    for name, sound in bodies.values_list("name", "pinyin"):
        found[sound.replace(" ", "")].append(name)
    return {sound: names for sound, names in found.items() if len(names) == 1}


@cache
def _characters() -> dict[str, tuple[str, ...]]:
    """Characters in common use by each of their sounds."""
    sounds: dict[str, list[str]] = defaultdict(list)
    for lead, trail in itertools.product(range(0xB0, 0xF8), range(0xA1, 0xFF)):
        character = bytes((lead, trail)).decode("gb2312", "ignore")
        if character:
            for sound in pinyin(character, style=Style.NORMAL, heteronym=True, v_to_u=False)[0]:
                sounds[sound].append(character)
    return {sound: tuple(characters) for sound, characters in sounds.items()}


@cache
def words_of_sound(letters: str) -> tuple[str, ...]:
    """Words of two characters in the dictionary that sound so."""
    sounds = _characters()
    words = {
        first + second
        for cut in range(1, len(letters))
        for first in sounds.get(letters[:cut], ())
        for second in sounds.get(letters[cut:], ())
        if len(cut_form(first + second)) == 1
    }
    return tuple(sorted(word for word in words if "".join(lazy_pinyin(word)) == letters))
