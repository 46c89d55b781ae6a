"""What every test stands on: no network, a home of its own for the run, roles that survive a flush."""

import importlib
import importlib.util
import os
import socket

import pytest
from django.contrib.auth.models import Group
from hypothesis import settings as examples

from tests.indexed import index_in

# A shared check tries the same examples each time, so that a change is judged by itself; a desk's run tries new ones.
examples.register_profile("check", derandomize=True)
if os.environ.get("CI"):
    examples.load_profile("check")

# Only `make check` installs the browser's driver; without it these tests are not collected.
collect_ignore = [] if importlib.util.find_spec("playwright") else ["browser"]


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """A test that reaches out of this machine fails."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test reached for {address[0]}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def index(tmp_path, settings):
    """An empty index in a folder of its own: ids start again in every test, another test's entries would lie."""
    settings.HOME = tmp_path
    with index_in(tmp_path / "index") as backend:
        yield backend


@pytest.fixture(autouse=True)
def roles_stand(request):
    """Tests with real transactions empty all tables behind them, the roles made by a migration too."""
    marker = request.node.get_closest_marker("django_db")
    real = marker is not None and marker.kwargs.get("transaction")
    if not real and "transactional_db" not in request.fixturenames and "live_server" not in request.fixturenames:
        return
    request.getfixturevalue("transactional_db")
    if not Group.objects.exists():
        from django.apps import apps

        importlib.import_module("articles.migrations.0002_roles").make_groups(apps, None)
