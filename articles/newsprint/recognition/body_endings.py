"""Bodies by how their names end: 公司, 局, 社区; 一小, 二院; a brand and a trade in a list."""

from __future__ import annotations

import re

from . import reasons
from .bodies_found import GENERIC, LEGAL, OFFICE, PLAIN_PREFIXES, SUFFIX, BodiesFound, is_specific, trim
from .left_edges import clause_start, left_edge
from .lexicon import alternatives, part_of_speech, section, tagged, words
from .passages import Passage

_BARE = section("organisation_suffixes.txt", "bare")
# Where a name that ends here would be the start of another word.
_NOT_HERE = re.compile(
    r"(?<=局)局长|(?<=副)局长|(?<=[副队])[大中支总]队长|(?<=巡回)法庭|(?<=审判)法庭|(?<=数字)法庭|局[部面势限促]|厅[堂]|村[民庄里子口头落]|项目[化组经负]|工程[师量学]|中心[区城点思线镇]|集团[军化]|公司[化制法]|"
    r"广场舞|厂[房区家商址]|人大代表|政协委员(?!会)|委员会?长|学院派|银行卡|街道[两沿上]|社区[民团]|海关总署|大学[生城]|中学生|小学生|院士"
)
_SCHOOL_SHORT = re.compile(
    r"(?<![第十百\d初高])(?:[一-鿿]{2,3})?(?:第?[一二三四五六七八九十]{1,2}(?:实)?[小中]|附小|附中|实验(?:小学|初中|高中|中学)|外国语(?:学校|小学|中学))"
    r"(?![型时午心间旬期路国年月队层等长]|学(?!生|校))"
)
# 由二中教师: as short as that only before those who learn and teach there.
_SCHOOL_SHORTEST = re.compile(
    r"(?<![第十百\d初高])[一二三四五六七八九十]{1,2}[中小](?=教师|老师|学生|校长|副校长|师生|高[一二三]|初[一二三])"
)
_HOSPITAL_SHORT = re.compile(r"(?:[省市区县]|[一-鿿]{2})[一二三四五六七八九十]{1,2}院(?![士长内校子落])")
# One of each for a district: 区图书馆 is a name as it stands.
_OF_A_PLACE = section("organisation_suffixes.txt", "of_a_place")
_LEVELS = frozenset("省市区县州旗镇乡")
_WORDS_ON_A_LEVEL = frozenset(
    ("城市", "都市", "门市", "超市", "股市", "小区", "社区", "地区", "园区", "片区", "郊区", "城区", "辖区", "节省")
)
# 育才小学, 夕阳红养老院, 文学院: words of the dictionary name them.
_NAMED_BY_WORDS = section("organisation_suffixes.txt", "by_words")
_INDUSTRY = re.compile(alternatives(words("industry_words.txt")))
_TRADES = re.compile(rf"({_INDUSTRY.pattern})(?:{_INDUSTRY.pattern})*(?:（[^（）]+）)?")


def by_ending(bodies: BodiesFound, passage: Passage) -> None:
    """区应急管理局, 江州绿源农业有限公司: an ending, and as much before it as belongs to the name."""
    text = passage.text
    position = 0
    while found := SUFFIX.search(text, position):
        suffix, end = found[0], found.end()
        position = found.start() + 1
        # 公安局北塬分局, 社区党委: a longer name may end further on; each end is judged and the longest kept.
        if suffix.endswith("学校") and text.startswith("长", end):  # 中心小学校长 is the head of a 小学
            continue
        if any(_NOT_HERE.match(text, max(0, end - back)) for back in (1, 2, len(suffix))):
            continue
        floor = _after_names(bodies, text, clause_start(text, found.start()), found.start())
        start = trim(text, left_edge(text, found.start(), floor), found.start())
        if LEGAL.fullmatch(suffix):
            start = _with_brand(bodies, text, start, found.start(), floor)
        _judge(bodies, passage, start, found.start(), end, suffix)


def _with_brand(bodies: BodiesFound, text: str, start: int, end: int, floor: int) -> int:
    """启衡智能科技（北京）有限公司: where only trades are left, the word before is the brand if it comes again with them."""
    trade = _TRADES.fullmatch(text, start, end)
    brand = text[start - 2 : start]
    if trade and start - 2 >= floor and part_of_speech(brand).startswith("v"):
        again = sum(passage.text.count(brand + trade[1]) for passage in bodies.passages)
        return start - 2 if again > 1 else start
    return start


def _after_names(bodies: BodiesFound, text: str, floor: int, end: int) -> int:
    """A person's name, or 任 after it, is no part of a body: 司徒敏任教育文体局局长."""
    for name in bodies.names:
        place = text.rfind(name, floor, end)
        if place >= 0:
            floor = max(floor, place + len(name))
    if text[floor - 1 : floor] in {name[-1] for name in bodies.names} and text[floor : floor + 1] in {"任", "为"}:
        floor += 1
    return floor


