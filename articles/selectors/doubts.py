"""What an editor still has to look at, in the order of the printed page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from articles.models import Article, Block, Issue, Likeness, Mention, Page

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    """Of an issue, or of one of its pages."""
    pages = [page] if page else list(issue.pages.order_by("number"))
    articles = Article.objects.filter(page__in=pages, merged_into__isnull=True).exclude(status=Article.Status.WITHDRAWN)
    by_page: dict[int, list[Article]] = {}
    for article in articles.order_by("position", "pk"):
        by_page.setdefault(article.page_id, []).append(article)
    names = doubtful_names(articles.values_list("pk", flat=True))
    pairs = _undecided(articles.values_list("pk", flat=True))
    unplaced = set(
        Block.objects.filter(page__in=pages, article__isnull=True, role=Block.Role.UNKNOWN, by_hand=False)
        .exclude(page__status=Page.Status.REVIEWED)
        .values_list("page", flat=True)
    )
    found: list[Doubt] = []
    for each in pages:
        for article in by_page.get(each.pk, []):
            found += _of_article(each, article, names.get(article.pk, []), pairs.get(article.pk, []))
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
    if not article.headline:
        found.append(Doubt(page.pk, article.pk, anchor, _("没有标题"), blocks=True))
    draft = article.status == Article.Status.DRAFT
    unsure = article.confidence is not None and article.confidence < SURE
    if draft and unsure and article.modified_by_id is None and page.status != Page.Status.REVIEWED:
        what = _("机器对这篇的拼合没有把握（%(sure)s）") % {"sure": f"{article.confidence:.2f}"}
        found.append(Doubt(page.pk, article.pk, anchor, what, blocks=True))
    found += [
        Doubt(page.pk, article.pk, name_anchor(mention), _("“%(name)s”待核") % {"name": mention.surface}, draft)
        for mention in names
    ]
    found += [Doubt(page.pk, article.pk, f"same{pair.pk}", _("与另一篇相同或相近")) for pair in pairs]
    return found


def _undecided(articles: Iterable[int]) -> dict[int, list[Likeness]]:
    found: dict[int, list[Likeness]] = {}
    for pair in Likeness.objects.filter(status=Likeness.Status.PROPOSED, other__in=articles):
        found.setdefault(pair.other_id, []).append(pair)
    return found
