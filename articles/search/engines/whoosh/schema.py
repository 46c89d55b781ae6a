"""What the index holds of an article, as Whoosh fields and columns."""

from __future__ import annotations

import numpy as np
from whoosh import columns
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import COLUMN, FieldType, Schema
from whoosh.formats import Existence

from .codec import CountFormat

# Raised whenever fields or columns change; part of the index's stamp.
SCHEMA_VERSION = "2"

HEADLINE = "headline"  # words of the headline
WORDS = "words"  # words of kicker, subtitle and paragraphs
SIGNED = "signed"  # names in the bylines

# One fixed row an article.
FACTS = np.dtype(
    [
        ("article", "<i8"),
        ("paper", "<i8"),
        ("date", "<i4"),  # days, as date.toordinal()
        ("page", "<i4"),
        ("headline_length", "<i4"),
        ("words_length", "<i4"),
        ("fingerprint", "<u8"),  # of all that was indexed, to find entries gone stale
    ]
)
LINKS = ("people", "organisations", "reporters")  # record ids, each a column of packed int64


class _Words(FieldType):  # type: ignore[misc]
    """Words that come already cut, parted by blanks."""

    def __init__(self, *, counted: bool) -> None:
        self.analyzer = SpaceSeparatedTokenizer()
        self.format = CountFormat() if counted else Existence()
        self.scorable = False
        self.stored = False
        self.unique = False


def archive_schema() -> Schema:
    """A fresh schema."""
    return Schema(
        **{
            HEADLINE: _Words(counted=True),
            WORDS: _Words(counted=True),
            SIGNED: _Words(counted=False),
            "facts": COLUMN(columns.FixedBytesColumn(FACTS.itemsize)),
            "section": COLUMN(columns.VarBytesColumn()),
            **{name: COLUMN(columns.VarBytesColumn()) for name in LINKS},
        }
    )
