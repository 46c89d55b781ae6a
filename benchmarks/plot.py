"""A line plot with logarithmic axes, as SVG."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from itertools import pairwise

WIDTH, HEIGHT = 860, 460
LEFT, RIGHT, TOP, BOTTOM = 64, 210, 48, 48
COLOURS = ("#b3261e", "#6b6b6b", "#1f6feb", "#7a4fbf", "#1a7f37", "#b26a00", "#b3261e", "#6b6b6b")
GAP = 15  # between two labels


@dataclass(frozen=True)
class Line:
    """Points (x, y), both above 0, x ascending; one's own is drawn thicker."""

    title: str
    points: list[tuple[float, float]]
    own: bool = False


def plot(title: str, x_title: str, lines: list[Line]) -> str:
    """The picture; every line is labelled at its end."""
    xs = sorted({x for line in lines for x, _y in line.points})
    ys = [y for line in lines for _x, y in line.points]
    low, high = math.floor(math.log10(min(ys))), math.ceil(math.log10(max(ys)))
    span = math.log10(xs[-1] / xs[0]) or 1

    def across(x: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * math.log10(x / xs[0]) / span

    def down(y: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (math.log10(y) - low) / ((high - low) or 1)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(title)}" font-family="system-ui, sans-serif" font-size="13" fill="#222">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="26" font-size="15">{escape(title)}</text>',
    ]
    for power in range(low, high + 1):
        y = down(10**power)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10**power:g}</text>')
    for x in xs:
        parts.append(f'<path d="M{across(x):.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#eee"/>')
        parts.append(f'<text x="{across(x):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{x:,}</text>')
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(f'<text x="{middle:.0f}" y="{HEIGHT - 8}" text-anchor="middle">{escape(x_title)}</text>')
    places = _apart([down(line.points[-1][1]) for line in lines])
    for number, line in enumerate(lines):
        colour = COLOURS[number % len(COLOURS)]
        path = "L".join(f"{across(x):.1f} {down(y):.1f}" for x, y in line.points)
        dashes = ' stroke-dasharray="6 4"' if "view" in line.title else ""
        parts.append(
            f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="{3 if line.own else 1.6}"{dashes}/>'
        )
        for x, y in line.points:
            parts.append(f'<circle cx="{across(x):.1f}" cy="{down(y):.1f}" r="3" fill="{colour}"/>')
        end = across(line.points[-1][0])
        label = f"{escape(line.title)} {_short(line.points[-1][1])}"
        parts.append(f'<text x="{end + 10:.1f}" y="{places[number] + 4:.1f}" fill="{colour}">{label}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _apart(wanted: list[float]) -> list[float]:
    """Heights near those wanted, far enough from one another to be read."""
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    placed = list(wanted)
    for before, number in pairwise(order):
        placed[number] = max(wanted[number], placed[before] + GAP)
    over = placed[order[-1]] - (HEIGHT - BOTTOM)
    return [place - max(0.0, over) for place in placed]
