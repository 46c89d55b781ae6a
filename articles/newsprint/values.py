"""What the three stages of reading hand to each other. Frozen values; JSON of them is `page_json.py`'s work."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Literal

SourceKind = Literal["text", "pdf", "scan", "docx", "html"]
SetAsideKind = Literal["caption", "advertisement", "furniture", "unknown"]
LineRole = Literal["kicker", "headline", "subtitle", "body", "byline"]
ShapeKind = Literal["rule", "area", "picture"]
Box = tuple[float, float, float, float]
Precision = Literal["day", "month", "quarter", "half-year", "year", "vague", "event"]


class ReadingError(Exception):
    """A source that can't be read. `code` is for programs, the message for people: it says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Mark:
    """What the file itself says of a line: its role in the article-th article, or what it is outside them."""

    role: LineRole | SetAsideKind
    article: int | None = None


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line as it was read, never mended. `number` counts from 1. `box` is x0, y0, x1, y1 in page fractions.

    `font_size` is in points of the sheet, `font` the name of the type; a vertical line runs from top to bottom.
    """

    number: int
    text: str
    box: Box | None = None
    font_size: float | None = None
    confidence: float | None = None
    font: str | None = None
    vertical: bool = False
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """Something on the page that is no type: a rule, an outlined or tinted area, a picture. `box` as of a line."""

    kind: ShapeKind
    box: Box


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper a page is printed on, in points, and what is drawn on it."""

    width: float
    height: float
    shapes: tuple[Shape, ...] = ()


@dataclass(frozen=True, slots=True)
class ZoneReading:
    """An article's polygon on the page, in fractions from the top left; `article` counts in the page."""

    article: int
    polygon: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class PageImages:
    """Pictures of a page as WebP files: one to read, one to recognise it by; pixels of the larger one."""

    reading: bytes
    small: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Source:
    """A file after extraction: what it was and its lines. `sheet` is there where lines have their places.

    `notices` are sentences for an editor: what of the file could not be read well. `zones` are those that the file
    itself gives to the articles its lines are marked with.
    """

    file: str
    sha256: str
    encoding: str | None
    kind: SourceKind
    lines: tuple[SourceLine, ...]
    sheet: Sheet | None = None
    notices: tuple[str, ...] = ()
    zones: tuple[ZoneReading, ...] = ()


@dataclass(frozen=True, slots=True)
class Byline:
    """One person under an article with the role as printed: 记者, 通讯员, 摄影, 文/图."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class ArticleLines:
    """Which source lines an article was made of; `body` has one tuple per paragraph."""

    kicker: tuple[int, ...] = ()
    headline: tuple[int, ...] = ()
    subtitle: tuple[int, ...] = ()
    body: tuple[tuple[int, ...], ...] = ()
    byline: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the machine decided something: a word for programs, its score, and a sentence an editor can read."""

    decision: str
    score: float
    text: str
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """One article rebuilt from lines. Paragraphs are mended text; `confidence` is 0..1."""

    headline: str
    paragraphs: tuple[str, ...]
    lines: ArticleLines
    kicker: str | None = None
    subtitle: str | None = None
    byline_text: str | None = None
    bylines: tuple[Byline, ...] = ()
    confidence: float = 1.0
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class SetAside:
    """A printed line that belongs to no article."""

    line: int
    text: str
    kind: SetAsideKind


@dataclass(frozen=True, slots=True)
class PageDraft:
    """A page after reconstruction: every non-blank line is in one article or in `unplaced`."""

    articles: tuple[ArticleDraft, ...]
    unplaced: tuple[SetAside, ...]
    zones: tuple[ZoneReading, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Characters [start, end) of paragraph `paragraph`; -1 is the headline, -2 the kicker, -3 the subtitle."""

    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PersonReading:
    """A person printed in one article, posts as printed beside the name. `certain` false: an editor should look."""

    name: str
    posts: tuple[str, ...]
    certain: bool
    spans: tuple[Span, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OrganisationReading:
    """A body printed in one article: its fullest name and every form it was printed in."""

    name: str
    surfaces: tuple[str, ...]
    certain: bool
    spans: tuple[Span, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DateReading:
    """A time expression and what it means, seen from the issue's date; a bound that print leaves open is None."""

    surface: str
    start: datetime.date | None
    end: datetime.date | None
    precision: Precision
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognised:
    """Who, which bodies and when, in one article."""

    people: tuple[PersonReading, ...] = ()
    organisations: tuple[OrganisationReading, ...] = ()
    dates: tuple[DateReading, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """An article's draft and what was recognised in it."""

    draft: ArticleDraft
    recognised: Recognised


@dataclass(frozen=True, slots=True)
class PageReading:
    """A whole page as `read_page` gives it."""

    source: Source
    articles: tuple[ArticleReading, ...]
    unplaced: tuple[SetAside, ...]
    zones: tuple[ZoneReading, ...] = field(default=())
