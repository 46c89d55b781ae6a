"""Names in print that may have been meant by one that is printed nowhere: 张红军 for 张宏军."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from articles.newsprint.recognition import name_pinyin

from .analysis import normalise
from .criteria import Suggestion
from .directory import directory, shown, sound_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .criteria import Condition
    from .directory import Directory, Listed

_Worth = tuple[int, int, str]

_MOST = 6
_UNLIKE = 5
_FAR = 9
_LONGEST = 30
_LETTERS_ENOUGH = 6  # typed letters of which one may be wrong: ouyangjng
_LETTERS = re.compile(r"[^\W\d_]{3,12}")
_LATIN = re.compile(r"[a-z]+")

# Characters that are taken for one another on a page, by a reader or a scanner.
_ALIKE = (
    "己已巳 未末 土士 大太犬 日曰 人入 干千于 午牛 天夭 王玉主 田由甲申 刀力 几儿 九丸 历厉 折拆 侯候 祖租 冶治 沐沭 汩汨 "
    "辛幸 享亨 圆园 元云 晴睛 玲铃 岭玲 钧钩 洁浩 浩皓 宏宠 红江 江汪 汪注 洪供 军车 君群 伟纬 玮伟 炜玮 杨扬 阳旭 陈阵 "
    "刘列 孙荪 肖萧 邱丘 傅付 傅博 博搏 佳住 任仼 仁什 俊骏 峻俊 竣峻 竟竞 崇祟 岚风 凤风 夙凤 丽两 秀季 季李 李孪 春舂 "
    "建健 键健 明朋 鹏朋 鸣鸟 乌鸟 清请 青责 倩情 志忘 思恩 恩息 慧惠 敏繁 辉晖 耀跃 宁宇 宇字 安按 泰秦 奏泰 泽译 梁粱 "
    "栋拣 林材 森淼 桂柱 柏拍 楠南 海梅 波坡 涛寿 淑椒 漫慢 燕蒸 莉利 芳劳 英荚 华毕 苗茁 荀苟 苏办 兰三 卫丑 上土 局居 "
    "邹邬 唐康 街衔 区医 委季 党堂 院完 科料 政攻 监临 督肾 部都 乡多 镇锁 府腐 市巿 税悦 检捡 察寨 法去 司同 公么"
)
_LOOKS = {frozenset(pair) for group in _ALIKE.split() for a in group for b in group if (pair := {a, b}) and a != b}


def near_names(conditions: Iterable[Condition], query: str) -> tuple[Suggestion, ...]:
    """For the conditions that nothing meets, names in print that are said or look nearly like them, the nearest and
    the most printed first; each `query` is the whole query with the name in its place."""
    found: list[tuple[_Worth, Listed, str]] = []
    for condition in conditions:
        if condition.count == 0 and condition.kind in ("word", "phrase", "person", "organisation", "reporter"):
            found += _near(condition.text)
    if not found:  # 张宏军 may have been read as 张宏, who is in print, and 军
        found = [row for piece in _LETTERS.findall(query)[:_MOST] for row in _near(piece)]
    found.sort(key=lambda row: row[0])
    if found and found[0][0][0] < _UNLIKE:
        found = [row for row in found if row[0][0] < _UNLIKE]
    meant = {(one.kind, one.record): text for _, one, text in reversed(found)}
    listed = list(dict.fromkeys(one for _, one, _ in found))
    return tuple(
        Suggestion(one.kind, name, _instead(query, meant[one.kind, one.record], one.name), one.record)
        for one, name in shown(listed, _MOST)
    )


def _instead(query: str, text: str, name: str) -> str:
    """The query with the name where the text stood; the name alone where the text was set otherwise, or where it is
    the name already and what stands beside it is wrong: 市委书记单永康."""
    other = query.replace(text, name, 1) if text in query else name
    return name if other == query else other


def _near(text: str) -> Iterator[tuple[_Worth, Listed, str]]:
    wanted = normalise(text)
    if not 2 <= len(wanted) <= _LONGEST:
        return
    names = directory()
    if any(names.listed(number).printed for number in names.texts.equal_to(wanted)):
        return  # the name itself is in print
    spoken = _spoken(wanted)
    alike = {*_said_alike(names, spoken), *names.texts.matching(_written_alike(wanted))}
    if len(wanted) >= _LETTERS_ENOUGH and _LATIN.fullmatch(wanted):
        alike.update(names.letters.matching(_written_alike(wanted)))
    near = [(number, _distance(wanted, spoken, names, number), text) for number in alike]
    near = [row for row in near if 0 < row[1] < _FAR] or _inside(wanted, names)
    for number, distance, meant in near:
        one = names.listed(number)
        yield (distance, -one.printed, one.name), one, meant


def _said_alike(names: Directory, spoken: str) -> list[int]:
    return names.sounds.equal_to(sound_of(spoken)) if spoken else []


def _written_alike(wanted: str) -> re.Pattern[str]:
    """The line of a name with one character other, more or less, as a pattern that begins before it."""
    forms = set()
    for place in range(len(wanted) + 1):
        before, after = map(re.escape, (wanted[:place], wanted[place:]))
        forms.add(f"{before}.{after}")
        if place < len(wanted):
            rest = re.escape(wanted[place + 1 :])
            forms |= {f"{before}.{rest}", f"{before}{rest}"}
    return re.compile(rf"\n(?=(?:{'|'.join(sorted(forms))})\n)")


def _inside(text: str, names: Directory) -> list[tuple[int, int, str]]:
    """People whose name is said nearly like a part of the text: 张宏军调研."""
    if len(text) < 4 or text.isascii():
        return []
    parts = (text[start : start + size] for size in (4, 3) for start in range(len(text) - size + 1))
    return [
        (number, _distance(part, spoken, names, number), part)
        for part, spoken in ((part, _spoken(part)) for part in parts)
        for number in _said_alike(names, spoken)
        if number < names.bodies_from and len(names.texts[number]) == len(part)
    ]


def _spoken(text: str) -> str:
    return text if _LATIN.fullmatch(text) else "".join(name_pinyin(text).full.split()).lower()


def _distance(wanted: str, spoken: str, names: Directory, number: int) -> int:
    """0 for the name itself, 1 said alike, 2 said nearly alike, 3 one character that looks alike, 4 one character too
    many or missing, or in a name of four or more another one, or one letter of typed letters; 5 in a name of three one
    character of the given name; else _FAR."""
    text, letters = names.texts[number], names.letters[number]
    if text == wanted:
        return 0
    if letters == spoken and spoken:
        return 1
    if wanted.isascii() and _LATIN.fullmatch(wanted) and sound_of(letters) != sound_of(spoken):
        return 4 if _one_letter_apart(letters, wanted) else _FAR
    if abs(len(text) - len(wanted)) <= 1 or wanted.isascii():
        if sound_of(letters) == sound_of(spoken) and spoken:
            return 2
        if len(text) == len(wanted):
            return _distance_of_one(wanted, text)
        short, long = sorted((text, wanted), key=len)
        if len(short) > 2 and len(long) - len(short) == 1 and _one_left_out(short, long):
            return 4
    return _FAR


def _distance_of_one(wanted: str, text: str) -> int:
    other = [(a, b) for a, b in zip(wanted, text, strict=True) if a != b]
    if len(other) == 1:
        if frozenset(other[0]) in _LOOKS:
            return 3
        if len(text) > 3 and not text.isascii():
            return 4
        return _UNLIKE if len(text) == 3 and text[0] == wanted[0] and not text.isascii() else _FAR
    return _FAR


def _one_letter_apart(letters: str, wanted: str) -> bool:
    short, long = sorted((letters, wanted), key=len)
    if len(short) == len(long):
        return sum(a != b for a, b in zip(short, long, strict=True)) == 1
    return len(long) - len(short) == 1 and _one_left_out(short, long)


def _one_left_out(short: str, long: str) -> bool:
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))
