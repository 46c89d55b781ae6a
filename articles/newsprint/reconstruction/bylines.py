"""Who signed: 记者 孙庆辉 通讯员 聂晓利, 高新时报 方宝岭 文/图, 本报讯（记者 X 通讯员 Y）, 康宁 摄."""

from __future__ import annotations

import re
from dataclasses import dataclass

from articles.newsprint.values import Byline

_MARKS = "□■◎●○◆◇▲△★☆◇▪・·•◤◥"
_DESK = r"(?:本报|本刊|本网|本台|[\u4e00-\u9fff]{2,8}(?:日报|晚报|时报|新报|早报|晨报|商报|周报|导报|都市报|报社|融媒体中心|融媒|网))"
_RANK = r"(?:全媒体|融媒体|新媒体|首席|见习|实习|特约|资深|特派|驻[\u4e00-\u9fff]{1,4})?"
_BEFORE = re.compile(
    rf"{_DESK}?{_RANK}(?:摄影记者|文字记者|记者|通讯员|评论员|撰稿人|观察员|实习生|作者|撰文|整理|摄影|供图|供稿|文/图|图/文|文|图|编译|编辑|讲述)"
    r"(?:[/／](?:文|图|摄|摄影|整理))?"
)
_AFTER = re.compile(
    r"(?:文[/／、]?图|图[/／、]?文|文并摄|摄影报道|图片报道|综合报道|报道|摄影|摄|供图|供稿|撰文|整理|编译|制图|漫画|绘|文|图)$"
)
_BARE_DESK = re.compile(rf"{_DESK}$")
_WHOLE_DESK = re.compile(r"(?:本报|本刊)(?:记者|评论员|编辑部|特约评论员)$")
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,4}$|[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,8})+$")
_UNIT = re.compile(r"[\u4e00-\u9fff]{3,14}(?:中心|社区|街道|办|局|委|部|队|院|校|小学|中学|集团|公司|会)$")
_OPENING = re.compile(
    r"^\s*(?:本报讯|本报综合消息|本报消息|本报[\u4e00-\u9fff]{2,4}电|据[\u4e00-\u9fff]{2,6}消息)?\s*[（(]([^（）()]{3,40})[）)]"
)
_CLOSING = re.compile(r"[（(]([^（）()。]{3,40})[）)]\s*$")
_FROM = re.compile(r"[\u4e00-\u9fff]{2,10}[ 　]+([\u4e00-\u9fff]{2,4})$")
_WRITES_FROM = re.compile(
    r"[\u4e00-\u9fff]{1,8}(?:村|社区|镇|乡|街道|小区|学校|小学|中学|公司)[ 　]+([\u4e00-\u9fff]{2,4})$"
)
_GENRES = frozenset(
    (
        "简讯",
        "短讯",
        "快讯",
        "要闻",
        "通知",
        "公告",
        "通告",
        "公示",
        "启事",
        "声明",
        "短评",
        "时评",
        "言论",
        "评论",
        "来信",
        "链接",
        "编后",
        "编者按",
        "图片新闻",
        "新闻链接",
        "相关链接",
        "一句话新闻",
        "简讯四则",
        "读者来信",
    )
)
_SPEECH = re.compile(r"[，。、；！？“”‘’《》…%0-9]")


@dataclass(frozen=True, slots=True)
class Signature:
    """A printed byline. `certain` is false where it is a bare name: a pen name under a column, perhaps."""

    bylines: tuple[Byline, ...]
    certain: bool
    opening: bool  # the sort that stands above an article: □, or 本报记者 alone


