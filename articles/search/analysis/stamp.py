"""Which analyser made an index or stored words. Two stamps never mix."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

from .normalising import NORMALISATION
from .stop_words import STOP_WORDS_VERSION

# Raised when the cutting around the cutter changes: which parts of words are added, what is left out.
CUTTING_VERSION = "1"


@cache
def analysis_stamp() -> str:
    """Tokeniser with its version (its dictionary comes with it), cutting, stop list and normalisation."""
    return (
        f"rjieba-{version('rjieba')};hmm=off;cut={CUTTING_VERSION};stop={STOP_WORDS_VERSION};"
        f"{NORMALISATION};opencc-{version('opencc')}"
    )
