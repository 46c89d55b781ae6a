"""Headlines that a dump prints in the midst of a sentence: at the end of a column of their own article, or of another."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import rjieba

from articles.newsprint.reconstruction.type_lines import Gap, TypeLine, is_date, is_list_item, opens_report
from articles.newsprint.reconstruction.typography import CLOSERS, Measure, bare, ends_sentence


def interruptions(lines: Sequence[TypeLine], page: Measure) -> dict[int, tuple[int, float]]:
    """Where a headline may interrupt a sentence: its first line → the line behind its last, and how likely (log-odds)."""
    out = {}
    for i in range(1, len(lines)):
        if lines[i].gap is Gap.NONE:
            continue
        end = _piece_end(lines, i)
        if score := _interrupts(lines, i, end, page):
            out[i] = (end, score)
    return out


def _interrupts(lines: Sequence[TypeLine], i: int, end: int, page: Measure) -> float:
    """That lines [i, end) are a headline in the midst of a sentence, which goes on behind it; 0 where they can't be.

    The piece is short and fills no line, while the line above it was full and leads on to the line below it.
    """
    if ends_sentence(lines[i - 1].text):
        return 0.0
    if end == len(lines) or end - i > 3 or lines[end].gap is Gap.OTHER:
        return 0.0
    above, last, below = (bare(lines[n].text) for n in (i - 1, end - 1, end))
    if (
        ends_sentence(last)
        or opens_report(lines[end].text)
        or is_list_item(lines[end].text)
        or is_date(lines[end].text)
    ):
        return 0.0
    if lines[end].text.startswith(("　", "  ")) or lines[end].signature is not None:
        return 0.0
    full = page.room_left(i - 1, above, below, first=False) < 0 or page.room_left(i - 1, above, below, first=True) < 0
    if not full or abs(page.room_left(end - 1, last, below, first=False)) < 1.0:
        return 0.0
    return 0.5 + one_word(above, below)


def _piece_end(lines: Sequence[TypeLine], start: int) -> int:
    """The first line behind `start` that a blank parts from the one above it."""
    return next((n for n in range(start + 1, len(lines)) if lines[n].gap is not Gap.NONE), len(lines))


@lru_cache(2048)
def one_word(above: str, line: str) -> float:
    """Evidence that a word of the dictionary was cut in two at the line end."""
    left, right = bare(above)[-5:], bare(line)[:5]
    if not left or not right or left[-1] in CLOSERS:
        return 0.0
    at, position = len(left), 0
    for word in rjieba.cut(left + right, False):
        if position < at < position + len(word):
            return 2.0 if len(word) > 2 else 1.2
        position += len(word)
    return -0.3
