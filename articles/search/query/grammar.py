"""The query language: what a person typed → items, never an error for odd input.

词 words      "短语" “短语” 「短语」      -词      甲 OR 乙
person:  org:  reporter:  headline:  date:2022-10  date:2022-10-01..2022-10-07  event:2022-10
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.search.criteria import QueryRefusedError

from .days import written_days
from .periods import read_days

MAX_CHARACTERS = 200
MAX_CLAUSES = 16

Field = Literal["", "person", "org", "reporter", "headline", "date", "event"]
_FIELDS: dict[str, Field] = {
    "person": "person",
    "org": "org",
    "organisation": "org",
    "organization": "org",
    "reporter": "reporter",
    "headline": "headline",
    "date": "date",
    "event": "event",
}
_PREFIX = re.compile(r"([A-Za-z]+)[:：]")
_QUOTES = {'"': '"', "“": "”", "「": "」", "『": "』", "＂": "＂"}
_MINUS = "-－"
_WILDCARDS = re.compile(r"[*?？＊]+")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was typed. `source` is how it stood in the query, from `start` to `end`; its text begins at
    `place`. Pinyin that was `spoken` for a name has the name as its text."""

    source: str
    text: str
    start: int = 0
    end: int = 0
    place: int = 0
    field: Field = ""
    quoted: bool = False
    negated: bool = False
    days: tuple[datetime.date | None, datetime.date | None] | None = None
    spoken: bool = False

    @property
    def is_plain(self) -> bool:
        """Words, to be cut and looked through for names."""
        return not self.field and not self.quoted


@dataclass(frozen=True, slots=True)
class Parsed:
    """Groups of items: all groups must hold, of a group one item. `notes` say what was read otherwise than typed.
    `query` is what was typed without what is no text: places count in it."""

    query: str
    groups: tuple[tuple[Item, ...], ...]
    notes: tuple[str, ...]


def parse(query: str) -> Parsed:
    """Raises QueryRefusedError for a query that is too long or has too many parts."""
    query = _NOT_TEXT.sub(" ", query).strip()
    if len(query) > MAX_CHARACTERS:
        raise QueryRefusedError(
            ngettext(
                "检索词太长：最多%(most)d个字，现在有%(now)d个字。请只留下最要紧的几个词。",
                "检索词太长：最多%(most)d个字，现在有%(now)d个字。请只留下最要紧的几个词。",
                len(query),
            )
            % {"most": MAX_CHARACTERS, "now": len(query)}
        )
    notes: list[str] = []
    items = _Scanner(query, notes).items()
    if len([item for item in items if item is not _OR]) > MAX_CLAUSES:
        raise QueryRefusedError(_("条件太多：最多%(most)d个。请去掉几个再检索。") % {"most": MAX_CLAUSES})
    return Parsed(query, _grouped(items, notes), tuple(dict.fromkeys(notes)))


_OR = Item("OR", "OR")


def _grouped(items: list[Item], notes: list[str]) -> tuple[tuple[Item, ...], ...]:
    groups: list[list[Item]] = []
    joining = False
    for place, item in enumerate(items):
        if item is _OR:
            if 0 < place < len(items) - 1 and items[place - 1] is not _OR:
                joining = True
            else:
                notes.append(_("OR 两边都要有词，这里没有照它办。"))
            continue
        if joining:
            groups[-1].append(item)
        else:
            groups.append([item])
        joining = False
    return tuple(map(tuple, groups))


class _Scanner:
    def __init__(self, query: str, notes: list[str]) -> None:
        self.query = query
        self.notes = notes
        self.place = 0

    def items(self) -> list[Item]:
        items = []
        while self.place < len(self.query):
            if self.query[self.place].isspace():
                self.place += 1
                continue
            item = self._item()
            if item is not None:
                items.append(item)
        return items

    def _item(self) -> Item | None:
        start = self.place
        query = self.query
        negated = query[start] in _MINUS and start + 1 < len(query) and not query[start + 1].isspace()
        if negated:
            self.place += 1
        field: Field = ""
        prefix = _PREFIX.match(query, self.place)
        if prefix and prefix[1].lower() in _FIELDS:
            field = _FIELDS[prefix[1].lower()]
            self.place = prefix.end()
        text, quoted, place = self._value()
        source = query[start : self.place]
        if not text.strip():
            if field:
                self.notes.append(_("“%(source)s”后面没有内容，未作条件。") % {"source": source})
            return None
        if source == "OR":
            return _OR
        days = None
        if field in ("date", "event"):
            days = read_days(text) or written_days(text)
            if days is None:
                self.notes.append(
                    _("“%(text)s”不是日期，按字面查找。日期写作 2022、2022-10、2022-10-12 或 2022-10-01..2022-10-07。")
                    % {"text": text}
                )
                field = ""
        return Item(source, text, start, self.place, place, field, quoted, negated, days)

    def _value(self) -> tuple[str, bool, int]:
        """What is asked for, whether it was quoted, and where it begins."""
        query = self.query
        start = self.place
        if start >= len(query) or query[start].isspace():
            return "", False, start
        if query[start] in _QUOTES:
            end = query.find(_QUOTES[query[start]], start + 1)
            if end < 0 and query[start] in "“＂":  # a keyboard may give any of the closing quotes
                end = query.find('"', start + 1)
            if end >= 0:
                self.place = end + 1
                return query[start + 1 : end].strip(), True, start + 1
            self.notes.append(_("引号没有配对，引号里的字按普通词查找。"))
            self.place += 1
            return self._value()
        end = start
        while end < len(query) and not query[end].isspace() and not (query[end] in _QUOTES and self._closes(end)):
            end += 1
        self.place = end
        text = query[start:end]
        if _WILDCARDS.search(text):
            text = _WILDCARDS.sub(lambda found: " " * len(found[0]), text)  # as long as before: places count
            self.notes.append(_("不支持通配符 * 和 ?，已当作空格。"))
        return text, False, start

    def _closes(self, place: int) -> bool:
        return self.query.find(_QUOTES[self.query[place]], place + 1) > 0


__all__ = ["MAX_CHARACTERS", "MAX_CLAUSES", "Item", "Parsed", "parse", "read_days"]
