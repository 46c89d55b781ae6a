"""What is wrong with an article as it was read, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Parts:
    """Line numbers of an article."""

    heads: frozenset[int]
    body: tuple[int, ...]
    byline: tuple[int, ...]


def faults(true: Parts, printed: Mapping[str, Parts], read: Sequence[Parts], aside: Mapping[int, str]) -> list[str]:
    """Kinds of error of one printed article, given all that was printed, all that was read, and the lines set aside."""
    as_what: dict[int, tuple[str, int]] = {}
    for number, one in enumerate(read):
        as_what |= dict.fromkeys(one.heads, ("headline", number))
        as_what |= dict.fromkeys(one.body, ("text", number))
        as_what |= dict.fromkeys(one.byline, ("byline", number))
    was: dict[int, str] = {}
    for one in printed.values():
        was |= (
            dict.fromkeys(one.heads, "headline") | dict.fromkeys(one.body, "text") | dict.fromkeys(one.byline, "byline")
        )
    out: list[str] = []
    for role, numbers in (("headline", true.heads), ("text", true.body), ("byline", true.byline)):
        for n in numbers:
            if n in aside and aside[n] != "unknown":
                out.append(f"{role} set aside as {aside[n]}")
            elif n in as_what and as_what[n][0] != role:
                out.append(f"{role} read as {as_what[n][0]}")
    owners = Counter(as_what[n][1] for n in true.body if n in as_what and as_what[n][0] == "text")
    if not owners:
        return list(dict.fromkeys(out)) or ["not found"]
    own = owners.most_common(1)[0][0]
    mine = read[own]
    for n in (*mine.heads, *mine.body, *mine.byline):
        if n not in was:
            out.append(f"holds what is no article's as {as_what[n][0]}")
        elif was[n] != as_what[n][0]:
            out.append(f"{was[n]} read as {as_what[n][0]}")
    foreign = [n for n in mine.body if was.get(n) == "text" and n not in true.body]
    lost = [n for n in true.body if as_what.get(n, ("", own))[1] != own]
    if lost:
        out.append(
            "beginning elsewhere"
            if true.body[0] in lost and true.body[-1] not in lost
            else "end elsewhere"
            if true.body[-1] in lost
            else "middle elsewhere"
        )
    if foreign:
        out.append("another's text")
    if not lost and not foreign and set(mine.body) == set(true.body) and mine.body != true.body:
        out.append("text out of order")
    heads_of_other = [n for n in mine.heads if was.get(n) == "headline" and n not in true.heads]
    missing = [
        n
        for n in true.heads
        if n not in mine.heads
        and (n not in as_what or as_what[n][0] == "headline")
        and aside.get(n, "unknown") == "unknown"
    ]
    if heads_of_other and missing:
        out.append("another's headline")
    elif heads_of_other:
        out.append("more headline than its own" if true.heads else "a headline though it has none")
    elif missing:
        out.append("headline missing" if len(missing) == len(true.heads) else "headline in part")
    signs = [n for n in mine.byline if was.get(n) == "byline" and n not in true.byline]
    if signs:
        out.append("another's byline")
    if any(as_what.get(n, ("", own)) == ("byline", k) for n in true.byline for k in range(len(read)) if k != own):
        out.append("byline elsewhere")
    if any(aside.get(n) == "unknown" for n in true.byline):
        out.append("byline left over")
    return list(dict.fromkeys(out)) or ["other"]
