"""Engines that answer the archive's requests."""

from .errors import IndexMismatchError, IndexMissingError

__all__ = ["IndexMismatchError", "IndexMissingError"]
