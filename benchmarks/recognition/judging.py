"""Counts of what was found, missed and made up; and the table of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from articles.newsprint.values import Recognised

from .truth import TrueArticle, squash

KINDS = ("people", "posts", "organisations", "dates")


@dataclass(slots=True)
class Tally:
    """Counts over articles, and in words what went wrong in each."""

    counts: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def ratio(self, of: str, *among: str) -> float:
        total = sum(self.counts[name] for name in among)
        return self.counts[of] / total if total else 1.0

    def precision(self, kind: str) -> float:
        return self.ratio(kind + "+", kind + "+", kind + "!")

    def recall(self, kind: str) -> float:
        return self.ratio(kind + "+", kind + "+", kind + "-")

    def f1(self, kind: str) -> float:
        right = self.counts[kind + "+"]
        wrong = self.counts[kind + "!"] + self.counts[kind + "-"]
        return 2 * right / (2 * right + wrong) if right + wrong else 1.0


def judge(tally: Tally, truth: TrueArticle, found: Recognised | None) -> None:
    """Add one article; `found` is None where the page reader had no such article."""
    found = found or Recognised((), (), ())
    names = {squash(person.name) for person in found.people}
    posts = {(squash(person.name), squash(post)) for person in found.people for post in person.posts}
    posts = {truth.same.get(pair, pair) for pair in posts}
    bodies = {squash(surface) for body in found.organisations for surface in body.surfaces}
    dates: dict[str, list[tuple[str | None, str | None]]] = {}
    for date in found.dates:
        bounds = (date.start and date.start.isoformat(), date.end and date.end.isoformat())
        dates.setdefault(squash(date.surface), []).append(bounds)
    _sets(tally, truth, "people", set(truth.people), names)
    _sets(tally, truth, "posts", truth.posts, posts - truth.free_posts)
    _sets(tally, truth, "organisations", truth.organisations, bodies - (truth.free_organisations - truth.organisations))
    _sets(tally, truth, "dates", set(truth.dates), set(dates) - (truth.free_dates - set(truth.dates)))
    certain = {squash(person.name) for person in found.people if person.certain}
    tally.counts["certain"] += len(certain)
    tally.counts["certain right"] += len(certain & set(truth.people))
    for surface in set(truth.dates) & set(dates):
        fits = any(
            all(want is None or want == got for want, got in zip(wanted, given, strict=True))
            for wanted in truth.dates[surface]
            for given in dates[surface]
        )
        tally.counts["values"] += 1
        tally.counts["values right"] += fits
        if not fits:
            tally.notes.append(f"{truth.label}: {surface} is {truth.dates[surface]}, read as {dates[surface]}")


def _sets(tally: Tally, truth: TrueArticle, kind: str, wanted: set[Any], given: set[Any]) -> None:
    tally.counts[kind + "+"] += len(wanted & given)
    tally.counts[kind + "!"] += len(given - wanted)
    tally.counts[kind + "-"] += len(wanted - given)
    for sign, items in (("-", wanted - given), ("!", given - wanted)):
        if items:
            told = [item if isinstance(item, str) else ":".join(item) for item in items]
            tally.notes.append(f"{truth.label}: {kind} {sign} {' '.join(sorted(told))}")


def figures(tally: Tally) -> dict[str, float]:
    """Precision, recall and F1 of each kind, certain people and values of times, from 0 to 1."""
    table = {
        f"{kind} {name}": round(measure(kind), 3)
        for kind in KINDS
        for name, measure in (("P", tally.precision), ("R", tally.recall), ("F1", tally.f1))
    }
    table["people certain P"] = round(tally.ratio("certain right", "certain"), 3)
    table["date values"] = round(tally.ratio("values right", "values"), 3)
    return table
