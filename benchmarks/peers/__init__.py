"""The engines side by side, each behind the same few questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .peer import Absent, Found, Peer, Question

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("newsarchive", "stock_haystack", "fts5", "postgres", "tantivy", "xapian")


def peer(name: str, folder: Path) -> Peer:
    """The engine of this name. Raises Absent where it isn't installed."""
    from importlib import import_module

    made: Peer = import_module(f"benchmarks.peers.{name}").Engine(folder)
    return made


__all__ = ["NAMES", "Absent", "Found", "Peer", "Question", "peer"]
