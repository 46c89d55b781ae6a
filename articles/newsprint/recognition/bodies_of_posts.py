"""Bodies by the posts held in them: 天衡精密董事长 leads 天衡精密."""

from __future__ import annotations

import re

from . import reasons
from .bodies_found import GENERIC, LEGAL, SUFFIX, BodiesFound, is_specific, trim
from .lexicon import part_of_speech
from .passages import Passage
from .posts import TitleMatch, split_title


def by_post(bodies: BodiesFound, passage: Passage, title: TitleMatch) -> None:
    """天衡精密董事长: what stands before a leading title is a body, with or without an ending."""
    position = title.post_start
    for post in re.split(r"(、|兼任?)", passage.text[title.post_start : title.end]):
        body, bare_title = split_title(post)
        if body and bare_title != post and not title.descriptor:
            former = re.match(r"原|时任", body)
            trimmed = trim(passage.text, position + (former.end() if former else 0), position + len(body))
            _body_of_post(bodies, passage, trimmed, position + len(body), certain=title.leading)
        position += len(post)


def _body_of_post(bodies: BodiesFound, passage: Passage, start: int, end: int, *, certain: bool) -> None:
    if any(paragraph == passage.paragraph and begin == start for paragraph, begin, _ in bodies.found):
        return
    body = passage.text[start:end]
    if body.endswith(("党委", "党组", "党总支")) and LEGAL.search(body[:-2]):
        end -= 2
        body = body[:-2]
    if len(body) < 3 or body in GENERIC or part_of_speech(body) or SUFFIX.search(body):
        return
    if body.endswith(
        (
            "省",
            "市",
            "县",
            "区",
            "镇",
            "乡",
            "省级",
            "部门",
            "车间",
            "项目",
            "办公室",
            "科室",
            "班组",
            "车",
            "路",
            "年级",
        )
    ):
        return
    if "驻" in body[1:]:  # 法国驻武汉总领事
        return
    if is_specific(body) and len(body) <= 12:
        bodies.add(passage, start, end, certain=certain, reason=reasons.BODY_OF_POST)
