"""How a page is made up: which line stands where, and what its articles therefore say.

A `Makeup` is a page in memory. Reading and every gesture of an editor change it and save it; what was saved comes
back as a change, `before` and `after`, which goes into a Decision and can be applied either way. An article's text
always follows from its pieces: a piece says its lines mended, or what was written over them. Articles without pieces
(from tables) keep their text until lines are moved into them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from articles.models import Article, Block, Page, SourceLine, Zone
from articles.newsprint.reconstruction import headline_text, paragraph_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

State = dict[str, dict[str, Any]]

HEAD_ROLES = (Block.Role.KICKER, Block.Role.HEADLINE, Block.Role.SUBTITLE)
ARTICLE_ROLES = (*HEAD_ROLES, Block.Role.BODY, Block.Role.BYLINE)
TEXT_FIELDS = {
    Block.Role.KICKER: "kicker",
    Block.Role.HEADLINE: "headline",
    Block.Role.SUBTITLE: "subtitle",
    Block.Role.BYLINE: "byline_text",
}
LIMITS = {
    field.name: field.max_length or 0 for field in Article._meta.concrete_fields if field.name in TEXT_FIELDS.values()
}
ARTICLE_STATE = (
    "position",
    "kicker",
    "headline",
    "subtitle",
    "body",
    "byline_text",
    "printed",
    "status",
    "origin",
    "confidence",
    "merged_into_id",
    "withdrawal_reason",
)


class GestureRefusedError(Exception):
    """What was asked for can't be done; the message says why and what to do. Nothing was changed."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(slots=True, eq=False)
class Piece:
    """A block in memory. `article` is None where the lines are set aside; `lines` are SourceLine ids in reading order."""

    article: int | None
    role: str
    lines: list[int] = field(default_factory=list)
    text: str | None = None
    by_hand: bool = False
    pk: int | None = None


