"""A throwaway home: settings, database with the made-up archive in it, index."""

from __future__ import annotations

import os
from collections import defaultdict
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.corpus import Printed
    from benchmarks.names import Names

TITLES = ["书记", "主任", "副主任", "局长", "副局长", "科长", "院长", "校长", "董事长", "总经理", "会长", "站长"]


def enter(home: Path) -> None:
    """Start Django in this home. Once a process."""
    home.mkdir(parents=True, exist_ok=True)
    os.environ.pop("DATABASE_URL", None)
    os.environ["NEWSARCHIVE_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    import django

    django.setup()


def load(articles: list[Printed], names: Names) -> None:
    """Rows of everything, as an import and its recognition leave them, words cut and stored."""
    from django.core.management import call_command
    from django.db import connection, transaction

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        _load_records(names)
        pages = _load_pages(articles)
        for start in range(0, len(articles), 2000):
            _load_articles(articles[start : start + 2000], pages, names)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _load_records(names: Names) -> None:
    from articles.models import Appointment, Organisation, Paper, Person, Post
    from articles.newsprint.recognition.pinyin import name_pinyin
    from benchmarks.corpus import PAPERS
    from benchmarks.names import PEOPLE

    Paper.objects.bulk_create([Paper(id=number, name=name) for number, name in enumerate(PAPERS, 1)])
    people = []
    for number, name in names.people.items():
        read = name_pinyin(name)
        people.append(
            Person(id=number, name=name, pinyin=read.full, initials=read.initials, has_profile=number <= PEOPLE)
        )
    Person.objects.bulk_create(people, batch_size=500)
    bodies = []
    for number, name in names.organisations.items():
        read = name_pinyin(name)
        bodies.append(Organisation(id=number, name=name, pinyin=read.full, initials=read.initials[:60]))
    Organisation.objects.bulk_create(bodies, batch_size=500)
    posts = [
        Post(id=number, title=TITLES[number % len(TITLES)], organisation_id=(number - 1) % len(bodies) + 1)
        for number in range(1, PEOPLE + 1)
    ]
    seen = {(post.title, post.organisation_id): post.id for post in posts}
    Post.objects.bulk_create([post for post in posts if seen[post.title, post.organisation_id] == post.id])
    Appointment.objects.bulk_create(
        [Appointment(id=p.id, person_id=p.id, post_id=seen[p.title, p.organisation_id]) for p in posts]
    )


def _load_pages(articles: list[Printed]) -> dict[tuple[int, object, int], int]:
    from articles.models import Issue, Page

    sections = same_sections(articles)
    issues = {key: pk for pk, key in enumerate(dict.fromkeys((p, d) for p, d, _ in sections), 1)}
    pages = {key: pk for pk, key in enumerate(sections, 1)}
    Issue.objects.bulk_create(
        [Issue(id=pk, paper_id=paper, date=date, status="published") for (paper, date), pk in issues.items()]
    )
    Page.objects.bulk_create(
        [
            Page(id=pk, issue_id=issues[key[:2]], number=key[2], section=sections[key], status="reviewed")
            for key, pk in pages.items()
        ]
    )
    return pages


def same_sections(articles: list[Printed]) -> dict[tuple[int, object, int], str]:
    """Give all articles of a page one section, the first one's; sections by paper, day and page."""
    sections: dict[tuple[int, object, int], str] = {}
    for article in articles:
        article.section = sections.setdefault((article.paper, article.date, article.page), article.section)
    return sections


_mention_ids = count(1)
_positions: dict[int, int] = defaultdict(int)


def _load_articles(articles: list[Printed], pages: dict[tuple[int, object, int], int], names: Names) -> None:
    from django.utils import timezone

    from articles.models import Article, ArticleTokens, Byline, Mention, PrintedPost
    from articles.search.analysis import analysis_stamp

    now, stamp = timezone.now(), analysis_stamp()
    rows, tokens, bylines, mentions, posts = [], [], [], [], []
    for one in articles:
        page = pages[one.paper, one.date, one.page]
        _positions[page] += 1
        row = Article(
            id=one.id,
            page_id=page,
            position=_positions[page],
            headline=one.headline,
            body=one.body,
            status="published",
            origin="table",
            published_at=now,
            byline_text="记者 " + " ".join(names.people[pk] for pk in one.reporters),
        )
        row.content_hash = row.hash_of_content()
        rows.append(row)
        tokens.append(
            ArticleTokens(
                article_id=one.id,
                stamp=stamp,
                content_hash=row.content_hash,
                headline=one.headline_words,
                body=one.words,
            )
        )
        bylines += [
            Byline(article_id=one.id, position=place, name=names.people[pk], role="记者", person_id=pk)
            for place, pk in enumerate(one.reporters)
        ]
        for kind, ids, known in (
            ("person", one.people, names.people),
            ("organisation", one.organisations, names.organisations),
        ):
            for pk in ids:
                number = next(_mention_ids)
                paragraph, start = _place(known[pk], one)
                mentions.append(
                    Mention(
                        id=number,
                        article_id=one.id,
                        kind=kind,
                        surface=known[pk],
                        paragraph=paragraph,
                        start=start,
                        end=start + len(known[pk]),
                        certain=True,
                        **{f"{kind}_id": pk},
                    )
                )
                if kind == "person" and number % 3 == 0:
                    text = TITLES[pk % len(TITLES)]
                    posts.append(PrintedPost(mention_id=number, text=text, appointment_id=pk))
    Article.objects.bulk_create(rows, batch_size=500)
    ArticleTokens.objects.bulk_create(tokens, batch_size=500)
    Byline.objects.bulk_create(bylines, batch_size=1000)
    Mention.objects.bulk_create(mentions, batch_size=1000)
    PrintedPost.objects.bulk_create(posts, batch_size=1000)


def _place(name: str, article: Printed) -> tuple[int, int]:
    """Paragraph and offset of the first mention; -1 is the headline, which may have been cut off within the name."""
    for number, text in enumerate(article.body.split("\n")):
        if (start := text.find(name)) >= 0:
            return number, start
    return -1, max(article.headline.find(name), 0)
