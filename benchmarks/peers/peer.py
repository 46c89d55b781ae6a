"""What is asked of every engine, and what each must be able to do."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.corpus import Printed

SHOWN = 20
FACETS = ("people", "organisations", "reporters", "years", "sections")
FACET_SIZE = 10


class Absent(Exception):  # noqa: N818
    """The engine can't be had here; the message says how to get it."""


@dataclass(frozen=True, slots=True)
class Question:
    """Words as cut for the index, all of which must stand; or a phrase; with filters, sorted by score or newest."""

    row: str
    words: tuple[str, ...] = ()
    phrase: str = ""
    person: int | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    newest: bool = False

    @property
    def typed(self) -> str:
        """As a reader would type it."""
        return f'"{self.phrase}"' if self.phrase else " ".join(self.words)


@dataclass(slots=True)
class Found:
    """Total, the first 20 ids, and for a whole page the facets and a snippet for each."""

    total: int
    ids: list[int]
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    snippets: list[str] = field(default_factory=list)


class Peer(ABC):
    """One engine with its index in a folder. `title` heads its column."""

    title = ""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @abstractmethod
    def build(self, articles: Sequence[Printed]) -> None:
        """Index all articles and leave the index as its manual advises for reading."""

    @abstractmethod
    def open(self) -> None:
        """Get ready to answer."""

    @abstractmethod
    def find(self, question: Question) -> Found:
        """Total and the first 20."""

    @abstractmethod
    def page(self, question: Question) -> Found:
        """The whole results page: total, 20 headlines with snippets, five facets."""

    @abstractmethod
    def every(self, question: Question) -> set[int]:
        """Ids of all that match; not timed."""

    def cpu(self) -> float:
        """Seconds of CPU that a server of its own has used; 0 where the engine works in this process."""
        return 0.0

    def size(self) -> int:
        """Bytes on disk of the index, without a stored copy of the articles where that can be told apart."""
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())

    def close(self) -> None:  # noqa: B027 (most have nothing to close)
        """Leave nothing running."""


def snippet(question: Question, headline: str, body: str) -> str:
    """Headline and passages with the found words marked; the same work for every engine."""
    from articles.search.snippets import mark_all, passages, pattern_of

    pattern = pattern_of((question.phrase,) if question.phrase else question.words)
    return mark_all(headline, pattern) + passages(body, pattern)
