"""Lines that the file itself marks as headline, text and so on → drafts. Nothing is guessed but who signed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from articles.newsprint.reconstruction.bylines import bylines_within, read_signature
from articles.newsprint.reconstruction.paragraphs import headline_text, mend, paragraph_text
from articles.newsprint.reconstruction.set_aside import is_furniture
from articles.newsprint.values import (
    ArticleDraft,
    ArticleLines,
    Byline,
    PageDraft,
    Reason,
    SetAside,
    SetAsideKind,
    Source,
    SourceLine,
)

_SURE = {"html": 0.98, "docx": 0.9}
_WHY = {"html": "稿件文件里标明了标题和正文。", "docx": "按文档的样式和字号分出标题和正文。"}
_NAMES = re.compile(r"[\s、，,;；/]+")
_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{1,6})?")


def rebuild_marked(source: Source) -> PageDraft:
    """Articles in the order in which their first lines stand; an article without any text is no article."""
    numbers = sorted({line.mark.article for line in source.lines if line.mark and line.mark.article is not None})
    articles: list[ArticleDraft] = []
    at: dict[int, int] = {}
    for number in numbers:
        lines = [line for line in source.lines if line.mark and line.mark.article == number and line.text.strip()]
        if any(line.mark and line.mark.role in ("headline", "body") for line in lines):
            at[number] = len(articles)
            articles.append(_draft(lines, source.kind))
    taken = {n for article in articles for n in _numbers(article.lines)}
    unplaced = tuple(
        SetAside(line.number, line.text, _kind(line))
        for line in source.lines
        if line.text.strip() and line.number not in taken
    )
    zones = tuple(type(zone)(at[zone.article], zone.polygon) for zone in source.zones if zone.article in at)
    return PageDraft(tuple(articles), unplaced, zones)


def _kind(line: SourceLine) -> SetAsideKind:
    role = line.mark.role if line.mark else "unknown"
    if role in ("caption", "advertisement", "furniture"):
        return role
    return "furniture" if is_furniture(line.text) else "unknown"


def _numbers(lines: ArticleLines) -> list[int]:
    body = [number for paragraph in lines.body for number in paragraph]
    return [*lines.kicker, *lines.headline, *lines.subtitle, *body, *lines.byline]


def _draft(lines: Sequence[SourceLine], kind: str) -> ArticleDraft:
    by_role: dict[str, list[SourceLine]] = {}
    for line in lines:
        by_role.setdefault(line.mark.role if line.mark else "body", []).append(line)
    body, signed = _parted(by_role.get("body", []))
    signed = [*by_role.get("byline", []), *signed]
    headline = by_role.get("headline", [])
    texts = tuple(_text(line.text) for line in body)
    bylines = [byline for line in signed for byline in _signers(line.text)] or list(bylines_within(texts))
    reasons = (Reason("marked", 4.0, _WHY.get(kind, _WHY["docx"]), _of(headline)),)
    if not headline:
        reasons = (Reason("no-headline", -5.0, "版面上没有找到合适的标题，请补标题。"),)
    return ArticleDraft(
        headline=_head(headline) or "",
        paragraphs=texts,
        lines=ArticleLines(
            kicker=_of(by_role.get("kicker", [])),
            headline=_of(headline),
            subtitle=_of(by_role.get("subtitle", [])),
            body=tuple((line.number,) for line in body),
            byline=_of(signed),
        ),
        kicker=_head(by_role.get("kicker", [])),
        subtitle=_head(by_role.get("subtitle", [])),
        byline_text=headline_text(mend(line.text) for line in signed) or None,
        bylines=tuple(dict.fromkeys(bylines)),
        confidence=_SURE.get(kind, 0.9) if headline else 0.05,
        reasons=reasons,
    )


def _text(text: str) -> str:
    """A paragraph; in a row of a table blanks part the cells, so they stay."""
    row = "\u3000" in text.strip() and not re.search(r"[。，；]", text)
    return headline_text([text]) if row else paragraph_text([text])


def _of(lines: Sequence[SourceLine]) -> tuple[int, ...]:
    return tuple(line.number for line in lines)


def _head(lines: Sequence[SourceLine]) -> str | None:
    return headline_text(line.text for line in lines) or None


def _parted(body: Sequence[SourceLine]) -> tuple[list[SourceLine], list[SourceLine]]:
    """Text, and the signatures at its beginning and its end."""
    text, signed = list(body), []
    while text and read_signature(text[0].text) is not None:
        signed.append(text.pop(0))
    end: list[SourceLine] = []
    while text and read_signature(text[-1].text) is not None:
        end.insert(0, text.pop())
    return text, [*signed, *end]


def _signers(text: str) -> list[Byline]:
    """A signature; where the file only names its authors, each of them."""
    read = read_signature(text)
    if read is not None and read.certain:
        return list(read.bylines)
    names = [name for name in _NAMES.split(text.strip(" 　：:作者")) if name]
    if names and all(_NAME.fullmatch(name) for name in names):
        return [Byline(name, "作者") for name in names]
    return list(read.bylines) if read is not None else []
