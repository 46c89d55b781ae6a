"""Which line is headline, paragraph start, continuation or byline: decided over the whole page at once.

Each line is scored by how it looks, each pair of neighbours by what may follow what; the best sequence wins
(Viterbi). Scores are log-odds, in the order of what they prove: composition rules first, habits last.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import pairwise

import rjieba

from articles.newsprint.reconstruction.bylines import Signature, read_signature
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
_LIST_MARK = re.compile(r"[、，：；（）()]")
_KICKER_END = re.compile(r"(?:时(?:强调|指出|要求)|之际|特别报道|系列报道)$")
_INNER_BLANK = re.compile(r"[\u4e00-\u9fff”！？》）][ 　]+[\u4e00-\u9fff“《（]")
_PICTURE_NEWS = re.compile(r"^(?:图片新闻|短评|简讯|快讯|链接|新闻链接|评论)[：:|]")


def page_lines(lines: Sequence[SourceLine]) -> tuple[tuple[TypeLine, ...], dict[int, SetAsideKind]]:
    """The lines that may belong to an article, and the kinds of those that don't."""
    aside = set_aside(lines)
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
class Habits:
    """What this page does where papers differ."""

    unparted_start: float = 0.0  # log-odds that a paragraph begins where no blank line parts it
    listed: tuple[bool, ...] = ()  # lines near which several list items begin


def classify(lines: Sequence[TypeLine], page: Measure) -> tuple[ClassedLine, ...]:
    """The best sequence of roles over the page, read twice: first for its habits, then by them."""
    if not lines:
        return ()
    habits = Habits(listed=_listed(lines))
    habits = replace(habits, unparted_start=_unparted_start(_best(lines, page, habits)))
    return _best(lines, page, habits)


def _listed(lines: Sequence[TypeLine]) -> tuple[bool, ...]:
    items = [bool(_LIST_ITEM.match(line.text)) for line in lines]
    return tuple(sum(items[max(0, i - 12) : i + 9]) >= 3 for i in range(len(lines)))


def _unparted_start(classed: Sequence[ClassedLine]) -> float:
    """From how many of the paragraph starts within a body stand without a blank line."""
    body = (Role.START, Role.CONTINUATION)
    starts = [b.line.gap is Gap.NONE for a, b in pairwise(classed) if b.role is Role.START and a.role in body]
    share = (sum(starts) + 0.5) / (len(starts) + 2.0)
    return max(-2.5, min(1.5, math.log(share / (1.0 - share)) + 0.5))


def _best(lines: Sequence[TypeLine], page: Measure, habits: Habits) -> tuple[ClassedLine, ...]:
    own = [_looks(lines, i, page, habits) for i in range(len(lines))]
    score = [[NEVER] * 4 for _ in lines]
    back = [[0] * 4 for _ in lines]
    for role in Role:
        score[0][role] = own[0][role] + (-3.0 if role is Role.CONTINUATION else 0.0)
    pairs = []
    for i in range(1, len(lines)):
        pair = _pair_scores(lines, i, page, habits)
        pairs.append(pair)
        for role in Role:
            options = [score[i - 1][before] + pair[before][role] for before in Role]
            best = max(range(4), key=options.__getitem__)
            score[i][role] = options[best] + own[i][role]
            back[i][role] = best
    last = _closes(lines[-1].text)
    for role in (Role.START, Role.CONTINUATION):
        score[-1][role] += last
    after = [[0.0] * 4 for _ in lines]
    after[-1][Role.START] = after[-1][Role.CONTINUATION] = last
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


def _looks(lines: Sequence[TypeLine], i: int, page: Measure, habits: Habits) -> list[float]:
    """Scores of the four roles by the look of line `i`."""
    line = lines[i]
    text = line.text.strip()
    head = _looks_like_head(text, page.overrun(i, bare(text), first=False))
    if _alone(lines, i):
        head += 1.0
    start = cont = 0.0
    indented = line.text.startswith(("　", "  "))
    if page.indented:
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
        start += 2.5 if habits.listed[i] else 0.7
    if is_date(text):
        start, cont, head = start + 2.0, cont - 2.0, head - 4.0
    elif i + 1 < len(lines) and is_date(lines[i + 1].text) and cells(text) <= 18 and i:
        start, head = start + 3.0, head - 4.0  # who signs a notice, above its date
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
    if _KICKER_END.search(text) or _PICTURE_NEWS.match(text):
        score += 2.0
    if overrun > 1.0 and not text.endswith("。") and "，" not in inner:
        score += min(4.0, 1.0 + overrun)
    return score


def _pair_scores(lines: Sequence[TypeLine], i: int, page: Measure, habits: Habits) -> list[list[float]]:
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
        if habits.listed[i] and not ended:
            stop = max(stop, -3.5)
            if _alone(lines, i) and not _LIST_MARK.search(line.text):
                stop = max(stop, -0.5)  # 九九重阳义诊忙 after the last item of a list of results
        pair[before][Role.START] = stop + (0.5 if blank else habits.unparted_start)
        pair[before][Role.HEAD] = stop + (0.5 if blank else -2.0)
        pair[before][Role.SIGNATURE] = stop + (0.0 if not ended else 1.0)
    pair[Role.HEAD][Role.CONTINUATION] = NEVER
    pair[Role.HEAD][Role.HEAD] = 0.0 if blank else 0.7
    pair[Role.HEAD][Role.START] = 0.5 - same_word
    pair[Role.HEAD][Role.SIGNATURE] = 0.0 if line.signature is not None and line.signature.certain else -3.0
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
