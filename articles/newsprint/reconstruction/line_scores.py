"""How well each line fits each role by its look and its neighbours, in log-odds.

Composition rules count first, manner last; what the fitted sights of `line_sights` say is added to that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from articles.newsprint.reconstruction.interruptions import interruptions, one_word
from articles.newsprint.reconstruction.line_sights import Weights, line_sights, pair_sights
from articles.newsprint.reconstruction.manner import Manner
from articles.newsprint.reconstruction.type_lines import Gap, Role, TypeLine, is_date, is_list_item, opens_report
from articles.newsprint.reconstruction.typography import CLOSERS, Measure, bare, cells, ends_sentence

NEVER = -1e6

_LIST_MARK = re.compile(r"[、，：；（）()]")
_KICKER_END = re.compile(r"(?:时(?:强调|指出|要求)|之际|特别报道|系列报道)$")
_INNER_BLANK = re.compile(r"[\u4e00-\u9fff”！？》）][ 　]+[\u4e00-\u9fff“《（]")
_HOURS = re.compile(r"\d{1,2}[:：]\d{2}")  # of a timetable
_HOURS_END = re.compile(r"\d{1,2}[:：]\d{2}$")
_BRIEFS = re.compile(r"(?:简讯|短讯|快讯|一句话新闻)(?:[一二三四五六七八九]则)?$")
_SPEAKS = re.compile(r"[\u4e00-\u9fff]{2,4}(?:指出|强调|表示|要求|介绍|认为|提醒|说)，")
_PICTURE_NEWS = re.compile(r"^(?:图片新闻|短评|简讯|快讯|链接|新闻链接|评论|读者来信)[：:|]")


def sights_of_line(lines: Sequence[TypeLine], texts: Sequence[str], i: int, page: Measure, manner: Manner) -> list[str]:
    """What is seen of line `i`."""
    seen = line_sights(
        texts,
        i,
        page.widths[i],
        parted=lines[i].gap is not Gap.NONE,
        parted_below=i + 1 < len(lines) and lines[i + 1].gap is not Gap.NONE,
        indented=page.indented,
        listed=manner.listed[i],
    )
    if lines[i].perhaps_signed:
        parted_below = i + 1 < len(lines) and lines[i + 1].gap is not Gap.NONE
        seen.append(
            "perhaps a name, "
            + ("parted above" if lines[i].gap is not Gap.NONE else "unparted above")
            + (", parted below" if parted_below else ", unparted below")
        )
    return seen


def sights_of_pair(lines: Sequence[TypeLine], i: int, page: Measure, before: Role) -> list[str]:
    """What is seen of lines `i` - 1 and `i`, had the upper one the role `before`."""
    above, line = lines[i - 1], lines[i]
    return pair_sights(
        above.text,
        line.text,
        page.room_left(i - 1, bare(above.text), bare(line.text), first=before is Role.START),
        blank=line.gap is not Gap.NONE,
        between=line.gap is Gap.OTHER,
        same_word=one_word(above.text, line.text) > 0,
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
    if lines[0].perhaps_signed and not any(manner.verse[1:2]):
        own[0][Role.SIGNATURE] -= 3.0
    for role in (Role.START, Role.CONTINUATION):
        own[-1][role] += _closes(lines[-1].text)
    for i, scores in enumerate(own):
        _add(scores, sights_of_line(lines, texts, i, page, manner), fitted["line"], 0)
    pairs = []
    amid = interruptions(lines, page)
    behind = {end for end, _ in amid.values()} if page.indented else set()
    for i in range(1, len(lines)):
        pair = _pair_scores(lines, i, page, manner)
        if i in amid:
            for before in (Role.START, Role.CONTINUATION):
                pair[before][Role.HEAD] = max(pair[before][Role.HEAD], amid[i][1])
        if i in behind:
            pair[Role.HEAD][Role.START] += 4.0  # the sentence goes on behind the headline: nothing is indented
        below_start, below_other = (sights_of_pair(lines, i, page, role) for role in (Role.START, Role.CONTINUATION))
        for before in Role:
            _add(pair[before], below_start if before is Role.START else below_other, fitted["pair"], 4 * before)
        pairs.append(pair)
    return own, pairs


def shifted(
    pairs: Sequence[Sequence[Sequence[float]]], lines: Sequence[TypeLine], by: float
) -> list[list[list[float]]]:
    """Scores of pairs on a page whose manner makes a paragraph that no blank parts likelier by `by`."""
    out = [[list(row) for row in pair] for pair in pairs]
    for pair, line in zip(out, lines[1:], strict=True):
        if line.gap is Gap.NONE:
            for before in (Role.START, Role.CONTINUATION):
                pair[before][Role.START] += by
    return out


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
    if text.startswith(("问：", "答：")):
        start, cont, head = start + 4.0, cont - 5.0, head - 4.0
    if is_list_item(text):
        start += 2.5 if manner.listed[i] else 0.7
    if is_date(text):
        sure = 6.0 if _alone(lines, i) else 2.0
        start, cont, head = start + sure, cont - sure, head - 4.0
    elif i + 1 < len(lines) and is_date(lines[i + 1].text) and cells(text) <= 18 and i:
        start, head = start + 3.0, head - 4.0  # who signs a notice, above its date
    if manner.hours[i]:
        start, head = start + 3.0, head - 6.0
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
    if _BRIEFS.match(text):
        score += 6.0
    if _KICKER_END.search(text) or _PICTURE_NEWS.match(text):
        score += 2.0
    crowded = "；" in inner or inner.count("（") > 1  # 焊工：一等奖…（…）；二等奖…
    if crowded:
        score -= 3.0
    if overrun > 1.0 and not text.endswith("。") and "，" not in inner and not crowded:
        score += min(4.0, 1.0 + overrun)
    return score


def _pair_scores(lines: Sequence[TypeLine], i: int, page: Measure, manner: Manner) -> list[list[float]]:
    """Scores of line i's role given the role of the line before."""
    above, line = lines[i - 1], lines[i]
    pair = [[0.0] * 4 for _ in Role]
    blank = line.gap is not Gap.NONE
    ended = ends_sentence(above.text)
    colon = above.text.strip().endswith(("：", ":", "；", ";"))
    same_word = one_word(above.text, line.text)
    entry = bool(_HOURS_END.search(above.text.strip()))
    for before, first in ((Role.START, True), (Role.CONTINUATION, False)):
        room = page.room_left(i - 1, bare(above.text), bare(line.text), first=first)
        overrun = page.overrun(i - 1, bare(above.text), first=first)
        going_on = _goes_on(blank, ended, room) + same_word
        if first and overrun > 0.25:
            going_on -= min(5.0, 1.5 + 2.0 * overrun)
        if is_date(above.text):
            going_on -= 6.0
        if entry:
            going_on -= 4.0
        pair[before][Role.CONTINUATION] = going_on
        stop = _stops(blank, ended, colon, room, above.text, line.text) - same_word
        if manner.verse[i - 1]:
            stop = max(stop, 0.0)
        if entry:
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
        if line.perhaps_signed:
            if not ended and room < 1.0:  # 储 / 立群: the rest of a name, of a verse
                pair[before][Role.SIGNATURE] = -5.0 - same_word
            elif blank and not any(
                manner.verse[i + 1 : i + 2]
            ):  # 夏收图景: a short headline, the surer where its text follows at once
                below = i + 1 < len(lines) and lines[i + 1].gap is Gap.NONE
                pair[before][Role.SIGNATURE] -= 5.0 if below else 2.5
        if above.text.strip().endswith(("、", "，", "：")) and not (line.signature and line.signature.certain):
            pair[before][Role.SIGNATURE] -= 8.0  # the last name of a list
    pair[Role.HEAD][Role.CONTINUATION] = NEVER
    pair[Role.HEAD][Role.HEAD] = 0.0 if blank else 0.7
    pair[Role.HEAD][Role.START] = 0.5 - same_word
    penned = line.signature is not None and not blank and len(bare(line.text)) <= 3  # a pen name below a headline
    certain = line.signature is not None and line.signature.certain
    pair[Role.HEAD][Role.SIGNATURE] = 0.0 if certain or penned else -3.0
    pair[Role.SIGNATURE][Role.CONTINUATION] = NEVER
    pair[Role.SIGNATURE][Role.SIGNATURE] = (-3.0 if line.perhaps_signed else -1.0) if blank else 0.5
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
        if not blank and not is_list_item(following):
            score -= 1.5
        return score if room >= 2.0 else score - 1.0
    return -5.0


def _closes(text: str) -> float:
    """That a paragraph ends with this line, whatever follows: a list may end without a full stop (…、高原)."""
    if ends_sentence(text):
        return 0.5
    return -1.5 if any(mark in text for mark in "、，：；（") else -3.0
