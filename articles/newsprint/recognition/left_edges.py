"""Where the name of a body or a post begins, read from right to left: 会见了杭州之江实验室 → 杭州之江实验室."""

from __future__ import annotations

import functools
import re

from .lexicon import part_of_speech, tagged, words

_BREAKERS = words("post_breakers.txt")
_BREAKING_CHARS = frozenset(word for word in _BREAKERS if len(word) == 1)
_PLACE_LIKE_VERBS = words("place_like_verbs.txt")
# Words that the cutter may tear apart or misread, kept whole.
_WHOLE = re.compile(
    r"((?:发展和改革|文化和旅游|人力资源和社会保障|住房和城乡建设|自然资源和规划|工业和信息化|教育和体育|民族和宗教)(?:委员会|局|厅)?|经开区|经开|高新区|开发区|自贸区|自贸片区|示范区|保税区|新区|党工委|管委会|人大工委)"
)
# A count or a date before a name is no part of it: 8个社区, 2020年第一批招商项目, 第二名消防救援大队.
_FIELD = (
    "材料|科学|经济|管理|信息|艺术|政治|法律|法学|公共|环境|生命|数学|物理|化学|文化|语言|机械|电气|计算机|土木|人文|社会|教育|体育|呼吸|"
    "内分泌|风湿|免疫|康复|肿瘤|妇产|生态|资源|能源|动力|新闻|传播|统计|金融|农业|食品|海洋|地质|测绘|城市|交通|水利|建筑|发展|就业|卫生|宣传|"
    "规划|旅游|林业|检验|技术"
)
# 材料科学与工程学院, 呼吸与危重症医学科: the conjunction is part of the name.
_JOINED = re.compile(
    rf"((?:{_FIELD})(?:与|和)(?=[一-鿿]{{2,8}}(?:学院|系|科|所|院|实验室|中心|局|委员会|处|办|厅|司|专业|$)))"
)
# 采煤二队, 感染科, 引航站: a verb before such an ending is what the place is for.
_WORKPLACE = re.compile(r"[一二三四五六七八九十]?[科室站队班组厂部处股所矿](?!长达|员)|车间|中心|大队|支队|学院|公司")
_COUNT = re.compile(
    r"\d+(?:[.,]\d+)?(?:余|多)?(?:[年月日时分个家名台万亿%％元余次件项所座条位批种届场户支岁吨]|公里|平方米)|"
    r"(?:19|20)\d\d年度?|第[一二三四五六七八九十百\d]+(?:批|季度|次|届|名|位|个|家)|[一二两三四五六七八九十几数多]+[个家名批位所座条]|[特一二三四]等奖"
)
_ORDINAL = re.compile(
    r"[一二三四五六七八九十]+(?:期|号|中|小|院|医|局|厂|所|分|建|冶|航|级|公司|队|科|室|组|班|站|矿|车间|连|排|营|团|师|区|处|部|道)?$"
)
_LEVELS = frozenset("省市区县州旗镇乡")
_STOPS = frozenset("兼，。、；：！？“”‘’《》〈〉【】（）()[]…—#＃ \n,;:!?|/　~～→■●◆▲★☆□○◇△")
# Verbs that are at home in the names of bodies; other verbs end a name.
_NAME_VERBS = words("verbs_in_names.txt")


def clause_start(text: str, position: int) -> int:
    """Start of the run without punctuation that ends at `position`; a short （扩大） inside a name is passed over."""
    start = position
    while start > 0:
        char = text[start - 1]
        if char == "）":
            opening = text.rfind("（", max(0, start - 10), start)
            if opening > 0 and not set("、，：") & set(text[opening:start]):
                start = opening
                continue
        if char in _STOPS:
            break
        start -= 1
    # ——记某某医院护士长: the verb of a subtitle.
    if text.startswith("记", start) and text[start - 1 : start] == "—":
        start += 1
    return start


def _breaks(word: str, tag: str, following: str) -> bool:
    """Does this word end a name that goes on with `following`?"""
    if word in _NAME_VERBS:
        return word == "联合" and not following.startswith(("会", "国", "体", "大学", "总", "集团", "指挥"))
    if word == "所" and not following:  # 会议所, 研究所: the dictionary cuts it off
        return False
    if word in _BREAKERS:
        # A single character of this list inside a name is a name's part where the dictionary doesn't know the word.
        return True
    kind = tag[:1]
    if kind == "f" and len(word) > 1:
        return word not in {"初中", "高中"} and part_of_speech(word) != ""
    if kind == "m":
        numeric = word[0].isascii() or word.startswith("第") or bool(_ORDINAL.match(word))
        return not numeric and part_of_speech(word) != ""
    if kind in {"p", "c", "u", "r", "y", "e", "o", "q", "z"}:
        return not (kind in {"q", "z", "y", "e", "o"} and len(word) == 1) and part_of_speech(word) != ""
    if kind == "d":
        return len(word) > 1 and part_of_speech(word) != ""
    if tag == "v" and _WORKPLACE.match(following):
        return False
    if tag == "v":
        return len(word) > 1 and part_of_speech(word).startswith("v") and word not in _PLACE_LIKE_VERBS
    return False


@functools.lru_cache(maxsize=20_000)
def _edge(chunk: str) -> int:
    counted = [match.end() for match in _COUNT.finditer(chunk)]
    if counted and counted[-1] < len(chunk):
        return counted[-1] + _edge(chunk[counted[-1] :])
    position = len(chunk)
    for word, tag in reversed(_cut(chunk)):
        following = chunk[position:]
        if _breaks(word, tag, following):
            break
        # 由朔陵 is no word of the dictionary: its first character is the preposition.
        if (
            len(word) > 1
            and word[0] in _BREAKING_CHARS
            and not part_of_speech(word)
            and not _WHOLE.match(word)
            and word[0] not in "后时正"
        ):
            position -= len(word) - 1
            break
        position -= len(word)
    # 我区某某公司, 原某某中心: what is left of a word before the name.
    if position and chunk[position : position + 1] in set("区市省县镇街") and chunk[position - 1] in "我全该本各":
        position += 1
    first = chunk[position : position + 1]
    if (
        first
        and first in "原报抓驻"
        and len(chunk) - position > 1
        and not part_of_speech(chunk[position : position + 2])
        and (first != "原" or chunk[position + 1] in _LEVELS or len(tagged(chunk[position + 1 :])[0][0]) > 1)
    ):
        position += 1
    return position


def _cut(chunk: str) -> list[tuple[str, str]]:
    tokens: list[tuple[str, str]] = []
    for part in _WHOLE.split(chunk):
        if _WHOLE.fullmatch(part):
            tokens.append((part, "ns"))
            continue
        for number, piece in enumerate(_JOINED.split(part)):
            if number % 2:
                tokens.append((piece, "n"))
            elif piece:
                tokens += tagged(piece)
    return tokens


def left_edge(text: str, end: int, floor: int) -> int:
    """Start of the name whose known part begins at `end`; never before `floor`."""
    chunk = text[floor:end]
    if not chunk:
        return end
    if len(chunk) > 40:
        floor, chunk = end - 40, chunk[-40:]
    return floor + _edge(chunk)
