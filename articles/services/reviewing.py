"""An editor's gestures on a page. Each is one decision that can be undone, and undoing restores the exact state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Block, Correction, Decision, Issue, Page
from articles.services import gestures
from articles.services.changes import apply_state, check_lines, save_makeup
from articles.services.gestures import Destination
from articles.services.imposing import StalePageError, bury, living_article, locked_page, new_article, recompose
from articles.services.indexing import note_changed
from articles.services.joining import JOINING, keep_whole, show_joined
from articles.services.likenesses import show_judgement
from articles.services.logbook import write_down
from articles.services.makeup import GestureRefusedError, Makeup
from articles.services.naming import NAMING, show_picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.contrib.auth.models import User

__all__ = [
    "NEW",
    "Destination",
    "GestureRefusedError",
    "StaleArticleError",
    "StalePageError",
    "edit_article",
    "mark_reviewed",
    "merge_articles",
    "move_lines",
    "next_to_redo",
    "next_to_undo",
    "redo",
    "renumber_page",
    "split_article",
    "undo",
]

NEW = -1  # as a destination: an article made for these lines
UNDOABLE = (
    Decision.Kind.READ,
    Decision.Kind.EDITED,
    Decision.Kind.MOVED,
    Decision.Kind.MERGED,
    Decision.Kind.SPLIT,
    Decision.Kind.ZONED,
    Decision.Kind.SET_ASIDE,
    Decision.Kind.RESTORED,
    Decision.Kind.CORRECTED,
    Decision.Kind.PAIRED,
    *JOINING,
    *NAMING,
)


class StaleArticleError(Exception):
    """Another editor saved the article first. Nothing was changed; `article` is as it stands now."""

    def __init__(self, article: Article) -> None:
        super().__init__()
        self.article = article


@dataclass(frozen=True, slots=True)
class Gesture:
    """What came of a gesture: the decision (None: nothing changed) and what the editor should know."""

    decision: Decision | None
    notices: tuple[str, ...] = ()


@transaction.atomic
def move_lines(page: Page, lines: Sequence[int], to: Destination, user: User, *, version: int | None = None) -> Gesture:
    """Move lines to an article, a role, a paragraph, a new article (`article=NEW`), or set them aside (None)."""
    makeup = Makeup(locked_page(page, version))
    if to.article is None and to.role not in Block.SET_ASIDE:
        raise GestureRefusedError(_("请选择稿件，或选择搁置为图注、广告、版面装饰"))
    if to.article is not None and to.role in Block.SET_ASIDE:
        raise GestureRefusedError(_("图注、广告和版面装饰不属于任何一篇，请把稿件选为“搁置”"))
    if to.article == NEW:
        to = Destination(new_article(makeup).pk, to.role)
    elif to.article is not None:
        living_article(makeup, to.article)
    touched = {piece.article for pk, piece in makeup.places().items() if pk in set(lines)}
    notices = gestures.move(makeup, lines, to)
    recompose(makeup, {pk for pk in (*touched, to.article) if pk is not None}, heir=to.article)
    kind = Decision.Kind.SET_ASIDE if to.article is None else Decision.Kind.MOVED
    target = makeup.articles.get(to.article) if to.article is not None else None
    return Gesture(save_makeup(makeup, kind, user, article=target), tuple(notices))


@transaction.atomic
def merge_articles(article: Article, into: Article, user: User, *, version: int | None = None) -> Gesture:
    """Join an article to another of the same page. Its row stays and points to the one that lives on."""
    makeup = Makeup(locked_page(article.page, version))
    article, into = living_article(makeup, article.pk), living_article(makeup, into.pk)
    if article.pk == into.pk:
        raise GestureRefusedError(_("请选择另一篇稿件来合并"))
    if article.status == Article.Status.PUBLISHED != into.status:
        raise GestureRefusedError(_("已发布的稿件只能并入已发布的稿件。请先发布那一篇"))
    gestures.merge(makeup, article, into)
    makeup.compose(into)
    bury(makeup, article, into.pk)
    return Gesture(save_makeup(makeup, Decision.Kind.MERGED, user, article=into))


@transaction.atomic
def split_article(
    article: Article, block: int, user: User, *, line: int | None = None, version: int | None = None
) -> Gesture:
    """From a paragraph on (or a line in it) a new draft. The first part keeps the id."""
    makeup = Makeup(locked_page(article.page, version))
    article = living_article(makeup, article.pk)
    piece = next((p for p in makeup.of(article.pk, Block.Role.BODY) if p.pk == block), None)
    if piece is None:
        raise GestureRefusedError(_("找不到要拆开的段，请刷新后再试"))
    new = new_article(makeup)
    gestures.split(makeup, article, new, piece=piece, line=line)
    makeup.compose(article)
    makeup.compose(new)
    notices: tuple[str, ...] = ()
    if article.status == Article.Status.PUBLISHED:
        notices = (_("拆出的一篇是草稿，补上标题并发布后读者才能看到"),)
    return Gesture(save_makeup(makeup, Decision.Kind.SPLIT, user, article=article), notices)


@transaction.atomic
def edit_article(article: Article, texts: dict[str, str], user: User, *, version: int, note: str = "") -> Gesture:
    """Save an editor's typing: kicker, headline, subtitle, body (a paragraph a line), byline_text.

    With a `note` the change of a published article is a correction, and readers are told what it says.
    Raises StaleArticleError where the article is no longer the `version` the editor saw.
    """
    makeup = Makeup(locked_page(article.page, None))
    now = makeup.articles[article.pk]
    if now.version != version:
        raise StaleArticleError(now)
    if now.merged_into_id:
        raise GestureRefusedError(_("这篇已并入别的稿件，不能再改"))
    gestures.retype(makeup, now, texts)
    note = " ".join(note.split())[:300] if now.is_public else ""
    kind = Decision.Kind.CORRECTED if note else Decision.Kind.EDITED
    decision = save_makeup(makeup, kind, user, article=now, reason=note)
    if decision and note:
        decision.scores = {"correction": Correction.objects.create(article=now.head, note=note, made_by=user).pk}
        decision.save(update_fields=["scores"])
    return Gesture(decision)


@transaction.atomic
def undo(page: Page, user: User, *, version: int | None = None) -> Decision | None:
    """Take back the last decision on a page; None where there is none."""
    page = locked_page(page, version)
    decision = next_to_undo(page)
    if decision is None:
        return None
    _go(page, decision, decision.before, user)
    if decision.kind == Decision.Kind.CORRECTED:
        Correction.objects.filter(pk=decision.scores["correction"]).delete()
    decision.undone_at, decision.undone_by = timezone.now(), user
    decision.save(update_fields=["undone_at", "undone_by"])
    return decision


@transaction.atomic
def redo(page: Page, user: User, *, version: int | None = None) -> Decision | None:
    """Do again what was last undone; None where there is nothing, or something else was done since."""
    page = locked_page(page, version)
    decision = next_to_redo(page)
    if decision is None:
        return None
    _go(page, decision, decision.after, user)
    if decision.kind == Decision.Kind.CORRECTED:
        pk = decision.scores["correction"]
        article = decision.article.head if decision.article else None
        Correction(pk=pk, article=article, note=decision.reason, made_by=user).save()
    decision.undone_at, decision.undone_by = None, None
    decision.save(update_fields=["undone_at", "undone_by"])
    return decision


def _go(page: Page, decision: Decision, state: dict[str, Any], user: User) -> None:
    """Make the page stand as one side of a decision says."""
    if decision.kind in NAMING:
        show_picture(state["naming"])
        Page.objects.filter(pk=page.pk).update(version=F("version") + 1)
        return
    if decision.kind in JOINING:
        show_joined(state["joined"], user)
        return
    if decision.kind == Decision.Kind.PAIRED:
        show_judgement(state, user)
        Page.objects.filter(pk=page.pk).update(version=F("version") + 1)
        return
    apply_state(page, {"articles": state["articles"], "blocks": state["blocks"]}, user)
    check_lines(page)


def next_to_undo(page: Page) -> Decision | None:
    """The decision that undo would take back. The first reading of a page is not one: nothing was there before."""
    decision = page.decisions.filter(kind__in=UNDOABLE, undone_at__isnull=True).order_by("-pk").first()
    if decision and decision.kind == Decision.Kind.READ and not any(decision.before.get("blocks", {}).values()):
        return None
    return decision


def next_to_redo(page: Page) -> Decision | None:
    """The decision that redo would bring back."""
    changes = page.decisions.filter(kind__in=UNDOABLE)
    undone = changes.filter(undone_at__isnull=False)
    standing = changes.filter(undone_at__isnull=True).order_by("-pk").values_list("pk", flat=True).first() or 0
    return undone.filter(pk__gt=standing).order_by("pk").first()


@transaction.atomic
def mark_reviewed(page: Page, user: User, *, reviewed: bool = True) -> None:
    """An editor has seen the whole page; once every page is seen, the issue is."""
    page = Page.objects.select_for_update().get(pk=page.pk)
    wanted = Page.Status.REVIEWED if reviewed else Page.Status.READ
    if page.status not in (Page.Status.READ, Page.Status.REVIEWED):
        raise GestureRefusedError(_("这一版还没有识读好，不能标为校毕"))
    page.status = wanted
    page.save(update_fields=["status"])
    write_down(Decision.Kind.SEEN, user, "" if reviewed else _("重新打开"), page=page)
    unseen = page.issue.pages.exclude(status=Page.Status.REVIEWED).exists()
    Issue.objects.filter(pk=page.issue_id, status__in=(Issue.Status.READ, Issue.Status.REVIEWED)).update(
        status=Issue.Status.READ if unseen else Issue.Status.REVIEWED
    )


@transaction.atomic
def renumber_page(page: Page, number: int, section: str, user: User | None = None) -> Page:
    """Change a page's number and section name."""
    page = Page.objects.select_for_update().get(pk=page.pk)
    if page.issue.pages.exclude(pk=page.pk).filter(number=number).exists():
        raise GestureRefusedError(_("这一期已有第%(number)s版，请先改那一版的版号") % {"number": number})
    moved = (page.number, page.section) != (number, section)
    if moved:
        now = {"was": f"{page.number} {page.section}".strip(), "now": f"{number} {section}".strip()}
        write_down(Decision.Kind.RENUMBERED, user, _("%(was)s → %(now)s") % now, page=page)
    page.number, page.section = number, section
    page.save(update_fields=["number", "section"])
    if moved:
        note_changed(page.articles.filter(status=Article.Status.PUBLISHED).values_list("pk", flat=True))
        keep_whole(page.articles.values_list("pk", flat=True))
    return page
