"""A question as every engine understands it, and the answer that an engine gives.

Plain values: an engine compiles them to arrays, to SQL or to another server's query language.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .criteria import Sort

LinkKind = Literal["people", "organisations", "reporters"]
FacetName = Literal["people", "organisations", "reporters", "sections", "papers", "years", "months"]
FACETS: tuple[FacetName, ...] = ("people", "organisations", "reporters", "sections", "papers", "years", "months")


@dataclass(frozen=True, slots=True)
class Word:
    """Cut as a word in headline or text. A word that was never cut so is looked for as characters, unless `cut`."""

    text: str
    headline: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Characters:
    """This normalised string stands in one headline, kicker, subtitle or paragraph."""

    text: str
    headline: bool = False


@dataclass(frozen=True, slots=True)
class Linked:
    """Linked to one of these records."""

    kind: LinkKind
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """Somebody of this normalised name signed it."""

    name: str


@dataclass(frozen=True, slots=True)
class Printed:
    """Printed in these days, both included; None: open."""

    since: datetime.date | None
    until: datetime.date | None


@dataclass(frozen=True, slots=True)
class Happened:
    """Tells of something that happened in these days, both included; None: open."""

    since: datetime.date | None
    until: datetime.date | None


@dataclass(frozen=True, slots=True)
class OfPapers:
    """Of one of these papers."""

    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class InSection:
    """On a page of this section."""

    name: str


@dataclass(frozen=True, slots=True)
class OnPage:
    """On a page of this number."""

    number: int


@dataclass(frozen=True, slots=True)
class Articles:
    """One of these articles."""

    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; with none, every article."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Some part holds; with none, no article."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Meant:
    """One thing said in several words: some part holds, and the best of those that do counts. The first is as it was
    typed; the others are worth `share` of what they would be, where that one is printed at all."""

    nodes: tuple[Node, ...]
    share: float = 0.5


@dataclass(frozen=True, slots=True)
class Not:
    """The part doesn't hold."""

    node: Node


@dataclass(frozen=True, slots=True)
class Preferring:
    """`node` must hold; where `preferred` holds too, the article ranks higher."""

    node: Node
    preferred: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Mostly:
    """`node` must hold, and of the parts most: each weighs as much as it is rare, and those that hold weigh at least
    `share` of them all, or as much as they do in the best `enough` articles. A part that holds nowhere weighs nothing.
    At least `fewest` parts hold. What the parts that hold are worth counts as much as they weigh among all, so that two
    of three come before one of three that is printed often.
    """

    node: Node
    parts: tuple[Node, ...]
    fewest: int = 1
    share: float = 0.5
    enough: int = 20


Node = (
    Word
    | Characters
    | Linked
    | Signed
    | Printed
    | Happened
    | OfPapers
    | InSection
    | OnPage
    | Articles
    | All
    | AnyOf
    | Meant
    | Not
    | Preferring
    | Mostly
)

EVERYTHING = All(())
NOTHING = AnyOf(())


@dataclass(frozen=True, slots=True)
class Request:
    """What an engine is asked: articles that meet plan and filters, the slice wanted, the facets wanted.

    `filters` are by facet name; a facet is counted over the articles that meet all filters but its own. `merged`
    says which record ids live on under another id.
    """

    plan: Node = EVERYTHING
    filters: Mapping[str, Node] = field(default_factory=dict)
    sort: Sort = "relevance"
    start: int = 0
    stop: int = 20
    facets: tuple[FacetName, ...] = ()
    merged: Mapping[str, Mapping[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """Total and the slice of article ids with their scores; for each facet its (value, count), most first."""

    total: int = 0
    articles: tuple[int, ...] = ()
    scores: tuple[float, ...] = ()
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    notice: str = ""  # why there is no answer, for the person who asked
