"""An article as it is read: passages with links on the names, who is named with which posts, what stands beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from articles.models import Article, Byline, Mention, Page, PrintedPost

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.models import Organisation, Person


@dataclass(frozen=True, slots=True)
class NameLink:
    """A name in a passage that leads to its record. Offsets in characters, end excluded."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph and the names in it, in order, none overlapping. `page`: what begins with it stands on that page."""

    text: str
    links: tuple[NameLink, ...] = ()
    page: int = 0


@dataclass(frozen=True, slots=True)
class Named:
    """A person with the posts printed beside the name, in printed order."""

    person: Person
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that an article's page shows."""

    article: Article
    passages: tuple[Passage, ...]
    people: tuple[Named, ...]
    organisations: tuple[Organisation, ...]
    pages: tuple[Page, ...]
    before: Article | None
    after: Article | None
    on_page: tuple[Article, ...]


def story(article: Article) -> Story:
    """Read an article's names and its place in the issue."""
    mentions = list(
        Mention.objects.settled()
        .filter(article=article)
        .exclude(kind=Mention.Kind.TIME)
        .select_related("person", "organisation")
        .prefetch_related(Prefetch("posts", PrintedPost.objects.order_by("position")))
    )
    issue = list(Article.objects.published().of_issue(article.page.issue).select_related("page"))
    at = next((i for i, other in enumerate(issue) if other.pk == article.pk), None)
    return Story(
        article=article,
        passages=_passages(article, mentions),
        people=_named(mentions),
        organisations=tuple(dict.fromkeys(m.organisation for m in mentions if m.organisation)),
        pages=_pages(article),
        before=issue[at - 1] if at else None,
        after=issue[at + 1] if at is not None and at + 1 < len(issue) else None,
        on_page=tuple(other for other in issue if other.page_id == article.page_id),
    )


def with_bylines() -> Prefetch[str]:
    """Bylines with their people, in printed order."""
    return Prefetch("bylines", Byline.objects.select_related("person").order_by("position"))


def _address(mention: Mention) -> str | None:
    """Where a name leads: every body has a page, a person only with a profile."""
    if mention.organisation:
        return mention.organisation.get_absolute_url()
    if mention.person and mention.person.has_profile:
        return mention.person.get_absolute_url()
    return None


def _pages(article: Article) -> tuple[Page, ...]:
    """The pages that it stands on."""
    if not article.continued:
        return (article.page,)
    others = [number for number in article.page_numbers if number != article.page.number]
    return (article.page, *Page.objects.filter(issue=article.page.issue_id, number__in=others).order_by("number"))


def _passages(article: Article, mentions: Iterable[Mention]) -> tuple[Passage, ...]:
    paragraphs = article.paragraphs
    # Where the turn of the page parts a sentence, its paragraph ends first.
    begin = {part["paragraph"] + (part["offset"] > 0): part["page"] for part in article.continued}
    links: dict[int, list[NameLink]] = {}
    for mention in mentions:
        url = _address(mention)
        if url is None:
            continue
        if mention.end:
            places = [(mention.paragraph, mention.start)]
        else:  # a table names people for a whole article: link where the name is first printed
            places = [(n, text.find(mention.surface)) for n, text in enumerate(paragraphs)]
            places = [place for place in places if place[1] >= 0][:1]
        for number, start in places:
            end = start + len(mention.surface)
            if 0 <= number < len(paragraphs) and paragraphs[number][start:end] == mention.surface:
                links.setdefault(number, []).append(NameLink(start, end, url))
    return tuple(Passage(text, _apart(links.get(n, ())), begin.get(n, 0)) for n, text in enumerate(paragraphs))


def _apart(links: Iterable[NameLink]) -> tuple[NameLink, ...]:
    """Of names that overlap (某区管委会 in 某区管委会办公室) the longer one stays."""
    kept: list[NameLink] = []
    for link in sorted(links, key=lambda link: (link.start - link.end, link.start)):
        if all(link.end <= other.start or other.end <= link.start for other in kept):
            kept.append(link)
    return tuple(sorted(kept, key=lambda link: link.start))


def _named(mentions: Iterable[Mention]) -> tuple[Named, ...]:
    people: dict[Person, dict[str, None]] = {}
    for mention in mentions:
        if mention.person:
            posts = people.setdefault(mention.person, {})
            posts.update(dict.fromkeys(post.text for post in mention.posts.all()))
    return tuple(Named(person, tuple(posts)) for person, posts in people.items())
