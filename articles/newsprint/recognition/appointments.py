"""People of notices: who takes an office, who leaves one, whose life is told before the office begins."""

from __future__ import annotations

import math
import re

from . import reasons
from .names import Candidate, best_candidate, candidates, shape_score, surname_at
from .passages import Passage
from .people_found import CLAUSE, GUESS, SURE, PeopleFound
from .posts import TITLE, is_post, is_public_post, offices, split_title

_APPOINTED = re.compile(r"(?:任命|聘任|选举|提名|推选|补选|推举|聘请|决定|批准)：?")
_TAKES_OFFICE = re.compile(
    r"(?P<comrade>同志)?(?:拟?任|拟?为|兼任|担任|出任|接任|升任|转任|调任|当选为?|被任命为|被聘为)"
    r"(?P<posts>[^，。；\n]{2,40})"
)
_REMOVED = re.compile(r"(?:免去|撤销|免除)：?")
# 免去贺某的…, 免去贺某同志…; 免去贺某区教育局局长职务 has nothing between.
_LEAVES_OFFICE = re.compile(r"(?:同志的?|的|(?=[省市区县州旗镇乡][^，。；\n]{2,38}职务))(?P<posts>[^，。；\n]{2,40})")
_JOINT = re.compile(r"(?:同志)?(?:、|和|与|及)")
# 免去和平区的区长职务 names a district, no person.
_ENDS_A_PLACE = frozenset("省市县区镇乡局委")
_BEHIND = re.compile(
    r"，(?P<told>(?:(?:[男女]|[一-鿿]{1,4}族|中共党员|党员|群众|民盟盟员|现年\d+岁|\d+岁|\d{4}年[^，。；]{0,8}[生伍]|\d{4}年出生|[^，。；]{1,6}(?:学历|人))，)*)"
    r"(?:现任|系|现系|时任|生前系|原)?(?P<posts>[^，。；：\n]{3,40})(?=[，。；\n]|$)"
)
# 现任某局局长，拟任副区长人选: what a notice is about is the post to come.
_IS_TO_BE = re.compile(r"(?:拟任|拟提名为|提名为|拟推荐为)(?P<posts>[^，。；\n]{2,40})")
_RESIGNS = re.compile(r"(?:接受|同意|批准)(?=[一-鿿]{2,8}辞去)")
_BORN = re.compile(r"，[男女]，")
# A dictionary word (高远, 方圆) is a name where the whole sentence says so; 何其他 is none even there.
_NAME_SHAPED, _WORD, _WORD_IN_NOTICE = 0.3, -1.8, -2.6

Notice = tuple[list[Candidate], re.Match[str]]


def in_notices(people: PeopleFound, passage: Passage) -> None:
    """贺某任区人大常委会主任, 免去田某的区统计局局长职务: the new post counts, the old one does not."""
    text = passage.text
    openings = [(found.end(), False) for found in CLAUSE.finditer(text)]
    openings += [(found.end(), True) for found in _APPOINTED.finditer(text)]
    # 原台长晋某任中心主任: a name found beside another post.
    openings += [(start, False) for paragraph, start in people.sightings if paragraph == passage.paragraph]
    for position, appointed in sorted(set(openings)):
        _takes_office(people, passage, position, appointed=appointed)
        _born(people, passage, position)
        _posts_behind(people, passage, position)
    removals = [found.end() for found in _REMOVED.finditer(text)]
    if _named(text, 0, _LEAVES_OFFICE) and _REMOVED.search(_sentence_before(people, passage, 0)):
        removals.append(0)
    removals += [found.end() for found in _RESIGNS.finditer(text)]
    for position in removals:
        _leaves_office(people, passage, position)


def _named(text: str, position: int, frame: re.Pattern[str], at_most: int = 8) -> Notice | None:
    """The names joined from `position` on and the `frame` behind the last one: 贺某、田某 + 为区教育局副局长."""
    for candidate in candidates(text, position):
        if (office := frame.match(text, candidate.end)) and offices(office["posts"]):
            return [candidate], office
        joint = _JOINT.match(text, candidate.end)
        if joint and at_most > 1 and (rest := _named(text, joint.end(), frame, at_most - 1)):
            return [candidate, *rest[0]], rest[1]
    return None


