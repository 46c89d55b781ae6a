"""The log of all that was done: decisions on pages and articles, and changes of authority records, in one row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q, Value
from django.utils import timezone

from articles.models import Article, Decision, RecordChange, is_editor

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Sequence

    from django.contrib.auth.models import User
    from django.db.models import QuerySet

_RECORD = "record-"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the log is narrowed to. `kind`: of a decision, or of a change of a record with `record-` before it."""

    actor: int | None = None
    kind: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One thing done. What only drafts tell is left out for readers of the log who are no editors."""

    at: datetime.datetime
    actor: str
    what: str
    where: str
    about: str
    reason: str
    undone_at: datetime.datetime | None
    undone_by: str
    article: Article | None = None


def kinds() -> list[tuple[str, str]]:
    """Every kind there is, with its name."""
    own = [(str(value), str(label)) for value, label in Decision.Kind.choices]
    return own + [(f"{_RECORD}{value}", str(label)) for value, label in RecordChange.Kind.choices]


def rows(asked: Asked) -> QuerySet[Any]:
    """(time, id, table) of what was asked for, newest first."""
    decisions, changes = Decision.objects.order_by(), RecordChange.objects.order_by()
    if asked.kind.startswith(_RECORD):
        decisions, changes = decisions.none(), changes.filter(kind=asked.kind.removeprefix(_RECORD))
    elif asked.kind:
        decisions, changes = decisions.filter(kind=asked.kind), changes.none()
    within = Q()
    if asked.actor is not None:
        within &= Q(actor=asked.actor or None) if asked.actor else Q(actor__isnull=True)
    if asked.since:
        within &= Q(created_at__date__gte=asked.since)
    if asked.until:
        within &= Q(created_at__date__lte=asked.until)
    columns = ("created_at", "pk")
    return (
        decisions.filter(within)
        .values_list(*columns, Value("decision"))
        .union(changes.filter(within).values_list(*columns, Value("change")), all=True)
        .order_by("-created_at", "-pk")
    )


def lines(found: Sequence[Any], reader: User) -> list[Line]:
    """Rows as somebody may read them."""
    decisions = Decision.objects.select_related("actor", "undone_by", "article", "page__issue__paper").in_bulk(
        [pk for _at, pk, table in found if table == "decision"]
    )
    changes = RecordChange.objects.select_related("actor", "undone_by", "person", "organisation").in_bulk(
        [pk for _at, pk, table in found if table == "change"]
    )
    whole = is_editor(reader)
    return [
        _decision(decisions[pk], whole) if table == "decision" else _change(changes[pk], whole)
        for _at, pk, table in found
        if pk in (decisions if table == "decision" else changes)
    ]


def table(found: Iterable[Line]) -> Iterable[list[str]]:
    """The same as rows of a table."""
    for line in found:
        cells = [_time(line.at), line.actor, line.what, line.where, line.about, line.reason]
        cells += [_time(line.undone_at) if line.undone_at else "", line.undone_by]
        yield cells


def _decision(decision: Decision, whole: bool) -> Line:
    article = decision.article
    told = whole or article is None or article.status == Article.Status.PUBLISHED
    public = told or decision.kind == Decision.Kind.WITHDRAWN
    return Line(
        decision.created_at,
        _name(decision.actor),
        str(decision.get_kind_display()),
        str(decision.page) if decision.page else "",
        (str(article) if told else f"#{article.pk}") if article else "",
        decision.reason if public else "",
        decision.undone_at,
        _name(decision.undone_by),
        article if article and told else None,
    )


def _change(change: RecordChange, whole: bool) -> Line:
    about = str(change.record) if whole else f"#{change.record.pk}" if change.record else ""
    return Line(
        change.created_at,
        _name(change.actor),
        str(change.get_kind_display()),
        "",
        about,
        change.reason if whole else "",
        change.undone_at,
        _name(change.undone_by),
    )


def _name(user: User | None) -> str:
    return user.get_username() if user else ""


def _time(at: datetime.datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}"
