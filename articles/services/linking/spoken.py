"""Pinyin, computed when a record is saved, so that no page needs the dictionary."""

from __future__ import annotations

from articles.models import Organisation, Person
from articles.newsprint.recognition import name_pinyin

from .names_of_bodies import pinyin_of


def speak_names(record: Person | Organisation) -> None:
    """Set pinyin and initials by the record's name; surnames are read as surnames only in people's names."""
    if isinstance(record, Person):
        spoken = name_pinyin(record.name)
        record.pinyin, record.initials = spoken.full[:120], spoken.initials[:20]
    else:
        full, initials = pinyin_of(record.name)
        record.pinyin, record.initials = full[:400], initials[:60]
