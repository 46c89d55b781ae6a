"""Pages are printed with a truth that accounts for every line."""

from __future__ import annotations

import re

import pytest

from benchmarks.reading.accidents import CLASSES
from benchmarks.reading.printing import load, print_page
from benchmarks.reading.typesetting import set_lines

TEXTS = load()


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("damage", sorted(CLASSES))
@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_the_lines_of_an_article_print_exactly_its_text(damage: str, seed: str) -> None:
    lines, truths = print_page(TEXTS[:9], CLASSES[damage], seed)
    for truth in truths:
        for index, paragraph in enumerate(truth["paragraphs"]):
            printed = [x.text for x in lines if x.article == truth["id"] and (x.role, x.paragraph) == ("body", index)]
            assert bare("".join(printed)) == bare(paragraph)
        for role in ("kicker", "headline", "subtitle"):
            printed = [x.text for x in lines if x.article == truth["id"] and x.role == role]
            assert bare("".join(printed)) == bare(truth[role] or "")
    assert all(line.role == "blank" for line in lines if not line.text)


def test_the_same_seed_prints_the_same_page() -> None:
    assert print_page(TEXTS[:5], CLASSES["hard"], "x") == print_page(TEXTS[:5], CLASSES["hard"], "x")


@pytest.mark.parametrize("width", [9, 15, 27])
def test_no_line_begins_with_a_closing_mark(width: float) -> None:
    for article in TEXTS:
        for paragraph in article["paragraphs"]:
            lines = set_lines(paragraph, width, indent=2.0)
            assert bare("".join(lines)) == bare(paragraph)
            assert not any(line[0] in "，。、；：！？）》”" for line in lines[1:])
