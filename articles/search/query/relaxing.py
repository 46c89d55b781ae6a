"""Fewer demands, for when no article meets them all: most of the words, weighed by how rare they are."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from articles.search import plan
from articles.search.analysis import parts_of

from .grammar import MAX_CHARACTERS, MAX_CLAUSES
from .near_words import demanded as near_word
from .near_words import near_words
from .parts import Part, once
from .runs import Demand

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from articles.search.plan import Node

    from .parts import Hold
    from .question import Printed

_TERM = 2  # words that may be one term
_TOLD = 4  # words near to one that was typed
_MET = ("phrase", "person", "organisation", "reporter", "headline")


def relaxed(parts: Sequence[Part], holding: Collection[Hold], *, one_run: bool) -> tuple[Node, list[Part]] | None:
    """A plan that demands the parts of these holds and most of the words in the others, and its parts one by one. None
    where that is no less.

    Two things at least must be met that were typed, a name and a word or two words: who typed 防汛 月球 isn't answered
    with all about 防汛. Where all was typed as one run one word will do, since it was no person who cut it. One word
    alone becomes the words near to it.
    """
    loose: list[Part] = []
    demanded: list[Part] = []
    optional: list[Node] = []
    together: list[Node] = []
    for part in parts:
        if part.hold in holding or part.text.isascii():
            demanded.append(part)
            loose.append(part)
        elif part.words:
            pieces = [one for word in part.words for one in _shorter(word)]
            # One character alone says too little to be found by.
            words = [word for word in pieces if len(word.text) > 1 or word.text.isascii()]
            # A long word has near words of its own: 公共汽车.
            spans = {(word.start, word.end) for word in words}
            words += [word for word in part.words if near_words(word.text) and (word.start, word.end) not in spans]
            meant = [_with_near_words(word) for word in words]
            optional += [part.node for part in meant]
            loose += meant
            together += [
                plan.Characters(first.text + second.text)
                for first, second in itertools.pairwise(pieces)
                if first.end == second.start
            ]
        else:
            optional.append(part.node)
            loose.append(part)
    fewest = 1 if one_run or any(part.kind in _MET for part in demanded) else 2
    if len(optional) < fewest and not (len(parts) == 1 and optional):
        return None
    if len(optional) == 1 and not demanded and not loose[0].near:
        return None
    node = plan.Mostly(plan.All(tuple(part.node for part in demanded)), tuple(optional), fewest)
    titles = tuple(plan.Word(word.text, headline=True) for word in loose if word.kind == "word")
    return plan.Preferring(node, (*together, *titles)), loose


def _shorter(word: Demand) -> tuple[Demand, ...]:
    """The words that a long word is made of: 重点项目 is looked for as 重点 and as 项目, 端午节 as 端午 too."""
    parts = sorted(parts_of(word.text), key=word.text.find)
    if word.end - word.start != len(word.text) or not parts:
        return (word,)
    if len(parts) == 1:
        either = plan.AnyOf((word.node, plan.Word(parts[0])))
        return (Demand(word.text, either, word.start, word.end),)
    if "".join(parts) != word.text:
        return (word,)
    places = [word.start + word.text.find(part) for part in parts]
    return tuple(
        Demand(part, plan.Word(part), place, place + len(part)) for part, place in zip(parts, places, strict=True)
    )


def _with_near_words(word: Demand) -> Part:
    near = near_words(word.text)
    node = plan.Meant((word.node, *map(near_word, near))) if near else word.node
    return Part("word", word.text, node, word.start, word.end, terms=(word.text,), marks=(word.text, *near), near=near)


def near_words_counted(loose: Sequence[Part], printed: Printed | None = None) -> list[str]:
    """The sentence that tells which words count as those typed: those in print, where that can be asked."""
    told = []
    for part in loose:
        near = tuple(itertools.compress(part.near, printed(part.near))) if printed else part.near
        if near:
            more = "…" if len(near) > _TOLD else ""
            told.append(f"{part.text}（{'、'.join(near[:_TOLD])}{more}）")
    return [_("意思相近的词也算，排得靠后：%(words)s。") % {"words": "；".join(told)}] if told else []


def is_description(parts: Sequence[Part]) -> bool:
    """What was typed as one run says several things: three words or more, or two of one kind, like 防汛备汛. Two
    words may be a term that was not in the dictionary: 储能电池 is either both or nothing."""
    if any(part.hold == "always" for part in parts):
        return False
    words = [one for part in parts for word in part.words for one in _shorter(word) if len(one.text) > 1]
    count = len(words) + sum(part.kind == "organisation" for part in parts)
    alike = len(words) == 2 and words[0].text[-1] == words[1].text[-1]
    return count > _TERM or alike


def typed_apart(parts: Sequence[Part]) -> str:
    """The query that demands all parts, as it is typed to mean that: the words apart."""
    query = " ".join(once(text for part in parts for text in ([word.text for word in part.words] or [part.text])))
    return query if len(query) <= MAX_CHARACTERS else ""


def any_of_the_words(parts: Sequence[Part]) -> str:
    """The query that asks for any of the words of a query that is nothing but words; empty for others."""
    if any(not part.words for part in parts):
        return ""
    words = dict.fromkeys(word.text for part in parts for word in part.words if len(word.text) > 1)
    query = " OR ".join(words)
    return query if 1 < len(words) <= MAX_CLAUSES and len(query) <= MAX_CHARACTERS else ""
