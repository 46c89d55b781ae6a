"""Source lines with places → article drafts. Size and place decide, not the order of the lines.

sheet, frames → apart → headings, columns → sight, belonging → stories → drafts, zones. The front door is `rebuild_laid_out`.
"""

from __future__ import annotations

from articles.newsprint.reconstruction.laid_out.apart import set_apart
from articles.newsprint.reconstruction.laid_out.belonging import Belonging
from articles.newsprint.reconstruction.laid_out.columns import columns
from articles.newsprint.reconstruction.laid_out.drafts import laid_out_page
from articles.newsprint.reconstruction.laid_out.drop_caps import put_back, without_drop_caps
from articles.newsprint.reconstruction.laid_out.frames import drawn
from articles.newsprint.reconstruction.laid_out.headings import headings
from articles.newsprint.reconstruction.laid_out.sheet import printed_lines, usual
from articles.newsprint.values import PageDraft, Sheet, SourceLine

__all__ = ["rebuild_laid_out"]


def rebuild_laid_out(lines: tuple[SourceLine, ...], sheet: Sheet) -> PageDraft:
    """Articles with their zones; every printed line is in one article or set aside."""
    printed = printed_lines(lines, sheet)
    page = usual(printed)
    shapes = drawn(sheet, printed, page)
    aside = set_apart(printed, shapes, page, sheet.height)
    type_, caps = without_drop_caps([line for line in printed if line.number not in aside], page)
    found = headings(type_, shapes, page)
    heads = {line.number for heading in found for line in heading.lines}
    text = [line for line in type_ if line.number not in heads and not line.vertical]
    captions = [line for line in printed if aside.get(line.number) == "caption"]
    set_in = columns(text, shapes, page)
    put_back(caps, set_in)
    stories = Belonging(found, set_in, captions, shapes, page).stories()
    return laid_out_page(lines, sheet, aside, stories, captions, shapes, page)
