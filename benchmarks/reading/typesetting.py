"""Text set in columns: no closing mark begins a line, no opening mark ends one, numbers stay whole."""

from __future__ import annotations

import re

_UNIT = re.compile(r"[A-Za-z0-9.:%]+|——|……|.", re.DOTALL)
_CLOSING = "，。、；：！？）》”’…—％%"
_OPENING = "（《“‘"


def set_lines(text: str, width: float, *, indent: float = 0.0, marks: float = 1.0) -> list[str]:
    """Lines of `width` cells; a mark that would begin a line takes its neighbour down with it."""
    lines: list[str] = []
    line, used, limit = "", 0.0, width - indent
    units = _UNIT.findall(text)
    for i, unit in enumerate(units):
        needed = _cells(unit, marks)
        after = units[i + 1] if i + 1 < len(units) else ""
        tied = _cells(after, marks) if after and after[0] in _CLOSING else 0.0
        if line and used + needed + tied > limit and unit[0] not in _CLOSING:
            kept = line.rstrip(_OPENING)
            lines.append(kept.strip())
            line, used, limit = line[len(kept) :], _cells(line[len(kept) :], marks), width
        line, used = line + unit, used + needed
    return [part for part in [*lines, line.strip()] if part]


def _cells(text: str, marks: float) -> float:
    return sum(0.5 if ord(c) < 128 else marks if c in _CLOSING + _OPENING else 1.0 for c in text)
