"""What is asked of the archive and what it answers: the values between pages, API and engine."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from articles.models import Continued

Sort = Literal["relevance", "newest", "oldest"]


@dataclass(frozen=True, slots=True)
class Criteria:
    """A question: the typed query and the filters beside it. Ids are record ids; all that are given must hold."""

    q: str = ""
    papers: tuple[int, ...] = ()
    people: tuple[int, ...] = ()
    organisations: tuple[int, ...] = ()
    reporters: tuple[int, ...] = ()
    section: str = ""
    page_no: int | None = None
    date_from: datetime.date | None = None
    date_to: datetime.date | None = None
    sort: Sort = "relevance"
    page: int = 1
    page_size: int = 20


ConditionKind = Literal[
    "word", "phrase", "person", "organisation", "reporter", "headline", "date", "event", "excluded", "any"
]


@dataclass(frozen=True, slots=True)
class Condition:
    """One part of the question as it was read, and the query text that is left when it is taken away.

    `plain`, where not empty, is the whole query with this name read as plain characters instead.
    """

    kind: ConditionKind
    text: str
    without: str
    count: int | None = None  # how many articles meet it alone; counted when no article meets all conditions
    plain: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several people of one name, and the query that means only this one."""

    text: str
    query: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How the query was read.

    `relaxed`: no article meets all that was asked, and the answer has those that meet most of it. `choices` are the
    namesakes that a bare name may mean. `looser`, where few articles meet all words, is the query that asks for any of
    them, and `looser_count` how many articles meet that. `complete`, where a description was loosened because so few
    articles meet all of it, is how many do, and `strict` the query that finds them alone.
    """

    conditions: tuple[Condition, ...] = ()
    terms: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()  # sentences for the person who asked, e.g. what could not be parsed
    marks: tuple[str, ...] = ()  # normalised strings that are marked in headlines, snippets and articles
    relaxed: bool = False
    choices: tuple[Choice, ...] = ()
    looser: str = ""
    looser_count: int = 0
    complete: int = 0
    strict: str = ""


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """What a page of results shows of a published article, read in one query."""

    pk: int
    date: datetime.date
    kicker: str
    headline: str
    edition: int
    paper: int
    paper_name: str
    page: int
    section: str
    continued: str | list[Continued] = "[]"  # as the database's driver gives it

    @property
    def goes_on(self) -> tuple[int, ...]:
        """The pages of its continuations."""
        if self.continued in ("[]", []):
            return ()
        parts = json.loads(self.continued) if isinstance(self.continued, str) else self.continued
        return tuple(dict.fromkeys(part["page"] for part in parts))


@dataclass(frozen=True, slots=True)
class Hit:
    """One found article. `snippet` is safe HTML with <mark>; `headline` likewise."""

    article: FoundArticle
    headline: SafeString
    snippet: SafeString
    score: float


@dataclass(frozen=True, slots=True)
class FacetCount:
    """One choice in a facet. `value` goes into the address: a record id, a year, a month YYYY-MM, a section."""

    value: str
    name: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facets:
    """The choices that narrow the answer. A facet's counts leave its own choice out."""

    people: tuple[FacetCount, ...] = ()
    organisations: tuple[FacetCount, ...] = ()
    reporters: tuple[FacetCount, ...] = ()
    sections: tuple[FacetCount, ...] = ()
    papers: tuple[FacetCount, ...] = ()
    years: tuple[FacetCount, ...] = ()
    months: tuple[FacetCount, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of the answer. `pages` is at least 1; `page` is the one given, never past the last."""

    total: int
    took_ms: int
    reading: Reading
    hits: tuple[Hit, ...]
    facets: Facets
    page: int
    pages: int
    near: tuple[Suggestion, ...] = ()  # where nothing was found: names in print that may have been meant


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that what was typed may become. `query` is what to search for; `record` the id of person,
    organisation or article."""

    kind: Literal["person", "organisation", "article"]
    text: str
    query: str
    record: int


class QueryRefusedError(ValueError):
    """A question that can't be answered; the message says what to do and is fit for a 400."""
