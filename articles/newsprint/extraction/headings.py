"""Paragraphs with styles, sizes and bold type → lines marked with what they are, where the document shows it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from articles.newsprint.values import LineRole, Mark, SourceLine

_NAMED: tuple[tuple[re.Pattern[str], LineRole], ...] = (
    (re.compile(r"引题|肩题|眉题|kicker", re.IGNORECASE), "kicker"),
    (re.compile(r"副题|副标题|subtitle", re.IGNORECASE), "subtitle"),
    (re.compile(r"署名|作者|byline", re.IGNORECASE), "byline"),
    (re.compile(r"图注|图片说明|caption", re.IGNORECASE), "body"),
)
_HEADING = re.compile(r"(?:heading|标题|title|主题)\s*(\d)?", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[。；：，、…]$")
_CAPTION = re.compile(r"图注|图片说明|caption", re.IGNORECASE)
_SIGNED = re.compile(r"^[（(]?(?:本报)?(?:记者|通讯员|作者|摄影|文/图|文/)|(?:摄|文/图|供图)[）)]?$")
_LONGEST = 60  # characters of a headline line
_LARGER = 1.12  # of the text's size


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as a document sets it; `size` is in points where it is set by hand."""

    text: str
    style: str = ""
    size: float | None = None
    bold: bool = False
    centred: bool = False
    table: bool = False


@dataclass(slots=True)
class _Seen:
    """A paragraph with its rank: 0 is the strongest heading, None is text."""

    paragraph: Paragraph
    role: LineRole | None
    rank: float | None


def marked_lines(paragraphs: Sequence[Paragraph]) -> tuple[SourceLine, ...]:
    """One line a paragraph, numbered from 1. Without any heading no line is marked, and the text must tell."""
    seen = _ranked(paragraphs)
    heads = _headlines(seen)
    if not heads:
        return tuple(SourceLine(n, p.text, font_size=p.size) for n, p in enumerate(paragraphs, 1))
    out: list[SourceLine] = []
    article = -1
    for at, item in enumerate(seen):
        group = heads.get(at)
        if group is not None and (at - 1 not in heads or heads[at - 1][0] != group[0]):
            article += 1
        role: LineRole = group[1] if group else item.role if item.role in ("byline", "body") else "body"
        mark = Mark(role, article) if article >= 0 else Mark("unknown")
        if _CAPTION.search(item.paragraph.style):
            mark = Mark("caption")
        text = item.paragraph.text
        out.append(SourceLine(at + 1, text, font_size=item.paragraph.size, mark=mark if text.strip() else None))
    return tuple(out)


def _ranked(paragraphs: Sequence[Paragraph]) -> list[_Seen]:
    """Named styles first; without any, type larger than the text's, then centred or bold lines."""
    named = [_Seen(p, *_by_style(p)) for p in paragraphs]
    if any(item.rank is not None for item in named):
        return named
    sizes: Counter[float] = Counter()
    for p in paragraphs:
        sizes[p.size or 0.0] += len(p.text)
    text_size = sizes.most_common(1)[0][0] if sizes else 0.0
    by_hand = [_Seen(p, None, _by_hand(p, text_size)) for p in paragraphs]
    for item, old in zip(by_hand, named, strict=True):
        item.role = old.role
    strong = [item for item in by_hand if item.rank is not None and item.rank < 1000]
    if strong:  # where headlines are larger or centred, a bold line is a heading inside the text
        for item in by_hand:
            if item.rank is not None and item.rank >= 1000:
                item.rank = None
    return by_hand


def _by_style(p: Paragraph) -> tuple[LineRole | None, float | None]:
    for pattern, role in _NAMED:
        if pattern.search(p.style):
            return role, None
    match = _HEADING.search(p.style)
    if match and len(p.text) <= _LONGEST and p.text.strip():
        return None, float(match.group(1) or 0)
    return None, None


def _by_hand(p: Paragraph, text_size: float) -> float | None:
    text = p.text.strip()
    if not text or len(text) > _LONGEST or p.table or _SENTENCE_END.search(text) or _SIGNED.search(text):
        return None
    if text_size and p.size and p.size >= _LARGER * text_size:
        return 100.0 - min(p.size, 99.0)
    if p.centred and (p.bold or not text_size or (p.size or 0) >= text_size):
        return 500.0
    return 1000.0 if p.bold and len(text) <= 40 else None


def _headlines(seen: Sequence[_Seen]) -> dict[int, tuple[int, LineRole]]:
    """Position → group and role in it, for the lines of headline groups; headings inside articles are text."""
    groups: list[list[int]] = []
    for at, item in enumerate(seen):
        if item.rank is None and item.role not in ("kicker", "subtitle"):
            continue
        if groups and all(not seen[n].paragraph.text.strip() for n in range(groups[-1][-1] + 1, at)):
            groups[-1].append(at)
        else:
            groups.append([at])
    groups = [group for group in groups if any(seen[at].rank is not None for at in group)]
    groups = _without_page_name(seen, groups)
    if not groups:
        return {}
    tops = [min(rank for at in group if (rank := seen[at].rank) is not None) for group in groups]
    strongest = min(tops)
    if strongest < 1000:
        slack = 0.5 if strongest < 10 else 4.0  # styles are exact, sizes vary with the headline
        groups = [
            group for group, top in zip(groups, tops, strict=True) if top <= strongest + slack or _is_new(seen, group)
        ]
    return {at: (number, role) for number, group in enumerate(groups) for at, role in _roles(seen, group).items()}


def _without_page_name(seen: Sequence[_Seen], groups: list[list[int]]) -> list[list[int]]:
    """A title that stands once, before the first of several weaker headings, names the page or the paper."""
    if not groups or len(groups) < 2 or len(groups[0]) < 2:
        return groups
    first, second, *_more = groups[0]
    if seen[first].rank is None or seen[second].rank is None or (seen[first].rank or 0) >= (seen[second].rank or 0):
        return groups
    others = [seen[at].rank for group in groups[1:] for at in group if seen[at].rank is not None]
    if others and min(rank for rank in others if rank is not None) >= (seen[second].rank or 0):
        return [groups[0][1:], *groups[1:]]
    return groups


def _is_new(seen: Sequence[_Seen], group: Sequence[int]) -> bool:
    """A smaller headline after a byline or before 本报讯 begins an article of its own."""
    before = next(
        (seen[at].paragraph.text.strip() for at in range(group[0] - 1, -1, -1) if seen[at].paragraph.text.strip()), ""
    )
    after = next((s.paragraph.text.strip() for s in seen[group[-1] + 1 :] if s.paragraph.text.strip()), "")
    return bool(_SIGNED.search(before)) or after.startswith(("本报讯", "本报消息", "本报综合消息"))


def _roles(seen: Sequence[_Seen], group: Sequence[int]) -> dict[int, LineRole]:
    """The strongest line is the headline; what stands above it is a kicker, below it a subtitle."""
    ranks = {at: rank for at in group if (rank := seen[at].rank) is not None}
    strongest = min(ranks.values())
    main = [at for at, rank in ranks.items() if rank == strongest]
    out: dict[int, LineRole] = {}
    for at in group:
        role = seen[at].role
        if role in ("kicker", "subtitle"):
            out[at] = role
        elif at in main or main[0] < at < main[-1]:
            out[at] = "headline"
        else:
            out[at] = "kicker" if at < main[0] else "subtitle"
    return out
