"""Lists of officials and organisations, out of the archive and into it: CSV, and Popolo JSON.

Popolo is the open format for people, organisations, posts and memberships (https://www.popoloproject.com/). What print
does not say is left out: a membership carries the first and last day in print, never a guessed end of office.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max, Min, Q
from django.utils.translation import gettext as _

from articles.models import Appointment, Mention, Organisation, OrganisationName, Person, PersonName, Post
from articles.selectors.spreadsheets import csv_lines
from articles.services.linking import speak_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

COLUMNS = ("kind", "name", "distinction", "other_names", "organisation", "post", "first_in_print", "last_in_print")
_PERSON, _ORGANISATION = "person", "organisation"
_KINDS = {_PERSON: _PERSON, "人物": _PERSON, _ORGANISATION: _ORGANISATION, "机构": _ORGANISATION}
_BETWEEN = "；"
_MOST_PROBLEMS = 20


class RosterRefusedError(ValueError):
    """A list that can't be read at all; the message says what to do."""


@dataclass(slots=True)
class RosterReport:
    """What became of a list: records made, records that were there already, and what was left out and why."""

    made: int = 0
    known: int = 0
    problems: list[str] = field(default_factory=list)

    def leave_out(self, problem: str) -> None:
        """Tell of a row that was left out; of very many only the first."""
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(problem)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One person or body of a list, with at most one post."""

    kind: str
    name: str
    distinction: str = ""
    other_names: tuple[str, ...] = ()
    organisation: str = ""
    post: str = ""


def roster_csv() -> Iterator[str]:
    """Lines of a table: each body, and each person once for every post."""
    return csv_lines(_roster())


def _roster() -> Iterator[tuple[object, ...]]:
    yield COLUMNS
    for body in _bodies():
        names = _BETWEEN.join(other.name for other in body.other_names.all())
        yield _ORGANISATION, body.name, "", names, body.parent.name if body.parent else "", "", "", ""
    held = _held_posts()
    for person in _people():
        names = _BETWEEN.join(other.name for other in person.other_names.all())
        for post, first, last in held.get(person.pk, [(None, None, None)]):
            body_name = post.organisation.name if post and post.organisation else ""
            title = post.title if post else ""
            yield _PERSON, person.name, person.distinction, names, body_name, title, first or "", last or ""


def roster_popolo() -> dict[str, Any]:
    """People, organisations, posts and memberships, ready for JSON."""
    held = _held_posts()
    posts = {post.pk: post for rows in held.values() for post, _first, _last in rows}
    people = list(_people())
    return {
        "persons": [
            {
                "id": f"person/{person.pk}",
                "name": person.name,
                "sort_name": person.pinyin,
                "other_names": [{"name": other.name} for other in person.other_names.all()],
                **({"summary": person.distinction} if person.distinction else {}),
            }
            for person in people
        ],
        "organizations": [
            {
                "id": f"organization/{body.pk}",
                "name": body.name,
                "classification": body.kind or None,
                "parent_id": f"organization/{body.parent_id}" if body.parent_id else None,
                "other_names": [{"name": other.name} for other in body.other_names.all()],
            }
            for body in _bodies()
        ],
        "posts": [
            {
                "id": f"post/{post.pk}",
                "label": post.title,
                "organization_id": f"organization/{post.organisation_id}" if post.organisation_id else None,
            }
            for post in sorted(posts.values(), key=lambda post: post.pk)
        ],
        "memberships": [
            {
                "person_id": f"person/{person.pk}",
                "post_id": f"post/{post.pk}",
                "organization_id": f"organization/{post.organisation_id}" if post.organisation_id else None,
                "role": post.title,
                "first_in_print": first.isoformat() if first else None,
                "last_in_print": last.isoformat() if last else None,
            }
            for person in people
            for post, first, last in held.get(person.pk, ())
        ],
    }


@transaction.atomic
def import_roster(content: bytes, name: str) -> RosterReport:
    """Make the records of a list that the archive lacks; those it has keep what editors gave them.

    People of a list get a public page. The same list twice changes nothing. Raises RosterRefusedError.
    """
    report = RosterReport()
    text = _decoded(content)
    entries = _from_popolo(text) if name.lower().endswith(".json") else _from_csv(text, report)
    for entry in entries:
        if entry.kind == _ORGANISATION:
            body, made = _body(entry.name)
            _name_body(body, entry.other_names)
        else:
            made = _person(entry)
        report.made += made
        report.known += not made
    return report


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RosterRefusedError(_("看不懂这个文件的编码，请另存为 UTF-8 的 CSV 再传。"))


def _from_csv(text: str, report: RosterReport) -> Iterator[_Entry]:
    rows = csv.DictReader(io.StringIO(text.replace("\0", "")))
    if not rows.fieldnames or not {"kind", "name"} <= set(rows.fieldnames):
        raise RosterRefusedError(_("表头要有 kind（person 或 organisation）和 name 两列。可以先导出一份照着填。"))
    try:
        for number, row in enumerate(rows, 2):
            cells = {column: "".join((row.get(column) or "").split()) for column in COLUMNS}
            kind = _KINDS.get(cells["kind"].lower(), "")
            problem = _problem(kind, cells)
            if problem:
                report.leave_out(_("第%(number)s行：%(problem)s") % {"number": number, "problem": problem})
                continue
            names = tuple(filter(None, cells["other_names"].replace(";", _BETWEEN).split(_BETWEEN)))
            yield _Entry(kind, cells["name"], cells["distinction"], names, cells["organisation"], cells["post"])
    except csv.Error as error:
        raise RosterRefusedError(_("这个文件不是完整的 CSV 表格，请重新另存。")) from error


def _problem(kind: str, cells: dict[str, str]) -> str:
    if not kind:
        return _("kind 要写 person 或 organisation")
    longest = 50 if kind == _PERSON else 150
    if not 0 < len(cells["name"]) <= longest:
        return _("名称要有 1 到 %(longest)s 个字") % {"longest": longest}
    if len(cells["post"]) > 100 or len(cells["distinction"]) > 100 or len(cells["organisation"]) > 150:
        return _("职务、区别或机构太长")
    return ""


def _from_popolo(text: str) -> Iterator[_Entry]:
    try:
        data = json.loads(text)
        bodies = {str(body["id"]): str(body["name"]) for body in data.get("organizations", ())}
        posts = {str(post["id"]): post for post in data.get("posts", ())}
        held: dict[str, list[tuple[str, str]]] = {}
        for membership in data.get("memberships", ()):
            post = posts.get(str(membership.get("post_id")), {})
            body = bodies.get(str(membership.get("organization_id") or post.get("organization_id")), "")
            title = str(membership.get("role") or post.get("label") or "")
            held.setdefault(str(membership["person_id"]), []).append((body, title))
        entries = [_Entry(_ORGANISATION, str(b["name"]), "", _others(b)) for b in data.get("organizations", ())]
        for person in data.get("persons", ()):
            for body, title in held.get(str(person["id"]), [("", "")]):
                summary = str(person.get("summary") or "")
                entries.append(_Entry(_PERSON, str(person["name"]), summary, _others(person), body, title))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise RosterRefusedError(
            _("这个文件不是 Popolo JSON（persons、organizations、posts、memberships）。")
        ) from error
    for entry in entries:
        cells = {"name": entry.name, "post": entry.post, "distinction": entry.distinction}
        if not _problem(entry.kind, cells | {"organisation": entry.organisation}):
            yield entry


def _others(record: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(other["name"]) for other in record.get("other_names") or ())


def _body(name: str) -> tuple[Organisation, bool]:
    named = Organisation.objects.filter(Q(name=name) | Q(other_names__name=name), merged_into__isnull=True)
    known = named.order_by("pk").first()
    if known:
        return known, False
    body = Organisation(name=name)
    speak_names(body)
    body.save()
    return body, True


def _name_body(body: Organisation, names: Iterable[str]) -> None:
    for name in names:
        if name != body.name and len(name) <= 150:
            OrganisationName.objects.get_or_create(organisation=body, name=name)


def _person(entry: _Entry) -> bool:
    """Whether the person is new. Of namesakes the one of this distinction is meant."""
    people = Person.objects.filter(name=entry.name, merged_into__isnull=True, rejected=False)
    person = people.filter(distinction=entry.distinction).order_by("pk").first()
    made = person is None
    if person is None:
        person = Person(name=entry.name, distinction=entry.distinction, has_profile=True, profile_set_by_editor=True)
        speak_names(person)
        person.save()
    for name in entry.other_names:
        if name != person.name and len(name) <= 50:
            PersonName.objects.get_or_create(person=person, name=name)
    if entry.post:
        body = _body(entry.organisation)[0] if entry.organisation else None
        post, _made = Post.objects.get_or_create(title=entry.post, organisation=body)
        Appointment.objects.get_or_create(person=person, post=post)
    return made


def _people() -> Iterable[Person]:
    return Person.objects.with_profile().prefetch_related("other_names").order_by("pinyin", "name", "pk")


def _bodies() -> Iterable[Organisation]:
    bodies = Organisation.objects.living().select_related("parent").prefetch_related("other_names")
    return bodies.order_by("pinyin", "name", "pk")


def _held_posts() -> dict[int, list[tuple[Post, Any, Any]]]:
    """For each person the posts with first and last day in print, earliest first; those never printed last."""
    day = "evidence__mention__article__page__issue__date"
    settled = Q(evidence__mention__in=Mention.objects.settled().in_published())
    rows = (
        Appointment.objects.filter(person__merged_into__isnull=True)
        .select_related("post__organisation")
        .annotate(first=Min(day, filter=settled), last=Max(day, filter=settled))
        .order_by("first", "pk")
    )
    held: dict[int, list[tuple[Post, Any, Any]]] = {}
    for row in rows:
        held.setdefault(row.person_id, []).append((row.post, row.first, row.last))
    return held
