"""From a typed query to what is asked of an engine."""

from .reading import Question, read_query

__all__ = ["Question", "read_query"]
