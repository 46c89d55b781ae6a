"""Stories of a laid-out page → article drafts with reasons, zones, and the lines set aside."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from articles.newsprint.reconstruction.bylines import bylines_within, read_signature
from articles.newsprint.reconstruction.headlines import is_one_phrase
from articles.newsprint.reconstruction.laid_out.belonging import Story
from articles.newsprint.reconstruction.laid_out.frames import Drawn
from articles.newsprint.reconstruction.laid_out.sheet import Area, Printed, Usual, placed
from articles.newsprint.reconstruction.laid_out.stories import Text, text_of
from articles.newsprint.reconstruction.laid_out.zones import article_areas
from articles.newsprint.reconstruction.paragraphs import headline_text, mend, paragraph_text
from articles.newsprint.reconstruction.set_aside import heads_advertisement
from articles.newsprint.values import (
    ArticleDraft,
    ArticleLines,
    Byline,
    PageDraft,
    Reason,
    SetAside,
    SetAsideKind,
    Sheet,
    SourceLine,
    ZoneReading,
)

_DOUBTS = {
    "row": ("columns", 0.5, "有一栏离标题较远，按同一排的邻栏归入本篇，请核对。"),
    "below": ("columns", 0.5, "有一栏上方没有标题，按句子的衔接归入本篇，请核对。"),
    "headless": ("no-headline", -3.0, "版面上没有找到这些文字的标题，请补标题。"),
    "torn": ("order", -0.5, "栏与栏之间的句子接不上，请核对分栏次序。"),
}


def laid_out_page(
    lines: Sequence[SourceLine],
    sheet: Sheet,
    aside: Mapping[int, SetAsideKind],
    stories: Sequence[Story],
    captions: Sequence[Printed],
    shapes: Drawn,
    page: Usual,
) -> PageDraft:
    """Articles from the top left; every printed line that no article took is set aside."""
    kinds = dict(aside)
    told: list[tuple[Story, Text]] = []
    for story in stories:
        text = text_of(story, page)
        if not text.paragraphs or (story.heading and heads_advertisement(_joined(story.heading.headline))):
            kind: SetAsideKind = "advertisement" if text.paragraphs else "unknown"
            kinds |= {line.number: kind for line in _all_lines(story)}
        else:
            told.append((story, text))
    told.sort(key=lambda pair: _first_place(pair[0], page))
    articles = tuple(_draft(story, text) for story, text in told)
    taken = {number for article in articles for number in _numbers(article.lines)}
    unplaced = tuple(
        SetAside(line.number, line.text, kinds.get(line.number, "unknown"))
        for line in lines
        if line.text.strip() and line.number not in taken
    )
    return PageDraft(articles, unplaced, _zones(lines, sheet, told, taken, captions, shapes, page))


def _all_lines(story: Story) -> list[Printed]:
    heads = story.heading.lines if story.heading else []
    return [*heads, *(line for column in story.columns for line in column.lines)]


def _first_place(story: Story, page: Usual) -> tuple[int, float]:
    top = min(line.area.y0 for line in _all_lines(story))
    left = min(line.area.x0 for line in _all_lines(story))
    return round(top / (4 * page.leading)), left


def _numbers(lines: ArticleLines) -> list[int]:
    body = [number for paragraph in lines.body for number in paragraph]
    return [*lines.kicker, *lines.headline, *lines.subtitle, *body, *lines.byline]


def _joined(lines: Sequence[Printed]) -> str:
    return headline_text(line.text for line in lines)


def _headline(lines: Sequence[Printed]) -> str:
    if is_one_phrase([line.text for line in lines]):
        return "".join(headline_text([line.text]) for line in lines)
    return _joined(lines)


def _draft(story: Story, text: Text) -> ArticleDraft:
    heading = story.heading
    paragraphs = tuple(paragraph_text(line.text for line in paragraph) for paragraph in text.paragraphs)
    bylines = [byline for line in text.bylines for byline in _people(line.text)]
    bylines = bylines or list(bylines_within(paragraphs))
    reasons = _reasons(story, text)
    return ArticleDraft(
        headline=_headline(heading.headline) if heading else "",
        paragraphs=paragraphs,
        lines=ArticleLines(
            kicker=_of(heading.kicker) if heading else (),
            headline=_of(heading.headline) if heading else (),
            subtitle=_of(heading.subtitle) if heading else (),
            body=tuple(_of(paragraph) for paragraph in text.paragraphs),
            byline=_of(text.bylines),
        ),
        kicker=(_joined(heading.kicker) or None) if heading else None,
        subtitle=(_joined(heading.subtitle) or None) if heading else None,
        byline_text=headline_text(mend(line.text) for line in text.bylines) or None,
        bylines=tuple(dict.fromkeys(Byline(byline.name, byline.role) for byline in bylines)),
        confidence=_confidence(reasons),
        reasons=reasons,
    )


def _of(lines: Sequence[Printed]) -> tuple[int, ...]:
    return tuple(line.number for line in lines)


def _people(text: str) -> tuple[Byline, ...]:
    """Who signed; a name set as a byline is one even without a role."""
    signature = read_signature(text)
    if signature is not None:
        return signature.bylines
    name = re.sub(r"\s+", "", text)
    return (Byline(name, "笔名"),) if re.fullmatch(r"[\u4e00-\u9fff·]{2,6}", name) else ()


def _reasons(story: Story, text: Text) -> tuple[Reason, ...]:
    out = []
    if story.heading:
        where = "竖排标题在正文旁边。" if story.heading.vertical else "标题在各栏正文上方，按字号和位置归入。"
        out.append(Reason("headline", 4.0, where, _of(story.heading.headline)))
    for doubt in dict.fromkeys([*story.doubts, *(["torn"] if text.torn else [])]):
        decision, score, sentence = _DOUBTS[doubt]
        out.append(Reason(decision, score, sentence))
    if text.bylines:
        out.append(Reason("byline", 2.0, "署名单独成行，归入本篇。", _of(text.bylines)))
    return tuple(out)


def _confidence(reasons: Sequence[Reason]) -> float:
    sure = 0.99
    for reason in reasons:
        sure *= 1.0 if reason.score >= 2.0 else 0.85 if reason.score > 0 else 0.6
    return round(sure, 3)


def _zones(
    lines: Sequence[SourceLine],
    sheet: Sheet,
    told: Sequence[tuple[Story, Text]],
    taken: set[int],
    captions: Sequence[Printed],
    shapes: Drawn,
    page: Usual,
) -> tuple[ZoneReading, ...]:
    printed = [[line.area for line in _all_lines(story)] for story, _ in told]
    frames = [_frame(story) for story, _ in told]
    for picture in shapes.pictures:
        home = _home(picture, printed, frames, shapes)
        if home is not None:
            printed[home].append(picture)
            printed[home] += [line.area for line in captions if picture.grown(1.5 * page.size).meets(line.area)]
    others = [placed(line.box, sheet) for line in lines if line.box and line.text.strip() and line.number not in taken]
    areas = article_areas(printed, frames, others, shapes, page, sheet)
    return tuple(ZoneReading(at, _polygon(area, sheet)) for at, area in enumerate(areas))


def _frame(story: Story) -> int:
    return story.heading.frame if story.heading else story.columns[0].frame


def _home(picture: Area, printed: Sequence[Sequence[Area]], frames: Sequence[int], shapes: Drawn) -> int | None:
    """The article a picture illustrates: the one that stands around it."""
    best, most = None, 0.0
    for at, areas in enumerate(printed):
        if shapes.frame_of(picture.centre) != frames[at]:
            continue
        inside = Area(
            min(area.x0 for area in areas),
            min(area.y0 for area in areas),
            max(area.x1 for area in areas),
            max(area.y1 for area in areas),
        )
        if inside.meets(picture):
            share = inside.shared_width(picture) * inside.shared_height(picture) / (picture.width * picture.height)
            if share > max(most, 0.5):
                best, most = at, share
    return best


def _polygon(area: Area, sheet: Sheet) -> tuple[tuple[float, float], ...]:
    x0, x1 = (round(min(1.0, max(0.0, x / sheet.width)), 4) for x in (area.x0, area.x1))
    y0, y1 = (round(min(1.0, max(0.0, y / sheet.height)), 4) for y in (area.y0, area.y1))
    return (x0, y0), (x1, y0), (x1, y1), (x0, y1)
