"""What a page of search results needs beside the hits: the posts of the time, and the days that a year or month has."""

from __future__ import annotations

import datetime
from functools import cache
from typing import TYPE_CHECKING

from django.db.models import Q

from articles.models import Byline, Mention
from articles.search.rows import PLACES, compiled, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from articles.search.criteria import Criteria, Reading
    from articles.search.rows import Compiled


def posts_of_the_time(
    criteria: Criteria, reading: Reading, articles: Iterable[int]
) -> dict[int, list[tuple[str, list[str]]]]:
    """For each article the people who were asked for, with the posts printed there."""
    if not (criteria.people or reading.people):
        return {}
    asked = Q(person__in=criteria.people) | Q(person__name__in=reading.people)
    mentions = (
        Mention.objects.settled()
        .filter(asked, article__in=list(articles), person__has_profile=True)
        .select_related("person")
        .prefetch_related("posts")
    )
    found: dict[int, dict[str, dict[str, None]]] = {}
    for mention in mentions:
        posts = [post.text for post in mention.posts.all()]
        if posts and mention.person:
            found.setdefault(mention.article_id, {}).setdefault(mention.person.name, {}).update(dict.fromkeys(posts))
    return {article: [(name, list(posts)) for name, posts in people.items()] for article, people in found.items()}


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
