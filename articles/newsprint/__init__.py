"""The printed page in plain Python: a file in, a frozen reading of its articles out. Imports no Django."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .reader import read_page

__all__ = ["read_page"]


def __getattr__(name: str) -> Any:
    """The reader is loaded when asked for: a parser's own process has no use for names and dictionaries."""
    if name == "read_page":
        from .reader import read_page

        return read_page
    raise AttributeError(name)
