"""The query language: what a person typed → items, never an error for odd input.

词 words      "短语" “短语” 「短语」      -词      甲 OR 乙
person:  org:  reporter:  headline:  date:2022-10  date:2022-10-01..2022-10-07
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.search.criteria import QueryRefusedError

MAX_CHARACTERS = 200
MAX_CLAUSES = 16

Field = Literal["", "person", "org", "reporter", "headline", "date"]
_FIELDS: dict[str, Field] = {
    "person": "person",
    "org": "org",
    "organisation": "org",
    "organization": "org",
    "reporter": "reporter",
    "headline": "headline",
    "date": "date",
}
_PREFIX = re.compile(r"([A-Za-z]+)[:：]")
_QUOTES = {'"': '"', "“": "”", "「": "」", "『": "』", "＂": "＂"}
_MINUS = "-－"
_WILDCARDS = re.compile(r"[*?？＊]+")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was typed. `source` is how it stood in the query."""

    source: str
    text: str
    field: Field = ""
    quoted: bool = False
    negated: bool = False
    days: tuple[datetime.date | None, datetime.date | None] | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """Groups of items: all groups must hold, of a group one item. `notes` say what was read otherwise than typed."""

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
    return Parsed(_grouped(items, notes), tuple(dict.fromkeys(notes)))


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
        text, quoted = self._value()
        source = query[start : self.place]
        if not text:
            if field:
                self.notes.append(_("“%(source)s”后面没有内容，未作条件。") % {"source": source})
            return None
        if source == "OR":
            return _OR
        days = None
        if field == "date":
            days = read_days(text)
            if days is None:
                self.notes.append(
                    _("“%(text)s”不是日期，按字面查找。日期写作 2022、2022-10、2022-10-12 或 2022-10-01..2022-10-07。")
                    % {"text": text}
                )
                field = ""
        return Item(source, text, field, quoted, negated, days)

    def _value(self) -> tuple[str, bool]:
        query = self.query
        if self.place >= len(query) or query[self.place].isspace():
            return "", False
        if query[self.place] in _QUOTES:
            end = query.find(_QUOTES[query[self.place]], self.place + 1)
            if end < 0 and query[self.place] in "“＂":  # a keyboard may give any of the closing quotes
                end = query.find('"', self.place + 1)
            if end >= 0:
                text = query[self.place + 1 : end]
                self.place = end + 1
                return text.strip(), True
            self.notes.append(_("引号没有配对，引号里的字按普通词查找。"))
            self.place += 1
            return self._value() if self.place < len(query) else ("", False)
        end = self.place
        while end < len(query) and not query[end].isspace() and not (query[end] in _QUOTES and self._closes(end)):
            end += 1
        text = query[self.place : end]
        self.place = end
        if _WILDCARDS.search(text):
            text = _WILDCARDS.sub(" ", text).strip()
            self.notes.append(_("不支持通配符 * 和 ?，已当作空格。"))
        return text, False

    def _closes(self, place: int) -> bool:
        return self.query.find(_QUOTES[self.query[place]], place + 1) > 0


_DAY = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_OPEN = re.compile(r"\.\.|…|~|至")


def read_days(text: str) -> tuple[datetime.date | None, datetime.date | None] | None:
    """First and last day of 2022, 2022-10, 2022-10-12, or of A..B where one side may be left out; None if it's none."""
    sides = _OPEN.split(text, maxsplit=1)
    ranges = [_period(side) if side else (None, None) for side in sides]
    if None in ranges or not any(sides):
        return None
    first, last = ranges[0], ranges[-1]
    assert first is not None  # noqa: S101
    assert last is not None  # noqa: S101
    return first[0], last[1]


def _period(text: str) -> tuple[datetime.date, datetime.date] | None:
    match = _DAY.fullmatch(text.strip())
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None  # noqa: S101
    try:
        if month is None:
            return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        if day is not None:
            return datetime.date(year, month, day), datetime.date(year, month, day)
        first = datetime.date(year, month, 1)
        after = datetime.date(year + month // 12, month % 12 + 1, 1) if (year, month) < (9999, 12) else None
        return first, after - datetime.timedelta(days=1) if after else datetime.date.max
    except ValueError:
        return None
