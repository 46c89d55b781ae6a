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


def test_profile_says_what_a_district_calls_its_bodies(tmp_path: Path) -> None:
    profile = tmp_path / "district.json"
    profile.write_text('{"short_forms": {"管委会": "高新区管理委员会"}}', encoding="utf-8")
    named = {
        body["name"]
        for article in run(str(PAGE), "--profile", str(profile))[0][0]["articles"]
        for body in article["organisations"]
    }
    assert "高新区管理委员会" in named


@pytest.mark.parametrize("text", ["{", "[]", '{"people": "张红军"}', '{"short_forms": {"管委会": 1}}', None])
def test_profile_that_is_none_is_explained(tmp_path: Path, text: str | None) -> None:
    profile = tmp_path / "district.json"
    if text is not None:
        profile.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match="读不出来"):
        run(str(PAGE), "--profile", str(profile))
