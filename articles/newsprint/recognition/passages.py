"""The parts of an article as recognition reads them: no stray blanks, positions that lead back to the print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from articles.newsprint.values import ArticleDraft, Span

from .lexicon import alternatives, words

HEADLINE, KICKER, SUBTITLE = -1, -2, -3

_BLANKS = re.compile(r"\s+")
# （记者 孟某 通讯员 卢某）, （张某 摄）: bylines inside running text name no one the article is about.
_CREDIT = re.compile(
    r"[（(][^（）()]{0,30}(?:记者|通讯员|摄影|摄|供图|文/图|图/文|整理|编辑)[^（）()]{0,40}[）)]"
    r"|(?:本报|见习|实习|融媒体|全媒体|首席)?(?:记者|通讯员)(?: ?[一-鿿]{2,4}(?= |$)| [一-鿿] [一-鿿](?= |$))+"
)
# 局长张 伟、王  芳: names of two characters are spread to the width of three.
_SPREAD_NAME = re.compile(
    rf"(?:(?<=[记长任员席事理裁师授监警士生工人官表、，：；（])|(?<=[记长任员席事理裁师授监警士生工人官表][ \u3000])|^)"
    rf"(?:{alternatives(words('compound_surnames.txt'))}|[{''.join(sorted(words('surnames.txt')))}])"
    rf"[ \u3000]+[一-鿿](?:[ \u3000]+[一-鿿])?(?![ \u3000]?[一-鿿][ \u3000])"
)
# 城关卫生院：卜一凡 区少云 盖 伟 仇 天: in such a list every pair of single characters is a name.
_SPACED_NAMES = re.compile(r"(?<=[：:])(?:\s*[一-鿿]{1,4}(?![一-鿿])){3,}\s*$")
_HALVES = re.compile(r"(?<![一-鿿])[一-鿿][ \u3000]+[一-鿿](?![一-鿿])")
_MASK = "＃"


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph or head. `text` is what is matched; `offsets[i]` is where its character i is printed.

    `spread`: where a name that was printed with blanks inside begins in `text` → where it ends.
    """

    paragraph: int
    text: str
    offsets: tuple[int, ...]
    spread: Mapping[int, int] = field(default_factory=dict)

    @property
    def is_head(self) -> bool:
        return self.paragraph < 0

    def span(self, start: int, end: int) -> Span:
        """The printed span of characters [start, end) of `text`."""
        return Span(self.paragraph, self.offsets[start], self.offsets[end - 1] + 1)


def _han(char: str) -> bool:
    return "一" <= char <= "鿿"


def passage(paragraph: int, printed: str) -> Passage:
    """Blanks beside digits, Latin letters and punctuation go; between two Chinese characters one stays.

    The blank inside a justified name of two characters (张 伟) goes too.
    """
    chars: list[str] = []
    offsets: list[int] = []
    end = 0
    names = [found.span() for found in _SPREAD_NAME.finditer(printed)]
    for row in _SPACED_NAMES.finditer(printed):
        names += [half.span() for half in _HALVES.finditer(printed, row.start(), row.end()) if half.span() not in names]
    for blank in _BLANKS.finditer(printed):
        chars += printed[end : blank.start()]
        offsets += range(end, blank.start())
        end = blank.end()
        before = printed[blank.start() - 1] if blank.start() else ""
        after = printed[end] if end < len(printed) else ""
        inside = any(start < blank.start() < stop for start, stop in names)
        if (
            not inside
            and "\n" not in blank[0]
            and before
            and after
            and ((_han(before) and _han(after)) or paragraph < 0)
        ):
            chars.append(" ")
            offsets.append(blank.start())
    chars += printed[end:]
    offsets += range(end, len(printed))
    text = _CREDIT.sub(lambda found: _MASK * len(found[0]), "".join(chars))
    spread = {offsets.index(start): offsets.index(stop - 1) + 1 for start, stop in names}
    return Passage(paragraph, text, tuple(offsets), spread)


def passages(draft: ArticleDraft) -> tuple[Passage, ...]:
    """Heads first, then paragraphs, in reading order."""
    heads: Iterable[tuple[int, str | None]] = (
        (KICKER, draft.kicker),
        (HEADLINE, draft.headline),
        (SUBTITLE, draft.subtitle),
    )
    parts = [passage(number, text) for number, text in heads if text]
    parts += [passage(number, text) for number, text in enumerate(draft.paragraphs)]
    return tuple(part for part in parts if part.text)


def places(text: str, name: str) -> Iterable[int]:
    """Where `name` is printed in `text`, one place after the other."""
    start = text.find(name)
    while start >= 0:
        yield start
        start = text.find(name, start + len(name))


def in_print(span: Span) -> tuple[bool, int, int]:
    """Sorting key of places: the text, then the heads."""
    return span.paragraph < 0, span.paragraph, span.start
