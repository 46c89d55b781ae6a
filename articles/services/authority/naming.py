"""A record gets another name; the old one stays among its other names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Organisation, OrganisationName, Person, PersonName, RecordChange
from articles.services.linking import speak_names

from .changes import AuthorityRefusedError, log, must_live, undoes

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from .changes import Record

_SPOKEN = ("name", "pinyin", "initials")


@transaction.atomic
def rename(
    record: Record, name: str, actor: User | None, *, distinction: str | None = None, reason: str = ""
) -> RecordChange:
    """Call a record by another name; `distinction` tells people of one name apart and is left as it is when None.

    What was printed under the old name still leads here. Raises AuthorityRefusedError for a name that can't be.
    """
    must_live(record)
    name = checked_name(record, name)
    if isinstance(record, Organisation) and _is_taken(record, name):
        raise AuthorityRefusedError(_("已经有一个机构叫“%(name)s”。如果是同一个，请并入那一条。") % {"name": name})
    before: dict[str, str | int | None] = {"name": record.name, "made": None}
    after = {"name": name}
    if isinstance(record, Person) and distinction is not None:
        before["distinction"], after["distinction"] = record.distinction, distinction.strip()[:100]
        record.distinction = after["distinction"]
    if name != record.name:
        before["made"] = _keep_name(record, record.name)
        record.name = name
        speak_names(record)
    _save(record)
    return log("renamed", record, actor, reason=reason, before=before, after=after)


@undoes("renamed")
def _undo_rename(change: RecordChange, record: Record, _other: Record | None) -> None:
    if isinstance(record, Organisation) and _is_taken(record, change.before["name"]):
        raise AuthorityRefusedError(_("已经有另一个机构叫“%(name)s”。") % {"name": change.before["name"]})
    record.name = change.before["name"]
    if isinstance(record, Person) and "distinction" in change.before:
        record.distinction = change.before["distinction"]
    speak_names(record)
    _save(record)
    if change.before["made"]:
        record.other_names.filter(pk=change.before["made"]).delete()


def checked_name(record: Record, name: str) -> str:
    """A name for a record of this kind, without blanks. Raises AuthorityRefusedError for one that is empty or long."""
    name = "".join(name.split())
    longest = record._meta.get_field("name").max_length or 0
    if not name or len(name) > longest:
        raise AuthorityRefusedError(_("名称要有 1 到 %(longest)s 个字。") % {"longest": longest})
    return name


def _is_taken(record: Organisation, name: str) -> bool:
    return Organisation.objects.living().filter(name=name).exclude(pk=record.pk).exists()


def _keep_name(record: Record, name: str) -> int | None:
    """Id of the other name that was made, None where it was known."""
    if isinstance(record, Person):
        other, made = PersonName.objects.get_or_create(person=record, name=name)
        return other.pk if made else None
    form, made = OrganisationName.objects.get_or_create(organisation=record, name=name)
    return form.pk if made else None


def _save(record: Record) -> None:
    record.save(update_fields=[*_SPOKEN, "distinction"] if isinstance(record, Person) else _SPOKEN)
