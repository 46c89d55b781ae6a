"""What an editor still has to look at, in the order of the printed page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from articles.models import Article, Block, Issue, Likeness, Mention, Page

from .jumps import kept_apart, turns_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from .jumps import Turn

SURE = 0.8  # below this the machine was not sure how an article is put together


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to look at. `anchor` is its place on the page desk; `blocks`: it keeps the article from readers."""

    page_id: int
    article_id: int | None
    anchor: str
    what: str
    blocks: bool = False


def doubts(issue: Issue, page: Page | None = None) -> list[Doubt]:
    """Of an issue, or of one of its pages. What is doubtful in a continuation is its article's doubt."""
    pages = [page] if page else list(issue.pages.order_by("number"))
    articles = Article.objects.filter(page__in=pages, merged_into__isnull=True).exclude(status=Article.Status.WITHDRAWN)
    by_page: dict[int, list[Article]] = {}
    for article in articles.select_related("continues").order_by("position", "pk"):
        by_page.setdefault(article.page_id, []).append(article)
    names = doubtful_names(articles.values_list("pk", flat=True))
    pairs = _undecided(articles.values_list("pk", flat=True))
    unplaced = set(
        Block.objects.filter(page__in=pages, article__isnull=True, role=Block.Role.UNKNOWN, by_hand=False)
        .exclude(page__status=Page.Status.REVIEWED)
        .values_list("page", flat=True)
    )
    turned = _turned(issue, pages, articles)
    found: list[Doubt] = []
    for each in pages:
        for article in by_page.get(each.pk, []):
            found += _of_article(each, article, names.get(article.pk, []), pairs.get(article.pk, []))
            found += [_of_turn(each, article, turn) for turn in turned.get(article.pk, [])]
        if each.pk in unplaced:
            found.append(Doubt(each.pk, None, "aside", _("有未归类的行")))
    return found


def doubtful_names(articles: Iterable[int]) -> dict[int, list[Mention]]:
    """By article: doubtful names in printed order, each form once."""
    found: dict[int, list[Mention]] = {}
    seen: set[tuple[int, str, str]] = set()
    mentions = Mention.objects.doubtful().filter(article__in=articles).prefetch_related("posts")
    for mention in mentions.order_by("article", "paragraph", "start", "pk"):
        key = (mention.article_id, mention.kind, "".join(mention.surface.split()))
        if key not in seen:
            seen.add(key)
            found.setdefault(mention.article_id, []).append(mention)
    return found


def name_anchor(mention: Mention) -> str:
    """Where a name stands on the page desk; the same before and after the article is linked anew."""
    return f"n{mention.article_id}-{mention.kind}-{''.join(mention.surface.split())}"


def _of_article(page: Page, article: Article, names: list[Mention], pairs: list[Likeness]) -> list[Doubt]:
    anchor, found = f"a{article.pk}", []
    if not article.headline and not article.is_continuation:
        found.append(Doubt(page.pk, article.pk, anchor, _("没有标题"), blocks=True))
    draft = article.head.status == Article.Status.DRAFT
    unsure = article.confidence is not None and article.confidence < SURE
    if draft and unsure and article.modified_by_id is None and page.status != Page.Status.REVIEWED:
        what = _("机器对这篇的拼合没有把握（%(sure)s）") % {"sure": f"{article.confidence:.2f}"}
        found.append(Doubt(page.pk, article.head.pk, anchor, what, blocks=True))
    found += [
        Doubt(page.pk, article.pk, name_anchor(mention), _("“%(name)s”待核") % {"name": mention.surface}, draft)
        for mention in names
    ]
    found += [Doubt(page.pk, article.pk, f"same{pair.pk}", _("与另一篇相同或相近")) for pair in pairs]
    return found


def _of_turn(page: Page, article: Article, turn: Turn) -> Doubt:
    """下转第3版 of a draft that nothing is joined to: half an article would be published."""
    if turn.onward:
        what = _("印着“下转第%(number)s版”，续文还没有接上") % {"number": turn.number}
    else:
        what = _("印着“上接第%(number)s版”，还没有接上") % {"number": turn.number}
    anchor = f"turn{article.pk}-{turn.number}"
    return Doubt(page.pk, article.pk, anchor, what, blocks=article.status == Article.Status.DRAFT)


def _turned(issue: Issue, pages: Iterable[Page], articles: QuerySet[Article]) -> dict[int, list[Turn]]:
    """Jumps of drafts that no joint follows, on pages that no editor has passed yet. Nor did one say that the two do
    not belong together."""
    unseen = [page for page in pages if page.status != Page.Status.REVIEWED]
    drafts = set(articles.filter(status=Article.Status.DRAFT).values_list("pk", flat=True))
    turns = {pk: found for pk, found in turns_in(issue, unseen).items() if pk in drafts}
    if not turns:
        return {}
    joined = Article.objects.filter(continues__in=turns).values_list("continues", "page__number")
    followed = {(head, number) for head, number in joined}
    answers = {turn.answer.pk for found in turns.values() for turn in found if turn.answer}
    apart = kept_apart([*turns, *answers])
    left: dict[int, list[Turn]] = {}
    for pk, found in turns.items():
        for turn in found:
            answer = turn.answer.pk if turn.answer else 0
            pair = (answer, pk) if turn.onward else (pk, answer)
            if pair not in apart and not (turn.onward and (pk, turn.number) in followed):
                left.setdefault(pk, []).append(turn)
    return left


def _undecided(articles: Iterable[int]) -> dict[int, list[Likeness]]:
    found: dict[int, list[Likeness]] = {}
    for pair in Likeness.objects.filter(status=Likeness.Status.PROPOSED, other__in=articles):
        found.setdefault(pair.other_id, []).append(pair)
    return found
