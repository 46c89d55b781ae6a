"""What a reader's letter is about: the page's own name, beside its path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from articles.models import Article, Organisation, Person, Post

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.models import ReaderReport


def subjects(reports: Iterable[ReaderReport]) -> dict[int, tuple[str, str]]:
    """By letter: the kind of page and its name, empty where the address is no page of a record."""
    return {report.pk: subject(report.address) for report in reports}


def subject(address: str) -> tuple[str, str]:
    """稿件 and its headline, 人物 and the name, and so on; whatever its status, for editors."""
    try:
        match = resolve(address.partition("?")[0])
    except Resolver404:
        return "", ""
    given = match.kwargs
    name = match.url_name or ""
    if name == "article-detail":
        return _("稿件"), _named(Article.objects.filter(pk=given["pk"]).first())
    if name == "person-detail":
        return _("人物"), _named(Person.objects.filter(pk=given["pk"]).first())
    if name in ("organisation-detail", "organisation-line-up"):
        return _("机构"), _named(Organisation.objects.filter(pk=given["pk"]).first())
    if name == "post-detail":
        return _("职务"), _named(Post.objects.select_related("organisation").filter(pk=given["pk"]).first())
    if name == "page-detail":
        return _("版面"), _("%(date)s 第%(number)s版") % given
    if name in ("issue-detail", "day-detail"):
        return _("日期"), str(given["date"])
    return "", ""


def _named(record: Article | Person | Organisation | Post | None) -> str:
    return str(record) if record is not None else _("已经没有这条记录")
