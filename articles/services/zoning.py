"""Zones by hand: drawn anew with the lines inside them, given other corners, taken away. Undone like any gesture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Article, Block, Decision, Page
from articles.selectors.zones import holds, pictured_lines
from articles.services import gestures
from articles.services.changes import save_makeup
from articles.services.gestures import Destination
from articles.services.imposing import living_article, locked_page, new_article, recompose
from articles.services.makeup import GestureRefusedError, Makeup
from articles.services.rereading import Reread, read_again, seat
from articles.services.reviewing import NEW, Gesture

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from articles.selectors.zones import Polygon

_CORNER = re.compile(r"(-?\d{1,3}(?:\.\d{1,4})?)\s*[,，]\s*(-?\d{1,3}(?:\.\d{1,4})?)")
_MOST_CORNERS, _MOST_POLYGONS = 60, 9
_SMALLEST = 0.0004  # of the page: two hundredths each way


def polygons_in(text: str) -> list[Polygon]:
    """Corners in hundredths of the page, polygons parted by semicolons: `5,10 48,10 48,30 5,30; …`; empty: none.

    Raises GestureRefusedError.
    """
    polygons = []
    for part in filter(str.strip, re.split(r"[;；]", text)):
        corners = [[float(x) / 100, float(y) / 100] for x, y in _CORNER.findall(part)]
        if not 3 <= len(corners) <= _MOST_CORNERS or _CORNER.sub("", part).strip():
            raise GestureRefusedError(
                _("看不懂热区的角，请写成 5,10 48,10 48,30 5,30 的样子：每个角先横后竖，是版面的百分数")
            )
        polygon = [[round(min(1.0, max(0.0, value)), 4) for value in corner] for corner in corners]
        xs, ys = zip(*polygon, strict=True)
        if (max(xs) - min(xs)) * (max(ys) - min(ys)) < _SMALLEST:
            raise GestureRefusedError(_("热区太小了，请画大一些"))
        polygons.append(polygon)
    if len(polygons) > _MOST_POLYGONS:
        raise GestureRefusedError(_("一篇最多 %(most)s 块热区") % {"most": _MOST_POLYGONS})
    return polygons


@transaction.atomic
def reshape_zones(
    page: Page, article: int, polygons: list[Polygon], user: User, *, take: bool = False, version: int | None = None
) -> Gesture:
    """Give an article these zones in place of those it has; with `take` also the lines in them."""
    makeup = Makeup(locked_page(page, version))
    target = living_article(makeup, article)
    makeup.zones[target.pk] = polygons
    notices: list[str] = []
    if take:
        notices = _take(makeup, target, polygons)
    return Gesture(save_makeup(makeup, Decision.Kind.ZONED, user, article=target), tuple(notices))


@transaction.atomic
def draw_zone(page: Page, polygons: list[Polygon], to: int | str, user: User, *, version: int | None = None) -> Gesture:
    """A new zone. Its lines go to an article, to a new one (NEW), or are set aside as the kind that `to` names.

    Raises GestureRefusedError where no line stands in it and nobody could tell what it is for.
    """
    makeup = Makeup(locked_page(page, version))
    if not polygons:
        raise GestureRefusedError(_("请先在版面上画出热区"))
    inside = _inside(makeup, polygons)
    if isinstance(to, str):
        if to not in Block.SET_ASIDE:
            raise GestureRefusedError(_("请选择要移到哪里"))
        if not inside:
            raise GestureRefusedError(_("框里没有行，请画大一些"))
        touched = _owners(makeup, inside)
        gestures.move(makeup, inside, Destination(None, to))
        recompose(makeup, touched, heir=None)
        return Gesture(save_makeup(makeup, Decision.Kind.SET_ASIDE, user))
    if to == NEW and not inside:
        raise GestureRefusedError(_("框里没有行，请画大一些"))
    target = new_article(makeup) if to == NEW else living_article(makeup, to)
    makeup.zones[target.pk] = [*makeup.zones.get(target.pk, []), *polygons]
    notices = _take(makeup, target, polygons)
    return Gesture(save_makeup(makeup, Decision.Kind.ZONED, user, article=target), tuple(notices))


def _take(makeup: Makeup, target: Article, polygons: list[Polygon]) -> list[str]:
    """Lines inside go to the target, in the roles that a reading of them alone gives; those it has stay as they are."""
    places = makeup.places()
    inside = [pk for pk in _inside(makeup, polygons) if places[pk].article != target.pk]
    if not inside:
        return []
    touched = _owners(makeup, inside)
    notices = seat(
        makeup, target, read_again(makeup.page, [makeup.lines[pk] for pk in inside]) or [Reread.plain(inside)]
    )
    recompose(makeup, {*touched, target.pk}, heir=target.pk)
    return notices


def _inside(makeup: Makeup, polygons: list[Polygon]) -> list[int]:
    placed = makeup.places()
    boxes = {line.pk: line.box for line in pictured_lines(makeup.page) if line.pk in placed}
    return [pk for pk, box in boxes.items() if box and any(holds(polygon, box) for polygon in polygons)]


def _owners(makeup: Makeup, lines: list[int]) -> set[int]:
    places = makeup.places()
    return {piece.article for pk in lines if (piece := places.get(pk)) and piece.article is not None}
