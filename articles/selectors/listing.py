"""Lists of people, bodies and posts: by pinyin initial, by what is typed, by body and by post."""

from __future__ import annotations

import string
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Left, Replace, Upper

from articles.models import Article, Mention, Organisation, OrganisationName, Person, PersonName, Post

from .tenures import at, in_public, of_public_people

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

Record = TypeVar("Record", Person, Organisation)

OTHER = "#"  # names that begin with a digit, a letter of another script, or have no pinyin yet


def initial_of(text: str) -> str:
    """A letter A to Z or #; empty for anything else."""
    letter = text.strip().upper()
    return letter if letter == OTHER or (len(letter) == 1 and letter in string.ascii_uppercase) else ""


def letters(records: QuerySet[Record]) -> list[tuple[str, int]]:
    """The initials that occur, each with its count, # last."""
    return _lettered(
        records.order_by().annotate(letter=Upper(Left("initials", 1))).values_list("letter").annotate(Count("pk"))
    )


def _lettered(rows: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for letter, count in rows:
        key = letter if letter and letter in string.ascii_uppercase else OTHER
        counts[key] = counts.get(key, 0) + count
    return sorted(counts.items(), key=lambda row: (row[0] == OTHER, row[0]))


def with_initial(records: QuerySet[Record], initial: str) -> QuerySet[Record]:
    """Records of one initial, or all."""
    if not initial:
        return records
    if initial == OTHER:
        return records.exclude(initials__iregex=r"^[a-z]")
    return records.filter(initials__istartswith=initial)


def counted(records: QuerySet[Record]) -> QuerySet[Record]:
    """Records with `printed`, the number of published articles that name them, and `letter`, in pinyin order."""
    of_record = "person" if records.model is Person else "organisation"
    # Few articles are not public: their ids are known sooner than each article's status is looked up.
    hidden = Article.objects.exclude(status=Article.Status.PUBLISHED).order_by().values("pk")
    printed = (
        Mention.objects.settled()
        .filter(**{of_record: OuterRef("pk")})
        .exclude(article__in=hidden)
        .order_by()
        .values(of_record)
        .annotate(n=Count("article", distinct=True))
    )
    counts = Subquery(printed.values("n"), output_field=IntegerField())
    return records.annotate(printed=Coalesce(counts, 0), letter=Upper(Left("initials", 1))).order_by(
        "pinyin", "name", "pk"
    )


def _typed(text: str) -> str:
    """What was typed, without white space and what else no name has."""
    return "".join(text.replace("\0", "").split())[:50]


def called(records: QuerySet[Record], text: str) -> QuerySet[Record]:
    """Records whose name or other name has the text in it, or whose pinyin or initials begin with it; all without."""
    typed = _typed(text)
    if not typed:
        return records
    other: type[PersonName] | type[OrganisationName] = PersonName if records.model is Person else OrganisationName
    of_record = "person" if records.model is Person else "organisation"
    named = other._default_manager.filter(name__icontains=typed).values(of_record)
    like = Q(name__icontains=typed) | Q(pk__in=named)
    if typed.isascii():
        records = records.annotate(spoken=Replace("pinyin", Value(" "), Value("")))
        like |= Q(spoken__istartswith=typed) | Q(initials__istartswith=typed)
    return records.filter(like)


def in_posts(people: QuerySet[Person], body: Organisation | None, title: str) -> QuerySet[Person]:
    """People whom print shows in a post of this body, or in a post of this title, whenever it was."""
    if body is not None:
        people = people.filter(pk__in=in_public().filter(at(body)).values("mention__person"))
    if title:
        people = people.filter(pk__in=in_public().filter(appointment__post__title=title).values("mention__person"))
    return people


@dataclass(frozen=True, slots=True)
class PostInList:
    """A post with the number of people whom print shows in it, and of articles that say so."""

    post: Post
    people: int
    articles: int


def public_posts() -> QuerySet[Post]:
    """Posts of living bodies that a published article prints beside a person who has a page, by body, then title."""
    printed = of_public_people().filter(appointment__post=OuterRef("pk"))
    posts = Post.objects.filter(Exists(printed), organisation__merged_into__isnull=True, organisation__rejected=False)
    return posts.select_related("organisation").order_by("organisation__pinyin", "organisation", "title")


def posts_called(posts: QuerySet[Post], initial: str, text: str) -> QuerySet[Post]:
    """Posts whose body has this initial, and whose title or body has the text in it."""
    if initial == OTHER:
        posts = posts.exclude(organisation__initials__iregex=r"^[a-z]")
    elif initial:
        posts = posts.filter(organisation__initials__istartswith=initial)
    typed = _typed(text)
    if typed:
        posts = posts.filter(Q(title__icontains=typed) | Q(organisation__in=called(Organisation.objects.all(), typed)))
    return posts


def letters_of_posts(posts: QuerySet[Post]) -> list[tuple[str, int]]:
    """The initials of their bodies, each with the number of posts, # last."""
    rows = posts.order_by().annotate(letter=Upper(Left("organisation__initials", 1)))
    return _lettered(rows.values_list("letter").annotate(Count("pk")))


def posts_counted(posts: Iterable[Post]) -> list[PostInList]:
    """The posts of one page, counted in one query."""
    posts = list(posts)
    rows = of_public_people().filter(appointment__post__in=[post.pk for post in posts]).order_by()
    counts = {
        pk: (people, articles)
        for pk, people, articles in rows.values_list("appointment__post").annotate(
            people=Count("mention__person", distinct=True), articles=Count("mention__article", distinct=True)
        )
    }
    return [PostInList(post, *counts.get(post.pk, (0, 0))) for post in posts]


def living(record: Record) -> Record:
    """The record that a merged one lives on in, however many merges later."""
    seen = {record.pk}
    while record.merged_into and record.merged_into.pk not in seen:
        record = record.merged_into
        seen.add(record.pk)
    return record
