"""A post and those who were printed in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _

from articles.models import Post
from articles.selectors import officials
from articles.selectors.timeline import timeline

from .errors import NotInArchiveError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def post(request: HttpRequest, pk: int) -> HttpResponse:
    """Who held a body's post, in the order in which print shows them. A post that no public article prints has none."""
    found = Post.objects.filter(pk=pk, organisation__isnull=False).select_related("organisation").first()
    holders = officials.in_post(found) if found else []
    if not found or not holders:
        raise NotInArchiveError(_("没有这个职务的页面。"))
    context = {"post": found, "holders": holders, "timeline": timeline(holders)}
    return render(request, "archive/post.html", context)
