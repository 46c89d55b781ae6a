"""What is known of a paper's district: what its short forms mean, and bodies and people of the place."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Mention, Organisation, Paper, ShortForm, TableChange
from articles.newsprint.profile_json import profile_from_json
from articles.services.indexing import note_changed
from articles.services.linking import kind_of, printed_form, profile_of, speak_names, within_district

from .changes import TableRefusedError, log, undoes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import User

_LONGEST_SHORT, _LONGEST_NAME = 50, 150
_MOST_NAMES = 5000
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Resolving:
    """What a short form's meaning would change: numbers of mentions. `samples` are some that would be resolved."""

    unknown: int  # stand for no body yet
    otherwise: int  # the machine took them for another body
    already: int
    decided: int  # an editor decided otherwise: they stay
    samples: tuple[Mention, ...]

    @property
    def resolved(self) -> int:
        """Mentions that would lead to the body and do not now."""
        return self.unknown + self.otherwise


def preview_short_form(paper: Paper, short: str, name: str) -> Resolving:
    """Count what would change. Raises TableRefusedError for what can't be a short form."""
    short, name = _checked(short, name)
    body = _body(name)
    unknown = otherwise = already = decided = 0
    samples: list[Mention] = []
    for mention in _mentions(paper, short):
        if body is not None and mention.organisation_id == body.pk:
            already += 1
        elif mention.status != Mention.Status.PROPOSED:
            decided += 1
        else:
            unknown += mention.organisation_id is None
            otherwise += mention.organisation_id is not None
            if len(samples) < 5:
                samples.append(mention)
    return Resolving(unknown, otherwise, already, decided, tuple(samples))


@transaction.atomic
def set_short_form(paper: Paper, short: str, name: str, actor: User | None, reason: str = "") -> TableChange:
    """In this paper the short form means the body of this full name, made if need be.

    Mentions that the machine left open or gave to another body lead to it from now on; an editor's decisions stay.
    """
    short, name = _checked(short, name)
    body = _body(name)
    if body is None:
        body = Organisation(name=name, kind=kind_of(name))
        speak_names(body)
        body.save()
    before = _fields(paper, short)
    after = {"organisation": body.pk, "name": body.name, "by_editor": True}
    ShortForm.objects.update_or_create(paper=paper, short=short, defaults={"organisation": body, "by_editor": True})
    resolved = _resolve(_mentions(paper, short), body)
    return log(
        TableChange.Table.SHORT_FORM, short, actor, reason, before=before, after=after, paper=paper, resolved=resolved
    )


@transaction.atomic
def drop_short_form(paper: Paper, short: str, actor: User | None, reason: str = "") -> TableChange:
    """The short form has no meaning of its own any more; what it was resolved to stays."""
    before = _fields(paper, short)
    if before is None:
        raise TableRefusedError(_("表里没有“%(name)s”。") % {"name": short[:_LONGEST_SHORT]})
    ShortForm.objects.filter(paper=paper, short=short).delete()
    return log(TableChange.Table.SHORT_FORM, short, actor, reason, before=before, after=None, paper=paper)


@transaction.atomic
def set_known_names(paper: Paper, bodies: str, people: str, actor: User | None, reason: str = "") -> TableChange:
    """Names that a reading knows beforehand, one a line."""
    before = {"bodies": paper.known_bodies, "people": paper.known_people}
    after = {"bodies": _lines(bodies, _LONGEST_NAME), "people": _lines(people, 50)}
    _write_names(paper, after)
    return log(TableChange.Table.KNOWN_NAMES, paper.name, actor, reason, before=before, after=after, paper=paper)


