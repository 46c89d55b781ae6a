"""What the API takes and gives. Fields may be added; none is renamed or removed."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import BeforeValidator, StringConstraints

LARGEST_ID = 2**63 - 1


def _blank_is_absent(value: Any) -> Any:
    """`page_no=` in an address asks for nothing."""
    return None if isinstance(value, str) and not value.strip() else value


def _without_blanks(value: Any) -> Any:
    if isinstance(value, list):
        return [item for item in value if not (isinstance(item, str) and not item.strip())]
    return value


def _clean(value: Any) -> Any:
    return value.replace("\0", " ").strip() if isinstance(value, str) else value


RecordId = Annotated[int, Field(ge=1, le=LARGEST_ID)]
PageNumber = Annotated[int, Field(ge=1, le=9999)]
RecordIds = Annotated[list[RecordId], BeforeValidator(_without_blanks)]
OptionalDate = Annotated[datetime.date | None, BeforeValidator(_blank_is_absent)]
Text = Annotated[str, BeforeValidator(_clean)]


class Paging(Schema):
    """Which part of a list."""

    page: Annotated[
        int, BeforeValidator(lambda value: 1 if _blank_is_absent(value) is None else value), Field(ge=1, le=1_000_000)
    ] = 1
    page_size: Annotated[
        int, BeforeValidator(lambda value: 20 if _blank_is_absent(value) is None else value), Field(ge=1, le=100)
    ] = 20


class SearchQuery(Paging):
    """What is searched for. `paper` takes ids or names; ids may be repeated, and all must hold."""

    q: Text = ""
    paper: Annotated[list[str], BeforeValidator(_without_blanks)] = Field(default_factory=list)
    person: RecordIds = Field(default_factory=list)
    organisation: RecordIds = Field(default_factory=list)
    reporter: RecordIds = Field(default_factory=list)
    section: Annotated[str, BeforeValidator(_clean), StringConstraints(max_length=50)] = ""
    page_no: Annotated[PageNumber | None, BeforeValidator(_blank_is_absent)] = None
    date_from: OptionalDate = None
    date_to: OptionalDate = None
    sort: Annotated[
        Literal["relevance", "newest", "oldest"], BeforeValidator(lambda value: _blank_is_absent(value) or "relevance")
    ] = "relevance"


class RecordQuery(Paging):
    """Part of a list of people or organisations: a pinyin initial, or how a name begins."""

    initial: Annotated[str, BeforeValidator(_clean), StringConstraints(max_length=1)] = ""
    q: Annotated[str, BeforeValidator(_clean), StringConstraints(max_length=50)] = ""


class IssueQuery(Paging):
    """Part of the list of issues."""

    paper: Annotated[list[str], BeforeValidator(_without_blanks)] = Field(default_factory=list)
    date_from: OptionalDate = None
    date_to: OptionalDate = None


class RecordRef(Schema):
    """A person or body with its page; both empty for people who have none."""

    id: int | None
    name: str
    url: str | None


class PersonInArticle(RecordRef):
    """A person with the posts printed in this article."""

    posts: list[str]


class BylineShape(Schema):
    """Who signed; `id` can be used as `reporter=`."""

    name: str
    role: str
    id: int | None


class DateShape(Schema):
    """A time that the article names. A bound that print leaves open is null."""

    surface: str
    start: datetime.date | None
    end: datetime.date | None
    precision: str


class ArticleShape(Schema):
    """An article as printed. `page` is where it begins, `pages` all that it stands on."""

    id: int
    url: str
    paper: str
    date: datetime.date
    page: int
    pages: list[int]
    section: str
    kicker: str | None
    headline: str
    subtitle: str | None
    paragraphs: list[str]
    byline_text: str | None
    bylines: list[BylineShape]
    people: list[PersonInArticle]
    organisations: list[RecordRef]
    dates: list[DateShape]
    content_hash: str


class HitShape(Schema):
    """A found article. `snippet` is safe HTML whose only tag is <mark>; `headline` is plain text."""

    id: int
    url: str
    headline: str
    date: datetime.date
    page: int
    pages: list[int]
    section: str
    paper: str
    snippet: str
    score: float


class RelatedShape(Schema):
    """An article of the same story, and what it shares with the one asked about."""

    id: int
    url: str
    headline: str
    date: datetime.date
    people: list[str]
    organisations: list[str]
    words: list[str]


class RelatedList(Schema):
    """Articles that share the most, the closest first."""

    results: list[RelatedShape]


class RecordCount(Schema):
    """A choice in a facet of records; `id` goes into the address."""

    id: int
    name: str
    count: int


class ValueCount(Schema):
    """A choice in a facet of years, months or sections."""

    value: str
    name: str
    count: int


class FacetShape(Schema):
    """The choices that narrow the answer."""

    people: list[RecordCount]
    organisations: list[RecordCount]
    reporters: list[RecordCount]
    papers: list[RecordCount]
    sections: list[ValueCount]
    years: list[ValueCount]
    months: list[ValueCount]


class ReadingShape(Schema):
    """How the query was read; `notes` are sentences about what could not be. `relaxed`: no article meets all of it, or
    only `complete` articles do, and those that meet most were found too; `strict`: the query that finds only those that
    meet all; `looser`: where few meet all words, the query that asks for any of them."""

    terms: list[str]
    phrases: list[str]
    people: list[str]
    excluded: list[str]
    notes: list[str]
    relaxed: bool
    looser: str
    complete: int
    strict: str


class NearShape(Schema):
    """A name in print that may have been meant where nothing was found; `query` is the whole query with it."""

    kind: Literal["person", "organisation"]
    text: str
    query: str
    id: int
    url: str


class SearchShape(Schema):
    """A page of the answer. `near` has names in print that may have been meant where nothing was found."""

    total: int
    took_ms: int
    page: int
    pages: int
    query: ReadingShape
    results: list[HitShape]
    facets: FacetShape
    near: list[NearShape]


class HeldShape(Schema):
    """A post in which somebody was printed, from the first to the last time, with the articles that say so."""

    post: str
    title: str
    organisation: RecordRef | None
    first: datetime.date
    last: datetime.date
    count: int
    first_article: str
    last_article: str


class YearCount(Schema):
    """How many articles of a year."""

    year: int
    count: int


class PersonItem(Schema):
    """A person in a list, with the posts printed last."""

    id: int
    name: str
    distinction: str
    url: str
    posts: list[str]
    count: int


class PersonPage(Schema):
    """A page of the list of people."""

    total: int
    page: int
    pages: int
    results: list[PersonItem]


class PersonShape(Schema):
    """A person's posts and coverage. Articles are found by `/search?person=id`."""

    id: int
    name: str
    distinction: str
    other_names: list[str]
    url: str
    count: int
    first: datetime.date | None
    last: datetime.date | None
    posts: list[HeldShape]
    years: list[YearCount]
    articles_url: str


