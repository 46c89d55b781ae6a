"""Articles that go on on another page of the issue: which article 下转第3版 stands by, and which one it leads to.

It follows from the lines as they stand, so an editor who moves a jump into an article's text says that it is that
article's. What has been joined is stored: `Article.continues`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Q

from articles.models import Article, Decision, Page, SourceLine
from articles.newsprint.reconstruction import Jump, read_jump

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from articles.models import Issue

_ENOUGH = 4  # letters that two headlines share in a row, so that one repeats the other


@dataclass(frozen=True, slots=True)
class Turn:
    """A jump by an article. `number`: of the page as printed; `page`: None where the issue has no such page;
    `article`: where it leads, None where that can't be told; `guess`: the one piece there whose headline says that it
    may be it, though no jump answers; `alike`: whether a headline bears it out."""

    onward: bool
    number: int
    page: Page | None
    article: Article | None
    guess: Article | None = None
    alike: bool = False

    @property
    def answer(self) -> Article | None:
        """The likeliest piece."""
        return self.article or self.guess


@dataclass(frozen=True, slots=True)
class _Printed:
    jump: Jump
    article: Article


def turns_on(page: Page) -> dict[int, list[Turn]]:
    """By article of a page: its jumps, in printed order."""
    return _Jumps(page.issue).turns(page)


def turns_in(issue: Issue, pages: Iterable[Page]) -> dict[int, list[Turn]]:
    """The same for several pages of an issue."""
    jumps = _Jumps(issue)
    return {pk: turns for page in pages for pk, turns in jumps.turns(page).items()}


def turns_for_readers(article: Article) -> list[Turn]:
    """An article's jumps that lead to another article which readers may see."""
    turns = turns_on(article.page).get(article.pk, [])
    return [turn for turn in turns if turn.article and turn.article.status == Article.Status.PUBLISHED]


def kept_apart(articles: Iterable[int]) -> set[tuple[int, int]]:
    """Continuation and article, by ids, where an editor said last that they don't belong together."""
    told: dict[tuple[int, int], bool] = {}
    kinds = (Decision.Kind.JOINED, Decision.Kind.PARTED)
    for decision in Decision.objects.filter(kind__in=kinds, article__in=articles).order_by("pk"):
        pair = (decision.article_id or 0, decision.scores.get("head", 0))
        parted = decision.kind == Decision.Kind.PARTED
        if decision.undone_at is not None:
            parted = not parted
        told[pair] = parted and bool(decision.actor_id or decision.undone_by_id)
    return {pair for pair, apart in told.items() if apart}


class _Jumps:
    """The jumps of an issue's pages, each page read once."""

    def __init__(self, issue: Issue) -> None:
        self._issue = issue
        self._printed: dict[int, list[_Printed]] = {}
        named = Q(text__contains="转") | Q(text__contains="接")
        lines = SourceLine.objects.filter(source__page__issue=issue, source__superseded_at__isnull=True)
        self._read: dict[int, list[tuple[SourceLine, Jump]]] = {}
        for line in lines.filter(named).select_related("block", "source").order_by("source", "number"):
            if jump := read_jump(line.text):
                self._read.setdefault(line.source.page_id, []).append((line, jump))

    @cached_property
    def _pages(self) -> dict[int, Page]:
        return {page.number: page for page in self._issue.pages.all()}

    def turns(self, page: Page) -> dict[int, list[Turn]]:
        """By article of the page."""
        found: dict[int, list[Turn]] = {}
        here = self._on(page)
        for one in here:
            number = one.jump.page
            other = self._pages.get(number) if number != page.number else None
            printed = self._on(other) if other else []
            answers = [
                each for each in printed if each.jump.page == page.number and each.jump.onward != one.jump.onward
            ]
            rivals = [each for each in here if each.jump.page == number and each.jump.onward == one.jump.onward]
            partner = _partner(one, answers, rivals)
            guess = self._guess(one, other, answers) if other and partner is None else None
            alike = partner is not None and _alike(one, partner)
            turn = Turn(one.jump.onward, number, other, partner.article if partner else None, guess, alike)
            if turn not in found.setdefault(one.article.pk, []):
                found[one.article.pk].append(turn)
        return found

    def _guess(self, one: _Printed, other: Page, answers: Sequence[_Printed]) -> Article | None:
        """The one piece of the other page with the same headline."""
        pieces = [each.article for each in answers] or list(other.articles.filter(merged_into__isnull=True))
        answer = Jump(not one.jump.onward, one.jump.page)
        alike = [piece for piece in dict.fromkeys(pieces) if _alike(one, _Printed(answer, piece))]
        return alike[0] if len(alike) == 1 else None

    def _on(self, page: Page) -> list[_Printed]:
        if page.pk not in self._printed:
            self._printed[page.pk] = _jumps_on(page, self._read.get(page.pk, []))
        return self._printed[page.pk]


def _partner(one: _Printed, answers: Sequence[_Printed], rivals: Sequence[_Printed]) -> _Printed | None:
    """The only answer to an only jump; of several the one whose headline or named title says so, and no other's does."""
    if len(answers) == 1 and len(rivals) == 1:
        return answers[0]
    alike = [each for each in answers if _alike(one, each)]
    if len(alike) == 1 and sum(_alike(rival, alike[0]) for rival in rivals) == 1:
        return alike[0]
    return None


def _alike(one: _Printed, other: _Printed) -> bool:
    mine, others = _titles(one), _titles(other)
    return any(_shared(title, another) for title in mine for another in others)


def _titles(printed: _Printed) -> list[str]:
    titles = (printed.article.headline, printed.jump.title)
    return ["".join(filter(str.isalnum, title)) for title in titles if title]


def _shared(one: str, other: str) -> bool:
    """Whether the shorter one stands in the longer one."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _ENOUGH and short in long


def _jumps_on(page: Page, read: Sequence[tuple[SourceLine, Jump]]) -> list[_Printed]:
    """A page's jumps with the articles they stand by; those that stand by none are left out."""
    if not read:
        return []
    lines = SourceLine.objects.filter(source__page=page, source__superseded_at__isnull=True)
    standing = list(lines.filter(block__article__isnull=False).select_related("block").order_by("source", "number"))
    articles = page.articles.filter(merged_into__isnull=True).in_bulk()
    found = []
    for line, jump in read:
        beside = line if line.block and line.block.article_id else _beside(line, jump, standing)
        article = articles.get(beside.block.article_id or 0) if beside and beside.block else None
        if article:
            found.append(_Printed(jump, article))
    return found


def _beside(line: SourceLine, jump: Jump, standing: Sequence[SourceLine]) -> SourceLine | None:
    """The nearest line of an article before a jump onward, or after one back: in its column, where lines have places."""
    own = [other for other in standing if other.source_id == line.source_id]
    placed = [(other.box, other) for other in own if other.box]
    if line.box and len(placed) == len(own):
        x0, y0, x1, y1 = line.box
        column = [(box, other) for box, other in placed if box[0] < x1 and x0 < box[2]]
        if jump.onward:
            above = [pair for pair in column if pair[0][1] < y0]
            return max(above, key=lambda pair: pair[0][3])[1] if above else None
        below = [pair for pair in column if pair[0][3] > y1]
        return min(below, key=lambda pair: pair[0][1])[1] if below else None
    if jump.onward:
        return next((other for other in reversed(own) if other.number < line.number), None)
    return next((other for other in own if other.number > line.number), None)
