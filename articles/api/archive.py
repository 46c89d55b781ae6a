"""GET /articles/{id}, /people, /organisations and /issues."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Path, Query, Router

from articles.models import Article, Issue, Mention, Organisation, Person
from articles.selectors import listing, officials
from articles.selectors.appearances import Appearances
from articles.selectors.stories import story, with_bylines
from articles.selectors.tenures import Held

from .problems import ProblemError
from .searching import paper_ids
from .shapes import (
    LARGEST_ID,
    ArticleShape,
    IssuePage,
    IssueQuery,
    OrganisationPage,
    OrganisationShape,
    Paging,
    PersonPage,
    PersonShape,
    RecordQuery,
)

router = Router(tags=["archive"])
_Moved = HttpResponsePermanentRedirect


@router.get("/articles/{int:pk}", response=ArticleShape, summary="One published article")
def article(request: HttpRequest, pk: Path[int]) -> dict[str, Any] | _Moved | HttpResponseRedirect:
    """An article that was merged into another, or continues one, leads there; a withdrawn one answers 410."""
    found = Article.objects.with_place().prefetch_related(with_bylines()).filter(pk=_id(pk)).first()
    if found and found.continues_id:
        return HttpResponseRedirect(reverse("articles:api:article", args=[found.continues_id]))
    if found and found.merged_into_id:
        return _moved("article", found.merged_into_id)
    if found and found.status == Article.Status.WITHDRAWN:
        raise ProblemError(410, _("这篇稿件已经撤下"))
    if not found or found.status != Article.Status.PUBLISHED:
        raise ProblemError(404, _("没有这篇稿件"))
    told = story(found)
    times = Mention.objects.settled().filter(article=found, kind=Mention.Kind.TIME)
    return {
        "id": found.pk,
        "url": found.get_absolute_url(),
        "paper": found.page.issue.paper.name,
        "date": found.date,
        "page": found.page.number,
        "pages": found.page_numbers,
        "section": found.page.section,
        "kicker": found.kicker or None,
        "headline": found.headline,
        "subtitle": found.subtitle or None,
        "paragraphs": found.paragraphs,
        "byline_text": found.signed_text or None,
        "bylines": [{"name": b.name, "role": b.role, "id": b.person_id} for b in found.bylines.all()],
        "people": [{**_person_ref(named.person), "posts": named.posts} for named in told.people],
        "organisations": [_ref(body) for body in told.organisations],
        "dates": list({time.surface: _date(time) for time in times}.values()),
        "content_hash": found.content_hash,
    }


@router.get("/people", response=PersonPage, summary="People with a public page, in pinyin order")
def people(request: HttpRequest, query: Query[RecordQuery]) -> dict[str, Any]:
    """Each with the posts printed last and the number of articles."""
    everyone = _beginning(listing.with_initial(officials.public_people(), listing.initial_of(query.initial)), query.q)
    shape, rows = _page(listing.counted(everyone), query)
    named = officials.with_latest_posts(rows)
    shape["results"] = [
        {
            "id": item.person.pk,
            "name": item.person.name,
            "distinction": item.person.distinction,
            "url": item.person.get_absolute_url(),
            "posts": item.posts,
            "count": getattr(item.person, "printed", 0),
        }
        for item in named
    ]
    return shape


@router.get("/people/{int:pk}", response=PersonShape, summary="One person, with posts and coverage")
def person(request: HttpRequest, pk: Path[int]) -> dict[str, Any] | _Moved:
    """People without a public page are not here; a merged record answers 301."""
    found = Person.objects.filter(pk=_id(pk)).first()
    if found and found.merged_into_id:
        return _moved("person", listing.living(found).pk)
    if not found or not officials.public_people().filter(pk=found.pk).exists():
        raise ProblemError(404, _("没有这个人的公开人物页"))
    return {
        "id": found.pk,
        "name": found.name,
        "distinction": found.distinction,
        "other_names": [other.name for other in found.other_names.all()],
        "url": found.get_absolute_url(),
        "posts": [_held(held) for held in officials.posts_of(found)],
        **_coverage(found),
    }


@router.get("/organisations", response=OrganisationPage, summary="Organisations in pinyin order")
def organisations(request: HttpRequest, query: Query[RecordQuery]) -> dict[str, Any]:
    """Those that published articles name."""
    every = _beginning(
        listing.with_initial(officials.public_organisations(), listing.initial_of(query.initial)), query.q
    )
    shape, rows = _page(listing.counted(every), query)
    shape["results"] = [{**_ref(body), "kind": body.kind, "count": getattr(body, "printed", 0)} for body in rows]
    return shape


@router.get("/organisations/{int:pk}", response=OrganisationShape, summary="One organisation, with its people")
def organisation(request: HttpRequest, pk: Path[int]) -> dict[str, Any] | _Moved:
    """A merged record answers 301."""
    found = Organisation.objects.filter(pk=_id(pk)).first()
    if found and found.merged_into_id:
        return _moved("organisation", listing.living(found).pk)
    if not found or not officials.public_organisations().filter(pk=found.pk).exists():
        raise ProblemError(404, _("没有这个机构"))
    return {
        "id": found.pk,
        "name": found.name,
        "kind": found.kind,
        "other_names": [other.name for other in found.other_names.all()],
        "url": found.get_absolute_url(),
        "people": [{**_held(held), "person": _person_ref(held.person)} for held in officials.holders_of(found)],
        **_coverage(found),
    }


@router.get("/issues", response=IssuePage, summary="Issues in which something is published, newest first")
def issues(request: HttpRequest, query: Query[IssueQuery]) -> dict[str, Any]:
    """`paper` takes ids or names."""
    found = Issue.objects.visible().select_related("paper")
    if query.paper:
        found = found.filter(paper__in=paper_ids(query.paper))
    if query.date_from:
        found = found.filter(date__gte=query.date_from)
    if query.date_to:
        found = found.filter(date__lte=query.date_to)
    published = Q(pages__articles__status=Article.Status.PUBLISHED)
    counted = found.annotate(
        page_count=Count("pages", filter=published, distinct=True),
        article_count=Count("pages__articles", filter=published, distinct=True),
    )
    shape, rows = _page(counted.order_by("-date", "paper", "edition"), query)
    shape["results"] = [
        {
            "id": issue.pk,
            "url": issue.get_absolute_url(),
            "paper": issue.paper.name,
            "date": issue.date,
            "edition": issue.edition,
            "number": issue.number,
            "pages": issue.page_count,
            "articles": issue.article_count,
        }
        for issue in rows
    ]
    return shape


def _page(rows: QuerySet[Any], query: Paging) -> tuple[dict[str, Any], Any]:
    """The envelope of a list and its rows; a page past the end has none."""
    pages = Paginator(rows, query.page_size)
    start = (query.page - 1) * query.page_size
    shape = {"total": pages.count, "page": query.page, "pages": pages.num_pages}
    return shape, rows[start : start + query.page_size]


def _beginning(records: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Records whose name, pinyin or initials begin like this."""
    if not text:
        return records
    spoken = text.lower()
    begins = Q(name__startswith=text) | Q(other_names__name__startswith=text) | Q(initials__startswith=spoken)
    return records.filter(begins | Q(pinyin__startswith=spoken)).distinct()


