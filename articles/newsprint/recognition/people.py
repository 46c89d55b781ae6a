"""People of one article: found beside their posts, in lists, in notices and by what they say; then followed through it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from articles.newsprint.values import PersonReading

from . import reasons
from .lexicon import part_of_speech
from .names import (
    COMPOUND,
    SURNAMES,
    WEAK,
    Candidate,
    best_candidate,
    candidates,
    follow_score,
    is_common_word,
    shape_score,
    speaks,
    surname_at,
)
from .passages import Passage
from .posts import TITLE, TitleMatch, find_titles, is_descriptor, is_public_post, parts

GUESS, SURE = 1.3, 2.6
_CLAUSE = re.compile(r"(?:^|(?<=[，。；：！？“”、（）\n ])|(?<=——))[记访]?(?=[一-鿿])")
_JOINT = re.compile(r"、|和|与|及|以及")
_LIST = re.compile(r"[：:]([^：:。；\n]*、[^：:。；\n]*)")
_ITEM = re.compile(r"([一-鿿]{1,4}(?: ?[一-鿿])?(?:·[一-鿿]+)*)(?:（([^（）]*)）)?(?:等\d*[人名]?)?$")
_APPOINTED = re.compile(r"(?:任命|聘任|选举|提名|推选|补选|推举|聘请|决定|批准)(?=[一-鿿])")
_TAKES_OFFICE = re.compile(
    r"(?:同志)?(?:拟?任|拟?为|兼任|担任|出任|接任|升任|转任|调任|当选为?|被任命为|被聘为)(?P<posts>[^，。；\n]{2,40})"
)
_REMOVED = re.compile(r"(?:免去|撤销|免除)(?=[一-鿿])")
_BORN = re.compile(r"，[男女]，")
_TITLE_IN_BRACKETS = re.compile(r"（([^（）]{2,30})）")
_AFTER_NAME = re.compile(r"教授|院士|博士|先生|女士|同志|律师|老师|医生|大夫|法官")
_CALLED = re.compile(r"(?:名叫|叫做|名为|\d岁的|岁女孩|岁男孩|徒弟|搭档)(?=[一-鿿])")
_BRACKETED = re.compile(
    r"(?:(?<![一-鿿（）])|(?<=名)|(?<=等奖)|(?<=[金银铜]奖)|(?<=[冠亚季]军)|(?<=秀奖)|(?<=胜奖))"
    r"([一-鿿]{2,4}(?:/[一-鿿]{2,4})*)（([^（）、，。]{2,20})）"
)
_DESCRIBED = re.compile(r"(?<=[一-鿿]{3}的)")
_PREFIX_OF_POST = re.compile(r"^(?:时任|现任|我区|我市|我县|我镇|该|原来的)")


@dataclass(slots=True)
class Evidence:
    """What one article says about one name."""

    name: str
    score: float
    reason: str
    posts: list[str] = field(default_factory=list)
    post_scores: list[float] = field(default_factory=list)
    sure: bool = False

    def add_posts(self, posts: Iterable[str]) -> None:
        for post in posts:
            cleaned = _PREFIX_OF_POST.sub("", post)
            if cleaned and cleaned not in self.posts:
                self.posts.append(cleaned)


class PeopleReader:
    """Collects evidence passage by passage, then turns it into readings."""

    def __init__(self, passages: Sequence[Passage], known: frozenset[str], reporters: frozenset[str]) -> None:
        self.passages = passages
        self.article = "\n".join(passage.text for passage in passages)
        self.known, self.reporters = known, reporters
        self.people: dict[str, Evidence] = {}
        self.sightings: set[tuple[int, int]] = set()
        self.bracketed: bool | None = None
        self.affiliations: list[tuple[Passage, int, int]] = []
        self.posts: list[tuple[Passage, TitleMatch]] = []

    def read(self) -> tuple[PersonReading, ...]:
        """Readings in order of first mention."""
        for passage in self.passages:
            self._beside_titles(passage)
            self._in_lists(passage)
            self._in_brackets(passage)
            self._in_notices(passage)
            self._called(passage)
        for passage in self.passages:
            self._speakers(passage)
            self._described(passage)
        for name in self.known:
            if name in self.article:
                self._accept(name, SURE, reasons.KNOWN_PERSON, sure=not is_common_word(name))
        return self._readings()

    def _accept(
        self,
        name: str,
        score: float,
        reason: str,
        posts: Iterable[str] = (),
        *,
        sure: bool = False,
        at: tuple[Passage, int] | None = None,
    ) -> Evidence:
        if at:
            self.sightings.add((at[0].paragraph, at[1]))
        evidence = self.people.setdefault(name, Evidence(name, score, reason))
        if score > evidence.score:
            evidence.score, evidence.reason = score, reason
        evidence.sure = evidence.sure or sure
        evidence.add_posts(posts)
        return evidence

    # ---- beside a title

    def _beside_titles(self, passage: Passage) -> None:
        text = passage.text
        titles = find_titles(text)
        starts = {title.start for title in titles} | {title.post_start for title in titles}
        for title in titles:
            position = title.end + (text[title.end : title.end + 1] == " ")
            candidate = best_candidate(text, position, self.article)
            if candidate is None:
                continue
            needed = GUESS + (0.7 if title.descriptor else 0.0) + (0.5 if position != title.end else 0.0)
            if candidate.score < needed or self._covers_title(candidate, starts, text):
                continue
            certain = candidate.score >= SURE + (0.4 if title.descriptor else 0.0)
            self._accept(
                candidate.name,
                candidate.score,
                reasons.BESIDE_TITLE,
                title.posts,
                sure=certain,
                at=(passage, candidate.start),
            )
            self.posts.append((passage, title))
            self._list_goes_on(passage, candidate, title, starts)

    @staticmethod
    def _covers_title(candidate: Candidate, title_starts: set[int], text: str) -> bool:
        """区长李某 after 书记、 is the next title, not a name; 翟建业主持 holds 业主 and is a name all the same."""
        inside = any(candidate.start < start < candidate.end for start in title_starts)
        return (inside and candidate.score < SURE) or (
            candidate.start in title_starts
            and TITLE.match(text, candidate.start) is not None
            and follow_score(text, candidate.end) < 1
        )

    def _list_goes_on(self, passage: Passage, first: Candidate, title: TitleMatch, starts: set[int]) -> None:
        """纪工委副书记查明、鲁平安: one post printed before several names."""
        text, last = passage.text, first
        while joint := _JOINT.match(text, last.end):
            position = joint.end()
            candidate = best_candidate(text, position, self.article)
            if candidate is None or candidate.score < GUESS + 0.4:
                return
            if any(position <= start < candidate.end for start in starts):
                return
            clause = re.split(r"[，。；、]", text[position : position + 30])[0]
            if any(position <= match.start() + position for match in TITLE.finditer(clause)) and any(
                start == position for start in starts
            ):
                return
            self._accept(
                candidate.name,
                candidate.score,
                reasons.SHARED_TITLE,
                title.posts,
                sure=candidate.score >= SURE,
                at=(passage, candidate.start),
            )
            last = candidate

    # ---- lists

    def _in_lists(self, passage: Passage) -> None:
        """志愿者（3名）：孔令仪、丰收、尉迟明: where most items are shaped like names, all are."""
        for found in _LIST.finditer(passage.text):
            self._list_of_names(passage, found.start(1), found.end(1))
        if passage.text.count("、") >= 2 and not re.search(r"[，。：；]", passage.text) and not passage.is_head:
            self._list_of_names(passage, 0, len(passage.text))

    def _list_of_names(self, passage: Passage, start: int, end: int) -> None:
        items, position = [], start
        for raw in passage.text[start:end].split("、"):
            items.append((position, _ITEM.match(raw.strip())))
            position += len(raw) + 1
        fits = [
            (at, item) for at, item in items if item and len(_joined(item[1])) >= 2 and _surname_of(_joined(item[1]))
        ]
        if len(fits) < 3 or len(fits) < 0.75 * len(items):
            return
        names = [_joined(item[1]) for _, item in fits]
        plain = [name for name in names if not is_common_word(name)]
        if len(plain) < 0.5 * len(names) or sum(shape_score(name, _surname_of(name)) for name in names) < 0:
            return
        for at, item in fits:
            self._accept(
                _joined(item[1]), SURE, reasons.NAME_LIST, sure=len(fits) >= 0.9 * len(items), at=(passage, at)
            )
            if item[2]:
                self.affiliations.append((passage, at + item.start(2), at + item.end(2)))

    def _in_brackets(self, passage: Passage) -> None:
        """一等奖张建国（天衡精密）、二等奖库尔班（永固建材）: names with what they belong to, a whole article of them."""
        if self.bracketed is None:
            found = [item for part in self.passages for item in _BRACKETED.finditer(part.text)]
            shaped = [item for item in found if _surname_of(item[1].split("/")[0]) and not is_post(item[2])]
            self.bracketed = len(shaped) >= 3 and len(shaped) >= 0.75 * len(found)
        if not self.bracketed:
            return
        for item in _BRACKETED.finditer(passage.text):
            position = item.start(1)
            for name in item[1].split("/"):
                self._accept(name, SURE, reasons.NAME_LIST, sure=bool(_surname_of(name)), at=(passage, position))
                position += len(name) + 1
            if not is_post(item[2]):
                self.affiliations.append((passage, item.start(2), item.end(2)))

    # ---- appointments

    def _in_notices(self, passage: Passage) -> None:
        text = passage.text
        openings = [(found.end(), False) for found in _CLAUSE.finditer(text)]
        openings += [(found.end(), True) for found in _APPOINTED.finditer(text)]
        for position, appointed in openings:
            for candidate in candidates(text, position):
                office = _TAKES_OFFICE.match(text, candidate.end)
                if office is None and _BORN.match(text, candidate.end) and candidate.score > GUESS:
                    self._accept(
                        candidate.name, candidate.score + 1, reasons.CURRICULUM_VITAE, sure=True, at=(passage, position)
                    )
                    break
                if office is None:
                    continue
                posts = self._offices(office["posts"])
                if not posts or not is_public_post(posts[-1]) or (office[0].startswith("为") and not appointed):
                    continue
                shape = shape_score(candidate.name, surname_at(text, position))
                if shape > -1.8 or candidate.name in self.people:
                    self._accept(
                        candidate.name, SURE + shape, reasons.APPOINTMENT, posts, sure=True, at=(passage, position)
                    )
                    break
        for found in _REMOVED.finditer(text):
            removed = best_candidate(text, found.end(), self.article)
            tail = re.split(r"[，。；]", text[found.end() : found.end() + 50])[0]
            if removed and removed.score > 0 and ("职务" in tail or TITLE.search(tail)):
                self._accept(removed.name, SURE, reasons.REMOVAL, sure=True, at=(passage, found.end()))

    @staticmethod
    def _offices(text: str) -> tuple[str, ...]:
        posts = []
        for part in parts(re.sub(r"(?:的?职务|一职|职位|候选人|人选).*$", "", text)):
            ends = [match.end() for match in TITLE.finditer(part) if not is_descriptor(match["title"])]
            if not ends or ends[-1] != len(part):
                return ()
            posts.append(part)
        return tuple(posts)

    # ---- other signs

    def _called(self, passage: Passage) -> None:
        text = passage.text
        for found in _CALLED.finditer(text):
            candidate = best_candidate(text, found.end(), self.article)
            if candidate and candidate.score >= GUESS + 0.8 and not is_common_word(candidate.name):
                self._accept(candidate.name, candidate.score, reasons.CALLED, sure=candidate.score >= SURE + 0.8)
        for found in _AFTER_NAME.finditer(text):
            for length in (3, 2):
                start = found.start() - length
                name = text[max(start, 0) : found.start()]
                if start < 0 or not _surname_of(name) or is_common_word(name):
                    continue
                before = text[start - 1] if start else "，"
                if before in "，。；：、“”（的与和由向 " and shape_score(name, _surname_of(name)) > 0.3:
                    posts = () if found[0] in {"先生", "女士", "同志"} else (found[0],)
                    self._accept(name, SURE, reasons.TITLE_AFTER, posts, sure=self.article.count(name) > 1)
                    break

    def _speakers(self, passage: Passage) -> None:
        """冯桂枝说: at the start of a clause a name-shaped run before a verb of speech is a name."""
        text = passage.text
        for found in _CLAUSE.finditer(text):
            position = found.end()
            candidate = best_candidate(text, position, self.article)
            if candidate is None or candidate.name in self.people:
                continue
            shape = shape_score(candidate.name, surname_at(text, position))
            count = self.article.count(candidate.name)
            if candidate.score < SURE or shape < 0.3 or is_common_word(candidate.name):
                continue
            if any(candidate.name.startswith(name) or name.startswith(candidate.name) for name in self.people):
                continue
            if speaks(text, candidate.end) and not passage.is_head:
                self._accept(candidate.name, candidate.score, reasons.SPEAKS, sure=count >= 2 and shape >= 0.8)
            elif count >= 2 and shape >= 0.8 and candidate.score >= SURE + 1.2:
                self._accept(candidate.name, candidate.score, reasons.ACTS, sure=False)

    def _described(self, passage: Passage) -> None:
        """准备开面馆的万家乐领到了执照: after a description, before a verb; an editor should look."""
        for found in _DESCRIBED.finditer(passage.text):
            candidate = best_candidate(passage.text, found.end(), self.article)
            if candidate is None or candidate.name in self.people or is_common_word(candidate.name):
                continue
            surname = surname_at(passage.text, found.end())
            given = candidate.name[len(surname) :]
            if surname in WEAK or part_of_speech(given) or len(candidate.name) < 3:
                continue
            if shape_score(candidate.name, surname) >= 1.2 and follow_score(passage.text, candidate.end) >= 1.6:
                self._accept(candidate.name, candidate.score, reasons.DESCRIBED, at=(passage, candidate.start))

    # ---- readings

    def _readings(self) -> tuple[PersonReading, ...]:
        for passage in self.passages:
            self._posts_in_brackets(passage)
        names = {
            name: evidence
            for name, evidence in self.people.items()
            if not (name in self.reporters and not evidence.posts)
        }
        readings = []
        taken: set[tuple[int, int]] = set()
        for name in sorted(names, key=len, reverse=True):
            spans = []
            for passage in self.passages:
                for start in _places(passage.text, name):
                    cells = {(passage.paragraph, place) for place in range(start, start + len(name))}
                    if cells & taken or not self._names_here(passage, start, name):
                        continue
                    taken |= cells
                    spans.append(passage.span(start, start + len(name)))
            if spans:
                evidence = names[name]
                order = sorted(spans, key=lambda span: (span.paragraph < 0, span.paragraph, span.start))
                readings.append(
                    PersonReading(name, tuple(evidence.posts), evidence.sure, tuple(order), evidence.reason)
                )
        first = {reading.name: reading.spans[0] for reading in readings}
        return tuple(
            sorted(
                readings,
                key=lambda reading: (
                    first[reading.name].paragraph < 0,
                    first[reading.name].paragraph,
                    first[reading.name].start,
                ),
            )
        )

    def _names_here(self, passage: Passage, start: int, name: str) -> bool:
        """江南 in 江南的鲜肉粽 names no one: common words must stand as a name does."""
        if not is_common_word(name) or (passage.paragraph, start) in self.sightings:
            return True
        before = passage.text[start - 1] if start else "，"
        return (
            follow_score(passage.text, start + len(name)) >= 1.0 and before in "，。；：、“”！？（ \n与和向对由给在记"
        )

    def _posts_in_brackets(self, passage: Passage) -> None:
        """张某（区委书记）: the post stands behind the name."""
        for found in _TITLE_IN_BRACKETS.finditer(passage.text):
            posts = self._offices(found[1])
            if not posts:
                continue
            for name, evidence in self.people.items():
                if passage.text.endswith(name, 0, found.start()):
                    evidence.add_posts(posts)


def is_post(text: str) -> bool:
    """Is the whole text a post, as in brackets behind a name?"""
    ends = [match.end() for match in TITLE.finditer(text)]
    return bool(ends) and ends[-1] == len(text)


def _joined(item: str) -> str:
    return item.replace(" ", "")


def _surname_of(name: str) -> str:
    if name[:2] in COMPOUND and len(name) > 2:
        return name[:2]
    return name[:1] if name[:1] in SURNAMES and len(name) <= 3 else name[:1] if "·" in name else ""


def _places(text: str, name: str) -> Iterable[int]:
    start = text.find(name)
    while start >= 0:
        yield start
        start = text.find(name, start + len(name))
