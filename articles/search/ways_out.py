"""Where nothing was found: what the same question finds with something of it left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from .criteria import Criteria
from .searching import count

if TYPE_CHECKING:
    from .criteria import Reading

Left = Literal["quotes", "dates", "filters", "condition"]

_QUOTES = str.maketrans(dict.fromkeys('"“”＂「」『』', " "))
_MOST = 8


@dataclass(frozen=True, slots=True)
class WayOut:
    """What is left out, with the condition's text where it is one; the query that stays; how many articles it finds."""

    left: Left
    text: str
    query: str
    count: int


def ways_out(criteria: Criteria, reading: Reading) -> tuple[WayOut, ...]:
    """Ways that find something: the words of a phrase apart, any day, no filters, each condition left out in turn."""
    conditions = reading.conditions
    asked: list[tuple[Left, str, Criteria]] = []
    loose = " ".join(criteria.q.translate(_QUOTES).split())
    if any(condition.kind == "phrase" for condition in conditions):
        asked.append(("quotes", "", replace(criteria, q=loose)))
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