def _takes_office(people: PeopleFound, passage: Passage, position: int, *, appointed: bool) -> None:
    notice = _named(passage.text, position, _TAKES_OFFICE)
    if notice is None:
        return
    names, office = notice
    posts = offices(office["posts"])
    floor = _WORD_IN_NOTICE if appointed or office["comrade"] else _WORD
    if office[0].startswith("为") and not appointed:  # 任命贺某为区教育局局长，牟某为副局长
        floor = _NAME_SHAPED if _APPOINTED.search(_sentence_before(people, passage, position)) else math.inf
    if not (is_public_post(posts[-1]) or (appointed and len(split_title(posts[-1])[0]) > 3)):
        return
    for name in names:
        shape = _shape(passage.text, name)
        if (shape > floor and not is_post(name.name)) or name.name in people.named:
            at = (passage, name.start)
            people.accept(name.name, SURE + max(shape, _WORD), reasons.APPOINTMENT, posts, sure=True, at=at)


def _sentence_before(people: PeopleFound, passage: Passage, position: int) -> str:
    """The sentence up to `position`; in 任命： and a name on each line it began in an earlier paragraph."""
    earlier = [part.text for part in people.passages if 0 <= part.paragraph < passage.paragraph]
    return "".join([*earlier, passage.text[:position]]).rpartition("。")[2]


def _born(people: PeopleFound, passage: Passage, position: int) -> None:
    """贺某，女，1975年3月生: a curriculum vitae."""
    for candidate in candidates(passage.text, position):
        if candidate.score > GUESS and _BORN.match(passage.text, candidate.end):
            at = (passage, position)
            told = re.split(r"[。；\n]", passage.text[candidate.end :])[0]
            posts = [post for found in _IS_TO_BE.finditer(told) for post in offices(found["posts"])]
            people.accept(candidate.name, candidate.score + 1, reasons.CURRICULUM_VITAE, posts, sure=True, at=at)
            return


def _posts_behind(people: PeopleFound, passage: Passage, position: int) -> None:
    """贺某，女，回族，市第二中学高级教师；: in lists and honours the post stands behind the name."""
    candidate = best_candidate(passage.text, position, people.article)
    if candidate is None or is_post(candidate.name):
        return
    behind = _BEHIND.match(passage.text, candidate.end)
    if not behind:
        return
    posts = offices(behind["posts"])
    shape = _shape(passage.text, candidate)
    told = bool(behind["told"]) or passage.text[position - 1 : position] in "：:"
    if posts and shape > (_WORD if told else _NAME_SHAPED) and (split_title(posts[0])[0] or told):
        at = (passage, position)
        people.accept(candidate.name, SURE + shape, reasons.POSTS_BEHIND, posts, sure=told, at=at)
    elif told and behind["told"] and candidate.score > GUESS:
        people.accept(candidate.name, candidate.score, reasons.CURRICULUM_VITAE, sure=True, at=(passage, position))


def _leaves_office(people: PeopleFound, passage: Passage, position: int) -> None:
    text = passage.text
    if notice := _named(text, position, _LEAVES_OFFICE):
        removed = [name for name in notice[0] if _shape(text, name) > _WORD_IN_NOTICE]
    else:
        tail = re.split(r"[，。；]", text[position : position + 50])[0]
        best = best_candidate(text, position, people.article)
        removed = [best] if best and best.score > 0 and ("职务" in tail or TITLE.search(tail)) else []
    for name in removed:
        if not is_post(name.name) and name.name[-1] not in _ENDS_A_PLACE:
            people.accept(name.name, SURE, reasons.REMOVAL, sure=True, at=(passage, name.start))


def _shape(text: str, name: Candidate) -> float:
    return shape_score(name.name, surname_at(text, name.start))
