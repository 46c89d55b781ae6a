"""Which line is headline, paragraph start, continuation or byline: decided over the whole page at once.

Each line is scored by how it looks, each pair of neighbours by what may follow what; the best sequence wins
(Viterbi). Scores are log-odds, in the order of what they prove: composition rules first, manner last.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import pairwise

import rjieba

from articles.newsprint.reconstruction.bylines import Signature, read_signature
from articles.newsprint.reconstruction.line_sights import Weights, line_sights, pair_sights, weights
from articles.newsprint.reconstruction.set_aside import set_aside
from articles.newsprint.reconstruction.typography import (
    CLOSERS,
    Measure,
    bare,
    cells,
    ends_sentence,
    measure,
)
from articles.newsprint.values import SetAsideKind, SourceLine

NEVER = -1e6


class Role(IntEnum):
    """What a line is within an article."""

    HEAD = 0
    START = 1
    CONTINUATION = 2
    SIGNATURE = 3


class Gap(IntEnum):
    """What stands between a line and the one before it."""

    NONE = 0
    BLANK = 1
    OTHER = 2  # something that is no article: an advertisement, furniture


@dataclass(frozen=True, slots=True)
class TypeLine:
    """A line that may belong to an article."""

    number: int
    text: str
    gap: Gap
    signature: Signature | None


@dataclass(frozen=True, slots=True)
class ClassedLine:
    """A line with its role and by how much (log-odds) that role beat the next best one."""

    line: TypeLine
    role: Role
    margin: float


_OPENING = re.compile(r"^\s*(?:本报讯|本报[\u4e00-\u9fff]{2,6}讯|本报综合消息|本报消息|新华社[\u4e00-\u9fff]{2,4}\d)")
_LIST_ITEM = re.compile(
    r"^\s*(?:[\u4e00-\u9fffA-Za-z0-9、“”（）()]{2,16}[：:]|[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十\d]{1,2}[）)]"
    r"|\d{1,2}[.．、]|[①-⑳●◆■○])"
)
_DATE_ALONE = re.compile(
    r"(?:[12]\d{3}|[〇○零一二三四五六七八九]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
)
_MARK = re.compile(r"[，。、；！？]")
_LIST_MARK = re.compile(r"[、，：；（）()]")
_KICKER_END = re.compile(r"(?:时(?:强调|指出|要求)|之际|特别报道|系列报道)$")
_INNER_BLANK = re.compile(r"[\u4e00-\u9fff”！？》）][ 　]+[\u4e00-\u9fff“《（]")
_HOURS = re.compile(r"\d{1,2}[:：]\d{2}")  # of a timetable
_SPEAKS = re.compile(r"[\u4e00-\u9fff]{2,4}(?:指出|强调|表示|要求|介绍|认为|提醒|说)，")
_PICTURE_NEWS = re.compile(r"^(?:图片新闻|短评|简讯|快讯|链接|新闻链接|评论)[：:|]")


def page_lines(
    lines: Sequence[SourceLine], furniture: Callable[[str], bool] | None = None
) -> tuple[tuple[TypeLine, ...], dict[int, SetAsideKind]]:
    """The lines that may belong to an article, and the kinds of those that don't; `furniture` knows some of them."""
    known: dict[int, SetAsideKind] = {}
    if furniture is not None:
        known = {line.number: "furniture" for line in lines if line.text.strip() and furniture(line.text)}
    aside = set_aside([line for line in lines if line.number not in known]) | known
    out: list[TypeLine] = []
    gap = Gap.NONE
    for line in lines:
        if not line.text.strip():
            gap = max(gap, Gap.BLANK)
        elif line.number in aside:
            gap = max(gap, Gap.BLANK if aside[line.number] == "caption" else Gap.OTHER)
        else:
            out.append(TypeLine(line.number, line.text, gap, read_signature(line.text)))
            gap = Gap.NONE
    return tuple(out), aside


def opens_report(text: str) -> bool:
    """本报讯 and its relations."""
    return bool(_OPENING.match(text))


def is_date(text: str) -> bool:
    """A full date and nothing else."""
    return bool(_DATE_ALONE.fullmatch(bare(text)))


def is_list_item(text: str) -> bool:
    """优秀党务工作者（8名）：…, 一、…, （3）…"""
    return bool(_LIST_ITEM.match(text))


def measured(lines: Sequence[TypeLine]) -> Measure:
    """The page's column widths."""
    chunk, chunks = 0, []
    for line in lines:
        chunk += line.gap is not Gap.NONE
        chunks.append(chunk)
    return measure([line.text for line in lines], chunks)


