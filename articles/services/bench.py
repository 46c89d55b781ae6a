"""A page on the desk: its source lines beside the articles that were made of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from articles.models import (
    Article,
    Block,
    Decision,
    Likeness,
    Mention,
    Page,
    PlannedPublication,
    SourceFile,
    SourceLine,
)
from articles.selectors.desk import Changed, changes_of
from articles.selectors.doubts import name_anchor
from articles.selectors.joints import Joint, joints_on, pieces_elsewhere
from articles.selectors.jumps import Turn, turns_on
from articles.selectors.namesakes import Namesake, namesakes
from articles.selectors.questions import Question, questions_about
from articles.services.linking import printed_form
from articles.services.makeup import ARTICLE_ROLES, Makeup
from articles.services.withheld import withheld_readings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SHORT = {
    "kicker": "引",
    "headline": "主",
    "subtitle": "副",
    "body": "文",
    "byline": "署",
    "caption": "图注",
    "advertisement": "广告",
    "furniture": "装饰",
    "unknown": "未归",
}


@dataclass(slots=True)
class Row:
    """A source line on the page desk. Blank lines have no place."""

    line: SourceLine
    number: int = 0  # the article's, counted from 1; 0 is set aside
    role: str = ""
    short: str = ""
    begins: bool = False
    blank: bool = False
    chosen: bool = False

    @property
    def hue(self) -> int:
        """The article's colour; after five they start again."""
        return (self.number - 1) % 5 + 1 if self.number else 0

    @property
    def in_headline_group(self) -> bool:
        """Kicker, headline or subtitle."""
        return self.role in ("kicker", "headline", "subtitle")

    @property
    def label(self) -> str:
        """What stands beside the line where a block begins."""
        return f"{self.number} {self.short}" if self.number else self.short


@dataclass(slots=True)
class Part:
    """A piece of an article as shown: its role, lines, text."""

    block: Block | None
    role: str
    short: str
    numbers: str
    text: str
    paragraph: int = 0
    lines: list[SourceLine] = field(default_factory=list)


@dataclass(slots=True)
class Name:
    """A name in an article, once for each form, with everybody it may mean where that is in doubt."""

    mention: Mention
    namesakes: list[Namesake] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)  # whether it is the same person

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return name_anchor(self.mention)


@dataclass(slots=True)
class Draft:
    """An article on the page desk."""

    article: Article
    number: int
    parts: list[Part]
    names: list[Name]
    refused: list[Mention]
    plan: PlannedPublication | None
    pairs: list[Likeness]
    withheld: Decision | None
    reasons: list[dict[str, Any]]
    turns: list[Turn]
    joints: list[Joint]

    @property
    def hue(self) -> int:
        """As in the lines."""
        return (self.number - 1) % 5 + 1

    @property
    def would_change(self) -> list[Changed]:
        """What a later reading would have changed."""
        return changes_of(self.withheld) if self.withheld else []

    @property
    def doubtful(self) -> int:
        """How many names an editor should look at."""
        return sum(name.mention.in_doubt for name in self.names)

    @property
    def letters(self) -> int:
        """Length of the body."""
        return len("".join(self.article.body.split()))


@dataclass(slots=True)
class Bench:
    """A page on the desk."""

    page: Page
    rows: list[Row]
    drafts: list[Draft]
    sources: list[SourceFile]
    aside: int
    printed: int
    elsewhere: list[tuple[Page, list[Article]]]  # what may be joined with an article of this page