def _coverage(record: Person | Organisation) -> dict[str, Any]:
    articles = Appearances(record)
    span = articles.span
    filter_name = "person" if isinstance(record, Person) else "organisation"
    return {
        "count": span.count,
        "first": span.first,
        "last": span.last,
        "years": [{"year": year, "count": count} for year, count in articles.years],
        "articles_url": f"{reverse('articles:api:search')}?{filter_name}={record.pk}",
    }


def _held(held: Held) -> dict[str, Any]:
    return {
        "post": held.label,
        "title": held.title,
        "organisation": _ref(held.organisation) if held.organisation else None,
        "first": held.first.date,
        "last": held.last.date,
        "count": held.count,
        "first_article": held.first.article_url,
        "last_article": held.last.article_url,
    }


def _ref(record: Organisation) -> dict[str, Any]:
    return {"id": record.pk, "name": record.name, "url": record.get_absolute_url()}


def _person_ref(person: Person) -> dict[str, Any]:
    """Who has no public page is a name in print and no record to follow."""
    if not person.has_profile:
        return {"id": None, "name": person.name, "url": None}
    return {"id": person.pk, "name": person.name, "url": person.get_absolute_url()}


def _date(time: Mention) -> dict[str, datetime.date | str | None]:
    return {"surface": time.surface, "start": time.start_date, "end": time.end_date, "precision": time.precision}


def _id(pk: int) -> int:
    if pk > LARGEST_ID:
        raise Http404
    return pk


def _moved(name: str, pk: int) -> _Moved:
    return HttpResponsePermanentRedirect(reverse(f"articles:api:{name}", args=[pk]))