def _judge(bodies: BodiesFound, passage: Passage, start: int, suffix_start: int, end: int, suffix: str) -> None:
    """Keep [start, end) where it names one body in particular; `suffix_start` is where the ending begins."""
    text = passage.text
    name, prefix = text[start:end], text[start:suffix_start]
    if suffix in {"党委", "党组", "党总支"} and text.startswith(("书记", "副书记", "委员", "成员"), end):
        inner = prefix
        if not inner.endswith(("社区", "街道", "镇", "乡", "村", "局", "委", "园区")):
            if inner not in GENERIC and len(inner) >= 3 and is_specific(inner):
                bodies.add(passage, start, suffix_start, certain=True, reason=reasons.BODY_OF_POST)
            return
    if suffix in {"项目", "工程"} and (company := max(prefix.rfind("集团"), prefix.rfind("公司"))) >= 0:
        start += company + 2
        name, prefix = text[start:end], text[start:suffix_start]
    if prefix.endswith("驻"):  # 驻村工作队
        return
    if name in GENERIC or len(name) > 30 or re.match(r"\d+[个家名所座]", name):
        return
    if not prefix:
        if suffix in _BARE and not _inside_word(text, start, end):
            bodies.add(passage, start, end, certain=True, reason=reasons.OFFICE)
        return
    if suffix in OFFICE:
        kind = part_of_speech(name)
        if len(suffix) == 1 and (len(prefix) < 2 or (kind and kind not in {"nt", "n", "nz"})):
            return
        if part_of_speech(text[end - 2 : end]) and text[end - 2 : end] in GENERIC and suffix in {"局", "厅"}:
            return
        bodies.add(passage, start, end, certain=True, reason=reasons.ENDING)
        return
    if len(prefix) < 2 and not re.match(r"[省市区县州旗镇乡]", prefix) and suffix != "学院":
        return
    if suffix in _OF_A_PLACE and (prefix in _LEVELS or prefix in _BARE):  # 区图书馆, 区委党校
        bodies.add(passage, start, end, certain=True, reason=reasons.ENDING)
        return
    if not is_specific(prefix) or prefix in PLAIN_PREFIXES:
        if suffix == "项目" and len(prefix) >= 2 and (text.startswith("、", end) or text[start - 1 : start] == "、"):
            if _among_projects(text, start, end):
                bodies.add(passage, start, end, certain=False, reason=reasons.PROJECT_LIST)
        elif prefix not in PLAIN_PREFIXES and (
            (suffix.endswith("厂") and len(prefix) + len(suffix) >= 5)
            or (
                suffix in {"社区", "街道", "村", "园区", "社区党委"}
                and 2 <= len(prefix) <= 4
                and part_of_speech(prefix).startswith("n")
            )
            or (
                suffix in _NAMED_BY_WORDS
                and (2 <= len(prefix) <= 4 or suffix == "学院")
                and not _inside_word(text, start, end)
            )
        ):
            bodies.add(passage, start, end, certain=False, reason=reasons.ENDING)
        return
    if suffix == "村" and not 2 <= len(prefix) <= 4:
        return
    bodies.add(
        passage,
        start,
        end,
        certain=suffix not in {"项目", "工程", "村", "广场", "厂", "街区"},
        reason=reasons.ENDING,
    )


def _among_projects(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 12) : start].endswith("项目、")
    return before or bool(re.match(r"、[^，。、]{2,12}项目", text[end:]))


def _inside_word(text: str, start: int, end: int) -> bool:
    """市委 in 城市委员会."""
    return text[end : end + 1] in {"员", "托"} or (start > 0 and text[start - 1 : start + 1] in _WORDS_ON_A_LEVEL)


def by_abbreviation(bodies: BodiesFound, passage: Passage) -> None:
    """江州一小, 市二院: schools and hospitals in short."""
    for pattern in (_SCHOOL_SHORT, _HOSPITAL_SHORT):
        for found in pattern.finditer(passage.text):
            floor = _after_names(bodies, passage.text, clause_start(passage.text, found.start()), found.end() - 2)
            start = max(found.start(), left_edge(passage.text, found.end() - 2, floor))
            if found.end() - start >= 3 and not found[0].startswith(("五一", "十一")):
                bodies.add(passage, start, found.end(), certain=True, reason=reasons.SCHOOL_OR_HOSPITAL)
    for found in _SCHOOL_SHORTEST.finditer(passage.text):
        if not any(p == passage.paragraph and s < found.end() <= e for p, s, e in bodies.found):
            bodies.add(passage, *found.span(), certain=False, reason=reasons.SCHOOL_OR_HOSPITAL)


def in_enumeration(bodies: BodiesFound, passage: Passage) -> None:
    """中原氨纶、蜀海实业、汉威电子: a name and a trade, standing alone between marks."""
    text = passage.text
    for found in _INDUSTRY.finditer(text):
        follows = text[found.end() : found.end() + 1]
        if follows and follows not in "、，。；等和与及的董总副创技（（":
            continue
        start = left_edge(text, found.start(), clause_start(text, found.start()))
        brand = text[start : found.start()]
        if (
            not 2 <= len(brand) <= 4
            or brand in bodies.names | PLAIN_PREFIXES | words("industry_words.txt")
            or part_of_speech(brand + found[0])
        ):
            continue
        tokens = tagged(brand)
        place_only = len(tokens) == 1 and tokens[0][1] == "ns" and part_of_speech(brand)
        unknown = not part_of_speech(brand) and not any(
            len(word) > 1 and part_of_speech(word) and tag[0] in "nva" and tag not in {"nr", "ns", "nz"}
            for word, tag in tokens
        )
        enumerated = follows in "、等" or text[start - 1 : start] == "、"
        if unknown or (place_only and enumerated):
            bodies.add(passage, start, found.end(), certain=False, reason=reasons.NAME_AND_TRADE)
