"""A record that is no person or body, and a profile that is not to be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Mention, Person, RecordChange
from articles.services.indexing import note_changed

from .changes import AuthorityRefusedError, log, must_live, undoes

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from .changes import Record

_BATCH = 500


@transaction.atomic
def reject(record: Record, actor: User | None, reason: str = "") -> RecordChange:
    """This is no person (no body): nothing names it any more, and later readings leave it out too."""
    must_live(record)
    mentions = list(Mention.objects.of(record).exclude(status=Mention.Status.REJECTED))
    before = {str(mention.pk): mention.status for mention in mentions}
    Mention.objects.of(record).update(status=Mention.Status.REJECTED)
    record.rejected = True
    record.save(update_fields=["rejected"])
    note_changed({mention.article_id for mention in mentions})
    return log("rejected", record, actor, reason=reason, before={"mentions": before})


@undoes("rejected")
def _undo_reject(change: RecordChange, record: Record, _other: Record | None) -> None:
    before = change.before["mentions"]
    mentions = list(Mention.objects.filter(pk__in=[int(pk) for pk in before]))
    for mention in mentions:
        mention.status = before[str(mention.pk)]
    Mention.objects.bulk_update(mentions, ["status"], batch_size=_BATCH)
    record.rejected = False
    record.save(update_fields=["rejected"])
    note_changed({mention.article_id for mention in mentions})


@transaction.atomic
def set_profile(person: Person, shown: bool, actor: User | None, reason: str = "") -> RecordChange:
    """Give a person a public page or take it away, whatever later issues print. Articles stay as they are."""
    must_live(person)
    if person.has_profile == shown and person.profile_set_by_editor:
        raise AuthorityRefusedError(_("已经是这样了。"))
    before = {"has_profile": person.has_profile, "by_editor": person.profile_set_by_editor}
    person.has_profile, person.profile_set_by_editor = shown, True
    person.save(update_fields=["has_profile", "profile_set_by_editor"])
    return log("profile", person, actor, reason=reason, before=before, after={"has_profile": shown})


@undoes("profile")
def _undo_profile(change: RecordChange, person: Record, _other: Record | None) -> None:
    assert isinstance(person, Person)  # noqa: S101  # bodies have no profile
    person.has_profile, person.profile_set_by_editor = change.before["has_profile"], change.before["by_editor"]
    person.save(update_fields=["has_profile", "profile_set_by_editor"])
