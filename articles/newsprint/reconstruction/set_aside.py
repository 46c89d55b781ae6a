"""What is printed on a page and is no article: furniture, advertisements, captions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.newsprint.reconstruction.bylines import read_signature
from articles.newsprint.reconstruction.typography import bare, ends_sentence
from articles.newsprint.values import SetAsideKind, SourceLine

_NAME = r"[\u4e00-\u9fff·]{2,4}"
_DUTY = r"(?:责编|责任编辑|值班编委|值班总编|编辑|校对|版式|美编|美术编辑|组版|排版|制版|审读|审校|终审|策划|主编|总编辑|编审|监制)"
_DATE = r"(?:[12]\d{3}|[〇○零一二三四五六七八九]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
_WEEKDAY = r"(?:星期|周)[一二三四五六日天]"
_PAPER = r"[\u4e00-\u9fff]{2,6}(?:日报|晚报|时报|新报|早报|晨报|商报|周报|导报|都市报|开发报|(?<![播通简快预战喜海汇警捷年月日])报)"
_FURNITURE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:{_PAPER})?{_DATE}(?:农历\S{{2,10}})?{_WEEKDAY}.{{0,24}}",
        rf"{_WEEKDAY}{_DATE}.{{0,16}}",
        rf"(?:{_DATE})?(?:总)?第\d+期(?:总第?\d+期)?(?:今日\d+版)?",
        r"第?[A-Z]?\d{1,2}版[：:·]?[\u4e00-\u9fff·/]{0,10}",
        r"第[一二三四五六七八九十]{1,2}版[：:·]?[\u4e00-\u9fff·]{0,8}",
        rf"(?:{_DUTY}[：:]?{_NAME}?[|/]?)+(?:电话[：:]?[\d-]+)?",
        rf"(?:{_DUTY}[：:/／]?{_NAME}[、，|/]?)+",
        r"(?:新闻热线|投稿信箱|投稿邮箱|投稿热线|读者热线|联系电话|电子邮箱|邮箱|E-?mail|发行热线|订报热线|本报地址|社址|邮编|网址|官网)[：:].{2,40}",
        r"(?:国内统一(?:连续出版物|刊)号|CN\d|邮发代号|准印证|内部资料|印刷[：:]|主办[：:]|主管[：:]|出版[：:]|承印|定价(?:每月|每份|全年)?[：:]?\d).{0,40}",
        r"(?:https?://|www\.)\S{3,60}",
        r"今日(?:\d+|[一二四八十六]+)版.{0,12}",
        r"[（(【]?(?:紧?[上下][接转]|[上下]转).{0,2}第?[A-Z]?[\d一二三四五六七八九十]{1,3}版.{0,8}[）)】]?",
    )
)
# These may stand in a narrow column of text as well, so they count only where blanks part them from it.
_PARTED_FURNITURE = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:[A-Z]\d{1,2}|\d{2})[：:·]?[\u4e00-\u9fff·/]{2,8}",
        r"[\u4e00-\u9fff·]{2,8}[A-Z]?\d{1,2}版?",
        r"[-—－]?\d{1,3}[-—－]?",
        _PAPER,
    )
)
_AD_HEAD = re.compile(
    r"(?:遗失声明|遗失启事|遗失公告|声明|严正声明|招聘(?:启事|信息|公告)?|注销公告|减资公告|清算公告|拍卖公告|招租(?:公告|启事)?|招标公告"
    r"|出租|出售|转让|寻人启事|寻物启事|招领启事|认领启事|启事|公告|分类广告|广告|便民信息|公益广告|致歉声明|解除合同公告|催告函)"
)
_AD_LINE = re.compile(r"广告(?:热线|刊登|部|招商|代理|许可)|分类广告|刊登.{0,6}广告")
_CAPTION_HEAD = re.compile(
    r"[▲△▼▽◀▶◄►]|(?:图为|[上下左右]图(?:为|：|:)|图[一二三四①②③④1-4](?:为|：|:)|图片说明|资料图片?)"
)
_AD_CLOSE = re.compile(r"电话|联系人|声明人|地址|声明作废|特此公告|特此声明|[\u4e00-\u9fff]{4,}公司$")
_CREDIT = re.compile(r"(?:摄|摄影|供图|摄影报道|图片报道|文/图|图)$")
_TRAILING_CREDIT = re.compile(r"^(.*[。！？][”』]?)\s*(\S.{1,24})$")


def set_aside(lines: Sequence[SourceLine]) -> dict[int, SetAsideKind]:
    """Kinds of the lines (by number) that belong to no article's text."""
    printed = [line for line in lines if line.text.strip()]
    out: dict[int, SetAsideKind] = {}
    for piece in _pieces(printed):
        sure = [is_furniture(line.text) for line in piece]
        advertised = [_AD_LINE.search(bare(line.text)) is not None for line in piece]
        likely = [a or b or _parted_furniture(line.text) for a, b, line in zip(sure, advertised, piece, strict=True)]
        known = likely if all(likely) else sure
        for line, furniture, sold in zip(piece, known, advertised, strict=True):
            if furniture and not sold:
                out[line.number] = "furniture"
    rest = [line for line in printed if line.number not in out]
    out |= _advertisements(rest)
    out |= _captions([line for line in rest if line.number not in out])
    return out


