"""The lines of a page that may belong to an article, and what each of them plainly is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from articles.newsprint.reconstruction.bylines import Signature, read_signature
from articles.newsprint.reconstruction.set_aside import set_aside
from articles.newsprint.reconstruction.typography import Measure, bare, measure
from articles.newsprint.values import SetAsideKind, SourceLine


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

    @property
    def perhaps_signed(self) -> bool:
        """A few characters that may be a name, or something else: 水云间, 夏收图景."""
        return self.signature is not None and not self.signature.certain


@dataclass(frozen=True, slots=True)
class ClassedLine:
    """A line with its role and by how much (log-odds) that role beat the next best one."""

    line: TypeLine
    role: Role
    margin: float


_OPENING = re.compile(r"^\s*(?:本报讯|本报[\u4e00-\u9fff]{2,6}讯|本报综合消息|本报消息|新华社[\u4e00-\u9fff]{2,4}\d)")
_LIST_ITEM = re.compile(
    r"^\s*(?:(?!图片新闻|短评|简讯|快讯|链接|新闻链接|评论|读者来信)[\u4e00-\u9fffA-Za-z0-9、“”（）()]{2,16}[：:]|[问答][：:]|[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十\d]{1,2}[）)]"
    r"|\d{1,2}[.．、]|[①-⑳●◆■○])"
)
_DATE_ALONE = re.compile(
    r"(?:[12]\d{3}|[〇○零一二三四五六七八九]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
)


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
