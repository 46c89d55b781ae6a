"""People by pinyin initial, and one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from articles.models import Person
from articles.selectors import coverage, listing, officials
from articles.selectors.appearances import Appearances
from articles.selectors.bars import by_years
from articles.selectors.companions import company_of
from articles.selectors.doings import doings
from articles.selectors.timeline import timeline

from .errors import NotInArchiveError
from .paging import chosen_body, list_template, page_of, typed_in

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def people(request: HttpRequest) -> HttpResponse:
    """People with a profile, in pinyin order; `?initial=` keeps one letter, `?q=` those called so, `?body=` and `?post=`
    those whom print shows in a body or in a post."""
    everyone = officials.public_people()
    initial, letters = listing.initial_of(request.GET.get("initial", "")), listing.letters(everyone)
    typed, title = typed_in(request, "q"), typed_in(request, "post")
    body = chosen_body(request.GET.get("body", ""))
    found = listing.in_posts(listing.called(listing.with_initial(everyone, initial), typed), body, title)
    page = page_of(request, listing.counted(found), 200)
    context = {
        "page": page,
        "people": officials.with_latest_posts(page.object_list),
        "letters": letters,
        "initial": initial,
        "q": typed,
        "body": body,
        "post_title": title,
        "total": sum(n for _, n in letters),
    }
    return render(request, list_template(request, "people"), context)


def person(request: HttpRequest, pk: int) -> HttpResponse:
    """A person's posts, coverage and articles. Without a profile, or never printed in public, there is no page."""
    found = Person.objects.filter(pk=pk).first()
    if found and found.merged_into_id:
        return redirect("articles:person-detail", listing.living(found).pk, permanent=True)
    if not found or not officials.is_public(found):
        raise NotInArchiveError(_("没有这个人的公开人物页。"))
    articles, posts = Appearances(found), officials.posts_of(found)
    page = page_of(request, articles.ids, 20)
    context = {
        "person": found,
        "span": articles.span,
        "posts": posts,
        "newest": [held for held in posts if held.current],
        "timeline": timeline(posts),
        "histogram": by_years(articles.years),
        "page": page,
        "told": coverage.told_of(found, list(page.object_list)),
        "company": company_of(found, articles.recent),
        "doings": doings(articles.recent),
        "only_recent": articles.only_recent,
        "signed": coverage.signed_by(found),
        "namesakes": officials.namesakes_of(found),
        "other_names": [other.name for other in found.other_names.all()],
    }
    return render(request, "archive/person.html", context)
