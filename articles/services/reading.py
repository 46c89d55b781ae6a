"""Reading a page's sources into drafts. Reading again never touches what an editor changed or readers may see."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Article, Block, Decision, Issue, Job, Page, SourceFile, SourceLine
from articles.newsprint import read_page
from articles.newsprint.extraction import Progress
from articles.newsprint.values import ArticleReading, PageImages, PageReading, ReadingError
from articles.services.changes import save_makeup
from articles.services.joining import join_by_jumps, let_go, stand_alone
from articles.services.linking import Printed, link_articles, profile_of
from articles.services.makeup import LIMITS, TEXT_FIELDS, Makeup, Piece
from articles.services.paper_habits import Learned, habits_of
from articles.services.pictures import PICTURED, draw_page, without_picture
from articles.services.withheld import note_withheld

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class JobCancelledError(Exception):
    """An editor cancelled the job; work stops at the next stage."""


@dataclass(slots=True)
class _Placed:
    """One article of a reading and the row it became."""

    article: Article
    reading: ArticleReading


def read_page_sources(
    page: Page,
    *,
    job: Job | None = None,
    readings: Mapping[str, PageReading] | None = None,
    images: Mapping[str, PageImages] | None = None,
    learned: Learned | None = None,
) -> None:
    """Source lines, blocks, drafts, bylines and mentions of a page. Raises ReadingError, JobCancelledError.

    Stages are idempotent: reading happens outside the transaction, saving inside one. What is in `readings` under a
    source's SHA-256 has been read before, with the habits of the paper in `learned`; else they are learned here. What
    is in `images` has been drawn before.
    """
    sources = list(page.sources.filter(superseded_at__isnull=True).order_by("pk"))
    done_before = readings or {}
    read: list[tuple[SourceFile, PageReading]] = []
    total = len(sources) + 1
    drawn = False
    profile = profile_of(page.issue.paper)
    habits, taught_by = learned or habits_of(page.issue.paper, but=page)
    for done, source in enumerate(sources):
        _note(job, _("识读 %(name)s") % {"name": source.name}, done, total)
        if source.sha256 in done_before and source.kind not in PICTURED:
            read.append((source, done_before[source.sha256]))
            continue
        with source.content.open("rb") as file:
            content = file.read()
        reading = done_before.get(source.sha256) or read_page(
            content, source.name, page.issue.date, profile, habits, _watch(job, source, done, total)
        )
        read.append((source, reading))
        if source.kind in PICTURED:
            drawn = draw_page(page, source, content, (images or {}).get(source.sha256)) or drawn
    if page.image and not drawn:
        without_picture(page)
    _note(job, _("保存稿件"), len(sources), total)
    with transaction.atomic():
        _save(Page.objects.select_for_update().get(pk=page.pk), read, job, taught_by)
    _note(job, _("识读完毕"), total, total)


def is_in_human_hands(article: Article) -> bool:
    """Whether an editor changed the article, made it, or published it: reading again leaves it alone."""
    return (
        article.head.status != Article.Status.DRAFT
        or article.origin != Article.Origin.PAGE
        or article.modified_by_id is not None
        or article.published_at is not None
        or article.mentions.exclude(status="proposed").exists()
    )


def _note(job: Job | None, stage: str, done: int, total: int) -> None:
    """Progress that an editor sees at once, so never inside the saving transaction."""
    if job is None:
        return
    running = Job.objects.filter(pk=job.pk).exclude(status=Job.Status.CANCELLED)
    if not running.update(stage=stage[:30], done=done, total=total):
        raise JobCancelledError


def _watch(job: Job | None, source: SourceFile, done: int, total: int) -> Progress | None:
    """Says how far a scan is while it is read, and stops any reading that an editor cancels."""
    if job is None:
        return None

    def watch(parts_done: int, parts: int) -> None:
        if parts:
            _note(job, _("识别文字"), parts_done, parts)
        else:
            _note(job, _("识读 %(name)s") % {"name": source.name}, done, total)

    return watch


def _save(
    page: Page, readings: list[tuple[SourceFile, PageReading]], job: Job | None, taught_by: tuple[int, ...]
) -> None:
    joined = let_go(page, [article.pk for article in page.articles.all() if is_in_human_hands(article)])
    _replace_lines(page, readings)
    makeup = Makeup(page)
    kept = {pk for pk, article in makeup.articles.items() if is_in_human_hands(article)}
    staying = [p for p in makeup.pieces if p.article in kept or (p.article is None and p.by_hand)]
    settled = {line for piece in staying for line in piece.lines}
    free = _Drafts(makeup, kept)
    earlier = {(piece.article, piece.role, tuple(piece.lines)): piece.pk for piece in makeup.pieces}
    makeup.pieces = staying
    placed: list[_Placed] = []
    aside: dict[str, list[int]] = {}
    position = max((makeup.articles[pk].position + 1 for pk in kept), default=0)
    for source, reading in readings:
        ids = {line.number: line.pk for line in makeup.lines.values() if line.source_id == source.pk}
        for found in reading.articles:
            lines = [ids[number] for number in _numbers(found)]
            left = [pk for pk in lines if pk not in settled]
            if 2 * len(left) < len(lines):
                # Most of it stands with an editor: what is left over is shown, not made into a stump of an article.
                continue
            article = free.take(left) or Article.objects.create(page=page, origin=Article.Origin.PAGE)
            makeup.articles[article.pk] = article
            article.position = position
            article.confidence = round(found.draft.confidence, 3)
            position += 1
            makeup.pieces += _pieces(makeup, article, found, ids, settled)
            makeup.compose(article)
            placed.append(_Placed(article, found))
        for item in reading.unplaced:
            if ids[item.line] not in settled:
                settled.add(ids[item.line])
                aside.setdefault(item.kind, []).append(ids[item.line])
    aside.setdefault(Block.Role.UNKNOWN, []).extend(_forgotten(makeup, aside))
    for kind, lines in aside.items():
        makeup.set_aside(lines, kind, by_hand=False)
    for piece in makeup.pieces:
        piece.pk = piece.pk or earlier.get((piece.article, piece.role, tuple(piece.lines)))
    for article in free.rest():
        del makeup.articles[article.pk]
    note_withheld(page, [makeup.articles[pk] for pk in kept], staying, makeup.lines, readings)
    _zones(makeup, readings, placed)
    _finish(page, makeup, placed, job, taught_by)
    join_by_jumps(page)
    stand_alone(joined)


def _forgotten(makeup: Makeup, aside: dict[str, list[int]]) -> list[int]:
    """Printed lines that no one placed: those of a file that was changed for another, and any that a reader lost."""
    placed = set(makeup.places()).union(*aside.values())
    return [pk for pk, line in makeup.lines.items() if line.text.strip() and pk not in placed]


def _finish(page: Page, makeup: Makeup, placed: list[_Placed], job: Job | None, taught_by: tuple[int, ...]) -> None:
    reasons = {str(item.article.pk): _reasons(item.reading) for item in placed}
    count = len(placed)
    summary = _("识读出 %(count)s 篇稿件") % {"count": count} if count else _("没有认出稿件，全部行留在搁置处")
    save_makeup(
        makeup,
        Decision.Kind.READ,
        None,
        reason=summary,
        scores={"articles": reasons, "job": job.pk if job else None, "taught_by": list(taught_by)},
        relink=False,
    )
    stored = Article.objects.select_related("page__issue__paper").in_bulk([item.article.pk for item in placed])
    link_articles(
        [Printed(stored[item.article.pk], item.reading.recognised, item.reading.draft.bylines) for item in placed]
    )
    page.status, page.error = Page.Status.READ, ""
    page.save(update_fields=["status", "error"])
    pages = page.issue.pages
    if not pages.filter(status__in=(Page.Status.UPLOADED, Page.Status.FAILED)).exists():
        Issue.objects.filter(pk=page.issue_id, status=Issue.Status.UPLOADED).update(status=Issue.Status.READ)


def _replace_lines(page: Page, readings: list[tuple[SourceFile, PageReading]]) -> None:
    """Lines of each source as rows. They are never edited; should a reader give others, the page must be untouched."""
    in_hands = {article.pk for article in page.articles.all() if is_in_human_hands(article)}
    held = SourceLine.objects.filter(source__page=page, block__article__in=in_hands)
    for source in page.sources.filter(superseded_at__isnull=False):
        if not held.filter(source=source).exists():
            source.lines.all().delete()
    for source, reading in readings:
        stored = list(source.lines.order_by("number").values_list("number", "text"))
        if stored == [(line.number, line.text) for line in reading.source.lines]:
            continue
        if stored and held.filter(source=source).exists():
            message = _("“%(name)s”这次读出的行与原来不同，而编辑已经改过这一版，所以没有改动")
            raise ReadingError("lines-differ", message % {"name": source.name})
        source.lines.all().delete()
        SourceLine.objects.bulk_create(
            (
                SourceLine(
                    source=source,
                    number=line.number,
                    text=line.text,
                    box=list(line.box) if line.box else None,
                    font_size=line.font_size,
                    confidence=line.confidence,
                )
                for line in reading.source.lines
            ),
            batch_size=500,
        )
        source.encoding = reading.source.encoding or ""
        source.save(update_fields=["encoding"])


def _numbers(found: ArticleReading) -> list[int]:
    lines = found.draft.lines
    body = [number for paragraph in lines.body for number in paragraph]
    return [*lines.kicker, *lines.headline, *lines.subtitle, *body, *lines.byline]


def _pieces(
    makeup: Makeup, article: Article, found: ArticleReading, ids: dict[int, int], settled: set[int]
) -> Iterator[Piece]:
    """Blocks of a draft. Where the reader's text is not simply its lines mended, the piece says so.

    A headline longer than any headline is body text that was set large: it opens the article as a paragraph.
    """
    draft, lines = found.draft, found.draft.lines
    heads = (
        (Block.Role.KICKER, draft.kicker, lines.kicker),
        (Block.Role.HEADLINE, draft.headline, lines.headline),
        (Block.Role.SUBTITLE, draft.subtitle, lines.subtitle),
        (Block.Role.BYLINE, draft.byline_text, lines.byline),
    )
    for role, text, numbers in heads:
        fits = len(text or "") <= LIMITS[TEXT_FIELDS[role]]
        yield from _piece(makeup, article, role if fits else Block.Role.BODY, text or "", numbers, ids, settled)
    texts = [*draft.paragraphs, *[""] * len(lines.body)]
    for text, numbers in zip(texts, lines.body, strict=False):
        yield from _piece(makeup, article, Block.Role.BODY, text, numbers, ids, settled)


def _piece(
    makeup: Makeup,
    article: Article,
    role: str,
    text: str,
    numbers: tuple[int, ...],
    ids: dict[int, int],
    settled: set[int],
) -> Iterator[Piece]:
    pks = [ids[number] for number in numbers]
    left = [pk for pk in pks if pk not in settled]
    if not left:
        return
    settled.update(left)
    piece = Piece(article.pk, role, left)
    if len(left) == len(pks) and makeup.mended(piece) != text:
        piece.text = text
    yield piece


class _Drafts:
    """Machine drafts of the last reading: the one that shares most lines with a new draft lends it its id."""

    def __init__(self, makeup: Makeup, kept: set[int]) -> None:
        self._left = {pk: article for pk, article in makeup.articles.items() if pk not in kept}
        self._owner = {
            line: piece.article for piece in makeup.pieces if piece.article in self._left for line in piece.lines
        }

    def take(self, lines: list[int]) -> Article | None:
        shared = Counter(self._owner[pk] for pk in lines if self._owner.get(pk) in self._left)
        if not shared:
            return None
        return self._left.pop(shared.most_common(1)[0][0])

    def rest(self) -> list[Article]:
        return list(self._left.values())


def _reasons(reading: ArticleReading) -> list[dict[str, Any]]:
    return [
        {"decision": reason.decision, "score": round(reason.score, 3), "text": reason.text, "lines": list(reason.lines)}
        for reason in reading.draft.reasons
    ]


def _zones(makeup: Makeup, readings: list[tuple[SourceFile, PageReading]], placed: list[_Placed]) -> None:
    by_reading = {id(item.reading): item.article.pk for item in placed}
    for pk in by_reading.values():
        makeup.zones[pk] = []
    for _source, reading in readings:
        for zone in reading.zones:
            article = by_reading.get(id(reading.articles[zone.article]))
            if article is not None:
                makeup.zones[article].append([list(point) for point in zone.polygon])
