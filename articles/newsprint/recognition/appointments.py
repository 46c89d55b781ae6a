"""People of notices: who takes an office, who leaves one, whose life is told before the office begins."""

from __future__ import annotations

import re

from . import reasons
from .names import best_candidate, candidates, shape_score, surname_at
from .passages import Passage
from .people_found import CLAUSE, GUESS, SURE, PeopleFound
from .posts import TITLE, is_public_post, offices

_APPOINTED = re.compile(r"(?:任命|聘任|选举|提名|推选|补选|推举|聘请|决定|批准)(?=[一-鿿])")
_TAKES_OFFICE = re.compile(
    r"(?:同志)?(?:拟?任|拟?为|兼任|担任|出任|接任|升任|转任|调任|当选为?|被任命为|被聘为)(?P<posts>[^，。；\n]{2,40})"
)
_REMOVED = re.compile(r"(?:免去|撤销|免除)(?=[一-鿿])")
_BORN = re.compile(r"，[男女]，")


def in_notices(people: PeopleFound, passage: Passage) -> None:
    """贺某任区人大常委会主任, 免去田某的区统计局局长职务: the new post counts, the old one does not."""
    text = passage.text
    openings = [(found.end(), False) for found in CLAUSE.finditer(text)]
    openings += [(found.end(), True) for found in _APPOINTED.finditer(text)]
    for position, appointed in openings:
        for candidate in candidates(text, position):
            office = _TAKES_OFFICE.match(text, candidate.end)
            if office is None and _BORN.match(text, candidate.end) and candidate.score > GUESS:
                people.accept(
                    candidate.name, candidate.score + 1, reasons.CURRICULUM_VITAE, sure=True, at=(passage, position)
                )
                break
            if office is None:
                continue
            posts = offices(office["posts"])
            if not posts or not is_public_post(posts[-1]) or (office[0].startswith("为") and not appointed):
                continue
            shape = shape_score(candidate.name, surname_at(text, position))
            if shape > -1.8 or candidate.name in people.named:
                people.accept(
                    candidate.name, SURE + shape, reasons.APPOINTMENT, posts, sure=True, at=(passage, position)
                )
                break
    for found in _REMOVED.finditer(text):
        removed = best_candidate(text, found.end(), people.article)
        tail = re.split(r"[，。；]", text[found.end() : found.end() + 50])[0]
        if removed and removed.score > 0 and ("职务" in tail or TITLE.search(tail)):
            people.accept(removed.name, SURE, reasons.REMOVAL, sure=True, at=(passage, found.end()))
