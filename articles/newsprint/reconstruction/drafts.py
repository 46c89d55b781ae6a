"""The chosen reading of a page → article drafts with their reasons, and the lines that were set aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from articles.newsprint.reconstruction.bylines import bylines_within
from articles.newsprint.reconstruction.confidence import confidence, doubts
from articles.newsprint.reconstruction.headlines import headline_roles
from articles.newsprint.reconstruction.page_plan import Page, Segment
from articles.newsprint.reconstruction.pairing import Assembly
from articles.newsprint.reconstruction.paragraphs import headline_text, mend, paragraph_text
from articles.newsprint.reconstruction.pieces import HeadLine, Paragraph, Signed
from articles.newsprint.reconstruction.plan_scores import Judge, Verdict
from articles.newsprint.reconstruction.stitching import margins
from articles.newsprint.values import (
    ArticleDraft,
    ArticleLines,
    Byline,
    PageDraft,
    Reason,
    SetAside,
    SetAsideKind,
    SourceLine,
)


def page_draft(
    lines: Sequence[SourceLine], aside: Mapping[int, SetAsideKind], page: Page, verdict: Verdict, judge: Judge
) -> PageDraft:
    """Articles in printed order of their bodies; every printed line that no article took is set aside."""
    spare = len(verdict.spare) + sum(kind == "unknown" for kind in aside.values())
    near = margins(page, judge, verdict)
    articles = [
        replace(
            _draft(page, assembly, judge),
            confidence=confidence(doubts(page, verdict, judge, number, near, spare)),
        )
        for number, assembly in enumerate(verdict.articles)
    ]
    taken = {number for article in articles for number in _numbers(article.lines)}
    unplaced = tuple(
        SetAside(line.number, line.text, aside.get(line.number, "unknown"))
        for line in lines
        if line.text.strip() and line.number not in taken
    )
    return PageDraft(tuple(articles), unplaced)


def _numbers(lines: ArticleLines) -> list[int]:
    body = [number for paragraph in lines.body for number in paragraph]
    return [*lines.kicker, *lines.headline, *lines.subtitle, *body, *lines.byline]


def _draft(page: Page, assembly: Assembly, judge: Judge) -> ArticleDraft:
    paragraphs = _paragraphs(page, assembly)
    texts = tuple(paragraph_text(line for paragraph in run for line in paragraph.lines) for run in paragraphs)
    signed = _signed(page, assembly)
    bylines = [b for item in signed for signature in item.signatures for b in signature.bylines]
    bylines = bylines or list(bylines_within(texts))
    byline_lines = [line for item in signed for line in item.lines]
    roles = headline_roles(assembly.group)
    headline = headline_text(head.text for head in roles.headline)
    if roles.joined:
        headline = "".join(headline_text([head.text]) for head in roles.headline)
    return ArticleDraft(
        headline=headline,
        paragraphs=texts,
        lines=ArticleLines(
            kicker=_of(roles.kicker),
            headline=_of(roles.headline),
            subtitle=_of(roles.subtitle),
            body=tuple(tuple(n for paragraph in run for n in paragraph.numbers) for run in paragraphs),
            byline=tuple(n for item in signed for n in item.numbers),
        ),
        kicker=headline_text(head.text for head in roles.kicker) or None,
        subtitle=headline_text(head.text for head in roles.subtitle) or None,
        byline_text=headline_text(mend(line) for line in byline_lines) or None,
        bylines=tuple(dict.fromkeys(Byline(b.name, b.role) for b in bylines)),
        reasons=_reasons(page, assembly, judge),
    )


def _of(heads: Sequence[HeadLine]) -> tuple[int, ...]:
    return tuple(head.number for head in heads)


def _paragraphs(page: Page, assembly: Assembly) -> list[list[Paragraph]]:
    """Paragraphs in reading order; one that a displaced column cut in two is one again."""
    out: list[list[Paragraph]] = []
    for position, segment in enumerate(assembly.segments):
        members = list(page.paragraphs[segment.first : segment.last])
        tail = position > len(assembly.leads)
        if tail and out and not out[-1][-1].ended:
            out[-1].append(members.pop(0))
        out += [[member] for member in members]
    return out


def _signed(page: Page, assembly: Assembly) -> list[Signed]:
    segments = assembly.segments
    order = [index for segment in segments for index in segment.top]
    order += [index for segment in segments for index in segment.end]
    return [page.signings[index].signed for index in order]


def _reasons(page: Page, assembly: Assembly, judge: Judge) -> tuple[Reason, ...]:
    out: list[Reason] = []
    numbers = _of(assembly.group)
    lead = assembly.pair_score - assembly.rival_score
    if not assembly.group:
        out.append(Reason("no-headline", -5.0, "版面上没有找到合适的标题，请补标题。"))
    elif assembly.adjacent:
        out.append(Reason("headline", lead, "标题紧接在正文之前。", numbers))
    else:
        out.append(Reason("headline", lead, "标题与正文不相邻，按共同出现的词语配对。", numbers))
    main = assembly.main
    for segment in assembly.leads:
        score = judge.lead_score(segment, main)
        out.append(Reason("lead", score, "导语排在别处，按词语、栏宽和“本报讯”归到本篇开头。", _lines(page, segment)))
    for segment in assembly.tails:
        score = judge.tail_score(segment, main)
        out.append(Reason("tail", score, "末栏排在别处，按词语和署名接到本篇末尾。", _lines(page, segment)))
    for segment in assembly.segments:
        for index in (*segment.top, *segment.end):
            signing = page.signings[index]
            where = "之前" if index in segment.top else "之后"
            out.append(Reason("byline", 2.0, f"署名排在正文{where}，归入本篇。", signing.signed.numbers))
    weakest = min(
        (paragraph for segment in assembly.segments for paragraph in page.paragraphs[segment.first : segment.last]),
        key=lambda paragraph: paragraph.margin,
    )
    if weakest.margin < 1.5:
        out.append(Reason("paragraph", weakest.margin, "这一段的起止不够明确，请核对分段。", weakest.numbers))
    return tuple(out)


def _lines(page: Page, segment: Segment) -> tuple[int, ...]:
    return tuple(n for p in page.paragraphs[segment.first : segment.last] for n in p.numbers)
