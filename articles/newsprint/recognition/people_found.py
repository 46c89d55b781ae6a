"""What one article says about its people, collected sign by sign."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .passages import Passage
from .posts import TitleMatch

GUESS, SURE = 1.3, 2.6
# Where a clause begins, perhaps after the 记 of a subtitle.
CLAUSE = re.compile(r"(?:^|(?<=[，。；：！？“”、（）\n ])|(?<=——))[记访]?(?=[一-鿿])")
_PREFIX_OF_POST = re.compile(r"^(?:现任|我区|我市|我县|我镇|该|原来的)")


@dataclass(slots=True)
class Evidence:
    """What one article says about one name."""

    name: str
    score: float
    reason: str
    posts: list[str] = field(default_factory=list)
    sure: bool = False

    def add_posts(self, posts: Iterable[str]) -> None:
        for post in posts:
            cleaned = _PREFIX_OF_POST.sub("", post)
            if cleaned and cleaned not in self.posts:
                self.posts.append(cleaned)


class PeopleFound:
    """The people of one article by name, and what else their posts tell: bodies, affiliations in brackets."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = passages
        self.article = "\n".join(passage.text for passage in passages)
        self.named: dict[str, Evidence] = {}
        self.sightings: set[tuple[int, int]] = set()
        self.affiliations: list[tuple[Passage, int, int]] = []
        self.posts: list[tuple[Passage, TitleMatch]] = []

    def accept(
        self,
        name: str,
        score: float,
        reason: str,
        posts: Iterable[str] = (),
        *,
        sure: bool = False,
        at: tuple[Passage, int] | None = None,
    ) -> None:
        """Take `name` for a person; the best score gives the reason. `at`: where it stands, for common words."""
        if at:
            self.sightings.add((at[0].paragraph, at[1]))
        evidence = self.named.setdefault(name, Evidence(name, score, reason))
        if score > evidence.score:
            evidence.score, evidence.reason = score, reason
        evidence.sure = evidence.sure or sure
        evidence.add_posts(posts)
