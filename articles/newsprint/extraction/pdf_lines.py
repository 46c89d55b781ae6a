"""Letters → printed lines: what stands on one base line without a gutter between, or one under the other."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.newsprint.extraction.pdf_letters import Frame, Letter
from articles.newsprint.values import Shape, SourceLine

_CLOSE = 0.45  # of an em: a gap that is only loose setting
_LOOSE = 2.6  # a gap that only letters drawn one after the other may have
_SAME_EDGE = 0.15
_ALIKE = (0.75, 1.34)  # sizes on one line


@dataclass(slots=True)
class _Run:
    """Letters that stand together so far; `last` is when the last of them was drawn."""

    letters: list[Letter]
    first: int
    last: int
    vertical: bool = False
    blanks: dict[int, str] = field(default_factory=dict)  # what parts a letter from the one before

    @property
    def x0(self) -> float:
        return self.letters[0].x0

    @property
    def x1(self) -> float:
        return max(letter.x1 for letter in self.letters[-3:])

    @property
    def base(self) -> float:
        return self.letters[0].base

    @property
    def size(self) -> float:
        return self.letters[0].size


def set_lines(letters: Sequence[Letter], frame: Frame, rules: Sequence[Shape]) -> tuple[SourceLine, ...]:
    """Lines in the order in which their first letters are drawn, numbered from 1."""
    runs = _drawn_together(letters)
    level = _on_one_base([run for run in runs if not run.vertical], frame, rules)
    runs = sorted([*level, *(run for run in runs if run.vertical)], key=lambda run: run.first)
    return tuple(_line(number, run, frame) for number, run in enumerate(runs, 1))


def _drawn_together(letters: Sequence[Letter]) -> list[_Run]:
    """Runs of letters that follow one another in drawing and in place."""
    runs: list[_Run] = []
    run: _Run | None = None
    gap = ""
    for index, letter in enumerate(letters):
        if letter.char.isspace():
            if run and not run.vertical and _continues(run.letters[-1], letter):
                run.letters[-1] = _stretched(run.letters[-1], letter)
                gap += letter.char
            continue
        if run and (_extends(run, letter) or _hangs_below(run, letter)):
            gap = gap or _parted(run.letters[-1], letter, vertical=run.vertical)
            if gap:
                run.blanks[len(run.letters)] = gap
            run.letters.append(letter)
            run.last = index
        else:
            run = _Run([letter], index, index, vertical=letter.sideways != 0)
            runs.append(run)
        gap = ""
    return runs


def _stretched(letter: Letter, blank: Letter) -> Letter:
    return Letter(letter.char, letter.x0, blank.x1, letter.base, letter.size, letter.font, letter.sideways, False)


def _continues(before: Letter, letter: Letter) -> bool:
    em = max(before.size, letter.size)
    level = abs(letter.base - before.base) <= 0.35 * min(before.size, letter.size)
    return level and -0.35 * em <= letter.x0 - before.x1 <= _CLOSE * em


def _extends(run: _Run, letter: Letter) -> bool:
    """Goes on to the right. A sign may be raised or smaller, but lines of two sizes are two lines."""
    if run.vertical or letter.sideways:
        return False
    ratio = letter.size / run.size
    return _ALIKE[0] <= ratio <= _ALIKE[1] and _continues(run.letters[-1], letter) and _near(run, letter)


def _near(run: _Run, letter: Letter) -> bool:
    return abs(letter.base - run.base) <= 0.35 * min(run.size, letter.size)


def _hangs_below(run: _Run, letter: Letter) -> bool:
    """Goes on downwards: a vertical headline, letter by letter."""
    before = run.letters[-1]
    if letter.sideways:
        step = (letter.base - before.base) * letter.sideways / letter.size
        return run.vertical and before.sideways == letter.sideways and 0 < step <= 2.0 and _aligned(before, letter)
    if not (run.vertical or len(run.letters) == 1) or before.sideways:
        return False
    if abs(letter.size / before.size - 1) > 0.05 or not _aligned(before, letter):
        return False
    step = (letter.base - before.base) / letter.size
    if 0.5 <= step <= (2.45 if len(run.letters) > 1 else 1.35):
        run.vertical = True
        return True
    return False


def _aligned(before: Letter, letter: Letter) -> bool:
    slack = _SAME_EDGE * letter.size
    centres = (before.x0 + before.x1 - letter.x0 - letter.x1) / 2
    return abs(before.x0 - letter.x0) <= slack or abs(centres) <= slack


def _parted(before: Letter, letter: Letter, *, vertical: bool) -> str:
    """The blank that a reader sees where none was set; empty where letters just follow."""
    if letter.sideways:
        return ""
    if vertical:
        return "　" if letter.base - before.base > 1.7 * letter.size else ""
    gap = (letter.x0 - before.x1) / letter.size
    latin = before.char.isascii() and letter.char.isascii() and before.char.isalnum() and letter.char.isalnum()
    return " " if gap > (0.15 if latin else 0.35 if letter.parted else 0.6) else ""


def _on_one_base(runs: list[_Run], frame: Frame, rules: Sequence[Shape]) -> list[_Run]:
    """Join what was drawn in pieces: pieces that touch, and spaced letters where no column begins."""
    edges = sorted((run.x0, run.base) for run in runs)
    by_base = sorted(runs, key=lambda run: run.base)
    bases = [run.base for run in by_base]
    taken: set[int] = set()
    out: list[_Run] = []
    for run in sorted(runs, key=lambda run: run.x0):
        if id(run) in taken:
            continue
        taken.add(id(run))
        while after := _next_on_base(run, by_base, bases, taken, edges):
            if _rule_between(run, after, frame, rules):
                break
            taken.add(id(after))
            if gap := _parted(run.letters[-1], after.letters[0], vertical=False):
                run.blanks[len(run.letters)] = gap
            run.blanks |= {len(run.letters) + at: blank for at, blank in after.blanks.items()}
            run.letters += after.letters
            run.first, run.last = min(run.first, after.first), max(run.last, after.last)
        out.append(run)
    return out


def _next_on_base(
    run: _Run, by_base: list[_Run], bases: list[float], taken: set[int], edges: list[tuple[float, float]]
) -> _Run | None:
    slack = 0.2 * run.size
    best: _Run | None = None
    for other in by_base[bisect_left(bases, run.base - slack) : bisect_right(bases, run.base + slack)]:
        if id(other) in taken or not _ALIKE[0] <= other.size / run.size <= _ALIKE[1]:
            continue
        if other.x0 >= run.x1 - 0.35 * run.size and (best is None or other.x0 < best.x0):
            best = other
    if best is None:
        return None
    gap = (best.x0 - run.x1) / max(run.size, best.size)
    if gap > -0.2 and _is_edge(best, edges):  # a full line may hang over into the gutter
        return best if gap <= _CLOSE and best.first - run.last <= 2 else None
    spaced = best.first == run.last + 1 and abs(best.size / run.size - 1) < 0.03
    return best if gap <= (_LOOSE if spaced else _CLOSE) else None


def _is_edge(run: _Run, edges: list[tuple[float, float]]) -> bool:
    """Whether several lines near by begin just there, as those of a column do."""
    slack = _SAME_EDGE * run.size
    first, last = bisect_left(edges, (run.x0 - slack, 0.0)), bisect_right(edges, (run.x0 + slack, math.inf))
    return sum(abs(base - run.base) < 8 * run.size for _, base in edges[first:last]) >= 3


def _rule_between(run: _Run, after: _Run, frame: Frame, rules: Sequence[Shape]) -> bool:
    middle = (run.base - run.size * 0.4) / frame.height
    left, right = (run.x1 - 0.3 * run.size) / frame.width, (after.x0 + 0.3 * run.size) / frame.width
    return any(
        left <= (rule.box[0] + rule.box[2]) / 2 <= right and rule.box[1] <= middle <= rule.box[3] for rule in rules
    )


def _line(number: int, run: _Run, frame: Frame) -> SourceLine:
    sizes = Counter(round(letter.size, 2) for letter in run.letters)
    fonts = Counter(letter.font for letter in run.letters)
    size = sizes.most_common(1)[0][0]
    text = "".join(run.blanks.get(at, "") + letter.char for at, letter in enumerate(run.letters))
    top = min(letter.base - 0.88 * letter.size for letter in run.letters)
    bottom = max(letter.base + 0.12 * letter.size for letter in run.letters)
    box = frame.fractions(
        min(letter.x0 for letter in run.letters), top, max(letter.x1 for letter in run.letters), bottom
    )
    font = fonts.most_common(1)[0][0]
    return SourceLine(number, text, box, size, font=font or None, vertical=run.vertical)
