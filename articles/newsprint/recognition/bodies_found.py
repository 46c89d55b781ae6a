"""What one article says about its bodies, and what makes a name one body's own."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from .lexicon import alternatives, part_of_speech, section, tagged, words
from .passages import Passage

GENERIC = words("generic_bodies.txt")
# Words that a dictionary takes for names and that name nobody.
PLAIN_PREFIXES = words("plain_prefixes.txt")
_LEADING_NOUNS = words("leading_nouns.txt")
OFFICE = section("organisation_suffixes.txt", "office")
_NAMED = section("organisation_suffixes.txt", "named")
SUFFIX = re.compile(rf"(?:{alternatives(OFFICE | _NAMED)})")
REGION = re.compile(r"^(?:[一-鿿]{2,4}(?:省|市|县|经开区|高新区|新区|开发区)|[省市区县镇])")
# 海棠湾: a word and what lies there.
_AT_A_PLACE = re.compile(r"[一-鿿]{2}[湾湖江河溪山岭坪塘桥港岛洲沟峪川]$")
LEGAL = re.compile(r"(?:（[^（）]+）)?(?:集团)?(?:股份|控股|集团)?(?:有限责任公司|有限公司|集团公司|集团|公司|分公司)$")


class BodiesFound:
    """The places of one article where a body is printed. `names`: its people, who are no part of a body."""

    def __init__(self, passages: Sequence[Passage], names: frozenset[str]) -> None:
        self.passages, self.names = passages, names
        self.found: dict[tuple[int, int, int], tuple[str, bool, str]] = {}

    def add(self, passage: Passage, start: int, end: int, *, certain: bool, reason: str) -> None:
        """A body is printed at [start, end); what was found there first stays."""
        if end - start >= 2:
            self.found.setdefault((passage.paragraph, start, end), (passage.text[start:end], certain, reason))


@functools.lru_cache(maxsize=20_000)
def is_specific(prefix: str) -> bool:
    """Does the part before the ending hold a name (a place, a word no dictionary has, a number)?"""
    if re.search(r"[A-Za-z0-9]", prefix) or re.search(
        r"第[一二三四五六七八九十]+|[一二三四五六七八九十]+[局冶航建院]$", prefix
    ):
        return True
    if re.match(r"[省市区县]", prefix) and len(prefix) > 1 and not part_of_speech(prefix[:2]):
        return True
    if _AT_A_PLACE.search(prefix):
        return True
    run = 0
    for word, tag in tagged(prefix):
        if len(word) == 1:
            run += 1
            if run >= 2:
                return True
            continue
        run = 0
        if tag in {"ns", "nr", "nz", "nt", "nrt", "nrfg"} or not part_of_speech(word):
            return True
    return False


def trim(text: str, start: int, end: int) -> int:
    """Cut nouns of kind that stand before a name: 辖区企业某某公司."""
    position = start
    for word, _ in tagged(text[start:end]):
        position += len(word)
        if word in _LEADING_NOUNS and position < end:
            start = position
    return start
