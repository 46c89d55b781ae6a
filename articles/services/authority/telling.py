"""Answers to what an editor is asked about people: the same person in a new post, or two of one name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Mention, Person, Post, RecordChange

from .changes import AuthorityRefusedError, log, must_live, undoes
from .merging import merge
from .moving import move_to_new

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import User

    from .changes import Record

_LONGEST_DISTINCTION = 100


def confirm_same(person: Person, before: int, after: int, actor: User | None, reason: str = "") -> RecordChange:
    """The person printed in the post `before` (its id) is the one in the post `after`; not asked again."""
    must_live(person)
    titles = {post.pk: str(post) for post in Post.objects.filter(pk__in=(before, after)).select_related("organisation")}
    if len(titles) != 2:
        raise AuthorityRefusedError(_("这个职务已经不在了，请刷新后再看。"))
    said = {"posts": [before, after], "titles": [titles[before], titles[after]]}
    return log("same", person, actor, reason=reason, after=said)


@transaction.atomic
def split_post(person: Person, before: int, posts: Iterable[int], actor: User | None, reason: str = "") -> RecordChange:
    """Who is printed in these posts is another person of the name than the one in the post `before`.

    What names the person in articles that print one of the posts goes to a new record, told apart by its post.
    """
    must_live(person)
    wanted = set(posts)
    printed = Mention.objects.filter(person=person, posts__appointment__post__in=wanted)
    articles = set(printed.exclude(status=Mention.Status.REJECTED).values_list("article", flat=True))
    title = Post.objects.filter(pk__in=wanted).select_related("organisation").order_by("pk").first()
    distinction = str(title or "")[:_LONGEST_DISTINCTION]
    moved = move_to_new(person, articles, person.name, distinction, actor, reason)
    former = Post.objects.filter(pk=before).select_related("organisation").first()
    if not person.distinction and former is not None:
        person.distinction = str(former)[:_LONGEST_DISTINCTION]
        person.save(update_fields=["distinction"])
    if isinstance(moved.other, Person):
        tell_apart(person, moved.other, actor, reason)
    return moved


@transaction.atomic
def tell_apart(one: Person, other: Person, actor: User | None, reason: str = "") -> RecordChange:
    """Two records of one name are two people; not asked again."""
    must_live(one, other)
    if one.pk == other.pk:
        raise AuthorityRefusedError(_("请选另一条同类的记录。"))
    return log("apart", one, actor, other=other, reason=reason)


def join_people(one: Person, other: Person, actor: User | None, reason: str = "") -> RecordChange:
    """Two records of one name are one person: the less often named one is merged into the other."""
    rarer, often = sorted((one, other), key=lambda person: (person.mentions.count(), -person.pk))
    return merge(rarer, often, actor, reason)


@undoes("same")
@undoes("apart")
def _undo_answer(change: RecordChange, record: Record, _other: Record | None) -> None:
    """The question is asked again; nothing else came of the answer."""
