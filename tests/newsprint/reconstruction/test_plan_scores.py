"""Plans are scored no worse for being scored fast."""

from __future__ import annotations

import random

import pytest

from articles.newsprint.extraction import extract
from articles.newsprint.reconstruction.line_classes import classify
from articles.newsprint.reconstruction.page_plan import Page, first_plan, page_of
from articles.newsprint.reconstruction.pieces import pieces
from articles.newsprint.reconstruction.plan_scores import Judge
from articles.newsprint.reconstruction.stitching import neighbours, stitch
from articles.newsprint.reconstruction.type_lines import measured, page_lines
from benchmarks.reading.accidents import CLASSES
from benchmarks.reading.printing import load, print_page


def printed(seed: str) -> Page:
    articles = random.Random(seed).sample(load(), 5)
    lines, _ = print_page(articles, CLASSES["hard"], seed)
    source = extract("\n".join(line.text for line in lines).encode(), "page.txt")
    type_lines, _ = page_lines(source.lines)
    measure = measured(type_lines)
    return page_of(pieces(classify(type_lines, measure), measure))


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_a_plan_passed_over_would_not_have_been_chosen(seed: str) -> None:
    page = printed(seed)
    spans = [[(0, len(page.paragraphs))]]
    thorough, hasty = Judge(page, spans), Judge(page, spans)
    least = thorough.score(first_plan(page))
    below = 0
    for plan in neighbours(page, thorough, first_plan(page)):
        whole, passed = thorough.score(plan), hasty.score(plan, least)
        below += passed < least
        assert passed == whole if passed >= least else whole <= passed + 1e-6
    assert below


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_no_single_decision_betters_what_was_chosen(seed: str) -> None:
    page = printed(seed)
    verdict, judge = stitch(page)
    assert all(judge.judge(plan).score <= verdict.score + 1e-6 for plan in neighbours(page, judge, verdict.plan))