@dataclass(frozen=True, slots=True)
class Manner:
    """What this page does where papers differ."""

    unparted_start: float = 0.0  # log-odds that a paragraph begins where no blank line parts it
    listed: tuple[bool, ...] = ()  # lines near which several list items begin
    verse: tuple[bool, ...] = ()  # lines of a poem, or of a table: short ones in a row, without a mark


def classify(lines: Sequence[TypeLine], page: Measure) -> tuple[ClassedLine, ...]:
    """The best sequence of roles over the page, read twice: first for its manner, then by it."""
    if not lines:
        return ()
    return _best(lines, page, first_manner(lines, page))


def first_manner(lines: Sequence[TypeLine], page: Measure) -> Manner:
    """What the page does, from a first reading."""
    manner = Manner(listed=_listed(lines), verse=_verse(lines, page))
    return replace(manner, unparted_start=_unparted_start(_best(lines, page, manner)))


def _listed(lines: Sequence[TypeLine]) -> tuple[bool, ...]:
    ends = [False, *(line.text.strip().endswith(("；", ";")) for line in lines[:-1])]
    items = [bool(_LIST_ITEM.match(line.text)) or after for line, after in zip(lines, ends, strict=True)]
    return tuple(sum(items[max(0, i - 12) : i + 9]) >= 3 for i in range(len(lines)))


def _verse(lines: Sequence[TypeLine], page: Measure) -> tuple[bool, ...]:
    out = [False] * len(lines)
    start = 0
    for i in range(len(lines) + 1):
        plain = (
            i < len(lines)
            and lines[i].signature is None
            and not _MARK.search(lines[i].text)
            and cells(bare(lines[i].text)) <= page.widths[i] + 4
        )
        if plain and (start == i or lines[i].gap is Gap.NONE):
            continue
        if i - start >= 4:
            out[start:i] = [True] * (i - start)
        start = i if plain else i + 1
    return tuple(out)


def _unparted_start(classed: Sequence[ClassedLine]) -> float:
    """From how many of the paragraph starts within a body stand without a blank line."""
    body = (Role.START, Role.CONTINUATION)
    starts = [b.line.gap is Gap.NONE for a, b in pairwise(classed) if b.role is Role.START and a.role in body]
    share = (sum(starts) + 0.5) / (len(starts) + 2.0)
    return max(-2.5, min(1.5, math.log(share / (1.0 - share)) + 0.5))


def sights_of_line(lines: Sequence[TypeLine], texts: Sequence[str], i: int, page: Measure, manner: Manner) -> list[str]:
    """What is seen of line `i`."""
    return line_sights(
        texts,
        i,
        page.widths[i],
        parted=lines[i].gap is not Gap.NONE,
        parted_below=i + 1 < len(lines) and lines[i + 1].gap is not Gap.NONE,
        indented=page.indented,
        listed=manner.listed[i],
    )


def sights_of_pair(lines: Sequence[TypeLine], i: int, page: Measure, before: Role) -> list[str]:
    """What is seen of lines `i` - 1 and `i`, had the upper one the role `before`."""
    above, line = lines[i - 1], lines[i]
    return pair_sights(
        above.text,
        line.text,
        page.room_left(i - 1, bare(above.text), bare(line.text), first=before is Role.START),
        blank=line.gap is not Gap.NONE,
        between=line.gap is Gap.OTHER,
        same_word=_one_word(above.text, line.text) > 0,
    )


def _add(scores: list[float], sights: Sequence[str], fitted: Mapping[str, Sequence[float]], start: int) -> None:
    for sight in sights:
        if sight in fitted:
            for role in range(4):
                scores[role] += fitted[sight][start + role]


def line_scores(
    lines: Sequence[TypeLine], page: Measure, manner: Manner, fitted: Weights
) -> tuple[list[list[float]], list[list[list[float]]]]:
    """Scores of the roles of each line, and of each line's role given the role above."""
    texts = [line.text for line in lines]
    own = [_looks(lines, i, page, manner) for i in range(len(lines))]
    own[0][Role.CONTINUATION] -= 3.0
    for role in (Role.START, Role.CONTINUATION):
        own[-1][role] += _closes(lines[-1].text)
    for i, scores in enumerate(own):
        _add(scores, sights_of_line(lines, texts, i, page, manner), fitted["line"], 0)
    pairs = []
    for i in range(1, len(lines)):
        pair = _pair_scores(lines, i, page, manner)
        for before in Role:
            _add(pair[before], sights_of_pair(lines, i, page, before), fitted["pair"], 4 * before)
        pairs.append(pair)
    return own, pairs