def bench(page: Page, chosen: Iterable[int] = ()) -> Bench:
    """A page's lines beside its articles."""
    makeup = Makeup(page)
    picked = set(chosen)
    articles = [article for article in makeup.articles.values() if article.merged_into_id is None]
    number = {article.pk: index for index, article in enumerate(articles, 1)}
    places = makeup.places()
    first = {piece.lines[0] for piece in makeup.pieces if piece.lines}
    rows = []
    for pk, line in makeup.lines.items():
        piece = places.get(pk)
        if piece is None:
            rows.append(Row(line, blank=True))
            continue
        rows.append(
            Row(
                line,
                number.get(piece.article or 0, 0),
                str(piece.role),
                SHORT[piece.role],
                pk in first,
                chosen=pk in picked,
            )
        )
    blocks = page.blocks.in_bulk()
    turns, joints = turns_on(page), joints_on(page)
    reasons = _reasons(page)
    withheld = withheld_readings(page)
    pairs = list(
        Likeness.objects.filter(other__page=page, status=Likeness.Status.PROPOSED).select_related(
            "one__page__issue__paper"
        )
    )
    plans = {
        plan.article_id: plan for plan in PlannedPublication.objects.filter(article__page=page, done_at__isnull=True)
    }
    drafts = []
    for article in articles:
        parts: list[Part] = []
        paragraph = 0
        for role in ARTICLE_ROLES:
            for piece in makeup.of(article.pk, role):
                text = makeup.says(piece)
                paragraph += role == "body" and bool(text)
                lines = [makeup.lines[pk] for pk in piece.lines]
                numbers = _ranges([line.number for line in lines])
                shown = paragraph if role == "body" and text else 0
                parts.append(Part(blocks.get(piece.pk or 0), role, SHORT[role], numbers, text, shown, lines))
        if not parts:
            parts = _parts_of_text(article)
        mentions = list(article.mentions.exclude(kind=Mention.Kind.TIME).prefetch_related("posts"))
        standing = [mention for mention in mentions if mention.status != Mention.Status.REJECTED]
        drafts.append(
            Draft(
                article,
                number[article.pk],
                parts,
                [
                    *_names(m for m in standing if m.kind == Mention.Kind.PERSON),
                    *_names(m for m in standing if m.kind == Mention.Kind.ORGANISATION),
                ],
                _once(m for m in mentions if m.status == Mention.Status.REJECTED),
                plans.get(article.pk),
                [pair for pair in pairs if pair.other_id == article.pk],
                withheld.get(article.pk),
                reasons.get(str(article.pk), []),
                _not_joined(turns.get(article.pk, []), joints.get(article.pk, [])),
                joints.get(article.pk, []),
            )
        )
    _ask(drafts)
    printed = sum(not row.blank for row in rows)
    aside = sum(not row.blank and not row.number for row in rows)
    return Bench(page, rows, drafts, list(page.sources.all()), aside, printed, pieces_elsewhere(page))


def _not_joined(turns: Iterable[Turn], joints: Sequence[Joint]) -> list[Turn]:
    """Jumps that no joint follows."""
    followed = {(joint.onward, joint.other.page.number) for joint in joints}
    return [turn for turn in turns if (turn.onward, turn.number) not in followed]


def _names(mentions: Iterable[Mention]) -> list[Name]:
    """Names in printed order, with namesakes where it is doubtful who is meant."""
    names = [Name(mention) for mention in _once(mentions)]
    asked = [n for n in names if n.mention.in_doubt and n.mention.kind == Mention.Kind.PERSON]
    if asked:
        forms = {printed_form(name.mention.surface) for name in asked}
        known = namesakes(forms, asked[0].mention.article_id)
        for name in asked:
            name.namesakes = known.get(printed_form(name.mention.surface), [])
    return names


def _ask(drafts: Iterable[Draft]) -> None:
    """Each question about the page's people once, at the first name that it is about."""
    names = [name for draft in drafts for name in draft.names if name.mention.person_id]
    left = questions_about({name.mention.person_id for name in names if name.mention.person_id})
    asked: set[str] = set()
    for name in names:
        name.questions = [one for one in left.pop(name.mention.person_id or 0, ()) if one.key not in asked]
        asked |= {one.key for one in name.questions}


def _once(mentions: Iterable[Mention]) -> list[Mention]:
    """A name once, with the mention that has its posts."""
    best: dict[str, Mention] = {}
    for mention in mentions:
        if mention.surface not in best or (mention.posts.all() and not best[mention.surface].posts.all()):
            best[mention.surface] = mention
    return list(best.values())


def _parts_of_text(article: Article) -> list[Part]:
    """An article from a table: text without lines."""
    heads = (("kicker", article.kicker), ("headline", article.headline), ("subtitle", article.subtitle))
    parts = [Part(None, role, SHORT[role], "", text) for role, text in heads if text]
    parts += [Part(None, "body", SHORT["body"], "", text, n) for n, text in enumerate(article.own_paragraphs, 1)]
    if article.byline_text:
        parts.append(Part(None, "byline", SHORT["byline"], "", article.byline_text))
    return parts


def _reasons(page: Page) -> dict[str, list[dict[str, Any]]]:
    """Why the machine put articles together so, from its last reading."""
    read = page.decisions.filter(kind=Decision.Kind.READ).first()
    return read.scores.get("articles", {}) if read else {}


def _ranges(numbers: Sequence[int]) -> str:
    """1–9, 11–16."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return _("、").join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
