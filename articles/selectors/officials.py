"""People in their posts and bodies with their people: who was printed with which post, from when to when."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery

from articles.models import Article, Byline, Mention, Organisation, Person, Post, PrintedPost

from .stories import Named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet


@dataclass(slots=True)
class Evidence:
    """An article in which a person is printed with a post."""

    article_id: int
    headline: str
    date: datetime.date

    @property
    def url(self) -> str:
        """The article's address."""
        return Article(pk=self.article_id).get_absolute_url()


@dataclass(slots=True)
class Held:
    """A person seen in a post: first and last in print, each with its evidence, never an end without it."""

    person: Person
    title: str
    organisation: Organisation | None
    post: int | None = None  # id of the post's record
    seen: list[Evidence] = field(default_factory=list)  # oldest first
    printings: Counter[str] = field(default_factory=Counter)  # the post as printed → how often
    current: bool = False

    @property
    def first(self) -> Evidence:
        """The first article."""
        return self.seen[0]

    @property
    def last(self) -> Evidence:
        """The last article so far."""
        return self.seen[-1]

    @property
    def count(self) -> int:
        """Number of articles."""
        return len(self.seen)

    @property
    def label(self) -> str:
        """The post as it is printed most often."""
        return self.printings.most_common(1)[0][0]

    @property
    def also(self) -> list[str]:
        """Other ways in which it is printed."""
        return [text for text, _ in self.printings.most_common()[1:]]


def public_people() -> QuerySet[Person]:
    """People with a profile whom a reader finds in at least one published article, as named or as author."""
    named = Mention.objects.settled().in_published().filter(person=OuterRef("pk"))
    wrote = Byline.objects.filter(person=OuterRef("pk"), article__status=Article.Status.PUBLISHED)
    return Person.objects.with_profile().filter(Exists(named) | Exists(wrote))


def nameable_people() -> QuerySet[Person]:
    """People whose name a list may show: with a public page, or authors of published articles."""
    named = Mention.objects.settled().in_published().filter(person=OuterRef("pk"))
    wrote = Byline.objects.filter(person=OuterRef("pk"), article__status=Article.Status.PUBLISHED)
    return Person.objects.living().filter(Q(has_profile=True) & Exists(named) | Exists(wrote))


def public_organisations() -> QuerySet[Organisation]:
    """Bodies named in at least one published article."""
    named = Mention.objects.settled().in_published().filter(organisation=OuterRef("pk"))
    return Organisation.objects.living().filter(Exists(named))


def _settled_posts() -> QuerySet[PrintedPost]:
    settled = Mention.objects.settled().in_published().filter(pk=OuterRef("mention"))
    return PrintedPost.objects.filter(Exists(settled))


def named_in(article_ids: Iterable[int]) -> list[Named]:
    """People with a profile named in these articles, each with the posts printed first."""
    mentions = (
        Mention.objects.settled()
        .filter(article__in=list(article_ids), person__has_profile=True)
        .select_related("person")
        .prefetch_related("posts")
        .order_by("article__position", "paragraph", "start", "pk")
    )
    people: dict[Person, tuple[str, ...]] = {}
    for mention in mentions:
        if mention.person and not people.get(mention.person):
            people[mention.person] = tuple(post.text for post in mention.posts.all())
    return [Named(person, posts) for person, posts in people.items()]


def with_latest_posts(people: QuerySet[Person]) -> list[Named]:
    """These people, each with the posts of the newest published article that prints any."""
    newest = (
        Mention.objects.settled()
        .in_published()
        .filter(person=OuterRef("pk"), posts__isnull=False)
        .order_by("-article__page__issue__date", "-pk")
    )
    found = list(people.annotate(newest=Subquery(newest.values("pk")[:1])))
    posts: dict[int, list[str]] = {}
    rows = PrintedPost.objects.filter(mention__in=[person.newest for person in found if person.newest])
    for mention, text in rows.order_by("mention", "position").values_list("mention", "text"):
        posts.setdefault(mention, []).append(text)
    return [Named(person, tuple(posts.get(person.newest, ()))) for person in found]


def often_named(since: datetime.date, limit: int = 8) -> list[Named]:
    """People printed most often since a day, each with the posts printed last."""
    recent = Q(mentions__article__page__issue__date__gte=since, mentions__article__status=Article.Status.PUBLISHED)
    sure = Q(mentions__status=Mention.Status.ACCEPTED) | Q(
        mentions__status=Mention.Status.PROPOSED, mentions__certain=True
    )
    people = Person.objects.with_profile().filter(recent & sure)
    often = people.annotate(printed=Count("mentions__article", distinct=True)).order_by("-printed", "pinyin", "pk")
    return with_latest_posts(often[:limit])


def posts_of(person: Person) -> list[Held]:
    """A person's posts, the earliest seen first; the ones printed last are current."""
    return _held(_settled_posts().filter(mention__person=person))


def holders_of(organisation: Organisation) -> list[Held]:
    """Who was printed in which post of this body, by post, earliest first; only people with a profile."""
    held = _held(_public_posts().filter(appointment__post__organisation=organisation))
    newest: dict[str, datetime.date] = {}
    for row in held:
        newest[row.title] = max(newest.get(row.title, row.last.date), row.last.date)
    for row in held:
        row.current = row.last.date == newest[row.title]
    order = {title: i for i, title in enumerate(dict.fromkeys(row.title for row in held))}
    return sorted(held, key=lambda row: (order[row.title], row.first.date))


def in_post(post: Post) -> list[Held]:
    """Who was printed in a post, earliest first; only people with a profile."""
    held = sorted(_held(_public_posts().filter(appointment__post=post)), key=lambda row: row.first.date)
    newest = max((row.last.date for row in held), default=None)
    for row in held:
        row.current = row.last.date == newest
    return held


def _public_posts() -> QuerySet[PrintedPost]:
    return _settled_posts().filter(mention__person__has_profile=True, mention__person__merged_into__isnull=True)


def _held(posts: QuerySet[PrintedPost]) -> list[Held]:
    rows = (
        posts.select_related("mention__person", "appointment__post__organisation")
        .annotate(
            date=F("mention__article__page__issue__date"),
            headline=F("mention__article__headline"),
            article_id=F("mention__article_id"),
        )
        .order_by("date", "article_id", "position")
    )
    found: dict[tuple[int | None, str, int | None], Held] = {}
    for row in rows:
        person = row.mention.person
        if person is None:
            continue
        post = row.appointment.post if row.appointment else None
        title, body = (post.title, post.organisation) if post else (row.text, None)
        held = found.setdefault(
            (person.pk, title, body.pk if body else None), Held(person, title, body, post.pk if post else None)
        )
        held.printings[row.text] += 1
        if not held.seen or held.seen[-1].article_id != row.article_id:
            held.seen.append(Evidence(row.article_id, row.headline, row.date))
    newest = max((held.last.date for held in found.values()), default=None)
    for held in found.values():
        held.current = held.last.date == newest
    return list(found.values())