class OrganisationItem(RecordRef):
    """An organisation in a list."""

    kind: str
    count: int


class OrganisationPage(Schema):
    """A page of the list of organisations."""

    total: int
    page: int
    pages: int
    results: list[OrganisationItem]


class HolderShape(HeldShape):
    """Who was printed in a post of this body."""

    person: RecordRef


class OrganisationShape(Schema):
    """An organisation with the people seen in its posts."""

    id: int
    name: str
    kind: str
    other_names: list[str]
    url: str
    count: int
    first: datetime.date | None
    last: datetime.date | None
    people: list[HolderShape]
    years: list[YearCount]
    articles_url: str


class IssueItem(Schema):
    """An issue with what a reader finds in it."""

    id: int
    url: str
    paper: str
    date: datetime.date
    edition: int
    number: int | None
    pages: int
    articles: int


class IssuePage(Schema):
    """A page of the list of issues, newest first."""

    total: int
    page: int
    pages: int
    results: list[IssueItem]


class SuggestionShape(Schema):
    """What was typed may become this."""

    kind: Literal["person", "organisation", "article"]
    text: str
    query: str
    id: int
    url: str


class SuggestShape(Schema):
    """Names and headlines that begin like what was typed, in characters, pinyin or initials."""

    suggestions: list[SuggestionShape]
