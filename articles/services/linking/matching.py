"""Is a name in print someone the archive knows? Rules over what was printed; they touch no database.

In order, the first that applies:
0. The only record of that name was never seen in print (an editor made it): that record. The distinction that a
   record carries is printed beside the name (焊工): that record.
1. The same post at the same body: the same person.
2. The same body, and nothing against it: the same person.
3. Both are offices: careers lead from one to the next (副主任 → 主任 → 书记), so it is the same person, unless
   the known person was seen elsewhere both before and after, which an editor should look at.
4. A plain conflict with everyone of that name (焊工 and 主任): another person, told apart by a distinction.
5. What is left is unclear: a record of its own, and this first mention waits for an editor, who may merge them.
A name without a post goes to the one whose body the article names; else to the likeliest, and an editor looks.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from articles.newsprint.recognition import is_public_post

_ENTERPRISE = re.compile(r"董事|经理|总裁|总监|创始人|合伙人|厂长|首席|公司|集团|商会")
_HEADS_A_BODY = re.compile(r"(?:书记|主任|校长|院长|园长|所长|局长|馆长|场长|站长|会长|主席|队长|行长|村长)$")

# Two stays at different bodies that enclose each other look like two people; so far apart nobody can tell.
NEAR = datetime.timedelta(days=366)


class Sphere(Enum):
    """What kind of post it is, as far as careers go."""

    OFFICE = "office"  # public office
    INSTITUTION = "institution"  # head of a school, hospital, community
    ENTERPRISE = "enterprise"
    OCCUPATION = "occupation"  # 焊工, 语文教师, 护士
    UNIT = "unit"  # only the place of work is printed: 高峰（公安分局）


# These never are one career without a word about it in print.
_PLAIN_CONFLICTS = frozenset({frozenset({Sphere.OFFICE, Sphere.OCCUPATION})})
# These are one career only if they are far apart: nobody runs a firm and a public office at once.
_CONFLICTS_WHEN_NEAR = frozenset({frozenset({Sphere.OFFICE, Sphere.ENTERPRISE})})
_OFFICES = frozenset({Sphere.OFFICE, Sphere.INSTITUTION})


@dataclass(frozen=True, slots=True)
class Seen:
    """One post or unit as printed beside a name; `body` is any value that stands for the organisation."""

    printed: str
    title: str
    body: Hashable | None
    sphere: Sphere


@dataclass(slots=True)
class Stint:
    """A known person in one post, with the first and last day in print."""

    printed: str
    title: str
    body: Hashable | None
    sphere: Sphere
    first: datetime.date
    last: datetime.date


@dataclass(slots=True)
class Career:
    """What the archive knows of one person."""

    stints: list[Stint] = field(default_factory=list)
    distinction: str = ""
    signs: bool = False  # writes for a paper
    last_seen: datetime.date | None = None

    def note(self, seen: Seen, day: datetime.date) -> None:
        """Add what was printed on this day."""
        for stint in self.stints:
            if (stint.title, stint.body) == (seen.title, seen.body):
                stint.first, stint.last = min(stint.first, day), max(stint.last, day)
                return
        self.stints.append(Stint(seen.printed, seen.title, seen.body, seen.sphere, day, day))

    @property
    def unseen(self) -> bool:
        """Nothing in print yet: an editor made the record, from a list of officials perhaps."""
        return not (self.stints or self.signs or self.last_seen or self.distinction)

    @property
    def latest(self) -> datetime.date:
        """The last day in print, the beginning of time if there was none."""
        days = [stint.last for stint in self.stints]
        return max([*days, self.last_seen or datetime.date.min])


@dataclass(frozen=True, slots=True)
class Match:
    """The career that was found (None: a new person), whether that is beyond doubt, and why."""

    career: int | None
    certain: bool
    reason: str


def sphere_of(post: str, *, in_enterprise: bool = False) -> Sphere:
    """What kind of post this is; `in_enterprise`: its body is a company."""
    if in_enterprise or _ENTERPRISE.search(post):
        return Sphere.ENTERPRISE
    if is_public_post(post):
        return Sphere.OFFICE
    return Sphere.INSTITUTION if _HEADS_A_BODY.search(post) else Sphere.OCCUPATION


def find_person(
    careers: Sequence[Career], seen: Sequence[Seen], around: Collection[Hashable], day: datetime.date
) -> Match:
    """Whose name this is. `around`: bodies that the article names; `day`: when it was printed."""
    if not careers:
        return Match(None, True, "")
    if len(careers) == 1 and careers[0].unseen:
        return Match(0, True, "档案中只有这一条同名记录")
    if not seen:
        return _without_post(careers, around, day)
    told_apart = [i for i, c in enumerate(careers) if c.distinction and _printed(c.distinction, seen)]
    if told_apart:
        return _one_of(careers, told_apart, "所印与区别相符")
    posts = {(item.title, item.body) for item in seen if item.title}
    holders = [i for i, c in enumerate(careers) if any((s.title, s.body) in posts for s in c.stints)]
    if holders:
        return _one_of(careers, holders, "职务相同")
    open_to = [i for i, career in enumerate(careers) if not _conflict(career, seen, day)]
    bodies = {item.body for item in seen} - {None}
    colleagues = [i for i in open_to if any(stint.body in bodies for stint in careers[i].stints)]
    if colleagues:
        return _one_of(careers, colleagues, "机构相同")
    if any(item.sphere in _OFFICES for item in seen):
        officials = [i for i in open_to if any(stint.sphere in _OFFICES for stint in careers[i].stints)]
        steady = [i for i in officials if not _enclosed(careers[i], day)]
        if len(officials) == 1 and steady:
            return Match(officials[0], True, "公职变动")
        if officials:
            return Match(_latest(careers, officials), False, "同名者在前后均任他职，请核对是否同一人")
    known = [i for i in open_to if careers[i].stints]
    if known:
        return Match(None, False, "与同名者是否同一人，请核对")
    return Match(None, True, "与同名者职务不能相容，另立一人")


def find_reporter(careers: Sequence[Career]) -> int | None:
    """Whose signature this is: the one of that name who signs; officials of that name are others."""
    signing = [i for i, career in enumerate(careers) if career.signs]
    return _latest(careers, signing) if signing else None


def _without_post(careers: Sequence[Career], around: Collection[Hashable], day: datetime.date) -> Match:
    near = [i for i, career in enumerate(careers) if any(stint.body in around for stint in career.stints)]
    if len(near) == 1:
        return Match(near[0], True, "文中出现其所在机构")
    if len(careers) == 1 and not careers[0].stints and not careers[0].signs and abs(day - careers[0].latest) <= NEAR:
        return Match(0, True, "一年之内再次见报")
    return Match(_latest(careers, near or range(len(careers))), False, "未印职务，请核对是否同一人")


def _one_of(careers: Sequence[Career], found: Sequence[int], reason: str) -> Match:
    if len(found) == 1:
        return Match(found[0], True, reason)
    return Match(_latest(careers, found), False, f"{reason}，但同名者不止一人")


def _latest(careers: Sequence[Career], among: Collection[int]) -> int:
    return max(among, key=lambda i: careers[i].latest)


def _conflict(career: Career, seen: Sequence[Seen], day: datetime.date) -> bool:
    for stint in career.stints:
        near = stint.first - NEAR <= day <= stint.last + NEAR
        for item in seen:
            pair = frozenset({stint.sphere, item.sphere})
            if stint.body is not None and stint.body == item.body:
                continue
            if pair in _PLAIN_CONFLICTS or (near and pair in _CONFLICTS_WHEN_NEAR):
                return True
    return career.signs and not career.stints


def _printed(distinction: str, seen: Sequence[Seen]) -> bool:
    """主任 alone tells nobody apart; 焊工, 天衡精密 and 人大工委主任 do."""
    telling = len(distinction) >= 4 or sphere_of(distinction) is Sphere.OCCUPATION
    return telling and any(distinction in item.printed for item in seen)


def _enclosed(career: Career, day: datetime.date) -> bool:
    """Whether the person was in the same post elsewhere before and after: then this is a stay inside a stay."""
    return any(stint.first < day < stint.last for stint in career.stints if stint.sphere in _OFFICES)