def read_signature(line: str) -> Signature | None:
    """A line that is nothing but a byline, or None."""
    text = line.strip()
    if not 2 <= len(text) <= 45 or _SPEECH.search(text.replace("、", " ")):
        return None
    marked = text[0] in _MARKS
    text = text.strip(_MARKS + " 　\t")
    wrapped = re.fullmatch(r"[（(【\[]\s*(.+?)\s*[）)】\]]", text)
    if wrapped:
        text = wrapped.group(1)
    if not text:
        return None
    if _WHOLE_DESK.match(text):
        return Signature((), True, marked)
    bylines = _parse(text)
    if bylines is not None:
        opening = marked or (text.startswith("本报") and "通讯员" not in text)
        return Signature(bylines, True, opening)
    if marked and (match := _FROM.match(text)):  # □沙头村 岑阿水
        return Signature((Byline(match.group(1), "作者"),), True, True)
    if text in _GENRES:
        return None
    if wrapped and (names := _named_alone(text)):
        return Signature(names, True, False)
    if match := _WRITES_FROM.match(text):  # 沙头村 岑阿水, below a letter
        return Signature((Byline(match.group(1), "作者"),), False, False)
    if (marked or wrapped or len(text) <= 4) and _PERSON.match(re.sub(r"\s+", "", text)):
        return Signature((Byline(re.sub(r"\s+", "", text), "笔名"),), marked, marked)
    return None


def bylines_within(paragraphs: tuple[str, ...]) -> tuple[Byline, ...]:
    """Bylines in parentheses at the start of the first paragraph or the end of the last one."""
    if not paragraphs:
        return ()
    found: list[Byline] = []
    for pattern, paragraph in ((_OPENING, paragraphs[0]), (_CLOSING, paragraphs[-1])):
        if match := pattern.search(paragraph):
            found += _parse(match.group(1).strip()) or ()
    return tuple(dict.fromkeys(found))


def _named_alone(text: str) -> tuple[Byline, ...]:
    """（汤若溪　聂晓利）: several names and nothing else."""
    names = re.split(r"[\s、，]+", text)
    if not 2 <= len(names) <= 4 or not all(re.fullmatch(r"[\u4e00-\u9fff]{2,4}", name) for name in names):
        return ()
    return tuple(Byline(name, "作者") for name in names)


def _parse(text: str) -> tuple[Byline, ...] | None:
    """Bylines of a signature without its wrapping, or None when some of it is neither role nor name."""
    text = re.sub(r"[：:]", " ", text).strip()
    if text.endswith("供稿") and _UNIT.match(text.removesuffix("供稿").strip()):
        return (Byline(text.removesuffix("供稿").strip(), "供稿"),)
    after = ""
    if match := _AFTER.search(text):
        before = text[: match.start()]
        if before and (before[-1:].isspace() or len(match.group()) > 1 or len(before) <= 4):
            after, text = match.group(), before.strip()
    out: list[Byline] = []
    role, named = "", False
    desk = False
    for piece in _pieces(text):
        if _BARE_DESK.fullmatch(piece) and not named:
            desk = True
            continue
        match = _BEFORE.match(piece)
        if match and not (len(match.group()) == 1 and len(piece) > 1):
            role, rest = match.group(), piece[match.end() :]
            if not rest:
                continue
            piece = rest
        if not (_PERSON.match(piece) or (role and _UNIT.match(piece))):
            return None
        out.append(Byline(piece, _plain_role(role)))
        named = True
    if not out or not (role or after or desk):
        return None
    if after:
        # 记者 路晓鸥 文/图: what he is and what he did here
        roles = (f"{byline.role} {after}".strip() if len(out) == 1 else byline.role or after for byline in out)
        out = [Byline(byline.name, role) for byline, role in zip(out, roles, strict=True)]
    return tuple(b if b.role else Byline(b.name, "记者" if desk else "作者") for b in out)


def _plain_role(role: str) -> str:
    return re.sub(rf"^{_DESK}", "", role)


def _pieces(text: str) -> list[str]:
    """Cut at blanks and 、, and before a role that leans on a name; single characters are one spaced name."""
    text = re.sub(r"(?<=[\u4e00-\u9fff])(?=(?:见习|实习|特约)?(?:记者|通讯员|实习生))", " ", text)
    text = re.sub(
        r"(本报|见习|实习|特约|首席|全媒体|融媒体|摄影|文字) (?=见习|实习|特约|首席|全媒体|融媒体|记者|通讯员)",
        r"\1",
        text,
    )
    text = re.sub(rf"({_DESK}) (?=记者|通讯员)", r"\1", text)
    out: list[str] = []
    for piece in re.split(r"[\s、，]+", text):
        if not piece:
            continue
        if out and len(piece) == 1 and len(out[-1]) == 1 and piece not in "文图摄":
            out[-1] += piece
        else:
            out.append(piece)
    return out
