"""An article that goes on on another page: its parts joined, parted again, and kept one text.

The continuation stays a row with its lines, zones and desk; it is never public by itself. The article that it continues
holds the whole: `whole` and `continued` are written here and nowhere else, and every name is that article's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from articles.models import Article, Byline, Continued, Decision, Mention, Page
from articles.newsprint.reconstruction import joined_text
from articles.selectors.jumps import kept_apart, turns_on
from articles.services.imposing import locked_page
from articles.services.indexing import note_changed
from articles.services.linking import relink_article
from articles.services.makeup import GestureRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.contrib.auth.models import User

    from articles.selectors.jumps import Turn

JOINING = (Decision.Kind.JOINED, Decision.Kind.PARTED)
# Of a continuation: the article that it continues, and the status that it has.
Standing = dict[str, Any]


@transaction.atomic
def join_articles(
    continuation: Article,
    head: Article,
    user: User | None,
    *,
    reason: str = "",
    at: Page | None = None,
    version: int | None = None,
) -> Decision:
    """Make an article of another page the continuation of `head`; what continued it goes along.

    `at`: the page on whose desk that is done, and undone. Raises GestureRefusedError where they can't be one article,
    StalePageError where that page is no longer the `version` that the editor saw.
    """
    at = at or continuation.page
    _lock((continuation.page, head.page), at, version)
    continuation, head = _fresh(continuation), _fresh(head.head)
    _check(continuation, head)
    moved = [continuation, *continuation.continuations.select_for_update()]
    before = {str(each.pk): _standing(each) for each in moved}
    status = str(Article.Status.CONTINUATION)
    after = {str(each.pk): {"head": head.pk, "status": status} for each in moved}
    show_joined(after, user)
    return _decide(Decision.Kind.JOINED, at, continuation, head, user, reason, before, after)


@transaction.atomic
def part_article(continuation: Article, user: User, *, at: Page | None = None, version: int | None = None) -> Decision:
    """Make a continuation an article of its own again, a draft. Raises as `join_articles`."""
    at = at or continuation.page
    _lock((continuation.page, continuation.head.page), at, version)
    continuation = _fresh(continuation)
    if continuation.continues is None:
        raise GestureRefusedError(_("这一篇没有接着别的版上的稿件，请刷新后再试"))
    head = continuation.continues
    before = {str(continuation.pk): _standing(continuation)}
    after: dict[str, Standing] = {str(continuation.pk): {"head": None, "status": str(Article.Status.DRAFT)}}
    show_joined(after, user)
    return _decide(Decision.Kind.PARTED, at, continuation, head, user, "", before, after)


def show_joined(standings: dict[str, Standing], user: User | None) -> None:
    """Make continuations stand as one side of a decision says, and their articles say the whole."""
    rows = (
        Article.objects.select_for_update(of=("self",))
        .select_related("continues")
        .in_bulk([int(pk) for pk in standings])
    )
    if len(rows) < len(standings) or any(row.merged_into_id for row in rows.values()):
        raise GestureRefusedError(_("相接的稿件后来合并或删去了，不能回到那一步"))
    heads: dict[int, Article] = {}
    left: list[Article] = []
    for pk, standing in standings.items():
        row = rows[int(pk)]
        if row.continues:
            heads[row.continues.pk] = row.continues
            left.append(row)
        if standing["head"] is not None:
            heads[standing["head"]] = _joinable(row, standing["head"])
        elif standing["status"] == Article.Status.PUBLISHED and not row.is_public:
            raise GestureRefusedError(_("前面那一篇读者已经看不到，请用“分开”，让这一篇成为草稿"))
        _write(row, standing, user)
    for row in left:
        _give_back(row, heads)
    for head in heads.values():
        compose_whole(head)
    for row in left:
        if not row.is_continuation:
            _relink(row)
    note_changed([row.pk for row in rows.values()])


def compose_whole(head: Article) -> None:
    """Write anew what an article says with all that continues it, and recognise its names."""
    head = Article.objects.select_related("page__issue__paper").get(pk=head.pk)
    parts = list(head.continuations.select_related("page").order_by("page__number", "position", "pk"))
    for part in parts:
        Mention.objects.filter(article=part).exclude(status=Mention.Status.PROPOSED).update(article=head)
        Mention.objects.filter(article=part).delete()
        Byline.objects.filter(article=part).delete()
    text, begins = joined_text([head.own_paragraphs, *(part.own_paragraphs for part in parts)])
    head.whole = "\n".join(text) if parts else ""
    head.continued = [
        Continued(
            article=part.pk,
            page=part.page.number,
            section=part.page.section,
            byline_text=part.byline_text,
            printed=_printed_only_there(part, head),
            paragraph=begin.paragraph,
            offset=begin.offset,
        )
        for part, begin in zip(parts, begins[1:], strict=True)
    ]
    head.save(update_fields=["whole", "continued"])
    _relink(head)


def keep_whole(articles: Iterable[int]) -> None:
    """After texts changed: the articles among these that are joined, or continued, say the whole again."""
    rows = Article.objects.filter(pk__in=list(articles)).select_related("continues")
    heads = {row.head.pk: row.head for row in rows if row.continues_id or row.continued}
    for head in heads.values():
        compose_whole(head)


def join_by_jumps(page: Page) -> None:
    """Join what the jumps of a page that was just read say belongs together, on it and on the pages they lead to.

    What an editor parted stays so, and what readers see already is not added to: that is proposed at the desk.
    """
    page = Page.objects.select_related("issue").get(pk=page.pk)
    for pk, turns in turns_on(page).items():
        for turn in turns:
            if turn.article is not None:
                _join_by(turn, Article.objects.get(pk=pk), turn.article)


def _join_by(turn: Turn, here: Article, there: Article) -> None:
    head, continuation = (here, there) if turn.onward else (there, here)
    continuation.refresh_from_db()
    head.refresh_from_db()
    head = head.head
    ready = continuation.status == head.status == Article.Status.DRAFT and continuation.pk != head.pk
    if ready and (continuation.pk, head.pk) not in kept_apart([continuation.pk]):
        join_articles(continuation, head, None, reason=reason_of(turn, head, continuation))


def reason_of(turn: Turn, head: Article, continuation: Article) -> str:
    """Why a jump joins two pieces: 第1版印着“下转第3版”，第3版印着“上接第1版”，标题也相合."""
    numbers = {"first": head.page.number, "next": continuation.page.number}
    said = _("第%(first)s版印着“下转第%(next)s版”，第%(next)s版印着“上接第%(first)s版”") % numbers
    return said + (_("，标题也相合") if turn.alike else "")


def let_go(page: Page, but: Iterable[int] = ()) -> list[int]:
    """Before a page is read again: what the machine joined with its drafts is parted, to be joined anew after.

    Returns the articles whose whole text has to be written again. `but`: articles in an editor's hands.
    """
    kept = set(but)
    touched: list[int] = []
    own = Article.objects.filter(continues__isnull=False).select_related("continues")
    for row in own.filter(page=page).exclude(pk__in=kept) | own.filter(continues__page=page).exclude(
        continues__in=kept
    ):
        if row.head.status != Article.Status.DRAFT:
            continue
        touched += [row.pk, row.head.pk]
        Article.objects.filter(pk=row.pk).update(continues=None, status=Article.Status.DRAFT)
        Article.objects.filter(pk=row.head.pk).update(whole="", continued=[])
    return touched


def stand_alone(articles: Iterable[int]) -> None:
    """Of what `let_go` parted, those that no jump joined again: their names are recognised anew."""
    for row in Article.objects.filter(pk__in=list(articles), continues__isnull=True).select_related(
        "page__issue__paper"
    ):
        if not row.continued:
            row.save(update_fields=["content_hash"])
            _relink(row)


def part_from(articles: Iterable[int]) -> None:
    """Before rows go: what is joined with them stands by itself."""
    ids = set(articles)
    for row in Article.objects.filter(continues__in=ids) | Article.objects.filter(pk__in=ids, continues__isnull=False):
        show_joined({str(row.pk): {"head": None, "status": str(Article.Status.DRAFT)}}, None)


def _lock(pages: Iterable[Page], at: Page, version: int | None) -> None:
    for page in sorted(pages, key=lambda page: page.pk):
        locked_page(page, version if page.pk == at.pk else None)


def _fresh(article: Article) -> Article:
    return Article.objects.select_for_update(of=("self",)).select_related("page", "continues__page").get(pk=article.pk)


def _check(continuation: Article, head: Article) -> None:
    if continuation.merged_into_id or head.merged_into_id:
        raise GestureRefusedError(_("找不到这篇稿件，可能已经合并，请刷新后再试"))
    if continuation.is_continuation:
        raise GestureRefusedError(_("这一篇已经接着另一篇，请先分开"))
    if continuation.page.issue_id != head.page.issue_id:
        raise GestureRefusedError(_("只能接同一期的稿件"))
    if continuation.page_id == head.page_id:
        raise GestureRefusedError(_("同一版上的两篇请用“并入另一篇”"))
    if Article.Status.WITHDRAWN in (continuation.status, head.status):
        raise GestureRefusedError(_("撤下的稿件不能接，请先恢复"))
    if continuation.status == Article.Status.PUBLISHED != head.status:
        raise GestureRefusedError(_("已发布的一篇只能接在已发布的稿件后面。请先发布前面那一篇"))


def _joinable(row: Article, head_id: int) -> Article:
    head = Article.objects.select_for_update().filter(pk=head_id, merged_into__isnull=True).first()
    if head is None or head.is_continuation or head.pk == row.pk:
        raise GestureRefusedError(_("相接的稿件后来合并或删去了，不能回到那一步"))
    if row.status == Article.Status.WITHDRAWN or row.status == Article.Status.PUBLISHED != head.status:
        raise GestureRefusedError(_("已发布的一篇只能接在已发布的稿件后面。请先发布前面那一篇"))
    return head


def _standing(article: Article) -> Standing:
    return {"head": article.continues_id, "status": article.status}


def _write(row: Article, standing: Standing, user: User | None) -> None:
    row.continues_id, row.status = standing["head"], standing["status"]
    row.whole, row.continued = "", []
    row.modified_by = user or row.modified_by
    row.save()
    Page.objects.filter(pk=row.page_id).update(version=F("version") + 1)
    if standing["head"] is not None and user is not None:
        Article.objects.filter(pk=standing["head"]).update(modified_by=user)


def _give_back(row: Article, heads: dict[int, Article]) -> None:
    """What editors decided on names that stand in a part goes with it."""
    if row.is_continuation:
        return
    text = "\n".join((row.kicker, row.headline, row.subtitle, row.body))
    decided = Mention.objects.filter(article__in=heads).exclude(status=Mention.Status.PROPOSED)
    for mention in decided.prefetch_related("posts"):
        if mention.surface in text:
            posts = list(mention.posts.all())
            mention.pk, mention.article = None, row
            mention._state.adding = True
            mention.save()
            for post in posts:
                post.pk, post.mention = None, mention
                post._state.adding = True
                post.save()


def _printed_only_there(part: Article, head: Article) -> list[str]:
    """Headlines over a continuation that say something else than the article's, and what was corrected in it."""
    heads = "\n".join((head.kicker, head.headline, head.subtitle))
    lines: Iterator[str] = (line for line in (part.kicker, part.headline, part.subtitle) if line and line not in heads)
    return [*lines, *filter(None, part.printed.split("\n"))]


def _relink(article: Article) -> None:
    relink_article(article, article.page.issue.date)


def _decide(
    kind: Decision.Kind,
    page: Page,
    continuation: Article,
    head: Article,
    user: User | None,
    reason: str,
    before: dict[str, Standing],
    after: dict[str, Standing],
) -> Decision:
    names = {"next": continuation.page.number, "first": head.page.number, "headline": str(head)[:40]}
    return Decision.objects.create(
        kind=kind,
        page=page,
        article=continuation,
        actor=user,
        reason=(reason or _("第%(next)s版的一篇与第%(first)s版“%(headline)s”") % names)[:500],
        scores={"head": head.pk},
        before={"joined": before},
        after={"joined": after},
    )
