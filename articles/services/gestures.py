"""What an editor's hands do to lines, in memory: the moves of reviewing without database, locks or history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext as _

from articles.models import Article, Block
from articles.newsprint.reconstruction import headline_text, paragraph_text
from articles.services.alignment import Paragraph, cut_at, reseat
from articles.services.makeup import ARTICLE_ROLES, HEAD_ROLES, TEXT_FIELDS, GestureRefusedError, Makeup, Piece

if TYPE_CHECKING:
    from collections.abc import Sequence

Place = Literal["own", "first", "last", "ahead", "into", "before", "after", "trade"]
SAME = "same"  # as a role: each line keeps the one it has


@dataclass(frozen=True, slots=True)
class Destination:
    """Where lines go: an article (None: set aside), the role, and for body text which paragraph.

    `own`: paragraphs of their own by print order; `first`, `last`: of their own, at that end; `ahead`: of their own, in
    front of paragraph number `paragraph` (from 1); `into`, `before`, `after`: joined with that paragraph, by print
    order or in front of or behind it. `trade`: what had the role in the article gets the one that the lines had.
    """

    article: int | None
    role: str
    place: Place = "own"
    paragraph: int | None = None


def move(makeup: Makeup, lines: Sequence[int], to: Destination) -> list[str]:
    """Move lines; returns notices for the editor. Text typed over whole pieces goes along with them."""
    chosen = makeup.in_print_order(pk for pk in set(lines) if pk in makeup.lines and makeup.lines[pk].text.strip())
    if not chosen:
        raise GestureRefusedError(_("请先勾选要移动的行"))
    if to.article is None:
        makeup.take(chosen)
        makeup.set_aside(chosen, to.role, by_hand=True)
        return []
    makeup.give_pieces(makeup.articles[to.article])
    if to.role == SAME:
        return _as_they_stand(makeup, chosen, to)
    if to.place == "trade":
        _trade(makeup, chosen, to)
        return []
    target = _paragraph(makeup, to)
    bundles, notices = _lift(makeup, chosen, spare=target)
    if to.role != Block.Role.BODY:
        _join_line(makeup, to, bundles)
    elif to.place == "ahead" and target is not None:
        at = makeup.pieces.index(target)
        for bundle in bundles:
            bundle.article = to.article
        makeup.pieces[at:at] = bundles
    elif target is not None:
        for bundle in reversed(bundles) if to.place == "before" else bundles:
            _join(makeup, target, bundle, to.place)
    else:
        _insert(makeup, to, bundles)
    makeup.drop_empty()
    return notices


def _as_they_stand(makeup: Makeup, chosen: list[int], to: Destination) -> list[str]:
    """Headline to headline, paragraphs to paragraphs; what was set aside comes back as body text."""
    places = makeup.places()
    notices = []
    for role in ARTICLE_ROLES:
        lines = [pk for pk in chosen if _role(places.get(pk)) == role]
        if lines:
            notices += move(makeup, lines, replace(to, role=role))
    return notices


def _role(piece: Piece | None) -> str:
    return piece.role if piece and piece.role in ARTICLE_ROLES else Block.Role.BODY


def _trade(makeup: Makeup, chosen: list[int], to: Destination) -> None:
    """Two lines of a headline group, or the byline, change roles, with what was typed over them."""
    places = makeup.places()
    roles = {places[pk].role if places[pk].article == to.article else "" for pk in chosen if pk in places}
    mine = next(iter(roles)) if len(roles) == 1 else ""
    if not {mine, to.role} <= set(TEXT_FIELDS) or mine == to.role:
        raise GestureRefusedError(_("对调只在同一篇的引题、主题、副题和署名之间：请勾选其中一样，再选另一样作角色"))
    one, other = _one_piece(makeup, to.article, mine), _one_piece(makeup, to.article, to.role)
    for piece in (one, other):
        if not piece.by_hand:
            piece.text = None
    one.role, other.role = other.role, one.role
    makeup.drop_empty()


def merge(makeup: Makeup, article: Article, into: Article) -> None:
    """All of one article's pieces go to another. A headline that finds its place taken becomes a paragraph."""
    for each in (article, into):
        makeup.give_pieces(each)
    taken = {piece.role for piece in makeup.of(into.pk)}
    own = makeup.of(article.pk)
    body = [piece for piece in own if piece.role in HEAD_ROLES and piece.role in taken]
    body += [piece for piece in own if piece.role == Block.Role.BODY]
    there = makeup.of(into.pk, Block.Role.BODY)
    in_front = bool(body and there) and max(map(makeup.rank, body)) < min(map(makeup.rank, there))
    for piece in own:
        if piece in body and piece.role != Block.Role.BODY:
            piece.text, piece.role = makeup.says(piece), Block.Role.BODY
            piece.by_hand = piece.by_hand or piece.text != makeup.mended(piece)
        piece.article = into.pk
    makeup.zones[into.pk] = [*makeup.zones.get(into.pk, []), *makeup.zones.pop(article.pk, [])]
    makeup.pieces = [piece for piece in makeup.pieces if piece not in body and piece not in there]
    makeup.pieces += [*body, *there] if in_front else [*there, *body]
    _one_piece(makeup, into.pk, Block.Role.BYLINE)


