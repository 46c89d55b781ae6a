"""A paper's habits, learned from its earlier pages as editors left them; they tip the scales on its next ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from articles.newsprint.reconstruction.bylines import bylines_within
from articles.newsprint.reconstruction.type_lines import measured, opens_report, page_lines
from articles.newsprint.reconstruction.typography import bare
from articles.newsprint.values import PageDraft, Source

_FIGURES = re.compile(r"[\d〇○零一二三四五六七八九十]+")
_DAY = re.compile(r"星期.|周[一二三四五六日]")


@dataclass(frozen=True, slots=True)
class Habits:
    """What a paper does page after page. Shares are of its articles, columns are widths in cells, commonest first."""

    pages: int = 0
    opening: float = 0.0  # begin with 本报讯
    signed: float = 0.0  # carry a byline
    columns: tuple[float, ...] = ()
    furniture: frozenset[str] = frozenset()  # as `mask` gives it

    @property
    def trust(self) -> float:
        """What the habits count for beside one page's own evidence: as much as a page, from four pages on."""
        return min(1.0, self.pages / 4)


def mask(text: str) -> str:
    """A line without blanks, figures and weekdays: 第02版：要闻 and 第03版：要闻 are one piece of furniture."""
    return _FIGURES.sub("#", _DAY.sub("", bare(text)))


def learn_habits(pages: Iterable[tuple[Source, PageDraft]]) -> Habits:
    """Habits from sources with their corrected drafts. Furniture must have been set aside as such on two pages."""
    count = articles = opening = signed = 0
    columns: Counter[float] = Counter()
    furniture: Counter[str] = Counter()
    kept: set[str] = set()
    for source, draft in pages:
        count += 1
        lines, _ = page_lines(source.lines)
        columns.update(round(width) for width in measured(lines).widths)
        furniture.update({mask(item.text) for item in draft.unplaced if item.kind == "furniture"})
        texts = {line.number: line.text for line in source.lines}
        for article in draft.articles:
            articles += 1
            opening += bool(article.paragraphs) and opens_report(article.paragraphs[0])
            signed += bool(article.lines.byline or bylines_within(article.paragraphs))
            numbers = (number for paragraph in article.lines.body for number in paragraph)
            heads = (*article.lines.kicker, *article.lines.headline, *article.lines.subtitle)
            kept.update(mask(texts[number]) for number in (*numbers, *heads) if number in texts)
    return Habits(
        count,
        opening / articles if articles else 0.0,
        signed / articles if articles else 0.0,
        tuple(float(width) for width, lines_of in columns.most_common(4) if lines_of * 10 >= columns.total()),
        frozenset(text for text, times in furniture.items() if times >= 2 and len(text) > 1 and text not in kept),
    )
