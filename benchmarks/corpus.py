"""A made-up archive: real sentences drawn again and again, with other names, numbers, dates and now and then a word.

The same size always gives the same archive. Sentences are drawn unevenly, as phrases are in print: some stand in a
fifth of all articles, most in about one in a hundred. Random words would be no substitute: they make pairs of
characters that no newspaper prints, and an index of pairs grows with them.
"""

from __future__ import annotations

import datetime
import random
from bisect import bisect
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from benchmarks.names import PEOPLE, REPORTERS, Names
from benchmarks.sentences import EXCHANGED, templates, word_kinds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.sentences import Template

VERSION = "2"  # raised when the same size gives other rows
CHARACTERS = 480  # of a body, on average
EXCHANGES = 0.06  # share of exchangeable words that are exchanged
SECTIONS = ("要闻", "综合", "经济", "社会", "教育", "健康", "文化", "副刊")
PAPERS = ("北塬新报", "高新时报")
FIRST_DAY = datetime.date(2012, 1, 3)
DAYS = 4000


@dataclass(slots=True)
class Printed:
    """One article, as the loader and every engine get it. Ids are those of the records; `words` come already cut."""

    id: int
    paper: int
    date: datetime.date
    page: int
    section: str
    headline: str
    body: str
    people: tuple[int, ...]
    organisations: tuple[int, ...]
    reporters: tuple[int, ...]
    headline_words: str = ""
    words: str = ""
    parts: str = ""  # normalised headline and paragraphs, a line each


@dataclass
class Wheel:
    """Draws one of many, each as often as it weighs."""

    values: Sequence[object]
    weights: Sequence[float]
    sums: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.sums = list(accumulate(self.weights))

    def draw(self, at: float) -> object:
        """`at`: 0 to 1."""
        return self.values[min(bisect(self.sums, at * self.sums[-1]), len(self.values) - 1)]


class Press:
    """Prints articles."""

    def __init__(self, seed: int = 20221012) -> None:
        self.random = random.Random(seed)
        self.names = Names(self.random)
        known = templates()
        self.random.shuffle(known)
        self.sentences = Wheel(known, [(rank + 4) ** -0.6 for rank in range(len(known))])
        self.words = {kind: Wheel(*pair) for kind, pair in word_kinds().items()}

    def articles(self, count: int) -> Iterator[Printed]:
        """Articles 1 to `count`, in the order of their days."""
        for number in range(1, count + 1):
            yield self._article(number, FIRST_DAY + datetime.timedelta(days=(number - 1) * DAYS // count))

    def _article(self, number: int, date: datetime.date) -> Printed:
        draw = self.random.random
        people: dict[int, None] = {}
        bodies: dict[int, None] = {}
        wanted = max(90.0, self.random.gauss(CHARACTERS - 15, 150))
        paragraphs = ["本报讯 "] if draw() < 0.6 else [""]
        length = 0
        while length < wanted:
            sentence = self._sentence(self.sentences.draw(draw()), people, bodies)  # type: ignore[arg-type]
            if paragraphs[-1] and len(paragraphs[-1]) > 40 and draw() < 0.35:
                paragraphs.append("")
            paragraphs[-1] += sentence
            length += len(sentence)
        headline = self._sentence(self.sentences.draw(draw()), people, bodies)  # type: ignore[arg-type]
        reporters = {self.names.reporter(draw()) for _ in range(self.random.choice((1, 1, 2)))}
        page = self.random.choice((1, 1, 2, 2, 3, 4))
        return Printed(
            id=number,
            paper=1 if draw() < 0.7 else 2,
            date=date,
            page=page,
            section=SECTIONS[(page - 1) * 2 + (draw() < 0.4)],
            headline=headline.rstrip("。！？")[:24],
            body="\n".join(paragraphs),
            people=tuple(sorted(people)),
            organisations=tuple(sorted(bodies)),
            reporters=tuple(sorted(reporters)),
        )

    def _sentence(self, template: Template, people: dict[int, None], bodies: dict[int, None]) -> str:
        draw = self.random.random
        text = []
        for piece in template:
            if piece.kind == "text":
                text.append(piece.text)
            elif piece.kind == "person":
                person = self.names.person(draw())
                people[person] = None
                text.append(self.names.people[person])
            elif piece.kind == "organisation":
                body = self.names.organisation(draw())
                bodies[body] = None
                text.append(self.names.organisations[body])
            elif piece.kind == "number":
                text.append(self._number(piece.text))
            elif piece.kind in EXCHANGED and draw() < EXCHANGES:
                text.append(str(self.words[piece.kind].draw(draw())))
            else:
                text.append(piece.text)
        return "".join(text)

    def _number(self, printed: str) -> str:
        """Another number of as many digits; years stay among the last thirty."""
        whole, dot, rest = printed.partition(".")
        if len(whole) == 4 and whole[:2] in ("19", "20") and not dot:
            return str(self.random.randrange(1995, 2025))
        low = 10 ** (len(whole) - 1) if len(whole) > 1 else 0
        number = str(self.random.randrange(low, 10 ** len(whole)))
        return number + (f".{self.random.randrange(10 ** len(rest)):0{len(rest)}}" if dot else "")


def printed_archive(count: int) -> tuple[list[Printed], Names]:
    """The archive of this size with its words cut and its names."""
    from articles.search.analysis import index_words, normalise

    press = Press()
    articles = list(press.articles(count))
    for article in articles:
        paragraphs = article.body.split("\n")
        article.headline_words = " ".join(index_words(article.headline))
        article.words = " ".join(word for part in paragraphs for word in index_words(part))
        article.parts = "\n".join(map(normalise, (article.headline, *paragraphs)))
    return articles, press.names


__all__ = ["PEOPLE", "REPORTERS", "SECTIONS", "Printed", "printed_archive"]
