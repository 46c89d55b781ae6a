"""`manage.py read_page` as programs outside use it."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

PAGES = Path(__file__).parents[2] / "fixtures" / "pages"
PAGE = PAGES / "gaoxin-shibao" / "2022-10-12-1.txt"


def run(*arguments: str) -> tuple[list[dict[str, object]], int]:
    out, status = StringIO(), 0
    try:
        call_command("read_page", *arguments, "--json", stdout=out)
    except SystemExit as stop:
        status = int(stop.code or 0)
    return [json.loads(line) for line in out.getvalue().splitlines()], status


def test_one_object_a_line_in_the_order_of_the_files() -> None:
    other = PAGES / "beiyuan-xinbao" / "2022-10-14-1.txt"
    objects, status = run(str(other), str(PAGE), "--issue-date", "2022-10-12")
    assert status == 0
    assert [item["source"]["file"] for item in objects] == [other.name, PAGE.name]
    assert set(objects[1]) == {"source", "articles", "unplaced"}
    assert len(objects[1]["articles"]) == 5


def test_a_file_that_cannot_be_read_gives_an_error_object_and_status_1(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    objects, status = run(str(empty), str(PAGE))
    assert status == 1
    assert objects[0]["error"]["code"] == "empty"
    assert "articles" in objects[1]


def test_a_date_that_does_not_parse_is_explained() -> None:
    with pytest.raises(CommandError, match="2022-10-12"):
        run(str(PAGE), "--issue-date", "12.10.2022")