def split(makeup: Makeup, article: Article, new: Article, *, piece: Piece, line: int | None = None) -> None:
    """From a paragraph, or a line of it, everything that follows goes to the new article, a byline printed later too."""
    body = makeup.of(article.pk, Block.Role.BODY)
    following = body[body.index(piece) :]
    if line is not None and piece.lines and line != piece.lines[0]:
        tail = _cut(makeup, piece, line)
        makeup.pieces.insert(makeup.pieces.index(piece) + 1, tail)
        following = [tail, *following[1:]]
    elif following == body and not any(makeup.of(article.pk, role) for role in HEAD_ROLES):
        raise GestureRefusedError(_("从第一段拆，原稿就空了。请从后面的段拆"))
    begins = min((makeup.rank(p) for p in following if p.lines), default=-1)
    byline = [p for p in makeup.of(article.pk, Block.Role.BYLINE) if p.lines and makeup.rank(p) > begins >= 0]
    for moved in (*following, *byline):
        moved.article = new.pk


def retype(makeup: Makeup, article: Article, texts: dict[str, str]) -> None:
    """What an editor typed: fields by name, the body with one paragraph a line. Pieces keep their lines."""
    if not makeup.of(article.pk):
        article.printed = article.printed or "\n".join(filter(None, (getattr(article, name) for name in texts)))
        for name, text in texts.items():
            setattr(article, name, text)
        return
    for role, name in TEXT_FIELDS.items():
        if texts[name] != getattr(article, name):
            piece = _one_piece(makeup, article.pk, role)
            _type(makeup, piece, texts[name])
    if texts["body"] != article.body:
        _retype_body(makeup, article, [line for line in texts["body"].split("\n") if line.strip()])
    makeup.compose(article)


def _paragraph(makeup: Makeup, to: Destination) -> Piece | None:
    if to.role != Block.Role.BODY or to.place not in ("ahead", "into", "before", "after"):
        return None
    body = [piece for piece in makeup.of(to.article, Block.Role.BODY) if makeup.says(piece)]
    if to.paragraph is None or not 1 <= to.paragraph <= len(body):
        raise GestureRefusedError(_("请写明第几段（1 到 %(count)s）") % {"count": len(body)})
    return body[to.paragraph - 1]


def _lift(makeup: Makeup, chosen: list[int], spare: Piece | None) -> tuple[list[Piece], list[str]]:
    """Chosen lines, bundled by the piece they came from. Whole typed pieces bring their text."""
    places, wanted = makeup.places(), set(chosen)
    bundles: list[Piece] = []
    notices: list[str] = []
    for origin, run in groupby(chosen, key=places.get):
        lines = list(run)
        if origin is None or not (origin.by_hand and origin.text is not None and origin.article is not None):
            bundles.append(Piece(None, Block.Role.BODY, lines))
        elif wanted.issuperset(origin.lines) and origin is not spare:
            if lines[0] == min(origin.lines, key=chosen.index):
                bundles.append(Piece(None, Block.Role.BODY, list(origin.lines), origin.text, by_hand=True))
            origin.text, origin.by_hand = None, False
        else:
            notices.append(_("其中有编辑改过的文字：“%(start)s…”仍留在原处，请核对") % {"start": origin.text[:12]})
            bundles.append(Piece(None, Block.Role.BODY, lines))
    # A typed piece was bundled whole, so its lines must not come a second time from a later run.
    seen: set[int] = set()
    for bundle in bundles:
        bundle.lines = [pk for pk in bundle.lines if pk not in seen]
        seen.update(bundle.lines)
    bundles = [bundle for bundle in bundles if bundle.lines]
    makeup.take(chosen)
    if spare is not None and spare not in makeup.pieces:
        raise GestureRefusedError(_("所选的行就是这一段的全部，请选另一段"))
    return bundles, notices


