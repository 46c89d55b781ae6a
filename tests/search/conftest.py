"""The small archive that most tests of search ask."""

import pytest

from tests.indexed import rebuild
from tests.search.archive import build


@pytest.fixture
def archive(db):
    archive = build()
    rebuild()
    return archive
