"""The golden archive is loaded and indexed once for each engine."""

import pytest
from django.db import transaction
from haystack import connections

from tests.indexed import rebuild

from .archive import build

# Every engine answers the same queries alike: one line for each.
ENGINES = {
    "whoosh": {"ENGINE": "articles.search.engines.whoosh.WhooshEngine"},
}


@pytest.fixture(scope="module", params=ENGINES)
def golden(request, tmp_path_factory, django_db_setup, django_db_blocker):
    """The archive, indexed by this engine, inside one transaction that is taken back at the end."""
    options = dict(connections.connections_info["default"])
    folder = tmp_path_factory.mktemp("golden")
    with django_db_blocker.unblock(), transaction.atomic():
        archive = build()
        connections.connections_info["default"] = {**options, "PATH": str(folder), **ENGINES[request.param]}
        connections.reload("default")
        try:
            rebuild()
            yield archive
        finally:
            connections.connections_info["default"] = options
            connections.reload("default")
            transaction.set_rollback(True)


@pytest.fixture
def db(golden):
    """Instead of a transaction for every test: these tests only read."""


@pytest.fixture(autouse=True)
def index(db):
    """Instead of an index for every test, the golden archive's."""
