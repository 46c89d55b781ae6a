"""Mentions that name somebody else are moved to that record: how one record is split in two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Appointment, Mention, Organisation, Person, PrintedPost, RecordChange
from articles.services.indexing import note_changed
from articles.services.linking import speak_names

from .changes import AuthorityRefusedError, log, must_live, undoes
from .naming import checked_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from django.contrib.auth.models import User

    from .changes import Record

_BATCH = 500
# What remembers the record that a mention led to before a merge.
_FORMER: dict[type[Record], str] = {Person: "person_before_merge", Organisation: "organisation_before_merge"}


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
    rows = Mention.objects.of(record).values_list("pk", "article", _FORMER[type(record)], "status", "certain")
    before = {str(pk): [former, status, certain] for pk, article, former, status, certain in rows if article in wanted}
    if not before:
        raise AuthorityRefusedError(_("请先勾选要移走的稿件。"))
    moved = [int(pk) for pk in before]
    for batch in _batches(moved):
        Mention.objects.filter(pk__in=batch).update(**_leading_to(target), status=Mention.Status.ACCEPTED, certain=True)
    _move_evidence(moved, target)
    note_changed(wanted & {article for _, article, *_ in rows})
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
    before: Mapping[str, list[Any]] = change.before["mentions"]
    alike: dict[tuple[Any, str, bool], list[int]] = {}
    for pk, (former, status, certain) in before.items():
        alike.setdefault((former, str(status), bool(certain)), []).append(int(pk))
    for (former, status, certain), mentions in alike.items():
        for batch in _batches(mentions):
            leading = _leading_to(record) | {_FORMER[type(record)]: former}
            Mention.objects.filter(pk__in=batch).update(**leading, status=status, certain=certain)
    moved = [int(pk) for pk in before]
    _move_evidence(moved, record)
    for batch in _batches(moved):
        note_changed(Mention.objects.filter(pk__in=batch).order_by().values_list("article", flat=True).distinct())


def _leading_to(record: Record) -> dict[str, Any]:
    kind = "person" if isinstance(record, Person) else "organisation"
    return {kind: record, f"{kind}_before_merge": None}


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for at in range(0, len(ids), _BATCH):
        yield ids[at : at + _BATCH]


def _move_evidence(mentions: Sequence[int], record: Record) -> None:
    """The posts printed beside these mentions are evidence for whom they name now."""
    if not isinstance(record, Person):
        return
    former: dict[int, int] = {}
    for batch in _batches(mentions):
        posts = PrintedPost.objects.filter(mention__in=batch, appointment__isnull=False).order_by()
        former |= dict(posts.values_list("appointment", "appointment__post").distinct())
    for appointment, post in former.items():
        own, _made = Appointment.objects.get_or_create(person=record, post_id=post)
        for batch in _batches(mentions):
            PrintedPost.objects.filter(mention__in=batch, appointment=appointment).update(appointment=own)
    Appointment.objects.filter(pk__in=list(former), evidence__isnull=True).delete()
