"""What a page does where papers differ: how it parts paragraphs, where it prints lists and verse."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from articles.newsprint.reconstruction.type_lines import ClassedLine, Gap, Role, TypeLine, is_list_item
from articles.newsprint.reconstruction.typography import Measure, bare, cells

_MARK = re.compile(r"[，。、；！？]")


@dataclass(frozen=True, slots=True)
class Manner:
    """What this page does where papers differ."""

    unparted_start: float = 0.0  # log-odds that a paragraph begins where no blank line parts it
    listed: tuple[bool, ...] = ()  # lines near which several list items begin
    verse: tuple[bool, ...] = ()  # lines of a poem, or of a table: short ones in a row, without a mark


def listed(lines: Sequence[TypeLine]) -> tuple[bool, ...]:
    """Lines near which several list items begin."""
    ends = [False, *(line.text.strip().endswith(("；", ";")) for line in lines[:-1])]
    items = [is_list_item(line.text) or after for line, after in zip(lines, ends, strict=True)]
    return tuple(sum(items[max(0, i - 12) : i + 9]) >= 3 for i in range(len(lines)))


def verse(lines: Sequence[TypeLine], page: Measure) -> tuple[bool, ...]:
    """Lines of a poem, or of a table."""
    out = [False] * len(lines)
    start = 0
    for i in range(len(lines) + 1):
        plain = (
            i < len(lines)
            and lines[i].signature is None
            and not _MARK.search(lines[i].text)
            and cells(bare(lines[i].text)) <= page.widths[i] + 4
        )
        if plain and (start == i or lines[i].gap is Gap.NONE):
            continue
        if i - start >= 4:
            out[start:i] = [True] * (i - start)
        start = i if plain else i + 1
    return tuple(out)


def unparted_start(classed: Sequence[ClassedLine]) -> float:
    """From how many of the paragraph starts within a body stand without a blank line."""
    body = (Role.START, Role.CONTINUATION)
    starts = [b.line.gap is Gap.NONE for a, b in pairwise(classed) if b.role is Role.START and a.role in body]
    share = (sum(starts) + 0.5) / (len(starts) + 2.0)
    return max(-2.5, min(1.5, math.log(share / (1.0 - share)) + 0.5))
