"""Lines of a paragraph → its mended text. Source lines stay as they were."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_MARK = r"，。、；：！？（）《》〈〉“”‘’「」『』【】…—·％"
_BLANK_AFTER_HAN = re.compile(rf"(?<=[{_HAN}{_MARK}])[ \t\u00a0\u2002-\u200b\u3000]+(?=[{_HAN}{_MARK}0-9A-Za-z])")
_BLANK_BEFORE_HAN = re.compile(rf"(?<=[0-9A-Za-z%℃.])[ \t\u00a0\u2002-\u200b\u3000]+(?=[{_HAN}{_MARK}])")
_JUSTIFIED = re.compile(rf"(?<![{_HAN}])[{_HAN}](?:[ \u3000][{_HAN}]){{2,}}(?![{_HAN}])")
_OPENING = re.compile(r"^((?:本报|本台|本网)(?:综合)?(?:讯|消息))[ \u3000]*(?=[^（(\s])")
_INVISIBLE = re.compile(r"[\ufeff\u200b\u200c\u200d\u00ad]")


def mend(text: str) -> str:
    """Kangxi radicals and compatibility forms become the characters they stand for; odd spaces become plain."""
    text = _INVISIBLE.sub("", text)
    return "".join(_plain(char) for char in text)


def paragraph_text(lines: Iterable[str]) -> str:
    """One paragraph, joined and mended: no blanks between characters except after 本报讯 and between Latin words."""
    joined = ""
    for line in lines:
        here = mend(line).strip()
        if (
            joined
            and here
            and joined[-1].isascii()
            and here[0].isascii()
            and joined[-1].isalpha()
            and here[0].isalpha()
        ):
            joined += " "
        joined += here
    joined = _BLANK_AFTER_HAN.sub("", joined)
    joined = _BLANK_BEFORE_HAN.sub("", joined)
    joined = re.sub(r"\s+", " ", joined).strip()
    return _OPENING.sub(r"\1 ", joined)


def headline_text(lines: Iterable[str]) -> str:
    """A headline, subtitle or byline: blanks mean something here, so they stay, as one blank each."""
    parts = []
    for line in lines:
        here = re.sub(r"\s+", " ", mend(line)).strip()
        parts.append(_unjustified(here))
    return " ".join(part for part in parts if part)


def _unjustified(text: str) -> str:
    """通 知 公 告 set wide is one word; 优环境 强服务 is two."""
    return _JUSTIFIED.sub(lambda match: match.group().replace(" ", ""), text)


def _plain(char: str) -> str:
    code = ord(char)
    if 0x2E80 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF:
        return _RADICALS.get(char) or unicodedata.normalize("NFKC", char)
    return char


# CJK radicals without a compatibility mapping in Unicode, as text layers of some PDF tools leave them.
_RADICALS = {
    "⺟": "母",
    "⻓": "长",
    "⻔": "门",
    "⻛": "风",
    "⻋": "车",
    "⻅": "见",
    "⻉": "贝",
    "⻢": "马",
    "⻚": "页",
    "⻝": "食",
    "⻥": "鱼",
    "⻦": "鸟",
    "⻨": "麦",
    "⻩": "黄",
    "⻬": "齐",
    "⻰": "龙",
    "⻳": "龟",
    "⺠": "民",
    "⻄": "西",
    "⻆": "角",
    "⻘": "青",
    "⻙": "韦",
    "⻜": "飞",
    "⻣": "骨",
    "⻤": "鬼",
    "⻮": "齿",
    "⻑": "長",
    "⺫": "目",
    "⺬": "示",
    "⺼": "肉",
    "⺝": "月",
    "⻁": "虎",
    "⺒": "巳",
    "⺌": "小",
}
