"""Asks all engines the same questions in turn, and measures CPU and wall time."""

from __future__ import annotations

import gc
import statistics
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.peers import Found, Peer, Question

ROUNDS = 5
SLOW = 0.3  # seconds; an engine that needs longer on average in a row is asked less often
SLOW_ROUNDS = 2


@dataclass
class Times:
    """Milliseconds of each answer in one row of one engine."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    def summary(self) -> dict[str, float]:
        """Median and 95th percentile of both, and how many answers."""
        named = {"cpu": self.cpu, "wall": self.wall}
        figures = {f"{name}_p50": statistics.median(values) for name, values in named.items()}
        figures |= {f"{name}_p95": p95(values) for name, values in named.items()}
        return {**{key: round(value, 3) for key, value in figures.items()}, "answers": len(self.cpu)}


def p95(values: list[float]) -> float:
    """The smallest value that 95 % of them don't exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]


Asked = tuple[str, "Callable[[Question], Found | object]", "Callable[[], float]"]


def columns_of(peers: dict[str, Peer], row: str) -> list[Asked]:
    """Who answers a row's questions: name, how to ask, further CPU."""
    if row == "whole page, view":
        from benchmarks.pages import stock_view, view

        views: list[Asked] = [("newsarchive", view, float)] if "newsarchive" in peers else []
        return views + ([("stock_haystack", stock_view, float)] if "stock_haystack" in peers else [])
    if row == "whole page, search()":
        from benchmarks.pages import whole_search

        return [("newsarchive", whole_search, float)] if "newsarchive" in peers else []
    ask = "page" if row == "whole page" else "find"
    return [(name, getattr(own, ask), own.cpu) for name, own in peers.items()]


def time_row(asked: list[Asked], questions: list[Question], rounds: int = ROUNDS) -> dict[str, dict[str, float]]:
    """Every engine asked every question once to warm up, then in turn; figures by engine."""
    times = {name: Times() for name, _ask, _cpu in asked}
    gc.collect()
    for number in range(-1, rounds):
        for place, question in enumerate(questions):
            turn = (number + place) % len(asked)
            for name, ask, cpu in asked[turn:] + asked[:turn]:
                own = times[name]
                if number >= SLOW_ROUNDS and statistics.fmean(own.wall) > SLOW * 1000:
                    continue
                own_before, before, start = cpu(), time.process_time(), time.perf_counter()
                ask(question)
                wall, used = time.perf_counter() - start, time.process_time() - before
                if number >= 0:
                    own.wall.append(wall * 1000)
                    own.cpu.append((used + cpu() - own_before) * 1000)
    return {name: own.summary() for name, own in times.items()}
