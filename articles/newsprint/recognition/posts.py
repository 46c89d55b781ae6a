"""Titles and posts: where a title ends in running text, how far its post reaches back, what body it belongs to."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from .left_edges import clause_start, left_edge
from .lexicon import alternatives, part_of_speech, words

_LEADING = words("leading_titles.txt")
_OCCUPATIONS = words("occupations.txt")
_DESCRIPTORS = words("descriptors.txt")
_QUALIFIERS = words("post_qualifiers.txt")

_QUALIFIER = rf"(?:{alternatives(_QUALIFIERS)})*"
# 委员会, 代表团, 主席台, 护士站: the title is the start of another word.
_NO_TITLE_BEFORE = (
    r"(?!会(?!见|上|后|前|同|议)|台|团|们|性|大会|任务|站|节|室|期|制|部|处|办|岗|家属|楼|群|(?<=民)区|(?<=女儿)童)"
)
TITLE = re.compile(
    rf"(?P<title>{_QUALIFIER}(?:{alternatives(_LEADING | _OCCUPATIONS | _DESCRIPTORS)})(?:助理)?)"
    rf"(?P<aside>（[^（）]{{1,12}}）)?{_NO_TITLE_BEFORE}"
)
_TITLE_AT_END = re.compile(rf"({_QUALIFIER}(?:{alternatives(_LEADING | _OCCUPATIONS)})(?:助理)?)$")
_DESCRIPTOR_AT_END = re.compile(rf"(?:{alternatives(_DESCRIPTORS)})$")
# 区委副书记、区长候选人裴某: no post themselves, but what stands before them in the chain is one.
_BESIDE_OTHER_POSTS = frozenset(("候选人", "离休干部", "退休干部"))
_FORMER = re.compile(r"^(?:原|时任)(?=.)")
_PARENTHESIS_AT_END = re.compile(r"（[^（）]*）$")
_LEADS_A_COMMISSION = re.compile(r"(?:领导小组|巡察组|巡视组|纪检组|监察组)副?组长$")
# Heads of these sit in a school, a shop floor or a household and lead no body.
_NOT_PUBLIC = re.compile(
    r"(?:班|车间|教研组?|年级组?|教导|科室|护理|值班|工段|项目|客户|产品|大堂|物业|楼|小|班组|技术|店)(?:副?主任|副?经理|副?组长|副?负责人|总监)$"
    r"|(?:护士|班|店|列车|机|船|楼|楼栋|网格|排|连|组|工段|小队|厨师|家)长$"
    # 主任医师 is a rank; a 队长 leads a team unless it is a 大队 or the like.
    r"|医师$|法官助理$|(?:^|(?<![支大中总])队)副?队长$"
)
# Leading by themselves, whatever body is printed before them.
_ALWAYS_PUBLIC = re.compile(
    r"(?:书记|局长|部长|厅长|司长|处长|[省市区县旗州盟镇乡]长|主席|常委|秘书长|检察长|董事长|总经理|总裁|行长|会长|理事长|"
    r"人大代表|政协委员|党代表|调研员|巡视员|院士|政委|教导员|指挥长|总指挥|总工程师|总会计师|总编辑|审计长|社长|台长)(?:助理)?$"
)


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """A title in running text: [start, end) of the title, the post's parts as printed, whether it is a real post."""

    start: int
    end: int
    post_start: int
    posts: tuple[str, ...]
    descriptor: bool
    leading: bool


def is_descriptor(title: str) -> bool:
    """居民, 学生, 区领导: a word for a person that is no post."""
    bare = title
    while (shorter := _strip_qualifier(bare)) != bare:
        bare = shorter
    return title in _DESCRIPTORS or (bare in _DESCRIPTORS and bare not in _OCCUPATIONS | _LEADING)


def _strip_qualifier(title: str) -> str:
    for qualifier in _QUALIFIERS:
        if title.startswith(qualifier) and len(title) > len(qualifier):
            return title.removeprefix(qualifier)
    return title