def _join_line(makeup: Makeup, to: Destination, bundles: list[Piece]) -> None:
    """Kicker, headline, subtitle and byline are one piece each, in print order."""
    piece = _one_piece(makeup, to.article, to.role)
    typed = [piece, *bundles]
    if any(each.by_hand and each.text is not None for each in typed):
        texts = [
            makeup.says(piece),
            *(b.text if b.text is not None else makeup.mend(to.role, b.lines) for b in bundles),
        ]
        piece.text, piece.by_hand = headline_text(texts), True
    else:
        piece.text = None
    piece.lines = makeup.in_print_order([*piece.lines, *(pk for bundle in bundles for pk in bundle.lines)])


def _join(makeup: Makeup, target: Piece, bundle: Piece, place: Place) -> None:
    in_front = place == "before" or (place == "into" and makeup.rank(bundle) < makeup.rank(target))
    if target.by_hand or bundle.by_hand:
        pair = (bundle, target) if in_front else (target, bundle)
        target.text, target.by_hand = paragraph_text(makeup.says(each) for each in pair), True
    else:
        target.text = None
    joined = [*bundle.lines, *target.lines] if in_front else [*target.lines, *bundle.lines]
    target.lines = makeup.in_print_order(joined) if place == "into" else joined


def _insert(makeup: Makeup, to: Destination, bundles: list[Piece]) -> None:
    """Paragraphs of their own: at an end, or where print order puts them among the others."""
    for bundle in reversed(bundles) if to.place == "first" else bundles:
        bundle.article = to.article
        body = makeup.of(to.article, Block.Role.BODY)
        if to.place == "first":
            at = 0
        elif to.place == "last":
            at = len(body)
        else:
            earlier = [i for i, piece in enumerate(body) if makeup.rank(piece) < makeup.rank(bundle)]
            at = earlier[-1] + 1 if earlier else 0
        index = makeup.pieces.index(body[at]) if at < len(body) else len(makeup.pieces)
        makeup.pieces.insert(index, bundle)


def _one_piece(makeup: Makeup, article: int | None, role: str) -> Piece:
    """The article's single piece of this role, made or put together where need be."""
    pieces = makeup.of(article, role)
    if not pieces:
        piece = Piece(article, role)
        makeup.pieces.append(piece)
        return piece
    first, *others = pieces
    if others:
        if any(piece.by_hand for piece in pieces):
            first.text, first.by_hand = headline_text(makeup.says(piece) for piece in pieces), True
        else:
            first.text = None
        first.lines = [pk for piece in pieces for pk in piece.lines]
        makeup.pieces = [piece for piece in makeup.pieces if piece not in others]
    return first


def _type(makeup: Makeup, piece: Piece, text: str) -> None:
    """Text that only repeats the lines is not kept as typed. A struck piece without lines goes."""
    same = bool(piece.lines) and makeup.mended(piece) == text
    piece.text, piece.by_hand = (None, False) if same else (text, True)
    if not piece.lines and not text:
        makeup.pieces.remove(piece)


def _retype_body(makeup: Makeup, article: Article, texts: list[str]) -> None:
    body = makeup.of(article.pk, Block.Role.BODY)
    old = [
        Paragraph(makeup.says(p), tuple((pk, len("".join(makeup.lines[pk].text.split()))) for pk in p.lines))
        for p in body
    ]
    unchanged = dict(zip((paragraph.text for paragraph in old), body, strict=True))
    seats = reseat(old, texts)
    if not texts:  # all struck: the lines stay as evidence of what was printed
        texts, seats = [""], [[pk for piece in body for pk in piece.lines]]
    makeup.pieces = [piece for piece in makeup.pieces if piece not in body]
    for text, lines in zip(texts, seats, strict=True):
        same = unchanged.pop(text, None)
        if same is not None and same.lines == lines:
            makeup.pieces.append(same)
            continue
        piece = Piece(article.pk, Block.Role.BODY, lines)
        makeup.pieces.append(piece)
        _type(makeup, piece, text)


def _cut(makeup: Makeup, piece: Piece, line: int) -> Piece:
    """Cut a paragraph before a line; typed text is cut at the letter where the line begins."""
    if line not in piece.lines:
        raise GestureRefusedError(_("这一行不在这一段里，请刷新后再试"))
    at = piece.lines.index(line)
    tail = Piece(piece.article, piece.role, piece.lines[at:], by_hand=piece.by_hand)
    if piece.by_hand and piece.text is not None:
        letters = sum(len("".join(makeup.lines[pk].text.split())) for pk in piece.lines[:at])
        cut = cut_at(makeup.mended(piece), piece.text, letters)
        piece.text, tail.text = piece.text[:cut].strip(), piece.text[cut:].strip()
    else:
        piece.text = None
    piece.lines = piece.lines[:at]
    return tail
