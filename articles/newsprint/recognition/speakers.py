"""People without a post: called by name, telling something, described before they act."""

from __future__ import annotations

import re

from . import reasons
from .lexicon import part_of_speech
from .names import (
    WEAK,
    best_candidate,
    follow_score,
    has_said,
    is_common_word,
    shape_score,
    speaks,
    surname_at,
    surname_of,
)
from .other_names import dotted_start
from .passages import Passage
from .people_found import CLAUSE, GUESS, SURE, PeopleFound

_AFTER_NAME = re.compile(
    r"教授|院士|博士|先生|女士|同志|律师|老师|医生|大夫|法官|警官|阿姨|"
    r"(?:委员|代表|主任|院长|校长|书记|所长|队长|站长|经理|师傅|大爷|大妈|奶奶|爷爷)(?=[^，。、]{0,4}(?:说|介绍|表示|告诉|认为|建议|提出|呼吁|感慨|回忆))"
)
_ADDRESSES = frozenset(("先生", "女士", "同志", "阿姨", "师傅", "大爷", "大妈", "奶奶", "爷爷"))
_BODY_ENDS = re.compile(r"(?:学院|大学|医院|研究所|研究院|研究中心|实验室|[系科局])$")
_CALLED = re.compile(
    r"(?:(?<=[我他她])叫|名叫|叫做|名为|本名|原名|艺名|化名|\d岁的|岁女孩|岁男孩|徒弟|搭档)(?=[一-鿿])"
)
_OFFICE_GOES_TO = re.compile(r"(?<=由)(?=[一-鿿]{2,4}(?:接任|担任|出任|兼任|继任|主讲|领衔|执导))")
_DOT = re.compile(r"(?<=[一-鿿])·(?=[一-鿿])")
_DESCRIBED = re.compile(r"(?<=[一-鿿]{3}的)")


def called_by_name(people: PeopleFound, passage: Passage) -> None:
    """名叫孟凡星, 孟凡星老师: a word before or behind says that this is a name."""
    text = passage.text
    for found in _CALLED.finditer(text):
        candidate = best_candidate(text, found.end(), people.article)
        needed = GUESS if found[0] == "叫" else GUESS + 0.8
        if candidate and candidate.score >= needed and not is_common_word(candidate.name):
            people.accept(candidate.name, candidate.score, reasons.CALLED, sure=candidate.score >= SURE + 0.8)
    for found in _OFFICE_GOES_TO.finditer(text):
        candidate = best_candidate(text, found.end(), people.article)
        if candidate and candidate.score >= GUESS + 0.7 and not is_common_word(candidate.name):
            people.accept(candidate.name, candidate.score, reasons.APPOINTMENT, at=(passage, candidate.start))
    for found in _AFTER_NAME.finditer(text):
        for length in (3, 2):
            start = found.start() - length
            name = text[max(start, 0) : found.start()]
            if start < 0 or not surname_of(name) or is_common_word(name):
                continue
            before = text[start - 1] if start else "，"
            stands = before in "，。；：、“”（的与和由向 " or _BODY_ENDS.search(text, 0, start)
            if stands and shape_score(name, surname_of(name)) > 0.3:
                posts = () if found[0] in _ADDRESSES else (found[0],)
                people.accept(name, SURE, reasons.TITLE_AFTER, posts, sure=people.article.count(name) > 1)
                break


def dotted(people: PeopleFound, passage: Passage) -> None:
    """与汉斯·穆勒交谈: a dot between characters that write sounds is a name's; an editor should look."""
    text, end = passage.text, 0
    for found in _DOT.finditer(text):
        if found.start() < end:
            continue
        candidate = best_candidate(text, dotted_start(text, found.start()), people.article)
        if candidate is None or "·" not in candidate.name or any(candidate.name in name for name in people.named):
            continue
        end = candidate.end
        if candidate.start < found.start() and not any(name in candidate.name for name in people.named):
            people.accept(candidate.name, candidate.score, reasons.DOTTED, at=(passage, candidate.start))


def speakers(people: PeopleFound, passage: Passage) -> None:
    """冯桂枝说: at the start of a clause a name-shaped run before a verb of speech is a name."""
    text = passage.text
    for found in CLAUSE.finditer(text):
        position = found.end()
        candidate = best_candidate(text, position, people.article)
        if candidate is None or candidate.name in people.named:
            continue
        shape = shape_score(candidate.name, surname_at(text, position))
        count = people.article.count(candidate.name)
        if candidate.score < SURE or shape < 0.3 or is_common_word(candidate.name):
            continue
        if any(candidate.name.startswith(name) or name.startswith(candidate.name) for name in people.named):
            continue
        if speaks(text, candidate.end) and not passage.is_head:
            people.accept(candidate.name, candidate.score, reasons.SPEAKS, sure=count >= 2 and shape >= 0.8)
        elif count >= 2 and shape >= 0.8 and candidate.score >= SURE + 1.2:
            people.accept(candidate.name, candidate.score, reasons.ACTS, sure=False)


def described(people: PeopleFound, passage: Passage) -> None:
    """准备开店的万国华领到了执照, 家住某社区的万国华说: after a description, before a verb; an editor should look."""
    for found in _DESCRIBED.finditer(passage.text):
        candidate = best_candidate(passage.text, found.end(), people.article)
        if candidate is None or candidate.name in people.named or is_common_word(candidate.name):
            continue
        surname = surname_at(passage.text, found.end())
        shape = shape_score(candidate.name, surname)
        said = has_said(passage.text, candidate.end)
        plain_word = surname in WEAK or part_of_speech(candidate.name[len(surname) :])
        if len(candidate.name) < 3 or (plain_word and not said):
            continue
        if shape >= (0.9 if said else 1.2) and follow_score(passage.text, candidate.end) >= 1.6:
            people.accept(candidate.name, candidate.score, reasons.DESCRIBED, at=(passage, candidate.start))
