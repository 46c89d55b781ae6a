"""Source lines → article drafts. The front door is `rebuild`; `paragraph_text` and `headline_text` mend lines that an editor moved;
`read_signature` and `bylines_within` read a typed byline; `read_jump` reads （下转第3版）, `joined_text` joins what it parts.

type_lines (set_aside) → line_classes (manner, line_scores) → pieces → page_plan, stitching (plan_scores, pairing) → drafts
(headlines); pages with geometry: `laid_out`.
"""

from __future__ import annotations

from articles.newsprint.reconstruction.bylines import bylines_within, read_signature
from articles.newsprint.reconstruction.drafts import page_draft
from articles.newsprint.reconstruction.habits import Habits, learn_habits, mask
from articles.newsprint.reconstruction.jumps import Jump, joined_text, read_jump
from articles.newsprint.reconstruction.laid_out import rebuild_laid_out
from articles.newsprint.reconstruction.line_classes import classify
from articles.newsprint.reconstruction.marked import rebuild_marked
from articles.newsprint.reconstruction.page_plan import page_of
from articles.newsprint.reconstruction.paragraphs import headline_text, paragraph_text
from articles.newsprint.reconstruction.pieces import pieces
from articles.newsprint.reconstruction.stitching import stitch
from articles.newsprint.reconstruction.type_lines import measured, page_lines
from articles.newsprint.values import PageDraft, Source

__all__ = [
    "Habits",
    "Jump",
    "bylines_within",
    "headline_text",
    "joined_text",
    "learn_habits",
    "paragraph_text",
    "read_jump",
    "read_signature",
    "rebuild",
]


def rebuild(source: Source, habits: Habits | None = None) -> PageDraft:
    """Rebuild the articles of one page; every printed line is in one article or set aside.

    Where lines have places, size and place decide, and articles have zones. `habits` is what the paper's earlier
    pages taught (`learn_habits`); it helps where there are no places.
    """
    if any(line.mark for line in source.lines):
        return rebuild_marked(source)
    if source.sheet is not None:
        return rebuild_laid_out(source.lines, source.sheet)
    paper = habits or Habits()
    lines, aside = page_lines(source.lines, lambda text: mask(text) in paper.furniture)
    measure = measured(lines)
    page = page_of(pieces(classify(lines, measure), measure))
    verdict, judge = stitch(page, paper=paper)
    return page_draft(source.lines, aside, page, verdict, judge)