def _best(
    lines: Sequence[TypeLine], page: Measure, manner: Manner, fitted: Weights | None = None
) -> tuple[ClassedLine, ...]:
    own, pairs = line_scores(lines, page, manner, weights() if fitted is None else fitted)
    score = [[NEVER] * 4 for _ in lines]
    back = [[0] * 4 for _ in lines]
    for role in Role:
        score[0][role] = own[0][role]
    for i in range(1, len(lines)):
        pair = pairs[i - 1]
        for role in Role:
            options = [score[i - 1][before] + pair[before][role] for before in Role]
            best = max(range(4), key=options.__getitem__)
            score[i][role] = options[best] + own[i][role]
            back[i][role] = best
    after = [[0.0] * 4 for _ in lines]
    for i in range(len(lines) - 2, -1, -1):
        for role in Role:
            after[i][role] = max(pairs[i][role][n] + own[i + 1][n] + after[i + 1][n] for n in Role)
    roles = [max(Role, key=lambda role: score[-1][role])]
    for i in range(len(lines) - 1, 0, -1):
        roles.append(Role(back[i][roles[-1]]))
    roles.reverse()
    out = []
    for i, (line, role) in enumerate(zip(lines, roles, strict=True)):
        total = [score[i][r] + (after[i][r] if i + 1 < len(lines) else 0.0) for r in Role]
        margin = total[role] - max(total[r] for r in Role if r is not role)
        out.append(ClassedLine(line, role, margin))
    return tuple(out)


def _looks(lines: Sequence[TypeLine], i: int, page: Measure, manner: Manner) -> list[float]:
    """Scores of the four roles by the look of line `i`."""
    line = lines[i]
    text = line.text.strip()
    head = _looks_like_head(text, page.overrun(i, bare(text), first=False))
    if _alone(lines, i):
        head += 1.0
    start = cont = 0.0
    indented = line.text.startswith(("　", "  "))
    if page.indented and not is_date(text):
        start += 4.0 if indented else -4.0
        cont += -6.0 if indented else 0.0
        head += -3.0 if indented else 0.0
    if opens_report(text):
        start, cont, head = start + 6.0, cont - 6.0, head - 10.0
    if text[0] in CLOSERS:
        start, cont, head = start - 8.0, cont - 3.0, head - 8.0
        if text.startswith("——"):
            head += 12.0
    if _LIST_ITEM.match(text):
        start += 2.5 if manner.listed[i] else 0.7
    if is_date(text):
        sure = 6.0 if _alone(lines, i) else 2.0
        start, cont, head = start + sure, cont - sure, head - 4.0
    elif i + 1 < len(lines) and is_date(lines[i + 1].text) and cells(text) <= 18 and i:
        start, head = start + 3.0, head - 4.0  # who signs a notice, above its date
    if manner.verse[i]:
        above = bare(lines[i - 1].text) if i else ""
        full = i > 0 and page.room_left(i - 1, above, bare(text), first=True) < 0
        if not (full and cells(bare(text)) <= 0.5 * cells(above)):  # else the rest of a line that had no room
            follows = i > 0 and (manner.verse[i - 1] or lines[i - 1].signature is not None)
            start, cont, head = start + 5.0, cont - 5.0, head - (5.0 if follows else 0.0)
    signature = NEVER
    if line.signature is not None:
        signature = 9.0 if line.signature.certain else 1.5
    scores = [0.0] * 4
    scores[Role.HEAD], scores[Role.START], scores[Role.CONTINUATION], scores[Role.SIGNATURE] = (
        head,
        start,
        cont,
        signature,
    )
    return scores


def _looks_like_head(text: str, overrun: float) -> float:
    """A headline has no full stop and few commas; it may be wider than the column, type set in it can't."""
    score = -1.0
    inner = text[:-1]
    if text.endswith(("。", "；")):
        score -= 7.0
    elif text.endswith(("，", "、", "：", ":")):
        score -= 4.0
    if "。" in inner or "；" in inner:
        score -= 5.0
    score -= 1.0 * inner.count("，") + 0.5 * inner.count("、")
    width = cells(text)
    if width < 4:
        score -= 2.0
    elif width > 34:
        score -= 3.0
    if not any(char in "，、。：；" for char in text):
        score += 0.7
    if _INNER_BLANK.search(text):
        score += 3.0
    if _SPEAKS.match(text) or _HOURS.search(text):
        score -= 4.0
    if _KICKER_END.search(text) or _PICTURE_NEWS.match(text):
        score += 2.0
    if overrun > 1.0 and not text.endswith("。") and "，" not in inner:
        score += min(4.0, 1.0 + overrun)
    return score


