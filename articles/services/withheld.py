"""What a later reading would have changed in articles that editors had in their hands: noted, never done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from articles.models import Article, Decision, Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.contrib.auth.models import User

    from articles.models import SourceFile, SourceLine
    from articles.newsprint.values import ArticleDraft, PageReading
    from articles.services.makeup import Piece

_FIELDS = ("kicker", "headline", "subtitle", "body", "byline_text")


def note_withheld(
    page: Page,
    kept: Iterable[Article],
    pieces: Iterable[Piece],
    lines: Mapping[int, SourceLine],
    readings: Sequence[tuple[SourceFile, PageReading]],
) -> Decision | None:
    """Keep, as a line of the history, what the machine reads now where it read something else before.

    That an editor's text differs from what the machine reads is no news: only a new reading is.
    """
    held: dict[int, set[tuple[int, int]]] = {}
    for piece in pieces:
        if piece.article is not None:
            places = {(lines[pk].source_id, lines[pk].number) for pk in piece.lines}
            held.setdefault(piece.article, set()).update(places)
    drafts = [
        (found.draft, {(source.pk, number) for number in _numbers(found.draft)})
        for source, reading in readings
        for found in reading.articles
    ]
    before: dict[str, dict[str, str]] = {}
    after: dict[str, dict[str, str]] = {}
    for article in kept:
        draft = _likeliest(held.get(article.pk, set()), drafts)
        if draft is None:
            continue
        read = _texts(draft)
        differing = [name for name in _FIELDS if read[name] != getattr(article, name)]
        if differing and read != _read_before(page, article):
            before[str(article.pk)] = {name: getattr(article, name) for name in differing}
            after[str(article.pk)] = {name: read[name] for name in differing}
    if not after:
        return None
    texts = {str(article.pk): getattr(article, "headline", "") for article in kept if str(article.pk) in after}
    return Decision.objects.create(
        kind=Decision.Kind.WITHHELD,
        page=page,
        reason="；".join(text[:30] for text in texts.values() if text)[:500],
        before={"articles": before},
        after={"articles": after},
    )


def withheld_readings(page: Page) -> dict[int, Decision]:
    """By article: the last reading that would change it still and that nobody has set aside."""
    found: dict[int, Decision] = {}
    for decision in page.decisions.filter(kind=Decision.Kind.WITHHELD, undone_at__isnull=True).order_by("pk"):
        for pk in decision.after["articles"]:
            found[int(pk)] = decision
    articles = page.articles.in_bulk(list(found))
    return {pk: decision for pk, decision in found.items() if pk in articles and _differs(articles[pk], decision)}


def set_aside(decision: Decision, user: User) -> None:
    """An editor keeps the text."""
    decision.undone_at, decision.undone_by = timezone.now(), user
    decision.save(update_fields=["undone_at", "undone_by"])


def _differs(article: Article, decision: Decision) -> bool:
    return any(getattr(article, name) != text for name, text in decision.after["articles"][str(article.pk)].items())


def _likeliest(
    own: set[tuple[int, int]], drafts: Sequence[tuple[ArticleDraft, set[tuple[int, int]]]]
) -> ArticleDraft | None:
    best = max(drafts, key=lambda pair: len(own & pair[1]), default=None)
    return best[0] if best and 2 * len(own & best[1]) > len(own) else None


def _texts(draft: ArticleDraft) -> dict[str, str]:
    return {
        "kicker": draft.kicker or "",
        "headline": draft.headline,
        "subtitle": draft.subtitle or "",
        "body": "\n".join(draft.paragraphs),
        "byline_text": draft.byline_text or "",
    }


def _read_before(page: Page, article: Article) -> dict[str, str]:
    """What the machine read of this article last, as far as its history tells."""
    texts: dict[str, str] = {}
    read = page.decisions.filter(kind__in=(Decision.Kind.READ, Decision.Kind.WITHHELD)).order_by("pk")
    for decision in read:
        entry = decision.after.get("articles", {}).get(str(article.pk)) or {}
        texts |= {name: entry[name] for name in _FIELDS if name in entry}
    return texts


def _numbers(draft: ArticleDraft) -> list[int]:
    lines = draft.lines
    body = [number for paragraph in lines.body for number in paragraph]
    return [*lines.kicker, *lines.headline, *lines.subtitle, *body, *lines.byline]
