"""Where nothing was found: what the same question finds with something of it left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from haystack import connections

from . import plan
from .analysis import normalise_with_offsets
from .criteria import Criteria
from .searching import count

if TYPE_CHECKING:
    from collections.abc import Callable

    from .criteria import Reading

Left = Literal["quotes", "words", "year", "dates", "filters", "condition"]

_QUOTES = str.maketrans(dict.fromkeys('"“”＂「」『』', " "))
_YEAR = re.compile(r"^(?:(?:19|20)\d\d年|[今去前明后上]年)")
_QUOTATIONS = 2
_STRETCH = 4  # characters of a quotation that are worth looking for
_EDGE = "，。；：、！？,.;:!? "
_MOST = 8


@dataclass(frozen=True, slots=True)
class WayOut:
    """What is left out, with the condition's text where it is one; the query that stays; how many articles it finds.
    With `words`, some words of a quotation are left out, and the text is what of it is printed; with `year` the year."""

    left: Left
    text: str
    query: str
    count: int


def ways_out(criteria: Criteria, reading: Reading) -> tuple[WayOut, ...]:
    """Ways that find something: of a quotation what is printed of it, or its words apart; a feast or a day of any year;
    any day, no filters, each condition left out in turn."""
    conditions = reading.conditions
    asked: list[tuple[Left, str, Criteria]] = []
    loose = " ".join(criteria.q.translate(_QUOTES).split())
    quotations = [one.text for one in conditions if one.kind == "phrase"]
    if quotations:
        asked.append(("quotes", "", replace(criteria, q=loose)))
        for text in quotations[:_QUOTATIONS]:
            asked += [("words", part, _instead(criteria, text, part)) for part in _printed_of(text)]
    for one in conditions:
        rest = _YEAR.sub("", one.text)
        if one.kind == "date" and rest not in ("", one.text) and one.text in criteria.q:
            asked.append(("year", rest, _instead(criteria, one.text, rest)))
    if criteria.date_from or criteria.date_to:
        asked.append(("dates", "", replace(criteria, date_from=None, date_to=None)))
    plain = Criteria(q=criteria.q, date_from=criteria.date_from, date_to=criteria.date_to)
    if replace(plain, sort=criteria.sort, page=criteria.page, page_size=criteria.page_size) != criteria:
        asked.append(("filters", "", plain))
    if len(conditions) > 1:
        asked += [("condition", one.text, replace(criteria, q=one.without)) for one in conditions]
    found = []
    for left, text, other in asked[:_MOST]:
        total = count(other)
        if total:
            found.append(WayOut(left, text, other.q, total))
    return tuple(found)


def _instead(criteria: Criteria, text: str, other: str) -> Criteria:
    return replace(criteria, q=criteria.q.replace(text, other, 1))


def _printed_of(quotation: str) -> tuple[str, ...]:
    """The longest beginning and the longest end of a quotation that are printed, the longer first; none where all of
    it is, or too little."""
    form = normalise_with_offsets(quotation)
    length = len(form.text)
    first = _longest(length, lambda size: form.text[:size])
    last = _longest(length, lambda size: form.text[length - size :])
    if length in (first, last):
        return ()
    spans = [(0, first)] * (first >= _STRETCH) + [(length - last, length)] * (last >= _STRETCH)
    parts = {quotation[slice(*form.span(*span))].strip(_EDGE): None for span in spans}
    return tuple(sorted((part for part in parts if len(part) >= _STRETCH), key=len, reverse=True))


def _longest(length: int, stretch: Callable[[int], str]) -> int:
    """How much of a quotation is printed: when some of it isn't, more of it isn't either."""
    backend = connections["default"].get_backend()
    least, most = 0, length
    while least < most:
        size = (least + most + 1) // 2
        if backend.count([plan.Characters(stretch(size))])[0]:
            least = size
        else:
            most = size - 1
    return least