class Makeup:
    """The articles of a page with their zones (polygons by article), its pieces in order, and its lines."""

    def __init__(self, page: Page) -> None:
        self.page = page
        lines = SourceLine.objects.filter(source__page=page).order_by("source_id", "number")
        self.lines: dict[int, SourceLine] = {line.pk: line for line in lines}
        self._rank = {pk: rank for rank, pk in enumerate(self.lines)}
        self.articles: dict[int, Article] = {a.pk: a for a in page.articles.order_by("position", "pk")}
        self.zones: dict[int, list[Any]] = {}
        for zone in Zone.objects.filter(article__page=page).order_by("pk"):
            self.zones.setdefault(zone.article_id, []).append(zone.polygon)
        self.pieces: list[Piece] = []
        held: dict[int, list[int]] = {}
        for line in sorted(self.lines.values(), key=lambda line: (line.place, self._rank[line.pk])):
            if line.block_id:
                held.setdefault(line.block_id, []).append(line.pk)
        for block in page.blocks.order_by("role", "position", "pk"):
            self.pieces.append(
                Piece(block.article_id, block.role, held.get(block.pk, []), block.text, block.by_hand, block.pk)
            )
        self.before = self.state()

    # What is there

    def of(self, article: int | None, role: str | None = None) -> list[Piece]:
        """An article's pieces in order, or those set aside."""
        return [p for p in self.pieces if p.article == article and (role is None or p.role == role)]

    def places(self) -> dict[int, Piece]:
        """Where each line stands."""
        return {pk: piece for piece in self.pieces for pk in piece.lines}

    def in_print_order(self, lines: Iterable[int]) -> list[int]:
        """Line ids as they follow each other in the source."""
        return sorted(lines, key=self._rank.__getitem__)

    def rank(self, piece: Piece) -> int:
        """Where a piece begins in print; pieces without lines come first."""
        return min((self._rank[pk] for pk in piece.lines), default=-1)

    def says(self, piece: Piece) -> str:
        """A piece's text: what was written over it, or its lines mended."""
        return piece.text if piece.text is not None else self.mended(piece)

    def mended(self, piece: Piece) -> str:
        """What the lines alone give, joined as newsprint joins them."""
        return self.mend(piece.role, piece.lines)

    def mend(self, role: str, lines: Iterable[int]) -> str:
        """Text of some lines in a role."""
        texts = [self.lines[pk].text for pk in lines]
        return headline_text(texts) if role in TEXT_FIELDS else paragraph_text(texts)

    # What changes

    def give_pieces(self, article: Article) -> None:
        """An article that has only text gets pieces that say it, so that lines can join them."""
        if self.of(article.pk):
            return
        for role in ARTICLE_ROLES:
            texts = article.own_paragraphs if role == Block.Role.BODY else [getattr(article, TEXT_FIELDS[role])]
            self.pieces += [Piece(article.pk, role, text=text, by_hand=True) for text in texts if text]

    def take(self, lines: Iterable[int]) -> None:
        """Lift lines out of where they stand. A piece left without lines goes, unless an editor typed its text."""
        wanted = set(lines)
        for piece in self.pieces:
            if wanted.isdisjoint(piece.lines):
                continue
            piece.lines = [pk for pk in piece.lines if pk not in wanted]
            if not piece.by_hand:
                piece.text = None
        self.drop_empty()

    def drop_empty(self) -> None:
        """Pieces that hold neither a line nor a word."""
        self.pieces = [p for p in self.pieces if p.lines or (p.article is not None and p.by_hand and p.text)]

    def set_aside(self, lines: Iterable[int], kind: str, by_hand: bool) -> None:
        """Lay lines aside, one piece for each run of neighbours."""
        run: list[int] = []
        for pk in self.in_print_order(lines):
            if run and not self._neighbours(run[-1], pk):
                self.pieces.append(Piece(None, kind, run, by_hand=by_hand))
                run = []
            run.append(pk)
        if run:
            self.pieces.append(Piece(None, kind, run, by_hand=by_hand))

    def compose(self, article: Article) -> None:
        """Write into the article what its pieces say."""
        for role, name in TEXT_FIELDS.items():
            text = " ".join(filter(None, (self.says(piece) for piece in self.of(article.pk, role))))
            if len(text) > LIMITS[name]:
                message = _("%(role)s有 %(count)s 字，最多 %(most)s 字，请少选几行")
                raise GestureRefusedError(
                    message % {"role": Block.Role(role).label, "count": len(text), "most": LIMITS[name]}
                )
            setattr(article, name, text)
        article.body = "\n".join(filter(None, (self.says(piece) for piece in self.of(article.pk, Block.Role.BODY))))
        if article.origin != Article.Origin.TABLE:
            article.printed = "\n".join(self._printed_otherwise(article))

    def _printed_otherwise(self, article: Article) -> Iterator[str]:
        """What the lines say where an editor wrote something else."""
        for role in ARTICLE_ROLES:
            for piece in self.of(article.pk, role):
                mended = self.mended(piece) if piece.by_hand and piece.text is not None else ""
                if mended and mended != piece.text:
                    yield mended

    def _neighbours(self, one: int, other: int) -> bool:
        """Nothing but blank lines between them, and the same file."""
        if self.lines[one].source_id != self.lines[other].source_id:
            return False
        pks = list(self.lines)[self._rank[one] + 1 : self._rank[other]]
        return all(not self.lines[pk].text.strip() for pk in pks)

    # What it was and is

    def state(self) -> State:
        """Everything about the page that a change may touch, as JSON holds it."""
        self._sort()
        positions: dict[tuple[int | None, str], int] = {}
        blocks = {}
        for piece in self.pieces:
            key = (piece.article, piece.role)
            blocks[str(piece.pk)] = {
                "article": piece.article,
                "role": str(piece.role),
                "position": positions.get(key, 0),
                "text": piece.text,
                "by_hand": piece.by_hand,
                "lines": list(piece.lines),
            }
            positions[key] = positions.get(key, 0) + 1
        articles = {
            str(pk): {name: getattr(article, name) for name in ARTICLE_STATE} | {"zones": self.zones.get(pk, [])}
            for pk, article in self.articles.items()
        }
        return {"articles": articles, "blocks": blocks}

    def _sort(self) -> None:
        """Pieces set aside stand in print order; an article's keep the order they were given."""
        aside = sorted((p for p in self.pieces if p.article is None), key=self.rank)
        self.pieces = [p for p in self.pieces if p.article is not None] + aside
