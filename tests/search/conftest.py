"""Every test here has an empty index folder of its own."""

import pytest

from tests.indexed import index_in


@pytest.fixture(autouse=True)
def index(tmp_path, settings):
    settings.HOME = tmp_path
    with index_in(tmp_path / "index") as backend:
        yield backend
