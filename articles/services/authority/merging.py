"""Two records of one real person or body become one."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Count, F, Max, Min, Q
from django.utils.translation import gettext as _

from articles.models import Byline, Mention, Organisation, OrganisationName, Person, PersonName, RecordChange
from articles.search import merged_records

from .changes import AuthorityRefusedError, log, must_live, undoes

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from .changes import Record


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge would change: `articles` and `mentions` of the record that goes; `shared` articles name both.

    `first` and `last` are the days in print of the one that goes, None where it never was.
    """

    articles: int
    mentions: int
    bylines: int
    shared: int
    first: datetime.date | None
    last: datetime.date | None
    names: tuple[str, ...]


def preview_merge(gone: Record, keep: Record) -> MergePreview:
    """Count what would change. Raises AuthorityRefusedError where the two can't be merged."""
    _check(gone, keep)
    mentions = Mention.objects.of(gone)
    day = "article__page__issue__date"
    counts = mentions.aggregate(
        mentions=Count("pk"), articles=Count("article", distinct=True), first=Min(day), last=Max(day)
    )
    shared = mentions.filter(article__in=Mention.objects.of(keep).values("article")).values("article").distinct()
    bylines = Byline.objects.filter(person=gone).count() if isinstance(gone, Person) else 0
    return MergePreview(**counts, bylines=bylines, shared=shared.count(), names=tuple(_new_names(gone, keep)))


@transaction.atomic
def merge(gone: Record, keep: Record, actor: User | None, reason: str = "") -> RecordChange:
    """Let `gone` live on in `keep`, which takes over its names, mentions and bylines; its address redirects.

    The index holds the ids under which articles were linked, and they lead to the living record at once.
    """
    _check(gone, keep)
    for rows, field, before in _links(gone):
        rows.filter(**{field: gone, before: None}).update(**{before: F(field)})
        rows.filter(**{field: gone}).update(**{field: keep})
    names = [_name(keep, name).pk for name in _new_names(gone, keep)]
    opened = isinstance(gone, Person) and isinstance(keep, Person) and gone.has_profile and not keep.has_profile
    if opened and isinstance(keep, Person):
        keep.has_profile = True
        keep.save(update_fields=["has_profile"])
    gone.merged_into = keep
    gone.save(update_fields=["merged_into"])
    return log("merged", gone, actor, other=keep, reason=reason, before={"names": names, "opened": opened})


@undoes("merged")
def _undo_merge(change: RecordChange, gone: Record, keep: Record | None) -> None:
    assert keep is not None  # noqa: S101  # a change goes with either of its records
    gone.merged_into = None
    gone.save(update_fields=["merged_into"])
    family = [gone.pk, *(old for old, living in merged_records(type(gone)).items() if living == gone.pk)]
    for rows, field, before in _links(gone):
        rows.filter(**{field: keep, f"{before}__in": family}).update(**{field: gone})
        rows.filter(**{field: gone, before: gone}).update(**{before: None})
    _names_of(keep).filter(pk__in=change.before["names"]).delete()
    if change.before["opened"] and isinstance(keep, Person):
        keep.has_profile = False
        keep.save(update_fields=["has_profile"])


def _check(gone: Record, keep: Record) -> None:
    if type(gone) is not type(keep) or gone.pk == keep.pk:
        raise AuthorityRefusedError(_("请选另一条同类的记录。"))
    must_live(gone, keep)


def _links(record: Record) -> list[tuple[Any, str, str]]:
    """Rows that lead to a record, by which field, and the field that remembers what they led to before a merge."""
    if isinstance(record, Person):
        fields = ("person", "person_before_merge")
        return [(Mention.objects.all(), *fields), (Byline.objects.all(), *fields)]
    return [(Mention.objects.all(), "organisation", "organisation_before_merge")]


def _new_names(gone: Record, keep: Record) -> list[str]:
    known = {keep.name, *_names_of(keep).values_list("name", flat=True)}
    names = [gone.name, *_names_of(gone).order_by("pk").values_list("name", flat=True)]
    return [name for name in dict.fromkeys(names) if name not in known]


def _names_of(record: Record) -> Any:
    if isinstance(record, Person):
        return PersonName.objects.filter(Q(person=record))
    return OrganisationName.objects.filter(Q(organisation=record))


def _name(record: Record, name: str) -> PersonName | OrganisationName:
    if isinstance(record, Organisation):
        return OrganisationName.objects.create(organisation=record, name=name)
    return PersonName.objects.create(person=record, name=name)
