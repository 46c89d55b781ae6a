"""The index in tests: of its own folder, and made from what the test has in the database."""

import contextlib
from pathlib import Path

from haystack import connections

from articles.services import indexing


def rebuild() -> int:
    """Index everything that is published now; says how many articles."""
    return indexing.rebuild()


@contextlib.contextmanager
def index_in(path: Path):
    """Inside, the index is the one in this folder."""
    options = connections.connections_info["default"]
    kept = options["PATH"]
    options["PATH"] = str(path)
    connections["default"].reset_sessions()
    try:
        yield connections["default"].get_backend()
    finally:
        options["PATH"] = kept
        connections["default"].reset_sessions()
