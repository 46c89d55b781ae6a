"""A web process makes ready for readers."""

import gc

import pytest

from articles import search
from articles.search import Criteria
from newsarchive import webserver


@pytest.fixture
def _thawed():
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("_thawed")
def test_web_process_keeps_what_it_has_read_out_of_the_collector(monkeypatch):
    asked = []
    monkeypatch.setattr(search, "search", asked.append)
    monkeypatch.setattr(search, "suggest", asked.append)
    gc.unfreeze()

    webserver.settle_in()

    assert isinstance(asked[0], Criteria)
    assert len(asked) == 2
    assert gc.get_freeze_count() > 0


@pytest.mark.usefixtures("_thawed")
def test_web_process_starts_though_the_first_search_fails(monkeypatch, caplog):
    def fail(_criteria):
        raise OSError("no database")

    monkeypatch.setattr(search, "search", fail)

    webserver.settle_in()

    assert "the first search could not be made" in caplog.text
    assert gc.get_freeze_count() > 0
