"""People in their posts and bodies with their people: who was printed with which post, from when to when."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q

from articles.models import Article, Byline, Mention, Organisation, Person, Post
from articles.search.rows import PLACES, compiled, rows_of

from .stories import Named
from .tenures import Held, held_in, in_public, printed_at, printed_in, printed_with

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable

    from django.db.models import QuerySet

    from articles.search.rows import Compiled


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


def is_public(record: Person | Organisation) -> bool:
    """Whether readers find this record's page."""
    return bool(rows_of(_public(type(record)), [record.pk]))


@cache
def _public(model: type[Person] | type[Organisation]) -> Compiled:
    public = public_people() if model is Person else public_organisations()
    return compiled(public.filter(pk__in=PLACES).order_by().values_list("pk"))


def namesakes_of(person: Person) -> list[Person]:
    """Others of the same name who have a page."""
    others = Person.objects.with_profile().filter(name=person.name).exclude(pk=person.pk)
    return [other for other in others if is_public(other)]


def parent_of(organisation: Organisation) -> Organisation | None:
    """The body above, where readers find its page."""
    parent = organisation.parent
    return parent if parent and is_public(parent) else None


def departments_of(organisation: Organisation) -> list[Organisation]:
    """The bodies below whose pages readers find."""
    below = list(organisation.departments.living())
    public = {pk for (pk,) in rows_of(_public(Organisation), [body.pk for body in below])}
    return [body for body in below if body.pk in public]


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


def with_latest_posts(people: Iterable[Person]) -> list[Named]:
    """These people, each with the posts of the newest published article that prints any."""
    people = list(people)
    newest: dict[int, tuple[Any, int]] = {}
    texts: dict[int, list[tuple[int, str]]] = {}
    for person, day, mention, position, text in rows_of(_posts_by_day(), [person.pk for person in people]):
        texts.setdefault(mention, []).append((position, text))
        newest[person] = max(newest.get(person, (day, mention)), (day, mention))
    printed = {person: tuple(text for _, text in sorted(texts[mention])) for person, (_, mention) in newest.items()}
    return [Named(person, printed.get(person.pk, ())) for person in people]


@cache
def _posts_by_day() -> Compiled:
    rows = in_public().filter(mention__person__in=PLACES).order_by()
    return compiled(
        rows.values_list("mention__person", "mention__article__page__issue__date", "mention", "position", "text")
    )


def often_named(since: datetime.date, limit: int = 8) -> list[Named]:
    """People printed most often since a day, each with the posts printed last."""
    recent = Q(mentions__article__page__issue__date__gte=since, mentions__article__status=Article.Status.PUBLISHED)
    people = Person.objects.with_profile().filter(recent & Mention.settled("mentions__"))
    often = people.annotate(printed=Count("mentions__article", distinct=True)).order_by("-printed", "pinyin", "pk")
    return with_latest_posts(often[:limit])


def posts_of(person: Person) -> list[Held]:
    """A person's posts, the earliest seen first; the ones printed last are current."""
    found = held_in(printed_with(person))
    return _with_current(found, lambda _one: "")


def holders_of(organisation: Organisation) -> list[Held]:
    """Who was printed in which post of this body, by post, earliest first; only people with a profile."""
    found = _with_current(held_in(printed_at(organisation)), lambda one: one.title)
    order = {title: i for i, title in enumerate(dict.fromkeys(one.title for one in found))}
    return sorted(found, key=lambda one: (order[one.title], one.first.date))


def in_post(post: Post) -> list[Held]:
    """Who was printed in a post, earliest first; only people with a profile."""
    return _with_current(held_in(printed_in(post)), lambda _one: "")


def _with_current(found: list[Held], among: Callable[[Held], str]) -> list[Held]:
    """Marks whoever was printed last among those of the same word."""
    newest: dict[str, datetime.date] = {}
    for one in found:
        newest[among(one)] = max(newest.get(among(one), one.last.date), one.last.date)
    for one in found:
        one.current = one.last.date == newest[among(one)]
    return found
