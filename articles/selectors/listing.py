"""Lists of people and bodies by pinyin initial."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce, Left, Upper

from articles.models import Mention, Organisation, Person

if TYPE_CHECKING:
    from django.db.models import QuerySet

Record = TypeVar("Record", Person, Organisation)

OTHER = "#"  # names that begin with a digit, a letter of another script, or have no pinyin yet


def initial_of(text: str) -> str:
    """A letter A to Z or #; empty for anything else."""
    letter = text.strip().upper()
    return letter if letter == OTHER or (len(letter) == 1 and letter in string.ascii_uppercase) else ""


def letters(records: QuerySet[Record]) -> list[tuple[str, int]]:
    """The initials that occur, each with its count, # last."""
    rows = records.order_by().annotate(letter=Upper(Left("initials", 1))).values_list("letter").annotate(Count("pk"))
    counts: dict[str, int] = {}
    for letter, count in rows:
        key = letter if letter and letter in string.ascii_uppercase else OTHER
        counts[key] = counts.get(key, 0) + count
    return sorted(counts.items(), key=lambda row: (row[0] == OTHER, row[0]))


def with_initial(records: QuerySet[Record], initial: str) -> QuerySet[Record]:
    """Records of one initial, or all."""
    if not initial:
        return records
    if initial == OTHER:
        return records.exclude(initials__iregex=r"^[a-z]")
    return records.filter(initials__istartswith=initial)


def counted(records: QuerySet[Record]) -> QuerySet[Record]:
    """Records with `printed`, the number of published articles that name them, and `letter`, in pinyin order."""
    of_record = "person" if records.model is Person else "organisation"
    printed = (
        Mention.objects.settled()
        .in_published()
        .filter(**{of_record: OuterRef("pk")})
        .order_by()
        .values(of_record)
        .annotate(n=Count("article", distinct=True))
    )
    counts = Subquery(printed.values("n"), output_field=IntegerField())
    return records.annotate(printed=Coalesce(counts, 0), letter=Upper(Left("initials", 1))).order_by(
        "pinyin", "name", "pk"
    )


def living(record: Record) -> Record:
    """The record that a merged one lives on in, however many merges later."""
    seen = {record.pk}
    while record.merged_into and record.merged_into.pk not in seen:
        record = record.merged_into
        seen.add(record.pk)
    return record
