"""From a typed query to what is asked of an engine."""

from .question import Question
from .reading import read_query

__all__ = ["Question", "read_query"]