@functools.lru_cache(maxsize=20_000)
def split_title(post: str) -> tuple[str, str]:
    """区党工委委员 → 区党工委, 委员. A post without a known title is all title."""
    tail = _PARENTHESIS_AT_END.search(post)
    core = post[: tail.start()] if tail else post
    found = _TITLE_AT_END.search(core)
    if not found:
        return "", post
    return core[: found.start()], post[found.start() :]


def split_post(post: str) -> tuple[str | None, str]:
    """The body as printed and the title: 管委会副主任 → 管委会, 副主任; 副市长 → None, 副市长."""
    body, title = split_title(post.strip())
    body = _FORMER.sub("", body.removesuffix("的"))
    if body.endswith("原"):  # 人大工委原主任
        body, title = body[:-1], "原" + title
    return body or None, title


@functools.lru_cache(maxsize=20_000)
def is_public_post(post: str) -> bool:
    """Does the post make its holder a public figure, with a page of his or her own?

    True for party, government, congress, courts, the heads of companies, schools and offices; false for occupations.
    """
    post = _PARENTHESIS_AT_END.sub("", post.strip())
    if _LEADS_A_COMMISSION.search(post):
        return True
    if _NOT_PUBLIC.search(post):
        return False
    if _ALWAYS_PUBLIC.search(post):
        return True
    _, title = split_title(post)
    bare = title
    while (shorter := _strip_qualifier(bare)) != bare and bare not in _LEADING:
        bare = shorter
    bare = bare.removesuffix("助理") or bare
    return bare in _LEADING and bare not in _OCCUPATIONS


def parts(text: str) -> tuple[str, ...]:
    """Posts of one person as printed: split at 、 and 兼."""
    return tuple(part for part in re.split(r"、|兼任?|，兼任?", text) if part)


def _held(posts: tuple[str, ...]) -> tuple[str, ...]:
    """乘客、市三院护士: what is no post goes."""
    return tuple(post for post in posts if not _DESCRIPTOR_AT_END.search(post))


def _chain_start(text: str, start: int, floor: int, titles_end: frozenset[int]) -> int:
    """How far back posts of the same person go: 区党工委副书记、管委会主任 is one chain."""
    while start > floor:
        comma = start - (2 if text[start - 2 : start] == "兼任" else 1)
        if text[comma] not in "、兼" or comma not in titles_end:
            break
        before = left_edge(text, comma, clause_start(text, comma))
        if before >= comma:
            break
        start = before
    return start


def _with_former(text: str, start: int) -> int:
    """原县委书记, 时任县长: a post held before says so, unless a word ends there (草原)."""
    if text[start - 2 : start] == "时任":
        return start - 2
    if text[start - 1 : start] == "原" and not (start > 1 and part_of_speech(text[start - 2 : start])):
        return start - 1
    return start


def find_titles(text: str) -> list[TitleMatch]:
    """All titles of a passage, each with the posts that stand before it in one chain."""
    found = list(TITLE.finditer(text))
    ends = frozenset(match.end() for match in found)
    matches = []
    for match in found:
        title = match["title"]
        descriptor = is_descriptor(title)
        start = left_edge(text, match.start(), clause_start(text, match.start()))
        post_start = _with_former(text, _chain_start(text, start, 0, ends))
        posts = () if descriptor and title not in _BESIDE_OTHER_POSTS else _held(parts(text[post_start : match.end()]))
        leading = not descriptor and is_public_post(posts[-1] if posts else title)
        matches.append(TitleMatch(match.start(), match.end(), post_start, posts, descriptor, leading))
    return matches


def is_post(text: str) -> bool:
    """Is the whole text a post, as in brackets behind a name?"""
    ends = [match.end() for match in TITLE.finditer(text)]
    return bool(ends) and ends[-1] == len(text)


def offices(text: str) -> tuple[str, ...]:
    """The posts of 区教育局局长、党组书记职务; none where any part is no post."""
    posts = []
    for part in parts(re.sub(r"(?:的?职务|一职|职位|候选人|人选).*$", "", text)):
        ends = [match.end() for match in TITLE.finditer(part) if not is_descriptor(match["title"])]
        if not ends or ends[-1] != len(part):
            return ()
        posts.append(part)
    return tuple(posts)
