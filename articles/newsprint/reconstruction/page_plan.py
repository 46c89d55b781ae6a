"""A reading of a page as one value: where articles begin, which pieces are displaced, which headlines go together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from articles.newsprint.reconstruction.cohesion import grams
from articles.newsprint.reconstruction.pieces import HeadLine, Paragraph, Piece, Signed
from articles.newsprint.reconstruction.type_lines import Gap
from articles.newsprint.reconstruction.typography import bare

_BRIEFS = re.compile(
    r"^(?:.{0,6}(?:简讯|短讯|快讯|简报|要闻)(?:[一二三四五六七八九]则|集锦)?|一句话新闻|.{0,6}播报|.{2,6}[一二三四五六七八九]则)$"
)
_BRIEF = 120  # characters of a short item


@dataclass(frozen=True, slots=True)
class Run:
    """Headline lines, or body pieces, with nothing of the other sort between."""

    heads: tuple[HeadLine, ...]
    first: int  # paragraphs [first, last) of the page
    last: int


@dataclass(frozen=True, slots=True)
class Signing:
    """A byline between paragraph `after` - 1 and `after` of its run."""

    signed: Signed
    after: int
    bound: int  # -1: only the paragraph above can own it, 1: only the one below, 0: either


@dataclass(frozen=True, slots=True)
class Page:
    """The pieces of a page, indexed."""

    paragraphs: tuple[Paragraph, ...]
    grams: tuple[frozenset[str], ...]
    runs: tuple[Run, ...]  # in printed order, headline runs and body runs
    signings: tuple[Signing, ...]
    joints: tuple[int, ...]  # paragraph indices inside a run where a new segment might begin
    unparted: float = 0.0  # how many of the joints below a full stop stand without a blank line
    briefs: frozenset[int] = frozenset()  # paragraphs that follow another below a heading such as 简讯


class Plan(NamedTuple):
    """What the search varies. Segments are numbered by their first paragraph."""

    cuts: frozenset[int]  # joints at which a new segment begins
    below: frozenset[int]  # signings that belong to the paragraph below
    homes: tuple[tuple[int, int], ...]  # (first paragraph of a displaced segment, of its home)
    breaks: frozenset[tuple[int, int]]  # (headline run, position) at which a new group begins

    def home_of(self) -> dict[int, int]:
        """Displaced segments with their homes."""
        return dict(self.homes)

    def with_home(self, segment: int, home: int | None) -> Plan:
        """The plan with one segment displaced, or (None) standing for itself."""
        kept = tuple((s, h) for s, h in self.homes if s != segment)
        return self._replace(homes=kept if home is None else tuple(sorted((*kept, (segment, home)))))


class Segment(NamedTuple):
    """Consecutive paragraphs [first, last) with the bylines printed above and below them."""

    first: int
    last: int
    top: tuple[int, ...]  # signings
    end: tuple[int, ...]
    run: int


def page_of(pieces: Sequence[Piece]) -> Page:
    """Index the pieces."""
    paragraphs: list[Paragraph] = []
    runs: list[Run] = []
    signings: list[Signing] = []
    joints: list[int] = []
    i = 0
    while i < len(pieces):
        if isinstance(pieces[i], HeadLine):
            end = i
            heads: list[HeadLine] = []
            while end < len(pieces) and isinstance(head := pieces[end], HeadLine):
                heads.append(head)
                end += 1
            runs.append(Run(tuple(heads), len(paragraphs), len(paragraphs)))
            i = end
            continue
        end, first = i, len(paragraphs)
        loose: list[tuple[Signed, int]] = []
        while end < len(pieces) and not isinstance(piece := pieces[end], HeadLine):
            if isinstance(piece, Paragraph):
                if len(paragraphs) > first:
                    joints.append(len(paragraphs))
                paragraphs.append(piece)
            else:
                loose.append((piece, len(paragraphs)))
            end += 1
        last = len(paragraphs)
        for signed, after in loose:
            bound = 1 if after == first else -1 if after == last else 0
            signings.append(Signing(signed, after, bound if first < last else 0))
        runs.append(Run((), first, last))
        i = end
    return Page(
        tuple(paragraphs),
        tuple(grams(paragraph.text) for paragraph in paragraphs),
        tuple(runs),
        tuple(signings),
        tuple(joints),
        _unparted(paragraphs, joints),
        _briefs(paragraphs, runs),
    )


def _briefs(paragraphs: Sequence[Paragraph], runs: Sequence[Run]) -> frozenset[int]:
    """Short items of news that have nothing in common but the heading they stand under."""
    out: set[int] = set()
    for above, below in pairwise(runs):
        if not above.heads or not _BRIEFS.search(bare(above.heads[-1].text)):
            continue
        for p in range(below.first, below.last):
            here = paragraphs[p]
            if here.gap is Gap.OTHER or here.opens != paragraphs[below.first].opens or len(here.text) > _BRIEF:
                break
            if p > below.first:
                out.add(p)
    return frozenset(out)


def _unparted(paragraphs: Sequence[Paragraph], joints: Sequence[int]) -> float:
    gaps = [paragraphs[p].gap for p in joints if paragraphs[p - 1].ended]
    return gaps.count(Gap.NONE) / (len(gaps) + 2.0)


def segments_of(page: Page, plan: Plan) -> list[Segment]:
    """The segments a plan makes: cuts, and every byline between two paragraphs, part them."""
    signed_at = {signing.after for signing in page.signings}
    tops: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for index, signing in enumerate(page.signings):
        is_below = signing.bound == 1 or (signing.bound == 0 and index in plan.below)
        (tops if is_below else ends).setdefault(signing.after, []).append(index)
    out: list[Segment] = []
    for number, run in enumerate(page.runs):
        if run.heads or run.first == run.last:
            continue
        starts = [run.first]
        starts += [p for p in range(run.first + 1, run.last) if p in plan.cuts or p in signed_at]
        for start, stop in zip(starts, [*starts[1:], run.last], strict=True):
            out.append(Segment(start, stop, tuple(tops.get(start, ())), tuple(ends.get(stop, ())), number))
    return out


def groups_of(page: Page, plan: Plan) -> list[tuple[int, tuple[HeadLine, ...]]]:
    """Headline groups with the run they stand in."""
    out: list[tuple[int, tuple[HeadLine, ...]]] = []
    for number, run in enumerate(page.runs):
        group: list[HeadLine] = []
        for position, head in enumerate(run.heads):
            if group and (number, position) in plan.breaks:
                out.append((number, tuple(group)))
                group = []
            group.append(head)
        if group:
            out.append((number, tuple(group)))
    return out


def first_plan(page: Page) -> Plan:
    """Where print alone leaves no doubt: 本报讯 and advertisements begin a segment, blanks part headlines."""
    cuts = frozenset(p for p in page.joints if page.paragraphs[p].opens or page.paragraphs[p].gap is Gap.OTHER)
    below = frozenset(i for i, signing in enumerate(page.signings) if signing.bound == 0 and _stands_above(signing))
    breaks = frozenset(
        (number, position)
        for number, run in enumerate(page.runs)
        for position, head in enumerate(run.heads)
        if position and head.gap is Gap.OTHER
    )
    return Plan(cuts, below, (), breaks)


def _stands_above(signing: Signing) -> bool:
    return signing.signed.gap is not Gap.NONE and any(s.opening for s in signing.signed.signatures)
