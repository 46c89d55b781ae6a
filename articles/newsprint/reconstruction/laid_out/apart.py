"""Lines of a laid-out page that belong to no article: the page's head and foot, captions, advertisements."""

from __future__ import annotations

import re
from collections.abc import Sequence

from articles.newsprint.reconstruction.bylines import read_signature
from articles.newsprint.reconstruction.laid_out.frames import HEADLINE, Drawn, is_other_type
from articles.newsprint.reconstruction.laid_out.sheet import Area, Printed, Usual
from articles.newsprint.reconstruction.set_aside import heads_advertisement, is_furniture, opens_caption
from articles.newsprint.reconstruction.typography import bare
from articles.newsprint.values import SetAsideKind

_HEAD_OF_PAGE = 0.16
_FOOT_OF_PAGE = 0.93
_JUMP = re.compile(
    r"[（(]?(?:下转|上接|紧接|转|接)(?:本报)?(?:第?[A-H]?[0-9一二三四五六七八九十]{1,3}版?)(?:[一-龥]{2,4}版)?[）)]?"
)
_CREDIT_END = re.compile(r"(?:摄|摄影|供图|摄影报道|图片报道|文/图|制图)[）)]?$")


def set_apart(lines: Sequence[Printed], shapes: Drawn, page: Usual, height: float) -> dict[int, SetAsideKind]:
    """Kinds of the lines, by number, that stand outside articles wherever these are."""
    out: dict[int, SetAsideKind] = {}
    top = _head_rule(lines, shapes, page, height)
    for line in lines:
        if line.area.y1 <= top or _is_furniture(line, lines, page, height):
            out[line.number] = "furniture"
    rest = [line for line in lines if line.number not in out]
    for picture in shapes.pictures:
        for line in _caption_of(picture, [line for line in rest if line.number not in out], shapes, page):
            out[line.number] = "caption"
    for line in rest:
        if line.number not in out and shapes.pictures and opens_caption(line.text) and line.size < page.size * 0.97:
            out[line.number] = "caption"
    for frame in range(-1, len(shapes.frames)):
        inside = [line for line in rest if line.number not in out and shapes.frame_of(line.area.centre) == frame]
        if frame >= 0 and inside and heads_advertisement(min(inside, key=lambda line: line.area.y0).text):
            out |= {line.number: "advertisement" for line in inside}
    return out


def _head_rule(lines: Sequence[Printed], shapes: Drawn, page: Usual, height: float) -> float:
    """Where the rule under the page's head stands; 0 if there is none. No text stands above it."""
    left, right = min((line.area.x0 for line in lines), default=0), max((line.area.x1 for line in lines), default=0)
    best = 0.0
    for rule in shapes.rules:
        if rule.y1 > _HEAD_OF_PAGE * height or rule.width < 0.75 * (right - left):
            continue
        above = [line for line in lines if line.area.y1 <= rule.y1]
        text = sum(len(bare(line.text)) for line in above if "。" in line.text)
        if above and not text and len(above) <= 30:
            best = max(best, rule.y1)
    return best


def _is_furniture(line: Printed, lines: Sequence[Printed], page: Usual, height: float) -> bool:
    """Date lines, folios and the names of who made the page, at its edges or standing alone.

    定价，“钱怎么收… in the midst of a column is none.
    """
    if _JUMP.fullmatch(bare(line.text)):
        return True
    if not is_furniture(line.text):
        return False
    if line.area.y1 < _HEAD_OF_PAGE * height or line.area.y0 > _FOOT_OF_PAGE * height:
        return not _in_column(line, lines, page) or line.size < 0.9 * page.size
    sign = not any(char.isalnum() for char in line.text)
    jump = "接" in line.text or "转" in line.text
    return not (jump or sign or line.size > HEADLINE * page.size or _in_column(line, lines, page))


def _in_column(line: Printed, lines: Sequence[Printed], page: Usual) -> bool:
    """Whether text of the same size stands right above or below."""
    return any(
        other is not line
        and 0.5 * page.size < abs(other.base - line.base) < 1.4 * page.leading
        and abs(other.size - line.size) < 0.05 * line.size
        and abs(other.area.x0 - line.area.x0) < 3.4 * line.size
        for other in lines
        if not is_furniture(other.text)
    )


def _caption_of(picture: Area, lines: Sequence[Printed], shapes: Drawn, page: Usual) -> list[Printed]:
    """Lines in a picture, and those that follow under it (or beside or above it) in another type than the text's."""
    inside = [line for line in lines if picture.holds_point(line.area.centre) and line.size < HEADLINE * page.size]
    found = list(inside)
    frame = shapes.frame_of(picture.centre)
    near = [
        line
        for line in lines
        if line not in inside and shapes.frame_of(line.area.centre) == frame and not line.vertical
    ]
    found += _under(picture, near, page)
    if not found:
        found += _beside(picture, near, page)
    return found


def _under(picture: Area, lines: Sequence[Printed], page: Usual) -> list[Printed]:
    """From just below the picture down, as long as the type stays the same."""
    found: list[Printed] = []
    edge = picture.y1
    for line in sorted(lines, key=lambda line: (line.area.y0, line.area.x0)):
        gap = line.area.y0 - edge
        within = line.area.x0 >= picture.x0 - page.size and line.area.x1 <= picture.x1 + 1.5 * page.size
        level = bool(found) and abs(line.area.y1 - found[-1].area.y1) < 0.3 * line.size
        if not within or line.area.y0 < picture.y1 - 0.5 * line.size or (gap > 1.2 * page.size and not level):
            continue
        alike = bool(found) and abs(line.size - found[0].size) < 0.05 * line.size and line.font == found[0].font
        credit = bool(_CREDIT_END.search(bare(line.text))) and read_signature(line.text) is not None
        first = not found and (is_other_type(line, page) or opens_caption(line.text))
        later = alike and (is_other_type(line, page) or not _closed(found[-1]) or credit)
        if line.size >= HEADLINE * page.size or not (first or later):
            if line.area.y0 < edge + 1.2 * page.size:
                break
            continue
        found.append(line)
        edge = max(edge, line.area.y1)
    return found


def _closed(line: Printed) -> bool:
    return bool(re.search(r"[。！？]$", line.text.strip())) or bool(_CREDIT_END.search(bare(line.text)))


def _beside(picture: Area, lines: Sequence[Printed], page: Usual) -> list[Printed]:
    """Small type beside or above a picture that says it is a caption."""
    near = [
        line
        for line in lines
        if picture.grown(1.5 * page.size).meets(line.area)
        and line.size < 1.05 * page.size
        and is_other_type(line, page)
    ]
    text = "".join(bare(line.text) for line in sorted(near, key=lambda line: line.area.y0))
    if near and (opens_caption(text) or _CREDIT_END.search(text)):
        return near
    return []
