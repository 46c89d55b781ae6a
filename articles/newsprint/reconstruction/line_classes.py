"""Which line is headline, paragraph start, continuation or byline: decided over the whole page at once.

Each line is scored by how it looks, each pair of neighbours by what may follow what; the best sequence wins
(Viterbi).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from articles.newsprint.reconstruction.line_scores import NEVER, line_scores, shifted
from articles.newsprint.reconstruction.line_sights import weights
from articles.newsprint.reconstruction.manner import Manner, hours, listed, unparted_start, verse
from articles.newsprint.reconstruction.type_lines import ClassedLine, Role, TypeLine
from articles.newsprint.reconstruction.typography import Measure

Scores = tuple[list[list[float]], list[list[list[float]]]]  # of each line's roles, and of each given the role above


def classify(lines: Sequence[TypeLine], page: Measure) -> tuple[ClassedLine, ...]:
    """The best sequence of roles over the page, read twice: first for its manner, then by it."""
    if not lines:
        return ()
    own, pairs = line_scores(lines, page, _plain_manner(lines, page), weights())
    parted = unparted_start(_best(lines, (own, pairs)))
    return _best(lines, (own, shifted(pairs, lines, parted)))


def first_manner(lines: Sequence[TypeLine], page: Measure) -> Manner:
    """What the page does, from a first reading."""
    manner = _plain_manner(lines, page)
    return replace(manner, unparted_start=unparted_start(_best(lines, line_scores(lines, page, manner, weights()))))


def _plain_manner(lines: Sequence[TypeLine], page: Measure) -> Manner:
    return Manner(listed=listed(lines), verse=verse(lines, page), hours=hours(lines))


def _best(lines: Sequence[TypeLine], scores: Scores) -> tuple[ClassedLine, ...]:
    own, pairs = scores
    score = [[NEVER] * 4 for _ in lines]
    back = [[0] * 4 for _ in lines]
    for role in Role:
        score[0][role] = own[0][role]
    for i in range(1, len(lines)):
        pair = pairs[i - 1]
        for role in Role:
            options = [score[i - 1][before] + pair[before][role] for before in Role]
            best = max(range(4), key=options.__getitem__)
            score[i][role] = options[best] + own[i][role]
            back[i][role] = best
    after = [[0.0] * 4 for _ in lines]
    for i in range(len(lines) - 2, -1, -1):
        for role in Role:
            after[i][role] = max(pairs[i][role][n] + own[i + 1][n] + after[i + 1][n] for n in Role)
    roles = [max(Role, key=lambda role: score[-1][role])]
    for i in range(len(lines) - 1, 0, -1):
        roles.append(Role(back[i][roles[-1]]))
    roles.reverse()
    out = []
    for i, (line, role) in enumerate(zip(lines, roles, strict=True)):
        total = [score[i][r] + (after[i][r] if i + 1 < len(lines) else 0.0) for r in Role]
        margin = total[role] - max(total[r] for r in Role if r is not role)
        out.append(ClassedLine(line, role, margin))
    return tuple(out)
