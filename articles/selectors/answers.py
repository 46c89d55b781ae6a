"""What a page of search results needs beside the hits: the posts of the time, and the days that a year or month has."""

from __future__ import annotations

import datetime
from functools import cache
from typing import TYPE_CHECKING

from articles.models import Byline, Mention
from articles.search.rows import PLACES, compiled, rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.search.criteria import Criteria, Reading
    from articles.search.rows import Compiled


def posts_of_the_time(
    criteria: Criteria, reading: Reading, articles: Sequence[int]
) -> dict[int, list[tuple[str, list[str]]]]:
    """For each article the people who were asked for, with the posts printed there."""
    if not (criteria.people or reading.people):
        return {}
    found: dict[int, dict[str, dict[str, None]]] = {}
    for article, person, name, post in rows_of(_posts(), articles):
        if person in criteria.people or name in reading.people:
            found.setdefault(article, {}).setdefault(name, {})[post] = None
    return {article: [(name, list(posts)) for name, posts in people.items()] for article, people in found.items()}


@cache
def _posts() -> Compiled:
    mentions = Mention.objects.settled().filter(article__in=PLACES, person__has_profile=True, posts__text__isnull=False)
    in_order = mentions.order_by("article_id", "paragraph", "start", "pk", "posts__position")
    return compiled(in_order.values_list("article", "person", "person__name", "posts__text"))


def bylines_of(articles: Sequence[int]) -> dict[int, list[Byline]]:
    """Who signed each of the articles, names and roles only, in printed order."""
    found: dict[int, list[Byline]] = {article: [] for article in articles}
    for article, name, role in rows_of(_bylines(), articles):
        found[article].append(Byline(name=name, role=role))
    return found


@cache
def _bylines() -> Compiled:
    bylines = Byline.objects.filter(article__in=PLACES).order_by("article_id", "position")
    return compiled(bylines.values_list("article", "name", "role"))


def month_bounds(text: str) -> tuple[datetime.date, datetime.date] | None:
    """First and last day of YYYY or YYYY-MM; None for anything else."""
    year, _, month = text.partition("-")
    if not (year.isascii() and year.isdigit() and len(year) == 4 and 1 <= int(year) <= 9998):
        return None
    if not month:
        return datetime.date(int(year), 1, 1), datetime.date(int(year), 12, 31)
    if not (month.isascii() and month.isdigit() and 1 <= int(month) <= 12):
        return None
    first = datetime.date(int(year), int(month), 1)
    return first, (first.replace(day=28) + datetime.timedelta(days=4)).replace(day=1) - datetime.timedelta(days=1)
