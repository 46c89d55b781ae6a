"""Roles within a headline group: kicker, headline, subtitle, by what a dump without type sizes still shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from articles.newsprint.reconstruction.pieces import HeadLine
from articles.newsprint.reconstruction.type_lines import Gap
from articles.newsprint.reconstruction.typography import cells

_KICKER = re.compile(r"(?:时(?:强调|指出|要求|提出|表示)|之际|特别报道|系列报道|进行时|系列(?:之|谈).{1,4}|[：:])$")
_SUBTITLE = re.compile(r"^(?:——|—|－－|--)")
_SLOGAN = re.compile(r"[ 　]")
_INCOMPLETE = re.compile(
    r"(?:调研|走访|考察|赴|到|在|和|与|及|的|为|对|向|会见|视察|察看|检查|督导|召开|举行|举办|组织|推进|开展|实现|走进)$"
)
_NEWS = re.compile(
    r"领导|我区|全区|全市|全县|召开|举行|举办|调研|走访|考察|检查|督导|会见|视察|部署|启动|开工|揭牌|签约|活动|会议|推行|改革|组织"
    r"|开展|座谈|主持|出席|带队|慰问|参加|推进会"
)


@dataclass(frozen=True, slots=True)
class HeadlineRoles:
    """Lines of a group by role; `whole` lines of the headline that are one phrase are joined without a blank."""

    kicker: tuple[HeadLine, ...] = ()
    headline: tuple[HeadLine, ...] = ()
    subtitle: tuple[HeadLine, ...] = ()
    joined: bool = False


def headline_roles(group: Sequence[HeadLine]) -> HeadlineRoles:
    """The likeliest roles. A group of one line is a headline, whatever it looks like."""
    lines = list(group)
    subtitle = [line for line in lines if _SUBTITLE.match(line.text.strip())]
    rest = [line for line in lines if line not in subtitle]
    if not rest:
        return HeadlineRoles(headline=tuple(lines))
    kicker: list[HeadLine] = []
    if len(rest) >= 2 and _KICKER.search(rest[0].text.strip()):
        kicker, rest = rest[:1], rest[1:]
    if len(rest) == 1 or (subtitle and len(rest) == 2 and rest[1].gap is Gap.NONE):
        return HeadlineRoles(tuple(kicker), tuple(rest), tuple(subtitle), _one_phrase(rest))
    if len(rest) == 2:
        return _two(kicker, rest, subtitle)
    return _three(kicker, rest, subtitle)


def _two(kicker: list[HeadLine], rest: list[HeadLine], subtitle: list[HeadLine]) -> HeadlineRoles:
    first, second = rest
    if _one_phrase(rest):
        return HeadlineRoles(tuple(kicker), (first, second), tuple(subtitle), joined=True)
    slogan_first = bool(_SLOGAN.search(first.text.strip()))
    slogan_second = bool(_SLOGAN.search(second.text.strip()))
    news_first, news_second = bool(_NEWS.search(first.text)), bool(_NEWS.search(second.text))
    if slogan_first and not slogan_second and not kicker:
        return HeadlineRoles((first,), (second,), tuple(subtitle))
    if news_second and not news_first and not kicker and cells(second.text) > cells(first.text):
        return HeadlineRoles((first,), (second,), tuple(subtitle))
    if not subtitle and (slogan_second or news_first or cells(second.text) > cells(first.text) + 2):
        return HeadlineRoles(tuple(kicker), (first,), (second,))
    return HeadlineRoles(tuple(kicker), (first, second), tuple(subtitle))


def _three(kicker: list[HeadLine], rest: list[HeadLine], subtitle: list[HeadLine]) -> HeadlineRoles:
    """Kicker, headline, subtitle; or a headline on two lines, which no blank parts, with one of them."""
    if not kicker and not subtitle and len(rest) == 3:
        if rest[1].gap is Gap.NONE and rest[2].gap is not Gap.NONE:
            return HeadlineRoles((), (rest[0], rest[1]), (rest[2],))
        if rest[2].gap is Gap.NONE and rest[1].gap is not Gap.NONE:
            return HeadlineRoles((rest[0],), (rest[1], rest[2]), ())
        return HeadlineRoles((rest[0],), (rest[1],), (rest[2],))
    if not kicker:
        kicker, rest = rest[:1], rest[1:]
    if not subtitle:
        rest, subtitle = rest[:-1], rest[-1:]
    return HeadlineRoles(tuple(kicker), tuple(rest), tuple(subtitle), _one_phrase(rest))


def _one_phrase(lines: Sequence[HeadLine]) -> bool:
    return is_one_phrase([line.text for line in lines])


def is_one_phrase(lines: Sequence[str]) -> bool:
    """高新区领导调研 / 河南油田工程科技股份有限公司: the first line can't stand alone."""
    return len(lines) == 2 and bool(_INCOMPLETE.search(lines[0].strip())) and not _SLOGAN.search(lines[0].strip())
