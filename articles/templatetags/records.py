"""What repeats on a page of a person, a body or a post: the articles that name it, companions, posts and their bands.
It is set here and not in a template, as on a page of results."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from django import template
from django.urls import reverse
from django.utils import formats
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, ngettext

from .newspaper import headline, signed
from .results import Margin

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Sequence

    from django.template.context import RequestContext
    from django.utils.safestring import SafeString

    from articles.models import Organisation, Post
    from articles.selectors.companions import Companion
    from articles.selectors.coverage import Told
    from articles.selectors.doings import Doing
    from articles.selectors.listing import PostInList
    from articles.selectors.stories import Named
    from articles.selectors.tenures import Evidence, Held
    from articles.selectors.timeline import Band, Timeline

register = template.Library()


@register.simple_tag(takes_context=True)
def named_hits(context: RequestContext, told: Iterable[Told]) -> SafeString:
    """Articles as items of a list: when and where in the margin, headline, the sentence that names, who signed."""
    margin = Margin(several_papers=len(context["frame_papers"]) > 1)
    return mark_safe("".join(_named_hit(one, margin) for one in told))  # noqa: S308 (escaped piece by piece)


def _named_hit(one: Told, margin: Margin) -> str:
    article, sentence = one.article, one.sentence
    kicker = f'<p class="kick">{escape(article.kicker)}</p>' if article.kicker else ""
    address = escape(reverse("articles:article-detail", args=[article.pk]))
    said = ""
    if sentence:
        before, name, after = escape(sentence.before), escape(sentence.name), escape(sentence.after)
        said = f'<p class="said">{before}<b>{name}</b>{after}</p>'
    return (
        f'<li>{margin.of(article)}<div lang="zh-Hans">{kicker}<h3><a href="{address}">{headline(article.headline)}</a>'
        f'</h3>\n{said}<p class="meta"><span>{escape(signed(one.bylines))}</span></p></div></li>'
    )


@register.simple_tag
def companions(found: Iterable[Companion]) -> SafeString:
    """Whom a record is named with, as items of a list: how often, and the latest article."""
    items = (
        _often(f'<a href="{escape(one.record.get_absolute_url())}">{escape(str(one.record))}</a>', one) for one in found
    )
    return mark_safe("".join(items))  # noqa: S308 (escaped piece by piece)


@register.simple_tag
def doings(found: Iterable[Doing]) -> SafeString:
    """What an official is printed doing, likewise."""
    return mark_safe("".join(_often(f"<span>{escape(one.name)}</span>", one) for one in found))  # noqa: S308 (escaped)


@register.simple_tag
def listed_people(people: Iterable[Named]) -> SafeString:
    """People as items of a list, each with the posts printed last and the number of articles."""
    items = []
    for one in people:
        person, posts = one.person, "、".join(one.posts)
        told = f"<small>{escape(person.distinction)}</small>" if _is_told_apart(one) else ""
        counted = _articles(getattr(person, "printed", 0))
        end = f"{escape(posts)}{'　' if posts else ''}{_NUMBER % counted}"
        items.append(_listed(person.get_absolute_url(), person.name, end, told))
    return mark_safe("".join(items))  # noqa: S308 (escaped piece by piece)


def _is_told_apart(one: Named) -> bool:
    """A distinction that is a post is not said twice."""
    return bool(one.person.distinction) and one.person.distinction not in one.posts


@register.simple_tag
def listed_bodies(bodies: Iterable[Organisation]) -> SafeString:
    """Bodies as items of a list, each with the number of articles."""
    items = (_listed(body.get_absolute_url(), body.name, _articles(getattr(body, "printed", 0))) for body in bodies)
    return mark_safe("".join(items))  # noqa: S308 (escaped piece by piece)


@register.simple_tag
def listed_posts(posts: Iterable[PostInList]) -> SafeString:
    """Posts as items of a list, each with the number of people and of articles."""
    items = []
    for one in posts:
        people = ngettext("%(count)s 人", "%(count)s 人", one.people) % {"count": one.people}
        end = f"{people}　{_NUMBER % _articles(one.articles)}"
        items.append(_listed(_post(one.post.pk), one.post.title, end))
    return mark_safe("".join(items))  # noqa: S308 (escaped piece by piece)


_NUMBER = '<span class="num">%s</span>'


def _listed(address: str, name: str, end: str, told: str = "") -> str:
    return (
        f'<li><a href="{escape(address)}">{escape(name)}</a>{told}<span class="dots" aria-hidden="true"></span>'
        f'<span class="n">{end}</span></li>'
    )


def _articles(count: int) -> str:
    return ngettext("%(count)s 篇", "%(count)s 篇", count) % {"count": count}


def _often(label: str, one: Companion | Doing) -> str:
    day, latest = one.latest.date.isoformat(), one.latest
    return (
        f'<li>{label}<span class="dots" aria-hidden="true"></span><span class="n">{_articles(one.count)}　'
        f'<a href="{escape(latest.url)}" title="{escape(latest.headline)}"><time datetime="{day}">{day}</time></a>'
        "</span></li>"
    )


@register.simple_tag
def evidence(seen: Evidence) -> SafeString:
    """A day that leads to the article which says so."""
    link = (
        f'<a href="{escape(seen.url)}" title="{escape(seen.headline)}">'
        f'<time datetime="{seen.date.isoformat()}">{_day(seen.date)}</time></a>'
    )
    return mark_safe(link)  # noqa: S308 (escaped piece by piece)


@register.simple_tag
def posts_of_person(posts: Iterable[Held]) -> SafeString:
    """A person's posts as rows of a table, each with the ways in which it is printed, its body, first and last."""
    rows = []
    for held in posts:
        label, body = escape(held.label), held.organisation
        if held.post and body:
            label = f'<a href="{_post(held.post)}">{label}</a>'
        others = "".join(f"<br><small>{escape(text)}</small>" for text in held.also)
        of_body = f'<a href="{escape(body.get_absolute_url())}">{escape(body.name)}</a>' if body else ""
        rows.append(f'<tr><td lang="zh-Hans">{label}{others}</td><td lang="zh-Hans">{of_body}</td>{_bounds(held)}</tr>')
    return mark_safe("\n".join(rows))  # noqa: S308 (escaped piece by piece)


