"""People of lists: winners, volunteers, those honoured, with what they belong to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import reasons
from .names import best_candidate, is_common_word, shape_score, surname_of
from .passages import Passage
from .people_found import SURE, PeopleFound
from .posts import is_post

_LIST = re.compile(r"[：:]([^：:。；\n]*、[^：:。；\n]*)")
_SERIES = re.compile(r"(?:^|(?<=[，。；：“”（）\n ])|(?<=其中)|(?<=包括)|(?<=的)|(?<=对))(?=[一-鿿]{3,4}、)")
# 卜一凡 区少云 查理: blanks part names as 、 does.
_SPACED_LIST = re.compile(r"[：:]((?:[一-鿿]{2,4} ){2,}[一-鿿]{2,4})$")
_ITEM = re.compile(r"([一-鿿]{1,4}(?: ?[一-鿿])?(?:·[一-鿿]+)*)(?:（([^（）]*)）)?(?:《[^《》]*》)?(?:等\d*[人名]?)?$")
_BRACKETED = re.compile(
    r"(?:(?<![一-鿿（）])|(?<=名)|(?<=等奖)|(?<=[金银铜]奖)|(?<=[冠亚季]军)|(?<=秀奖)|(?<=胜奖))"
    r"([一-鿿]{2,4}(?:/[一-鿿]{2,4})*)（([^（）、，。]{2,20})）"
)


def in_lists(people: PeopleFound, passage: Passage) -> None:
    """志愿者（3名）：孔令仪、丰收、尉迟明: where most items are shaped like names, all are."""
    for found in _LIST.finditer(passage.text):
        _list_of_names(people, passage, found.start(1), found.end(1))
    for found in _SPACED_LIST.finditer(passage.text):
        _list_of_names(people, passage, found.start(1), found.end(1), " ")
    if passage.text.count("、") >= 2 and not re.search(r"[，。：；]", passage.text) and not passage.is_head:
        _list_of_names(people, passage, 0, len(passage.text))


def _list_of_names(people: PeopleFound, passage: Passage, start: int, end: int, mark: str = "、") -> None:
    items, position = [], start
    for raw in passage.text[start:end].split(mark):
        items.append((position, _ITEM.match(raw.strip())))
        position += len(raw) + 1
    fits = [(at, item) for at, item in items if item and len(_joined(item[1])) >= 2 and surname_of(_joined(item[1]))]
    if len(fits) < 3 or len(fits) < 0.75 * len(items):
        return
    names = [_joined(item[1]) for _, item in fits]
    plain = [name for name in names if not is_common_word(name)]
    if len(plain) < 0.5 * len(names) or sum(shape_score(name, surname_of(name)) for name in names) < 0:
        return
    for at, item in fits:
        people.accept(_joined(item[1]), SURE, reasons.NAME_LIST, sure=len(fits) >= 0.9 * len(items), at=(passage, at))
        if item[2]:
            people.affiliations.append((passage, at + item.start(2), at + item.end(2)))


def in_series(people: PeopleFound, passage: Passage) -> None:
    """其中柴某某、郝某某已当上班长: names of three characters, joined; an editor should look."""
    for found in _SERIES.finditer(passage.text):
        series, position = [], found.end()
        while candidate := best_candidate(passage.text, position, people.article):
            shape = shape_score(candidate.name, surname_of(candidate.name))
            if len(candidate.name) < 3 or shape < 0.8 or candidate.score < SURE - 0.6 or is_post(candidate.name):
                break
            series.append(candidate)
            position = candidate.end + 1
            if passage.text[candidate.end : position] != "、":
                break
        if len(series) < 2 or passage.text[series[-1].end : series[-1].end + 1] == "、":
            continue
        for candidate in series:
            at = (passage, candidate.start)
            people.accept(candidate.name, candidate.score, reasons.NAME_LIST, sure=len(series) > 2, at=at)


def lists_winners(passages: Sequence[Passage]) -> bool:
    """Does the whole article print names with what they belong to: 张建国（天衡精密）、库尔班（永固建材）?"""
    found = [item for passage in passages for item in _BRACKETED.finditer(passage.text)]
    shaped = [item for item in found if surname_of(item[1].split("/")[0]) and not is_post(item[2])]
    return len(shaped) >= 3 and len(shaped) >= 0.75 * len(found)


def winners(people: PeopleFound, passage: Passage) -> None:
    """一等奖张建国（天衡精密）、二等奖库尔班（永固建材）: the names and what they belong to."""
    for item in _BRACKETED.finditer(passage.text):
        position = item.start(1)
        for name in item[1].split("/"):
            people.accept(name, SURE, reasons.NAME_LIST, sure=bool(surname_of(name)), at=(passage, position))
            position += len(name) + 1
        if not is_post(item[2]):
            people.affiliations.append((passage, item.start(2), item.end(2)))


def _joined(item: str) -> str:
    return item.replace(" ", "")
