"""A query as it was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from articles.search.criteria import Reading
    from articles.search.plan import Node

Printed: TypeAlias = "Callable[[tuple[str, ...]], list[bool]]"  # which of several words are printed anywhere


@dataclass(frozen=True, slots=True)
class Question:
    """A query as it was read; `demands` has the plan of each of the reading's conditions.

    `otherwise` yields other readings for when no article meets this one, to be tried in order; it is told how to find
    out which strings are printed. `looser` is a query that asks for any of the words, where there are but words.
    `broader` gives, for a description that was typed as one run, the reading for when few articles meet all of it: told
    how many do, they and those that meet most of it.
    """

    plan: Node
    reading: Reading
    demands: tuple[Node, ...]
    otherwise: Callable[[Printed], Iterator[Question]] = field(compare=False)
    looser: str = ""
    broader: Callable[[int], Question] | None = field(default=None, compare=False)
