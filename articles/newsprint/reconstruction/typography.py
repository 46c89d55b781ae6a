"""How wide type is set: cells, units that never part at a line end, and the width of the local column.

A cell is one full-width character. Composition rules decide where a line must break, so they also tell
whether a line was broken for want of room or because its paragraph had ended.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

CLOSERS = frozenset("，。、；：！？）》〉”’」』】…—%‰·.,;:!?)]")
OPENERS = frozenset("（《〈“‘「『【([")
_PUNCTUATION = CLOSERS | OPENERS
_UNIT = re.compile(r"[A-Za-z0-9.%+/:\-]+|——|……|.", re.DOTALL)
_SENTENCE_END = re.compile(r"[。！？!?…][”’」』）》)]*$")
INDENT = 2.0


def bare(text: str) -> str:
    """The line without any white space: blanks are accidents of the dump."""
    return "".join(text.split())


def cells(text: str, squeeze: float = 1.0) -> float:
    """Width in cells; `squeeze` is what a punctuation mark takes up on this page."""
    width = 0.0
    for char in text:
        if ord(char) < 128:
            width += 0.0 if char.isspace() else 0.5
        elif char in "　\u2003\ufeff\u200b":
            width += 0.0
        else:
            width += squeeze if char in _PUNCTUATION else 1.0
    return width


def core_cells(text: str, squeeze: float = 1.0) -> float:
    """Width without the closing marks at the end, which may hang into the margin."""
    end, hung = len(text), 0
    while end and text[end - 1] in CLOSERS and hung < 2:
        end, hung = end - 1, hung + 1
    return cells(text[:end], squeeze)


def leading_unit(text: str) -> str:
    """What must stand on one line with the first character: 《报告, 2006, 国，."""
    text = text.strip()
    end = 0
    for match in _UNIT.finditer(text):
        end = match.end()
        if text[match.start()] not in OPENERS:
            break
    hung = 0
    while end < len(text) and text[end] in CLOSERS and hung < 2:
        end, hung = end + 1, hung + 1
    return text[:end]


def ends_sentence(text: str) -> bool:
    """Whether the line ends where a sentence does."""
    return bool(_SENTENCE_END.search(text.strip()))


@dataclass(frozen=True, slots=True)
class Measure:
    """Column width around each line, in cells, and what a punctuation mark takes up on the page."""

    squeeze: float
    widths: tuple[float, ...]
    indented: bool      # paragraphs begin with printed blanks
    narrowed: bool      # the first line of a paragraph is two cells short: its indent was lost

    def room_left(self, index: int, text: str, following: str, *, first: bool) -> float:
        """Cells to spare on `text` had the first unit of `following` been set on it; < 0: the line was full."""
        limit = self.widths[index] - (INDENT if first else 0.0)
        return limit - cells(text, self.squeeze) - core_cells(leading_unit(following), self.squeeze)

    def overrun(self, index: int, text: str, *, first: bool) -> float:
        """Cells by which the line is wider than its column; > 0 is impossible for type that was set in it."""
        return core_cells(text, self.squeeze) - (self.widths[index] - (INDENT if first else 0.0))


def measure(texts: Sequence[str], chunks: Sequence[int]) -> Measure:
    """Measure a page. `texts` are its type lines in order, `chunks` numbers the blank-parted piece of each."""
    squeeze = _squeeze(texts, chunks)
    widths = _local_widths(texts, chunks, squeeze)
    starts = [text for i, text in enumerate(texts) if i == 0 or chunks[i] != chunks[i - 1]]
    blanks = sum(text.startswith(("　", "  ")) for text in texts)
    indented = blanks >= max(3, len(texts) // 30)
    narrowed = not indented or _narrowed(starts)
    return Measure(squeeze, widths, indented, narrowed)


def _narrowed(starts: Sequence[str]) -> bool:
    return bool(starts)


def _squeeze(texts: Sequence[str], chunks: Sequence[int]) -> float:
    """The punctuation width under which the inner lines of the page come out most alike."""
    best, best_share = 1.0, -1.0
    for squeeze in (1.0, 0.75, 0.5):
        hits = total = 0.0
        run: list[float] = []
        for i, text in enumerate(texts):
            inner = i + 1 < len(texts) and chunks[i + 1] == chunks[i]
            if inner:
                run.append(core_cells(bare(text), squeeze))
            if not inner or i + 1 == len(texts):
                if len(run) >= 3:
                    mode = _mode([(width, 1.0) for width in run])
                    hits += sum(abs(width - mode) <= 0.25 for width in run)
                    total += len(run)
                run = []
        share = hits / total if total else 0.0
        if share > best_share + 0.01:
            best, best_share = squeeze, share
    return best


def _mode(weighted: Sequence[tuple[float, float]]) -> float:
    """The width that most lines reach: nearly full lines count for it, longer ones against it."""
    votes: Counter[float] = Counter()
    for width, weight in weighted:
        votes[width] += weight
    best, best_score = 0.0, float("-inf")
    for candidate in votes:
        score = 0.0
        for width, weight in votes.items():
            gap = candidate - width
            if 0 <= gap <= 1.5:
                score += weight * (1.0 - gap / 2.5)
            elif -1.0 <= gap < 0:
                score -= weight * 0.3
        if score > best_score + 1e-9 or (abs(score - best_score) <= 1e-9 and candidate > best):
            best, best_score = candidate, score
    return best


def _local_widths(texts: Sequence[str], chunks: Sequence[int], squeeze: float) -> tuple[float, ...]:
    """Mode of the inner lines of the same piece, or of the neighbourhood where the piece is too short."""
    count = len(texts)
    inner = [i + 1 < count and chunks[i + 1] == chunks[i] for i in range(count)]
    core = [core_cells(bare(text), squeeze) for text in texts]
    page = _mode([(core[i], 1.0) for i in range(count) if inner[i]]) if any(inner) else max(core, default=14.0)
    out = []
    for i in range(count):
        votes = [(page, 0.6)]
        for j in range(max(0, i - 12), min(count, i + 13)):
            if chunks[j] == chunks[i]:
                votes.append((core[j], 1.0 if inner[j] else 0.3))
            else:
                votes.append((core[j], (0.5 if inner[j] else 0.1) / (1 + abs(chunks[j] - chunks[i]))))
        out.append(_mode(votes))
    return tuple(out)