@register.simple_tag
def holders_of_posts(holders: Iterable[Held], post: Post | None = None) -> SafeString:
    """People in posts as rows of a table; on the page of a post its title is not told again in each."""
    rows = []
    for held in holders:
        title = escape(held.title)
        if held.post:
            title = f'<a href="{_post(held.post)}">{title}</a>'
        told = "" if post else f'<td lang="zh-Hans">{title}</td>'
        rows.append(f'<tr>{told}<td lang="zh-Hans">{_person(held)}</td>{_bounds(held)}</tr>')
    return mark_safe("\n".join(rows))  # noqa: S308 (escaped piece by piece)


def _post(pk: int) -> str:
    return escape(reverse("articles:post-detail", args=[pk]))


def _person(held: Held) -> str:
    return f'<a href="{escape(held.person.get_absolute_url())}">{escape(str(held.person))}</a>'


def _bounds(held: Held) -> str:
    return f'<td>{evidence(held.first)}</td><td>{evidence(held.last)}</td><td class="n">{held.count}</td>'


@register.simple_tag
def bands(timeline: Timeline, drawn: Sequence[Band], people: str = "") -> SafeString:
    """Bands over the years as items of a list, each of a post; with `people` of a person, or of a person "with posts"."""
    names = {"": _label, "alone": _person, "with posts": _person_in_post}
    grid, until = timeline.grid, gettext("至")
    drawings = (_band(band, names[people](band.held), grid, until) for band in drawn)
    return mark_safe("".join(drawings))  # noqa: S308 (escaped piece by piece)


def _label(held: Held) -> str:
    return escape(held.label)


def _person_in_post(held: Held) -> str:
    return f"{_person(held)}　{escape(held.title)}"


def _band(band: Band, name: str, grid: str, until: str) -> str:
    held = band.held
    days = _day(held.first.date)
    if held.first.date != held.last.date:
        days += f" {until} {_day(held.last.date)}"
    on = " on" if held.current else ""
    gaps = f'<path class="gap-line" d="{band.gap_path}" />' if band.gaps else ""
    stretches = "".join(
        f'<rect class="band{on}" x="{left}" y="9" width="{width}" height="14" />' for left, width in band.stretches
    )
    return (
        f'<li><p class="lbl" lang="zh-Hans">{name}<small class="note">{days}</small></p>'
        '<svg viewBox="0 0 1000 32" preserveAspectRatio="none" aria-hidden="true">'
        f'<path class="yl" d="{grid}" />{gaps}{stretches}<path class="tick{on}" d="{band.path}" /></svg></li>'
    )


def _day(date: datetime.date) -> str:
    return escape(formats.date_format(date, "DATE_FORMAT"))
