"""Shares with what chance leaves open of them."""

from __future__ import annotations

import math
from collections.abc import Sequence

_Z = 1.96
_BANDS = ((0.0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01))


def wilson(right: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share, after Wilson."""
    if not of:
        return 0.0, 1.0
    middle = (right / of + _Z**2 / (2 * of)) / (1 + _Z**2 / of)
    around = _Z * math.sqrt(right / of * (1 - right / of) / of + _Z**2 / (4 * of**2)) / (1 + _Z**2 / of)
    return middle - around, middle + around


def share(right: int, of: int) -> str:
    """.936 [.912, .954] of 500."""
    low, high = wilson(right, of)
    return f"{right / max(1, of):.3f} [{low:.3f}, {high:.3f}] of {of}"


def p95(values: Sequence[float]) -> float:
    """The smallest value that 95 % of them don't exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]


def reliability(said: Sequence[tuple[float, bool]]) -> list[str]:
    """What share is right of those said to be so sure, and how many of the wrong ones the least sure 30 % hold."""
    lines = []
    sure = [right for chance, right in said if chance >= 0.9]
    about = [right for chance, right in said if 0.85 <= chance < 0.95]
    lines.append(
        f"0.9 sure or more: right {share(sum(sure), len(sure))}; 0.85 to 0.95: {share(sum(about), len(about))}"
    )
    found = sorted(said)
    wrong = sum(not right for _, right in found)
    least = sum(not right for _, right in found[: round(0.3 * len(found))])
    lines.append(f"the least sure 30 % hold of the wrong ones {share(least, wrong)}")
    for low, high in _BANDS:
        part = [(chance, right) for chance, right in found if low <= chance < high]
        if part:
            mean = sum(chance for chance, _ in part) / len(part)
            lines.append(
                f"{low:.2f}-{min(high, 1.0):.2f}  said {mean:.3f}  right {share(sum(right for _, right in part), len(part))}"
            )
    return lines
