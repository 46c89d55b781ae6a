"""The log of changes of tables, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import TableChange

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import User

    from articles.models import Paper

    Fields = dict[str, Any] | None
    Undo = Callable[[TableChange], None]

_LONGEST_REASON = 300
_undoing: dict[str, Undo] = {}


class TableRefusedError(ValueError):
    """A change that can't be made; the message says why and what to do."""


def undoes(table: str) -> Callable[[Undo], Undo]:
    """Marks the function that makes a row of a table stand as before a change."""

    def mark(function: Undo) -> Undo:
        _undoing[table] = function
        return function

    return mark


def log(
    table: str,
    key: str,
    actor: User | None,
    reason: str,
    *,
    before: Fields,
    after: Fields,
    paper: Paper | None = None,
    resolved: dict[str, Any] | None = None,
) -> TableChange:
    """Write down a change that was just made. Raises TableRefusedError where nothing changed."""
    if before == after and not resolved:
        raise TableRefusedError(_("没有改动。"))
    return TableChange.objects.create(
        table=table,
        key=key,
        actor=actor,
        reason=reason[:_LONGEST_REASON],
        before=before,
        after=after,
        paper=paper,
        resolved=resolved or {},
    )


@transaction.atomic
def undo_change(change: TableChange, actor: User | None) -> None:
    """Take a change back. Raises TableRefusedError where it was undone, or a later one builds on it."""
    change = TableChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if change.undone_at is not None:
        raise TableRefusedError(_("这一项已经撤销过了。"))
    later = TableChange.objects.standing().filter(table=change.table, paper=change.paper, pk__gt=change.pk)
    if change.table != TableChange.Table.KNOWN_NAMES:  # a paper has one such list, whatever it was called then
        later = later.filter(key=change.key)
    if later.exists():
        raise TableRefusedError(_("这之后“%(key)s”又改过，请先撤销后面那一项。") % {"key": change.key})
    _undoing[change.table](change)
    change.undone_at = timezone.now()
    change.undone_by = actor
    change.save(update_fields=["undone_at", "undone_by"])
