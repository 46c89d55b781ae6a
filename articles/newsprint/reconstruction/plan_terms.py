"""What is seen in a reading of a page, as named terms: each names a sight and how much of it there is.

What a term counts for stands in `weights.json`; `plan_scores` adds them up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from articles.newsprint.reconstruction.page_plan import Page, Plan, Segment
from articles.newsprint.reconstruction.pieces import Paragraph
from articles.newsprint.reconstruction.type_lines import Gap

Terms = list[tuple[str, float]]

# A text that begins so goes on with what was said before: 他表示, 座谈中, 刘某某指出.
_GOES_ON = re.compile(
    r"“?(?:[他她它]|这|那|其[中间]|此|该|会议(?:指出|强调|要求|认为)|会上|会后|座谈|活动(?:现场|中)|当天|现场|随后|同时|如今|另外|接着"
    r"|最后|接下来|下一步|今后|据(?:悉|了解|介绍|统计)|而|但|不过|于是|对此|为此|因此|期间"
    r"|[\u4e00-\u9fff]{2,4}(?:在[\u4e00-\u9fff]{2,8}[中时后]|还|也|对此)?(?:指出|强调|表示|要求|介绍|先后|一行|说|认为|透露|提醒|还|一边))"
)
# A report begins so: 近日, 6月3日下午, 国庆期间.
_BEGINS = re.compile(
    r"(?:近日|日前|昨[日天]|今[日天]|前[日天]|上周|本周|即日|连日来|\d+月\d+日|\d+月|\d{4}年|[\u4e00-\u9fff]{2,4}(?:假期|期间|前夕|时节)|为|因|根据|记者从)"
)
# A person introduced with his post: 管委会副主任江南.
_INTRODUCES = re.compile(
    r"(?:书记|主任|局长|部长|区长|市长|县长|主席|院长|校长|经理|董事长|会长|队长|所长)[\u4e00-\u9fff]{2,3}"
)
_INTRODUCED = re.compile(r"[\u4e00-\u9fff]{2,3}(?:指出|强调|表示|要求|先后|一行|说|介绍)|[\u4e00-\u9fff]一行")


@dataclass(frozen=True, slots=True)
class Shares:
    """How many of a page's articles open with 本报讯, and how much more than elsewhere are signed (1: as usual)."""

    opening: float
    signed: float


def goes_on(paragraph: Paragraph) -> bool:
    """Whether the paragraph begins as one that something came before."""
    return not paragraph.opens and bool(_GOES_ON.match(paragraph.text))


def begins(paragraph: Paragraph) -> bool:
    """Whether the paragraph begins as a report does."""
    return paragraph.opens or bool(_BEGINS.match(paragraph.text))


def joint_terms(page: Page, p: int) -> Terms:
    """A new segment begins at paragraph `p`, with no byline or headline before it."""
    above, here = page.paragraphs[p - 1], page.paragraphs[p]
    terms: Terms = [("cut", 1.0)]
    if here.opens:
        terms.append(("cut: opens", 1.0))
    if here.gap is Gap.OTHER:
        terms.append(("cut: something between", 1.0))
    elif here.gap is Gap.NONE:
        terms.append(("cut: unparted", 1.0))
    if abs(here.width - above.width) >= 4:  # columns of one body differ less
        terms.append(("cut: other width", 1.0))
    if above.dated:
        terms.append(("cut: date above", 1.0))
    if not above.ended and here.ended:  # a list ends without a full stop, prose does not
        terms.append(("cut: list ends above", 1.0))
    if above.announces:
        terms.append(("cut: announced", 1.0))
    if goes_on(here):
        terms.append(("cut: goes on", 1.0))
    elif begins(here):
        terms.append(("cut: begins", 1.0))
    if above.listed and here.listed:
        terms.append(("cut: within list", 1.0))
    if p in page.briefs:
        terms.append(("cut: among briefs", 1.0))
    if above.converses:
        terms.append(("cut: within questions" if here.converses else "cut: questions end above", 1.0))
    if here.gap is Gap.BLANK and above.ended and page.unparted > 0.5:
        terms.append(("cut: parted where paragraphs are not", 2.0 * page.unparted - 1.0))
    return terms


