"""Posts by body, and one post with those who were printed in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _

from articles.models import Post
from articles.selectors import listing, officials
from articles.selectors.timeline import timeline

from .errors import NotInArchiveError
from .paging import list_template, page_of, typed_in

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def posts(request: HttpRequest) -> HttpResponse:
    """Posts by their bodies in pinyin order; `?initial=` keeps bodies of one letter, `?q=` what is called so."""
    everything = listing.public_posts()
    initial, letters = listing.initial_of(request.GET.get("initial", "")), listing.letters_of_posts(everything)
    typed = typed_in(request, "q")
    page = page_of(request, listing.posts_called(everything, initial, typed), 200)
    context = {
        "page": page,
        "posts": listing.posts_counted(page.object_list),
        "letters": letters,
        "initial": initial,
        "q": typed,
        "total": sum(n for _, n in letters),
    }
    return render(request, list_template(request, "posts"), context)


def post(request: HttpRequest, pk: int) -> HttpResponse:
    """Who held a body's post, in the order in which print shows them. A post that no public article prints has none."""
    found = Post.objects.filter(pk=pk, organisation__isnull=False).select_related("organisation").first()
    holders = officials.in_post(found) if found else []
    if not found or not holders:
        raise NotInArchiveError(_("没有这个职务的页面。"))
    context = {"post": found, "holders": holders, "timeline": timeline(holders)}
    return render(request, "archive/post.html", context)
