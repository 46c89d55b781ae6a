"""Articles that go on on another page of the issue: which article 下转第3版 stands by, and which one it leads to.

Nothing of it is stored: it follows from the lines as they stand, so an editor who moves a jump into an article's text
says that it is that article's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from articles.models import Article, Page, SourceLine
from articles.newsprint.reconstruction import Jump, read_jump

if TYPE_CHECKING:
    from collections.abc import Sequence

_ENOUGH = 4  # letters that two headlines share in a row, so that one repeats the other


@dataclass(frozen=True, slots=True)
class Turn:
    """A jump by an article. `number`: of the page as printed; `page`: None where the issue has no such page;
    `article`: where it leads, None where that can't be told."""

    onward: bool
    number: int
    page: Page | None
    article: Article | None


@dataclass(frozen=True, slots=True)
class _Printed:
    jump: Jump
    article: Article


def turns_on(page: Page) -> dict[int, list[Turn]]:
    """By article of a page: its jumps, in printed order."""
    found: dict[int, list[Turn]] = {}
    here = _jumps_on(page)
    there: dict[int, tuple[Page | None, list[_Printed]]] = {}
    for one in here:
        number = one.jump.page
        if number not in there:
            other = page.issue.pages.filter(number=number).exclude(pk=page.pk).first()
            there[number] = (other, _jumps_on(other) if other else [])
        other, printed = there[number]
        answers = [each for each in printed if each.jump.page == page.number and each.jump.onward != one.jump.onward]
        rivals = [each for each in here if each.jump.page == number and each.jump.onward == one.jump.onward]
        turn = Turn(one.jump.onward, number, other, _partner(one, answers, rivals))
        if turn not in found.setdefault(one.article.pk, []):
            found[one.article.pk].append(turn)
    return found


def turns_for_readers(article: Article) -> list[Turn]:
    """An article's jumps that lead to an article which readers may see."""
    turns = turns_on(article.page).get(article.pk, [])
    return [turn for turn in turns if turn.article and turn.article.status == Article.Status.PUBLISHED]


def _partner(one: _Printed, answers: Sequence[_Printed], rivals: Sequence[_Printed]) -> Article | None:
    """The only answer to an only jump; of several the one whose headline or named title says so, and no other's does."""
    if len(answers) == 1 and len(rivals) == 1:
        return answers[0].article
    alike = [each for each in answers if _alike(one, each)]
    if len(alike) == 1 and sum(_alike(rival, alike[0]) for rival in rivals) == 1:
        return alike[0].article
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


def _jumps_on(page: Page) -> list[_Printed]:
    """A page's jumps with the articles they stand by; those that stand by none are left out."""
    named = Q(text__contains="转") | Q(text__contains="接")
    lines = SourceLine.objects.filter(source__page=page, source__superseded_at__isnull=True)
    read = [
        (line, jump)
        for line in lines.filter(named).select_related("block").order_by("source", "number")
        if (jump := read_jump(line.text))
    ]
    if not read:
        return []
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