def side_terms(page: Page, index: int, *, below: bool) -> Terms:
    """A byline between two paragraphs belongs to one of them."""
    signing = page.signings[index]
    if signing.bound:
        return []
    signed = signing.signed
    sign = -1.0 if below else 1.0
    terms: Terms = [("byline: unparted above" if signed.gap is Gap.NONE else "byline: parted above", sign)]
    terms.append(
        ("byline: opening sort" if any(s.opening for s in signed.signatures) else "byline: closing sort", sign)
    )
    return terms


def lead_terms(page: Page, segment: Segment, main: Segment) -> Terms:
    """`segment` is the first paragraph of `main`, printed elsewhere."""
    first, home = page.paragraphs[segment.first], page.paragraphs[main.first]
    terms: Terms = [("lead", 1.0)]
    if segment.last - segment.first > 1:
        terms.append(("lead: more paragraphs", float(segment.last - segment.first - 1)))
    if segment.top or segment.end:
        terms.append(("lead: signed", 1.0))
    if home.opens:
        terms.append(("lead: home opens itself", 1.0))
    if first.opens:
        terms.append(("lead: opens", 1.0))
    if main.last - main.first < 2:
        terms.append(("lead: short home", 1.0))
    if page.paragraphs[segment.last - 1].announces:
        terms.append(("lead: announces list" if home.listed else "lead: announces", 1.0))
    if first.width >= home.width + 4:
        terms.append(("lead: wider", 1.0))
    if goes_on(first):
        terms.append(("lead: goes on", 1.0))
    if goes_on(home):
        terms.append(("lead: home goes on", 1.0))
    elif begins(home):
        terms.append(("lead: home begins", 1.0))
    if _INTRODUCES.search(first.text) and _INTRODUCED.match(home.text):
        terms.append(("lead: introduces", 1.0))
    return terms


def tail_terms(page: Page, segment: Segment, main: Segment) -> Terms:
    """`segment` is the last column of `main`, printed elsewhere."""
    first = page.paragraphs[segment.first]
    terms: Terms = [("tail", 1.0)]
    if segment.top or main.end:
        terms.append(("tail: signed before", 1.0))
    if segment.end:
        terms.append(("tail: signed", 1.0))
    if first.opens:
        terms.append(("tail: opens", 1.0))
    elif begins(first):
        terms.append(("tail: begins", 1.0))
    if goes_on(first):
        terms.append(("tail: goes on", 1.0))
    if segment.first < main.first:
        terms.append(("tail: before home", 1.0))
    if not page.paragraphs[main.last - 1].ended:
        terms.append(("tail: home unended", 1.0))
    return terms


def article_terms(
    page: Page, main: Segment, leads: Sequence[Segment], tails: Sequence[Segment], shares: Shares
) -> Terms:
    """Segments make one article."""
    terms: Terms = [("article", 1.0)]
    if len(leads) > 1:
        terms.append(("article: two leads", 1.0))
    if len(tails) > 1:
        terms.append(("article: two tails", 1.0))
    first = page.paragraphs[(leads[0] if leads else main).first]
    last = page.paragraphs[(tails[-1] if tails else main).last - 1]
    if last.lines[-1].strip().endswith(("：", ":")):
        terms.append(("article: ends with colon", 1.0))
    elif not last.ended and not last.dated:
        terms.append(("article: unended", 1.0))
    if not first.opens and not main.top:
        terms.append(("article: unopened", shares.opening))
    if goes_on(first) and not main.top:
        terms.append(("article: goes on", 1.0))
    signed_end = bool(main.end) or any(tail.end for tail in tails)
    if main.top and signed_end:
        terms.append(("article: signed twice", 1.0))
    if not main.top and not signed_end:
        terms.append(("article: unsigned", shares.signed))
        if main.last - main.first > 1:
            terms.append(("article: unsigned and long", 1.0))
    return terms


def grouping_terms(page: Page, plan: Plan) -> Terms:
    """Headline lines go together or part."""
    terms: Terms = []
    for number, run in enumerate(page.runs):
        size = 1
        for position in range(1, len(run.heads)):
            head = run.heads[position]
            if (number, position) in plan.breaks:
                gap = {Gap.NONE: "unparted", Gap.BLANK: "parted", Gap.OTHER: "something between"}[head.gap]
                terms.append((f"headlines apart: {gap}", 1.0))
                size = 1
                continue
            size += 1
            terms.append((f"headline of {min(size, 5)} lines", 1.0))
            if head.gap is not Gap.NONE:
                terms.append(("headline goes on over a blank", 1.0))
            if head.text.strip().startswith("——"):
                terms.append(("headline: dash goes on", 1.0))
    return terms