def _pair_scores(lines: Sequence[TypeLine], i: int, page: Measure, manner: Manner) -> list[list[float]]:
    """Scores of line i's role given the role of the line before."""
    above, line = lines[i - 1], lines[i]
    pair = [[0.0] * 4 for _ in Role]
    blank = line.gap is not Gap.NONE
    ended = ends_sentence(above.text)
    colon = above.text.strip().endswith(("：", ":", "；", ";"))
    same_word = _one_word(above.text, line.text)
    for before, first in ((Role.START, True), (Role.CONTINUATION, False)):
        room = page.room_left(i - 1, bare(above.text), bare(line.text), first=first)
        overrun = page.overrun(i - 1, bare(above.text), first=first)
        going_on = _goes_on(blank, ended, room) + same_word
        if first and overrun > 0.25:
            going_on -= min(5.0, 1.5 + 2.0 * overrun)
        pair[before][Role.CONTINUATION] = going_on
        stop = _stops(blank, ended, colon, room, above.text, line.text) - same_word
        if manner.verse[i - 1]:
            stop = max(stop, 0.0)
        if manner.listed[i] and colon:
            stop = max(stop, 1.0)
        if manner.listed[i] and not ended:
            stop = max(stop, -3.5)
            if _alone(lines, i) and not _LIST_MARK.search(line.text):
                stop = max(stop, -0.5)  # 九九重阳义诊忙 after the last item of a list of results
        pair[before][Role.START] = stop + (0.5 if blank else manner.unparted_start)
        pair[before][Role.HEAD] = stop + (0.5 if blank else -2.0)
        pair[before][Role.SIGNATURE] = stop + (0.0 if not ended else 1.0)
        if above.text.strip().endswith(("、", "，", "：")) and not (line.signature and line.signature.certain):
            pair[before][Role.SIGNATURE] -= 8.0  # the last name of a list
    pair[Role.HEAD][Role.CONTINUATION] = NEVER
    pair[Role.HEAD][Role.HEAD] = 0.0 if blank else 0.7
    pair[Role.HEAD][Role.START] = 0.5 - same_word
    penned = line.signature is not None and not blank and len(bare(line.text)) <= 3  # a pen name below a headline
    certain = line.signature is not None and line.signature.certain
    pair[Role.HEAD][Role.SIGNATURE] = 0.0 if certain or penned else -3.0
    pair[Role.SIGNATURE][Role.CONTINUATION] = NEVER
    pair[Role.SIGNATURE][Role.SIGNATURE] = -1.0 if blank else 0.5
    pair[Role.SIGNATURE][Role.HEAD] = 0.5 if blank else 0.0
    return pair


def _alone(lines: Sequence[TypeLine], i: int) -> bool:
    """Whether blanks part the line from both neighbours."""
    return lines[i].gap is not Gap.NONE and (i + 1 == len(lines) or lines[i + 1].gap is not Gap.NONE)


def _goes_on(blank: bool, ended: bool, room: float) -> float:
    """That the paragraph goes on: a line that had room for more was not broken for want of it."""
    if room >= 2.0:
        score = -5.0
    elif room >= 1.0:
        score = -3.0
    elif room >= 0.0:
        score = -1.0
    else:
        score = 1.5
    if ended and blank:
        score -= 4.0
    elif not ended:
        score += 2.0
    return score


def _stops(blank: bool, ended: bool, colon: bool, room: float, above: str, following: str) -> float:
    """That the paragraph ends with the line above."""
    if ended:
        return 0.5
    if colon:
        return 0.0 if blank or room >= 1.0 else -2.5
    if room >= 1.0:
        score = _closes(above)
        if not blank and not _LIST_ITEM.match(following):
            score -= 1.5
        return score if room >= 2.0 else score - 1.0
    return -5.0


def _closes(text: str) -> float:
    """That a paragraph ends with this line, whatever follows: a list may end without a full stop (…、高原)."""
    if ends_sentence(text):
        return 0.5
    return -1.5 if any(mark in text for mark in "、，：；（") else -3.0


def _one_word(above: str, line: str) -> float:
    """Evidence that a word of the dictionary was cut in two at the line end."""
    left, right = bare(above)[-5:], bare(line)[:5]
    if not left or not right or left[-1] in CLOSERS:
        return 0.0
    at, position = len(left), 0
    for word in rjieba.cut(left + right, False):
        if position < at < position + len(word):
            return 2.0 if len(word) > 2 else 1.2
        position += len(word)
    return -0.3
