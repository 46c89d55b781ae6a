"""Where articles stand on the picture of their page, and what of the picture a reader may not see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from articles.models import Page, SourceLine, Zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from articles.models import Article

Polygon = list[list[float]]
Box = tuple[float, float, float, float]

WIDTH = 1000  # of the drawing over a picture; its height follows from the picture
_NEAR = 2.5  # line heights between lines of one column


class PicturedLine(NamedTuple):
    """A printed line of the file that a picture shows: its box in page fractions, its block, and the article of that."""

    pk: int
    text: str
    box: Box | None
    block: int | None
    article: int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """One article's place over the picture, in units of the drawing: polygons as SVG takes them, a place for its
    number."""

    article: Article
    number: int
    polygons: tuple[str, ...]
    corners: str  # all of them in hundredths of the page, as editors write them
    x: float
    y: float

    @property
    def colour(self) -> int:
        """1 to 5, as everywhere."""
        return (self.number - 1) % 5 + 1


@dataclass(frozen=True, slots=True)
class Lying:
    """A line where it is printed, in units of the drawing; the article it stands in, if any."""

    pk: int
    article: int | None
    text: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Covered:
    """What to cover in page fractions: zones first, then lines that are open come out again, then hidden lines."""

    zones: list[Polygon]
    open: list[Polygon]
    lines: list[Polygon]

    @property
    def hidden(self) -> bool:
        """Whether there is anything to cover."""
        return bool(self.zones or self.lines)


def covered(page: Page) -> Covered | None:
    """What readers may not see of the page's picture. None where that is all of it: nothing is public, or an article
    that is not public stands somewhere on it and nobody knows where."""
    articles = list(page.articles.filter(merged_into__isnull=True).select_related("continues"))
    public = {article.pk for article in articles if article.is_public}
    if not public:
        return None
    hidden = {article.pk for article in articles} - public
    zones: dict[int, list[Polygon]] = {}
    for zone in Zone.objects.filter(article__in=hidden).order_by("pk"):
        zones.setdefault(zone.article_id, []).append(zone.polygon)
    shut: list[PicturedLine] = []
    bare: list[PicturedLine] = []
    for line in pictured_lines(page, homeless_only=not hidden):
        is_open = line.block is not None and (line.article is None or line.article in public)
        (bare if is_open else shut).append(line)
    placed = {line.article for line in shut if line.box} | set(zones)
    lost = {article.pk for article in articles if article.pk in hidden and (article.body or article.headline)} - placed
    if lost or any(line.box is None and line.article not in zones for line in shut):
        return None
    covers = [polygon for pk in sorted(zones) for polygon in zones[pk]]
    return Covered(
        covers,
        [padded(x.box, 0.1) for x in bare if x.box and not (x.article is None and _in_any(covers, x.box))],
        [padded(line.box, 0.35) for line in shut if line.box],
    )


def pictured_lines(page: Page, *, homeless_only: bool = False) -> list[PicturedLine]:
    """Printed lines of the file that the page's picture shows, in order; of these, those that stand in no block."""
    sha256 = page.image.name.rsplit("/", 1)[-1].removesuffix(".webp") if page.image else ""
    lines = SourceLine.objects.filter(source__page=page, source__sha256=sha256).order_by("source", "number")
    if homeless_only:
        lines = lines.filter(block__isnull=True)
    rows = lines.values_list("pk", "text", "box", "block", "block__article")
    return [PicturedLine(*row) for row in rows if row[1].strip()]


