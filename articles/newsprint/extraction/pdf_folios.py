"""The numbers printed on the pages of one file → which page each of them is.

第02版 … 第08版 at the heads of eight pages, none on the first → 1, 2, … 8
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_PAGE_OBJECT = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_POINTS_ELSEWHERE = r"(?<![见转接下上至到])"
_FOLIO = re.compile(
    _POINTS_ELSEWHERE + r"第\s?([0-9]{1,3}|[一二三四五六七八九十]{1,3})\s?版|(?<![0-9第])([0-9]{1,2})\s?版"
)
_LETTERED = re.compile(_POINTS_ELSEWHERE + r"(?<![A-Za-z0-9])([A-H])\s?0?([0-9]{1,2})(?![0-9A-Za-z.])")
_ALONE = re.compile(r"^\s*0?([0-9]{1,2})\s*$", re.MULTILINE)
_SECTION = re.compile(r"版\s?[：:·]\s?([\u4e00-\u9fff]{2,4})(?![\u4e00-\u9fff])")
_CHINESE = {char: value for value, char in enumerate("零一二三四五六七八九")}

Folio = tuple[str, int]  # the letter of the part, empty where there is none, and the number


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page of a PDF as a file of its own; `content` is None where it could not be taken out."""

    content: bytes | None
    number: int
    section: str = ""


@dataclass(frozen=True, slots=True)
class PrintedPages:
    """Pages in the order of the file. `printed` says that the numbers are those on the pages."""

    pages: tuple[PrintedPage, ...]
    printed: bool = False


def may_have_several_pages(data: bytes) -> bool:
    """A quick look without a parser: false only for a PDF that names its one page openly."""
    return b"/ObjStm" in data or len(_PAGE_OBJECT.findall(data)) > 1


def folios_in(text: str) -> list[Folio]:
    """What may be the page's number: 第02版 → 2, A03 → A 3, a number alone on its line → that."""
    found: list[Folio] = [(letter, int(number)) for letter, number in _LETTERED.findall(text)]
    found += [("", _number(long or short)) for long, short in _FOLIO.findall(text)]
    found += [("", int(number)) for number in _ALONE.findall(text)]
    return [folio for folio in dict.fromkeys(found) if folio[1] > 0]


def printed_numbers(folios: Sequence[Sequence[Folio]]) -> list[int] | None:
    """A number for each page, where those that are printed agree: one after another, or each once. None: they don't.

    Parts are numbered through: A01 … A08, B01 → 1 … 8, 9.
    """
    lettered = [[folio for folio in page if folio[0]] for page in folios]
    if len({letter for page in lettered for letter, _ in page}) > 1 and (parts := _in_parts(lettered)):
        return parts
    numbers = [{number for _, number in page} for page in folios]
    steps = Counter(number - at for at, page in enumerate(numbers, 1) for number in page if number >= at)
    step, votes = max(steps.items(), key=lambda item: (item[1], -item[0]), default=(0, 0))
    if votes >= max(2, (len(folios) + 1) // 2):
        return [at + step for at in range(1, len(folios) + 1)]
    return _each_once(numbers)


def _in_parts(lettered: Sequence[Sequence[Folio]]) -> list[int] | None:
    """The page before A02 is A01, though its head has no number."""
    first = [page[0] if page else None for page in lettered]
    for at, folio in enumerate(first):
        after = first[at + 1] if at + 1 < len(first) else None
        before = first[at - 1] if at else None
        if folio is None and after is not None and after[1] > 1:
            first[at] = (after[0], after[1] - 1)
        elif folio is None and before is not None:
            first[at] = (before[0], before[1] + 1)
    known = [folio for folio in first if folio is not None]
    if len(set(known)) < len(first):
        return None
    place = {folio: number for number, folio in enumerate(sorted(known), 1)}
    return [place[folio] for folio in known]


def _each_once(numbers: Sequence[set[int]]) -> list[int] | None:
    """Pages out of order. One of them may be without a number: it has the lowest that is free."""
    known = [next(iter(page)) for page in numbers if len(page) == 1]
    if len(set(known)) < len(known) or len(known) < max(2, len(numbers) - 1) or any(len(page) > 1 for page in numbers):
        return None
    free = next(number for number in range(1, len(known) + 2) if number not in known)
    return [next(iter(page), free) for page in numbers]


def _number(text: str) -> int:
    """12 as well as 十二."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (_CHINESE.get(tens, 1) * 10 if ten else 0) + _CHINESE.get(ones, 0)


def section_in(head: str) -> str:
    """The name of the section: 第02版：综合 → 综合; empty where it is not told or told twice."""
    found = {match.group(1) for match in _SECTION.finditer(head)}
    return found.pop() if len(found) == 1 else ""
