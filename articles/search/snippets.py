"""Marking what was found, in headlines, passages and whole texts.

HTML-safe by construction: every piece of text is escaped on its own, and nothing but our own <mark> stands between.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

from .analysis import normalise, normalise_with_offsets

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Span = tuple[int, int]

PASSAGE = 80  # characters
PASSAGES = 2
_LEAD = 24  # characters kept before the first hit of a passage
_BREAKS = "。！？；\n"


def pattern_of(marks: Iterable[str]) -> re.Pattern[str] | None:
    """Finds the normalised strings in a normalised text, the longest first where several begin."""
    wanted = sorted({mark for mark in marks if mark}, key=lambda mark: (-len(mark), mark))
    return re.compile("|".join(_whole(mark) for mark in wanted)) if wanted else None


def _whole(mark: str) -> str:
    """Latin words and numbers are marked where they stand alone: 10 isn't marked in 2010."""
    found = re.escape(mark)
    if mark[0].isascii() and mark[0].isalnum():
        found = r"(?<![a-z0-9])" + found
    if mark[-1].isascii() and mark[-1].isalnum():
        found += r"(?![a-z0-9])"
    return found


def spans_in(text: str, pattern: re.Pattern[str] | None) -> list[Span]:
    """Where the original text has what the pattern means, traditional and full-width variants among it."""
    if pattern is None or not text:
        return []
    spans = []
    place = 0
    for line in text.split("\n"):  # nothing is found across two paragraphs
        found = [match.span() for match in pattern.finditer(normalise(line))]
        if found:  # the way back to the original costs more than the search
            form = normalise_with_offsets(line)
            spans += [(place + start, place + end) for start, end in (form.span(*span) for span in found)]
        place += len(line) + 1
    return spans


def marked(text: str, spans: Sequence[Span], start: int = 0, end: int | None = None) -> SafeString:
    """The text from start to end, escaped, with <mark> around the spans."""
    end = len(text) if end is None else end
    pieces = []
    place = start
    for first, last in spans:
        first, last = max(first, place), min(last, end)
        if first < last:
            pieces += [escape(text[place:first]), "<mark>", escape(text[first:last]), "</mark>"]
            place = last
    pieces.append(escape(text[place:end]))
    return mark_safe("".join(pieces))  # noqa: S308 (each piece of text is escaped above)


def mark_all(text: str, pattern: re.Pattern[str] | None) -> SafeString:
    """The whole text with every hit marked."""
    return marked(text, spans_in(text, pattern))


def passages(text: str, pattern: re.Pattern[str] | None) -> SafeString:
    """Up to two passages of about 80 characters that hold the most different hits, in the order of the text;
    the beginning of the text when nothing is found in it."""
    spans = spans_in(text, pattern)
    if not spans:
        return marked(text, [], 0, _end_of(text, 0, PASSAGE)) + _more(text, PASSAGE)
    chosen: list[Span] = []
    seen: set[str] = set()
    for _number in range(PASSAGES):
        best = _best_window(text, spans, seen, chosen)
        if best is None:
            break
        chosen.append(best)
        seen.update(text[a:b] for a, b in spans if best[0] <= a and b <= best[1])
    pieces = []
    last = 0
    for start, end in sorted(chosen):
        if start > last:
            pieces.append("…")
        pieces.append(marked(text, [span for span in spans if start <= span[0] < end], start, end))
        last = end
    if last < len(text.rstrip()):
        pieces.append("…")
    return mark_safe("".join(pieces))  # noqa: S308 (made of marked pieces)


def _more(text: str, shown: int) -> SafeString:
    return mark_safe("…" if len(text) > shown else "")  # noqa: S308


def _end_of(text: str, start: int, length: int) -> int:
    return min(len(text), start + length)


def _best_window(text: str, spans: list[Span], seen: set[str], taken: list[Span]) -> Span | None:
    """The window with the most hits that no earlier window has shown; None when there are none left."""
    best: tuple[tuple[int, int], Span] | None = None
    starts = [start for start, _ in spans]
    for first, (place, _) in enumerate(spans):
        start = _begin(text, place)
        end = _end_of(text, start, PASSAGE)
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            continue
        inside = spans[first : bisect_left(starts, end)]
        kinds = {text[a:b] for a, b in inside if b <= end}
        worth = len(kinds - seen), len(inside)
        if (worth[0] or not taken) and (best is None or worth > best[0]):
            best = worth, (start, end)
    return best[1] if best else None


def _begin(text: str, place: int) -> int:
    """A passage begins with its sentence where that isn't far before the hit."""
    low = max(0, place - _LEAD)
    for position in range(place - 1, low - 1, -1):
        if text[position] in _BREAKS:
            return position + 1
    return low
