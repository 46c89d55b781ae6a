"""Reading a part of a page once more: the lines that an editor chose, as if they were all that is printed.

What editors decided stays: lines of articles in their hands, and lines that they set aside, are left out.
"""

from __future__ import annotations

import statistics
from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Article, Block, Decision, Page, SourceFile
from articles.newsprint import values
from articles.newsprint.extraction import extract
from articles.newsprint.reconstruction import rebuild
from articles.newsprint.values import ReadingError
from articles.services import gestures
from articles.services.changes import save_makeup
from articles.services.gestures import Destination
from articles.services.imposing import locked_page, recompose
from articles.services.makeup import TEXT_FIELDS, GestureRefusedError, Makeup
from articles.services.reading import is_in_human_hands

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.contrib.auth.models import User

    from articles.models import SourceLine

_FIELDS = (*TEXT_FIELDS.values(), "body")


@dataclass(slots=True)
class Reread:
    """An article as a part of the page was read: ids of lines by role, the body by paragraphs, and lines set aside."""

    heads: dict[str, list[int]] = field(default_factory=dict)
    body: list[list[int]] = field(default_factory=list)
    aside: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def plain(cls, lines: list[int]) -> Reread:
        """Lines as one paragraph."""
        return cls(body=[lines])

    @property
    def lines(self) -> list[int]:
        """Those in the article."""
        return [pk for run in (*self.heads.values(), *self.body) for pk in run]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a new reading would make of an article: fields by name, before and after. `article` is None for a new one."""

    article: Article | None
    before: dict[str, str]
    after: dict[str, str]

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """Name of the field, before, after."""
        fields = {field.name: field for field in Article._meta.concrete_fields}
        label = {name: str(fields[name].verbose_name) for name in self.after}
        return [(label[name], self.before[name], self.after[name]) for name in self.after]


@dataclass(frozen=True, slots=True)
class PartReading:
    """What reading chosen lines again would change. `kept`: lines left out because an editor decided about them."""

    proposals: tuple[Proposal, ...]
    read: int
    kept: int
    aside: int


def preview_part(page: Page, lines: Sequence[int], user: User) -> PartReading:
    """What `read_part` would do; nothing is kept of it. Raises GestureRefusedError."""
    with transaction.atomic():
        told = _read_part(page, lines, user, None)
        transaction.set_rollback(True)
    return told


@transaction.atomic
def read_part(page: Page, lines: Sequence[int], user: User, *, version: int | None = None) -> PartReading:
    """Read chosen lines again and put them where that says, as one decision. Raises GestureRefusedError."""
    return _read_part(page, lines, user, version)


def read_again(page: Page, lines: Sequence[SourceLine]) -> list[Reread]:
    """Articles that these lines make, each file's by itself. The first holds what was set aside."""
    found: list[Reread] = []
    for source, run in groupby(
        sorted(lines, key=lambda line: (line.source_id, line.number)), key=lambda x: x.source_id
    ):
        rows = list(run)
        ids = {line.number: line.pk for line in rows}
        draft = rebuild(_printed(SourceFile.objects.get(pk=source), rows))
        articles = [
            Reread(
                {
                    Block.Role.KICKER: [ids[n] for n in article.lines.kicker],
                    Block.Role.HEADLINE: [ids[n] for n in article.lines.headline],
                    Block.Role.SUBTITLE: [ids[n] for n in article.lines.subtitle],
                    Block.Role.BYLINE: [ids[n] for n in article.lines.byline],
                },
                [[ids[n] for n in paragraph] for paragraph in article.lines.body],
            )
            for article in draft.articles
        ] or [Reread()]
        for item in draft.unplaced:
            if item.line in ids:
                articles[0].aside.setdefault(item.kind, []).append(ids[item.line])
        found += articles
    return found


def seat(makeup: Makeup, target: Article, articles: Iterable[Reread]) -> list[str]:
    """All that was read goes to one article. A headline that finds its place taken becomes a paragraph, and so does what
    the reading could not place."""
    notices: list[str] = []
    for read in articles:
        for role, lines in read.heads.items():
            place = role if not makeup.of(target.pk, role) else Block.Role.BODY
            if lines:
                notices += gestures.move(makeup, lines, Destination(target.pk, place))
        unplaced = read.aside.get(Block.Role.UNKNOWN, [])
        for paragraph in [*read.body, *([unplaced] if unplaced else [])]:
            notices += gestures.move(makeup, paragraph, Destination(target.pk, Block.Role.BODY))
        for kind, lines in read.aside.items():
            if kind != Block.Role.UNKNOWN:
                gestures.move(makeup, lines, Destination(None, kind))
    return notices


