"""How text is read for searching: one normalisation and one cutter for index, queries and snippets."""

from .cutting import Cut, cut_form, index_words, parts_of, segment
from .normalising import Normalised, normalise, normalise_with_offsets, spaced
from .stamp import analysis_stamp
from .stop_words import STOP_WORDS

__all__ = [
    "STOP_WORDS",
    "Cut",
    "Normalised",
    "analysis_stamp",
    "cut_form",
    "index_words",
    "normalise",
    "normalise_with_offsets",
    "parts_of",
    "segment",
    "spaced",
]
