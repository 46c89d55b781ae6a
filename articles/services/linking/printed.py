"""An article and what was recognised in it, and the posts and units printed beside its names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from articles.newsprint.recognition import split_post

from .matching import Seen, Sphere
from .names_of_bodies import (
    COMPANY,
    HOSPITAL,
    INSTITUTION,
    SCHOOL,
    common_noun,
    kind_of,
    may_mean,
    without_party_organisation,
)
from .nouns import bodies_meant, noun_of
from .register import seen_as
from .spans import parts_of

if TYPE_CHECKING:
    import datetime

    from articles.models import Article, Organisation, Paper
    from articles.newsprint.values import Byline, OrganisationReading, PersonReading, Recognised

    from .bodies import Bodies

_UNIT_IN_BRACKETS = re.compile(r"\s*[（(]([^（）()]{2,30})[）)]")
_NAMED_ONCE = frozenset({COMPANY, SCHOOL, HOSPITAL})
_FORMER = re.compile(r"^(?:原|时任|前任)")

# What the forms printed in one article stand for there; None: not known.
Named = Mapping[str, "Organisation | None"]


@dataclass(frozen=True, slots=True)
class Printed:
    """An article and what was recognised in it. `bylines` None leaves the article's bylines alone.

    `told_apart`: name → distinction, where the source itself says which of several namesakes is meant.
    """

    article: Article
    recognised: Recognised
    bylines: Sequence[Byline] | None = None
    told_apart: Mapping[str, str] = field(default_factory=dict)

    @property
    def paper(self) -> Paper:
        """The paper it was printed in."""
        return self.article.page.issue.paper

    @property
    def day(self) -> datetime.date:
        """When it was printed."""
        return self.article.page.issue.date


@dataclass(frozen=True, slots=True)
class Beside:
    """A post or unit printed beside a name. A former post helps to tell who it is; it is no evidence of holding it."""

    seen: Seen
    body: Organisation | None
    former: bool = False
    doubtful: bool = False  # it prints a noun for its body that may mean several

    @property
    def is_post(self) -> bool:
        """A post, not a mere place of work."""
        return bool(self.seen.title)


def forms_in(item: Printed) -> Iterator[str]:
    """Every printed form that may stand for a body."""
    for reading in item.recognised.organisations:
        yield reading.name
        yield from reading.surfaces
    for person in item.recognised.people:
        for post in person.posts:
            if form := split_post(post)[0]:
                yield form
                yield without_party_organisation(form)


def beside(item: Printed, person: PersonReading, here: Named, bodies: Bodies) -> list[Beside]:
    """Posts printed beside a name; where there are none, the unit in brackets behind it: 张建国（天衡精密）."""
    found = posts_of(item.article, person, item.recognised.organisations, here, bodies, item.paper)
    texts = {} if found else dict(parts_of(item.article))
    for span in () if found else person.spans:
        unit = _UNIT_IN_BRACKETS.match(texts.get(span.paragraph, ""), span.end)
        body = here.get(unit[1]) if unit else None
        if unit and body:
            # Who works in a firm holds no office; an authority's people may rise in it.
            sphere = Sphere.OCCUPATION if body.kind == COMPANY else Sphere.UNIT
            return [Beside(Seen(unit[1], "", body.name, sphere), body)]
    return found


def posts_of(
    article: Article,
    person: PersonReading,
    readings: Sequence[OrganisationReading],
    here: Named,
    bodies: Bodies,
    paper: Paper,
) -> list[Beside]:
    """The posts printed beside a name; 公司董事长 is of the firm that the article named last before it."""
    meant, doubtful = bodies_meant(article, person, readings, here)
    return [
        replace(one, doubtful=one.body is None and noun_of(one.seen.printed) in doubtful)
        for one in posts_beside(person.posts, paper, {**here, **meant}, bodies)
    ]


def posts_beside(posts: Iterable[str], paper: Paper, here: Named, bodies: Bodies) -> list[Beside]:
    """Posts as printed in one chain: 城投集团党委书记、董事长 names the firm once for both."""
    found: list[Beside] = []
    for post in posts:
        item = _post_beside(post, paper, here, bodies)
        before = found[-1].body if found else None
        if item.body is None and before is not None and before.kind in _NAMED_ONCE and not split_post(post)[0]:
            item = Beside(seen_as(item.seen.title, before, post), before, item.former)
        found.append(item)
    return found


def _post_beside(post: str, paper: Paper, here: Named, bodies: Bodies) -> Beside:
    """A post as printed, with the body it belongs to in this article and this paper."""
    form, title = split_post(post)
    former = bool(_FORMER.match(post) or (form and _FORMER.match(title)))
    body: Organisation | None = None
    if form:
        host = without_party_organisation(form)
        if host != form and (body := _body_of(host, paper, here, bodies)):
            title = form.removeprefix(host) + title
        else:
            body = _body_of(form, paper, here, bodies)
        if body is None and kind_of(form) != INSTITUTION and not common_noun(host):
            body = bodies.find_or_make(form, (), paper, certain=True)
    bare = _FORMER.sub("", title if body else post) or post
    return Beside(seen_as(bare, body, post), body, former)


def _body_of(form: str, paper: Paper, here: Named, bodies: Bodies) -> Organisation | None:
    return here.get(form) or _body_meant(form, here) or bodies.find(form, paper)


def _body_meant(noun: str, here: Named) -> Organisation | None:
    """公司 means the only company that the article names."""
    meant = {id(body): body for body in here.values() if body is not None and may_mean(noun, body.name, body.kind)}
    return next(iter(meant.values())) if len(meant) == 1 else None