def shown_zones(
    articles: Iterable[tuple[int, Article]], lines: Iterable[PicturedLine], size: tuple[int, int]
) -> list[Shown]:
    """Where numbered articles stand: their zones, and lines of theirs that lie outside them. Large ones first, so that
    what lies on another can be pointed at."""
    height = height_of(size)
    numbered = list(articles)
    zones: dict[int, list[Polygon]] = {}
    for zone in Zone.objects.filter(article__in=[article.pk for _number, article in numbered]).order_by("pk"):
        zones.setdefault(zone.article_id, []).append(zone.polygon)
    boxes: dict[int, list[Box]] = {}
    for line in lines:
        owner = line.article
        if line.box and owner is not None and not any(holds(p, line.box) for p in zones.get(owner, ())):
            boxes.setdefault(owner, []).append(line.box)
    found = []
    for number, article in numbered:
        polygons = [*zones.get(article.pk, ()), *map(corners, columns(boxes.get(article.pk, ())))]
        if polygons:
            x, y = min((point for polygon in polygons for point in polygon), key=lambda point: (point[1], -point[0]))
            drawn = tuple(points(polygon, height) for polygon in polygons)
            area = sum(abs(_area(polygon)) for polygon in polygons)
            found.append(
                (
                    area,
                    Shown(
                        article,
                        number,
                        drawn,
                        in_hundredths(polygons),
                        round(x * WIDTH, 1),
                        round(max(0.0, y * height - 24), 1),
                    ),
                )
            )
    return [shown for _area_of, shown in sorted(found, key=lambda pair: -pair[0])]


def height_of(size: tuple[int, int]) -> int:
    """Height of the drawing over a picture of this many pixels."""
    return round(WIDTH * size[1] / size[0])


def lying(lines: Iterable[PicturedLine], size: tuple[int, int]) -> list[Lying]:
    """Lines that have a place, for the drawing over the picture."""
    height = height_of(size)
    return [
        Lying(
            line.pk,
            line.article,
            line.text,
            round(line.box[0] * WIDTH, 1),
            round(line.box[1] * height, 1),
            round((line.box[2] - line.box[0]) * WIDTH, 1),
            round((line.box[3] - line.box[1]) * height, 1),
        )
        for line in lines
        if line.box
    ]


def in_hundredths(polygons: Iterable[Polygon]) -> str:
    """`5,10 48,10 48,30 5,30; …`: corners as editors read and write them."""
    return "; ".join(" ".join(f"{round(x * 100, 2):g},{round(y * 100, 2):g}" for x, y in each) for each in polygons)


def points(polygon: Polygon, height: int) -> str:
    """`50,120 480,120 480,300 50,300` in units of the drawing."""
    return " ".join(f"{x * WIDTH:.1f},{y * height:.1f}" for x, y in polygon)


def corners(box: Sequence[float]) -> Polygon:
    """A box as the polygon of its corners."""
    x0, y0, x1, y1 = box
    return [[x0, y0], [x1, y0], [x1, y1], [x0, y1]]


def padded(box: Sequence[float], share: float) -> Polygon:
    """A line's box with some of its height added all round."""
    more = share * min(box[2] - box[0], box[3] - box[1])
    return corners((box[0] - more, box[1] - more, box[2] + more, box[3] + more))


def holds(polygon: Polygon, box: Sequence[float]) -> bool:
    """Whether the middle of a box lies in a polygon."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    inside = False
    for (x0, y0), (x1, y1) in zip(polygon, [*polygon[1:], *polygon[:1]], strict=True):
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            inside = not inside
    return inside


def columns(boxes: Iterable[Box]) -> list[Box]:
    """Boxes of lines put together where one stands under the other."""
    found: list[Box] = []
    for x0, y0, x1, y1 in boxes:
        for at, (a0, b0, a1, b1) in enumerate(found):
            shared = min(x1, a1) - max(x0, a0)
            if shared > 0.5 * min(x1 - x0, a1 - a0) and max(y0 - b1, b0 - y1) < _NEAR * (y1 - y0):
                found[at] = (min(x0, a0), min(y0, b0), max(x1, a1), max(y1, b1))
                break
        else:
            found.append((x0, y0, x1, y1))
    return found


def _in_any(covers: Iterable[Polygon], box: Sequence[float]) -> bool:
    """A caption or an advertisement inside a zone that is covered goes with it."""
    return any(holds(polygon, box) for polygon in covers)


def _area(polygon: Polygon) -> float:
    pairs = zip(polygon, [*polygon[1:], *polygon[:1]], strict=True)
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs) / 2