def _pieces(lines: Sequence[SourceLine]) -> Iterator[list[SourceLine]]:
    """Lines that no blank parts."""
    piece: list[SourceLine] = []
    for line in lines:
        if piece and line.number > piece[-1].number + 1:
            yield piece
            piece = []
        piece.append(line)
    if piece:
        yield piece


def _parted_furniture(text: str) -> bool:
    return any(pattern.fullmatch(bare(text)) for pattern in _PARTED_FURNITURE)


def is_furniture(text: str) -> bool:
    """Date lines, page numbers, the paper's name, who edited the page."""
    squeezed = bare(text)
    if not any(char.isalnum() for char in squeezed):
        return True
    return any(pattern.fullmatch(squeezed) for pattern in _FURNITURE)


def heads_advertisement(text: str) -> bool:
    """遗失声明, 招聘启事: the line above an advertisement."""
    return bool(_AD_HEAD.fullmatch(bare(text)) or (len(bare(text)) <= 24 and _AD_LINE.search(bare(text))))


def opens_caption(text: str) -> bool:
    """▲图为…, 上图：…"""
    return bool(_CAPTION_HEAD.match(text.strip()))


def _advertisements(lines: Sequence[SourceLine]) -> dict[int, SetAsideKind]:
    """From the head of an advertisement to the end of its blank-parted piece."""
    out: dict[int, SetAsideKind] = {}
    inside = False
    for i, line in enumerate(lines):
        squeezed = bare(line.text)
        parted = i == 0 or lines[i - 1].number < line.number - 1
        if parted or (inside and _AD_CLOSE.search(bare(lines[i - 1].text)) and not _AD_CLOSE.search(squeezed)):
            inside = False
        after_end = (
            i == 0 or parted or ends_sentence(lines[i - 1].text) or read_signature(lines[i - 1].text) is not None
        )
        if after_end and _AD_HEAD.fullmatch(squeezed):
            inside = True
        if inside or (len(squeezed) <= 24 and _AD_LINE.search(squeezed)):
            out[line.number] = "advertisement"
    return out


@dataclass(frozen=True, slots=True)
class _Printed:
    """The page's text without blanks, and where in it a blank-parted piece begins."""

    text: str
    beginnings: frozenset[int]

    def quotes(self, sentence: str) -> bool:
        """Whether the page prints the sentence twice, once of them as a whole sentence of a text."""
        places = [match.start() for match in re.finditer(re.escape(sentence), self.text)]
        if len(sentence) < 10 or len(places) < 2:
            return False
        own = sum(at in self.beginnings for at in places) > 1
        return own or any(self.text[max(0, at - 1) : at] in ("。", "！", "？", "”", "讯") for at in places)


def _beginnings(lines: Sequence[SourceLine]) -> frozenset[int]:
    out, at = set(), 0
    for i, line in enumerate(lines):
        if i == 0 or lines[i - 1].number < line.number - 1 or read_signature(lines[i - 1].text) is not None:
            out.add(at)
        at += len(bare(line.text))
    return frozenset(out)


def _captions(lines: Sequence[SourceLine]) -> dict[int, SetAsideKind]:
    """图为…, ▲…, and a sentence of some body that is printed once more with a photographer's credit."""
    page = _Printed("".join(bare(line.text) for line in lines), _beginnings(lines))
    out: dict[int, SetAsideKind] = {}
    i = 0
    while i < len(lines):
        length = _caption_at(lines, i, page, after_caption=i > 0 and lines[i - 1].number in out)
        for line in lines[i : i + length]:
            out[line.number] = "caption"
        i += max(1, length)
    return out


def _caption_at(lines: Sequence[SourceLine], start: int, page: _Printed, *, after_caption: bool) -> int:
    """How many lines from `start` on are a caption; 0 if none."""
    first = lines[start]
    parted = start == 0 or lines[start - 1].number < first.number - 1
    closed = (
        parted
        or after_caption
        or ends_sentence(lines[start - 1].text)
        or read_signature(lines[start - 1].text) is not None
    )
    headed = closed and _CAPTION_HEAD.match(first.text.strip()) is not None
    text, taken = "", 0
    for line in lines[start : start + 6]:
        if taken and line.number > lines[start + taken - 1].number + 1:
            break
        here = line.text.strip()
        if taken and ends_sentence(text):
            if _is_credit(here) and (headed or page.quotes(text)):
                return taken + 1
            break
        match = _TRAILING_CREDIT.match(here)
        if match and _is_credit(match.group(2)):
            return taken + 1 if headed or page.quotes(text + bare(match.group(1))) else 0
        text += bare(here)
        taken += 1
    return taken if headed and ends_sentence(text) else 0


def _is_credit(text: str) -> bool:
    return bool(_CREDIT.search(text)) and read_signature(text) is not None
