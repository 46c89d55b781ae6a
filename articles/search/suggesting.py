"""What a few typed characters, pinyin or initials may become."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Replace

from articles.models import Article, Byline, Organisation, OrganisationName, Person

from .analysis import normalise
from .criteria import Suggestion

if TYPE_CHECKING:
    from django.db.models import QuerySet

_LONGEST = 50
_LATIN = re.compile(r"[a-z']+")
_COMPACT = Replace("pinyin", Value(" "), Value(""))


def suggest(text: str, limit: int = 10) -> tuple[Suggestion, ...]:
    """People and organisations named in published articles, then headlines. Odd input suggests nothing."""
    typed = normalise(text[:_LONGEST])
    if not typed or limit < 1:
        return ()
    found = [*_people(typed, limit), *_organisations(typed, limit)][:limit]
    if len(found) < limit:
        found += _headlines(text[:_LONGEST].strip(), limit - len(found))
    return tuple(found)


def _matching(typed: str) -> Q:
    """By name from its beginning; Latin letters by pinyin, blanks left out, or by initials."""
    condition = Q(name__startswith=typed)
    if _LATIN.fullmatch(typed):
        letters = typed.replace("'", "")
        condition |= Q(compact__startswith=letters) | Q(initials__startswith=letters)
    return condition


def _people(typed: str, limit: int) -> list[Suggestion]:
    signed = Exists(Byline.objects.filter(person=OuterRef("pk"), article__status=Article.Status.PUBLISHED))
    people = (
        Person.objects.living()
        .in_print()
        .alias(compact=_COMPACT)
        .filter(_matching(typed))
        .filter(Q(has_profile=True) | Q(signed))
    )
    return [Suggestion("person", str(person), person.name, person.pk) for person in people.order_by("name")[:limit]]


def _organisations(typed: str, limit: int) -> list[Suggestion]:
    named = Exists(OrganisationName.objects.filter(organisation=OuterRef("pk"), name__startswith=typed))
    bodies = Organisation.objects.living().in_print().alias(compact=_COMPACT).filter(_matching(typed) | Q(named))
    return [Suggestion("organisation", body.name, body.name, body.pk) for body in bodies.order_by("name")[:limit]]


def _headlines(text: str, limit: int) -> list[Suggestion]:
    articles: QuerySet[Article] = Article.objects.published().filter(headline__contains=text)
    newest = articles.order_by("-page__issue__date", "-pk").values_list("pk", "headline")[:limit]
    return [Suggestion("article", headline, f'"{headline}"', pk) for pk, headline in newest]