def profile_json(paper: Paper) -> str:
    """The district's profile in the form that `read_page --profile` takes: what a reading of this paper goes by."""
    profile = profile_of(paper)
    data = {
        "short_forms": dict(profile.short_forms),
        "organisations": sorted(profile.organisations),
        "people": sorted(profile.people),
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


@transaction.atomic
def import_profile(paper: Paper, text: str, actor: User | None) -> list[TableChange]:
    """Take a profile in: its short forms are set, its names added to those known; what is there already stays.

    Raises TableRefusedError for what is no profile.
    """
    try:
        profile = profile_from_json(text)
    except ValueError as error:
        raise TableRefusedError(str(error)) from error
    changes = []
    for short, name in profile.short_forms.items():
        try:
            changes.append(set_short_form(paper, short, name, actor, _("由文件导入")))
        except TableRefusedError as refusal:
            if _fields(paper, short) is None:
                raise TableRefusedError(f"{short}：{refusal}") from refusal
    known = profile_of(paper)
    bodies = [*paper.known_bodies.splitlines(), *sorted(profile.organisations - known.organisations)]
    people = [*paper.known_people.splitlines(), *sorted(profile.people - known.people)]
    if "\n".join(bodies) != paper.known_bodies or "\n".join(people) != paper.known_people:
        changes.append(set_known_names(paper, "\n".join(bodies), "\n".join(people), actor, _("由文件导入")))
    return changes


@undoes(TableChange.Table.SHORT_FORM)
def _undo_short_form(change: TableChange) -> None:
    assert change.paper is not None  # noqa: S101  # a short form is a paper's
    forms = ShortForm.objects.filter(paper=change.paper, short=change.key)
    before = change.before or {}
    body = Organisation.objects.filter(pk=before.get("organisation") or 0).first()
    if body is None:
        forms.delete()
    else:
        forms.update_or_create(
            paper=change.paper,
            short=change.key,
            defaults={"organisation": body, "by_editor": before["by_editor"]},
        )
    now = change.after["organisation"] if change.after else None
    mentions = list(
        Mention.objects.filter(
            pk__in=[int(pk) for pk in change.resolved], organisation=now, status=Mention.Status.PROPOSED
        )
    )
    there = set(
        Organisation.objects.filter(pk__in={row[0] for row in change.resolved.values()}).values_list("pk", flat=True)
    )
    for mention in mentions:
        organisation, former, certain = change.resolved[str(mention.pk)]
        mention.organisation_id = organisation if organisation in there else None
        mention.organisation_before_merge_id, mention.certain = former, certain
    _save(mentions)


@undoes(TableChange.Table.KNOWN_NAMES)
def _undo_known_names(change: TableChange) -> None:
    assert change.paper is not None  # noqa: S101  # known names are a paper's
    _write_names(change.paper, change.before or {"bodies": "", "people": ""})


def _resolve(mentions: Iterable[Mention], body: Organisation) -> dict[str, list[Any]]:
    """Let the mentions lead to the body; what they were, by id."""
    before, changed = {}, []
    for mention in mentions:
        if mention.status != Mention.Status.PROPOSED or mention.organisation_id == body.pk:
            continue
        before[str(mention.pk)] = [mention.organisation_id, mention.organisation_before_merge_id, mention.certain]
        mention.organisation, mention.organisation_before_merge, mention.certain = body, None, True
        changed.append(mention)
    _save(changed)
    return before


def _save(mentions: list[Mention]) -> None:
    fields = ["organisation", "organisation_before_merge", "certain"]
    Mention.objects.bulk_update(mentions, fields, batch_size=_BATCH)
    note_changed({mention.article_id for mention in mentions})


def _mentions(paper: Paper, short: str) -> list[Mention]:
    """Where this paper prints the form, also as the district says it: 高新区管委会 is 管委会 in its own paper."""
    ending = Mention.objects.filter(
        kind=Mention.Kind.ORGANISATION, surface__endswith=short[-1], article__page__issue__paper=paper
    ).select_related("article")
    forms = (short, within_district(short, paper.place))
    return [
        mention
        for mention in ending
        if (form := printed_form(mention.surface)) == short or within_district(form, paper.place) in forms
    ]


def _checked(short: str, name: str) -> tuple[str, str]:
    short, name = ("".join(text.replace("\0", "").split()) for text in (short, name))
    if not 2 <= len(short) <= _LONGEST_SHORT:
        raise TableRefusedError(_("简称要有 2 到 %(longest)s 个字。") % {"longest": _LONGEST_SHORT})
    if not len(short) <= len(name) <= _LONGEST_NAME or short == name:
        raise TableRefusedError(_("全称要比简称完整，最多 %(longest)s 个字。") % {"longest": _LONGEST_NAME})
    return short, name


def _body(name: str) -> Organisation | None:
    return Organisation.objects.living().filter(name=name).first()


def _fields(paper: Paper, short: str) -> dict[str, Any] | None:
    row = ShortForm.objects.filter(paper=paper, short=short).select_related("organisation").first()
    if row is None:
        return None
    return {"organisation": row.organisation_id, "name": row.organisation.name, "by_editor": row.by_editor}


def _lines(text: str, longest: int) -> str:
    lines = list(dict.fromkeys("".join(line.replace("\0", "").split()) for line in text.splitlines()))
    names = [line for line in lines if line]
    wrong = next((line for line in names if not 2 <= len(line) <= longest), None)
    if wrong is not None:
        raise TableRefusedError(_("“%(line)s”太短或太长。名称一行一个。") % {"line": wrong[:40]})
    if len(names) > _MOST_NAMES:
        raise TableRefusedError(_("最多写 %(most)s 个名称。") % {"most": _MOST_NAMES})
    return "\n".join(names)


def _write_names(paper: Paper, names: dict[str, str]) -> None:
    paper.known_bodies, paper.known_people = names["bodies"], names["people"]
    paper.save(update_fields=["known_bodies", "known_people"])