def _read_part(page: Page, lines: Sequence[int], user: User, version: int | None) -> PartReading:
    makeup = Makeup(locked_page(page, version))
    places = makeup.places()
    chosen = makeup.in_print_order(pk for pk in set(lines) if pk in places)
    if not chosen:
        raise GestureRefusedError(_("请先勾选要重新识读的行"))
    in_hands = {pk for pk, article in makeup.articles.items() if is_in_human_hands(article)}
    free = [pk for pk in chosen if not _is_settled(places[pk].article, places[pk].by_hand, in_hands)]
    if not free:
        raise GestureRefusedError(_("所选的行都在编辑定过的稿件里，重新识读不会改动它们"))
    owner = {pk: places[pk].article for pk in free}
    found = read_again(makeup.page, [makeup.lines[pk] for pk in free])
    before = {pk: {name: getattr(article, name) for name in _FIELDS} for pk, article in makeup.articles.items()}
    makeup.take(free)
    for left in {left for left in owner.values() if left is not None}:
        makeup.compose(makeup.articles[left])
    aside = 0
    used: set[int] = set()
    for read in found:
        shared = Counter(owner[pk] for pk in read.lines if owner[pk] is not None and owner[pk] not in used)
        pk = shared.most_common(1)[0][0] if shared else None
        if read.lines:
            target = makeup.articles[pk] if pk is not None else _new(makeup)
            used.add(target.pk)
            seat(makeup, target, [Reread(read.heads, read.body)])
        for kind, run in read.aside.items():
            aside += len(run)
            makeup.set_aside(run, kind, by_hand=False)
    homeless = [pk for pk in free if pk not in makeup.places()]
    makeup.set_aside(homeless, Block.Role.UNKNOWN, by_hand=False)
    recompose(makeup, {pk for pk in (*owner.values(), *used) if pk is not None}, heir=None)
    proposals = tuple(_proposals(makeup, before))
    decision = save_makeup(
        makeup, Decision.Kind.MOVED, None, reason=_("重新识读所选的 %(count)s 行") % {"count": len(free)}
    )
    if decision is not None:
        decision.actor = user
        decision.save(update_fields=["actor"])
    return PartReading(proposals, len(free), len(chosen) - len(free), aside)


def _is_settled(article: int | None, by_hand: bool, in_hands: set[int]) -> bool:
    return by_hand if article is None else article in in_hands


def _new(makeup: Makeup) -> Article:
    """A draft of the machine's."""
    position = max((article.position + 1 for article in makeup.articles.values()), default=0)
    article = Article.objects.create(page=makeup.page, origin=Article.Origin.PAGE, position=position)
    makeup.articles[article.pk] = article
    return article


def _proposals(makeup: Makeup, before: dict[int, dict[str, str]]) -> Iterable[Proposal]:
    nothing = dict.fromkeys(_FIELDS, "")
    for pk in {**before, **makeup.articles}:
        article = makeup.articles.get(pk)
        was = before.get(pk, nothing)
        now = {name: getattr(article, name) for name in _FIELDS} if article else nothing
        differing = [name for name in _FIELDS if was[name] != now[name]]
        if differing:
            old = Article.objects.filter(pk=pk).first() if pk in before else None
            yield Proposal(old, {n: was[n] for n in differing}, {n: now[n] for n in differing})


def _printed(source: SourceFile, rows: Sequence[SourceLine]) -> values.Source:
    """The chosen lines as their file has them; of a scan, which takes minutes to read, as they were kept."""
    numbers = {line.number: line.text for line in rows}
    if source.kind != SourceFile.Kind.SCAN:
        try:
            with source.content.open("rb") as file:
                whole = extract(file.read(), source.name)
        except (ReadingError, FileNotFoundError):
            whole = None
        if whole is not None:
            lines = tuple(line for line in whole.lines if numbers.get(line.number) == line.text)
            if len(lines) == len(numbers):
                return values.Source(
                    whole.file, whole.sha256, whole.encoding, whole.kind, lines, whole.sheet, zones=whole.zones
                )
    kept = tuple(_kept(line) for line in rows)
    return values.Source(source.name, source.sha256, None, "scan", kept, _sheet(kept))


def _kept(line: SourceLine) -> values.SourceLine:
    box = (line.box[0], line.box[1], line.box[2], line.box[3]) if line.box else None
    return values.SourceLine(line.number, line.text, box, line.font_size, line.confidence)


def _sheet(lines: Sequence[values.SourceLine]) -> values.Sheet | None:
    """The sheet's size in points, from how large its type is in fractions of it; a broadsheet's proportions."""
    heights = [line.font_size / (line.box[3] - line.box[1]) for line in lines if line.box and line.font_size]
    if not heights:
        return None
    height = statistics.median(heights)
    return values.Sheet(height * 0.7, height)
