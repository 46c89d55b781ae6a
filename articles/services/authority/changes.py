"""The log of changes, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Organisation, Person, RecordChange

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import User

    Record = Person | Organisation
    Undo = Callable[[RecordChange, Record, Record | None], None]

_LONGEST_REASON = 300
# Answers that change no other row: nothing builds on them.
_ANSWERS = (RecordChange.Kind.SAME, RecordChange.Kind.APART)
_undoing: dict[str, Undo] = {}


class AuthorityRefusedError(ValueError):
    """A change that can't be made; the message says why and what to do."""


def undoes(kind: str) -> Callable[[Undo], Undo]:
    """Marks the function that takes back changes of a kind, given the record and the one that took part."""

    def mark(function: Undo) -> Undo:
        _undoing[kind] = function
        return function

    return mark


def log(
    kind: str,
    record: Record,
    actor: User | None,
    *,
    other: Record | None = None,
    reason: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> RecordChange:
    """Write down a change that was just made."""
    sides = (
        {"person": record, "other_person": other}
        if isinstance(record, Person)
        else {"organisation": record, "other_organisation": other}
    )
    return RecordChange.objects.create(
        kind=kind, actor=actor, reason=reason[:_LONGEST_REASON], before=before or {}, after=after or {}, **sides
    )


@transaction.atomic
def undo(change: RecordChange, actor: User | None) -> None:
    """Take a change back. Raises AuthorityRefusedError where it was undone, or a later one builds on it."""
    change = RecordChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if change.undone_at is not None:
        raise AuthorityRefusedError(_("这一项已经撤销过了。"))
    later = _later(change).first()
    if later is not None:
        raise AuthorityRefusedError(
            _("这之后又对同一条记录做过“%(kind)s”，请先撤销那一项。") % {"kind": later.get_kind_display()}
        )
    record = change.record
    assert record is not None  # noqa: S101  # a change goes with its record
    _undoing[change.kind](change, record, change.other)
    change.undone_at = timezone.now()
    change.undone_by = actor
    change.save(update_fields=["undone_at", "undone_by"])


def _later(change: RecordChange) -> Any:
    touching = Q(pk__lt=0)
    for record in (change.record, change.other):
        if record is not None:
            touching |= Q(pk__in=RecordChange.objects.about(record).values("pk"))
    if change.kind in _ANSWERS:
        return RecordChange.objects.none()
    return RecordChange.objects.standing().filter(touching, pk__gt=change.pk).exclude(kind__in=_ANSWERS)


def must_live(*records: Record) -> None:
    """Refuse records that were merged away or rejected."""
    for record in records:
        if record.merged_into_id is not None:
            raise AuthorityRefusedError(_("“%(name)s”已经并入别的记录，请打开那一条。") % {"name": record})
        if record.rejected:
            raise AuthorityRefusedError(_("“%(name)s”已被否定，请先撤销否定。") % {"name": record})
