"""What a few typed characters, pinyin or initials may become."""

from __future__ import annotations

from functools import cache
from itertools import zip_longest

from haystack import connections

from articles.models import Article

from . import plan
from .analysis import STOP_WORDS, cut_form, normalise, normalise_with_offsets
from .criteria import Suggestion
from .directory import directory, shown
from .plan import Node, Request
from .rows import PLACES, Compiled, compiled, rows_of

_LONGEST = 50
_LOOKED_AT = 40  # headlines read for what was typed
_PAIRS = 2


def suggest(text: str, limit: int = 10) -> tuple[Suggestion, ...]:
    """People and organisations named in published articles, then headlines. Odd input suggests nothing."""
    typed = normalise(text[:_LONGEST]).replace("'", "")
    if not typed or limit < 1:
        return ()
    named = shown(directory().beginning(typed), limit)
    found = [Suggestion(one.kind, name, one.name, one.record) for one, name in named]
    if len(found) < limit:
        found += _headlines(text[:_LONGEST], limit - len(found))
    return tuple(found)


def _headlines(text: str, limit: int) -> list[Suggestion]:
    """The newest headlines that print what was typed, wherever: the index finds its words, then it is looked for."""
    nodes = _asked_of_headlines(text)
    if not nodes:
        return []
    request = Request(plan.All(tuple(nodes)), sort="newest", stop=_LOOKED_AT)
    ids = connections["default"].get_backend().answer(request).articles
    headlines = dict(rows_of(_published_headlines(), ids))
    wanted = [normalise(piece) for piece in text.split()]
    fitting = [pk for pk in ids if pk in headlines and all(one in normalise(headlines[pk]) for one in wanted)]
    return [Suggestion("article", headlines[pk], f'"{headlines[pk]}"', pk) for pk in fitting[:limit]]


@cache
def _published_headlines() -> Compiled:
    return compiled(Article.objects.published().filter(pk__in=PLACES).order_by().values_list("pk", "headline"))


def _asked_of_headlines(text: str) -> list[Node]:
    """Words of two characters and more, in headlines; of characters that are no words, the last pairs, in the text.

    Both are read straight from the index. The last word may not be typed to its end: 防汛应 is 防汛 and 汛应.
    """
    form = normalise_with_offsets(text, blanks=True).text
    words: list[Node] = []
    pairs: list[Node] = []
    cuts = cut_form(form)
    for cut, after in zip_longest(cuts, cuts[1:]):
        if len(cut.text) > 1 and cut.text not in STOP_WORDS:
            words.append(plan.Word(cut.text, headline=True))
        if after and after.start == cut.end and 1 in (len(cut.text), len(after.text)):
            pairs.append(plan.Characters(cut.text[-1] + after.text[0]))
    return list(dict.fromkeys([*words, *pairs[-_PAIRS:]]))
