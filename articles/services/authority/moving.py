"""Mentions that name somebody else are moved to that record: how one record is split in two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Appointment, Mention, Organisation, Person, PrintedPost, RecordChange
from articles.services.indexing import note_changed
from articles.services.linking import speak_names

from .changes import AuthorityRefusedError, log, must_live, undoes
from .naming import checked_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.contrib.auth.models import User

    from .changes import Record

_BATCH = 500


@transaction.atomic
def move_mentions(
    record: Record, articles: Iterable[int], target: Record, actor: User | None, reason: str = ""
) -> RecordChange:
    """Everything that names `record` in these articles names `target` from now on, and a later reading keeps it so.

    The posts printed there become evidence for the target. Raises AuthorityRefusedError when nothing would move.
    """
    if type(record) is not type(target) or record.pk == target.pk:
        raise AuthorityRefusedError(_("请选另一条同类的记录。"))
    must_live(record, target)
    wanted = set(articles)
    mentions = [mention for mention in Mention.objects.of(record) if mention.article_id in wanted]
    if not mentions:
        raise AuthorityRefusedError(_("请先勾选要移走的稿件。"))
    before = {str(m.pk): [_before_merge(m), m.status, m.certain] for m in mentions}
    for mention in mentions:
        _lead_to(mention, target)
        mention.status, mention.certain = Mention.Status.ACCEPTED, True
    _save(mentions)
    _move_evidence(mentions, target)
    note_changed({mention.article_id for mention in mentions})
    return log("moved", record, actor, other=target, reason=reason, before={"mentions": before})


@transaction.atomic
def move_to_new(
    record: Record, articles: Iterable[int], name: str, distinction: str, actor: User | None, reason: str = ""
) -> RecordChange:
    """As `move_mentions`, to a record made for it: by the same name where none is given. When that is refused, no
    record is left."""
    name = checked_name(record, "".join(name.split()) or record.name)
    made: Record
    if isinstance(record, Person):
        made = Person(name=name, distinction=distinction.strip()[:100], has_profile=record.has_profile)
    elif Organisation.objects.living().filter(name=name).exists():
        raise AuthorityRefusedError(_("已经有一个机构叫“%(name)s”，请从名录里选它。") % {"name": name})
    else:
        made = Organisation(name=name, kind=record.kind)
    speak_names(made)
    made.save()
    return move_mentions(record, articles, made, actor, reason)


@undoes("moved")
def _undo_move(change: RecordChange, record: Record, _target: Record | None) -> None:
    before: Mapping[str, list[object]] = change.before["mentions"]
    mentions = list(Mention.objects.filter(pk__in=[int(pk) for pk in before]))
    for mention in mentions:
        former, status, certain = before[str(mention.pk)]
        _lead_to(mention, record)
        if isinstance(record, Person):
            mention.person_before_merge_id = former  # type: ignore[assignment]
        else:
            mention.organisation_before_merge_id = former  # type: ignore[assignment]
        mention.status, mention.certain = str(status), bool(certain)
    _save(mentions)
    _move_evidence(mentions, record)
    note_changed({mention.article_id for mention in mentions})


def _before_merge(mention: Mention) -> int | None:
    return mention.person_before_merge_id or mention.organisation_before_merge_id


def _lead_to(mention: Mention, record: Record) -> None:
    if isinstance(record, Person):
        mention.person, mention.person_before_merge = record, None
    else:
        mention.organisation, mention.organisation_before_merge = record, None


def _save(mentions: list[Mention]) -> None:
    fields = ["person", "person_before_merge", "organisation", "organisation_before_merge", "status", "certain"]
    Mention.objects.bulk_update(mentions, fields, batch_size=_BATCH)


def _move_evidence(mentions: list[Mention], record: Record) -> None:
    """The posts printed beside these mentions are evidence for whom they name now."""
    if not isinstance(record, Person):
        return
    posts = PrintedPost.objects.filter(mention__in=[mention.pk for mention in mentions], appointment__isnull=False)
    former = set(posts.values_list("appointment", "appointment__post"))
    for appointment, post in former:
        own, _made = Appointment.objects.get_or_create(person=record, post_id=post)
        posts.filter(appointment=appointment).update(appointment=own)
    left = [appointment for appointment, _post in former]
    Appointment.objects.filter(pk__in=left, evidence__isnull=True).delete()
