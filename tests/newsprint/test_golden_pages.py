"""Pages that were once misread stay read as they are printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from articles.newsprint import read_page
from articles.newsprint.page_json import page_json

PAGES = Path(__file__).parents[2] / "fixtures" / "pages"
GOLDEN = sorted(PAGES.rglob("*.golden.json"))


def test_there_are_golden_pages() -> None:
    assert len(GOLDEN) >= 4


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda path: path.name.removesuffix(".golden.json"))
def test_page_is_read_as_printed(golden: Path) -> None:
    wanted = json.loads(golden.read_text(encoding="utf-8"))
    stem = golden.name.removesuffix(".golden.json")
    (printed,) = (path for path in golden.parent.glob(f"{stem}.*") if path.suffix != ".json")
    shape = page_json(read_page(printed))
    read = [{key: article[key] for key in wanted["articles"][0]} for article in shape["articles"]]
    assert read == wanted["articles"]
    assert shape["unplaced"] == wanted["unplaced"]
    assert json.loads(json.dumps(shape.get("zones"))) == wanted.get("zones")
