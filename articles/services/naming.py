"""What an editor says of a name in an article: it is right, it is no name, it is somebody else, somebody new.

A verdict holds for every place where the article prints that form. Each is a decision that keeps both pictures, before
and after, records made along the way included, so that it can be taken back and done again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Model, ProtectedError, Q
from django.utils.translation import gettext as _

from articles.models import Appointment, Article, Decision, Mention, Organisation, Page, Person, PrintedPost
from articles.services.indexing import note_changed
from articles.services.linking import confirm_mention, kind_of, move_posts, printed_form, speak_names
from articles.services.makeup import GestureRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import User

NAMING = (Decision.Kind.ACCEPTED, Decision.Kind.REJECTED, Decision.Kind.LINKED)
Picture = dict[str, Any]
_RECORD_FIELDS = {"person": ("name", "distinction", "has_profile"), "organisation": ("name", "kind")}


def accept_mention(mention: Mention, user: User) -> Decision | None:
    """The machine is right: a record is found or made where there is none, and posts become evidence."""
    return _decide(mention, Decision.Kind.ACCEPTED, user, lambda own: _confirm(own, None))


def reject_mention(mention: Mention, user: User) -> Decision | None:
    """No such name stands here; later readings obey."""

    def reject(own: list[Mention]) -> None:
        for each in own:
            each.status = Mention.Status.REJECTED
        Mention.objects.bulk_update(own, ["status"])
        PrintedPost.objects.filter(mention__in=own).update(appointment=None)

    return _decide(mention, Decision.Kind.REJECTED, user, reject)


def link_mention(mention: Mention, record: Person | Organisation, user: User) -> Decision | None:
    """The name means this record. Raises GestureRefusedError for a record of the wrong kind."""
    if (mention.kind == Mention.Kind.PERSON) != isinstance(record, Person) or mention.kind == Mention.Kind.TIME:
        raise GestureRefusedError(_("这条记录的种类不对，请另选一条"))

    def link(own: list[Mention]) -> None:
        for each in own:
            setattr(each, each.kind, record)
            # The editor's word, not a merge, leads here: undoing a merge leaves it.
            setattr(each, f"{each.kind}_before_merge", None)
            each.status = Mention.Status.ACCEPTED
        Mention.objects.bulk_update(own, [mention.kind, f"{mention.kind}_before_merge", "status"])
        if mention.kind == Mention.Kind.PERSON:
            move_posts(_with_posts(own))

    return _decide(mention, Decision.Kind.LINKED, user, link)


def link_to_new(mention: Mention, name: str, user: User) -> Decision | None:
    """The name means somebody, or a body, that has no record yet.

    `name`: of a body its full name; of a person what tells them from others of the name, needed where there are any.
    """
    name = " ".join(name.split())
    if mention.kind == Mention.Kind.PERSON:
        form = printed_form(mention.surface)
        namesakes = Person.objects.living().filter(Q(name=form) | Q(other_names__name=form))
        if namesakes.exists() and not name:
            raise GestureRefusedError(_("已有叫%(name)s的人，请写明新的这一位与别人的区别") % {"name": form})
        if namesakes.filter(distinction=name).exists():
            raise GestureRefusedError(_("已有区别为“%(what)s”的%(name)s") % {"what": name, "name": form})
        return _decide(mention, Decision.Kind.LINKED, user, lambda own: _confirm(own, name))
    name = name or printed_form(mention.surface)
    body = Organisation.objects.filter(name=name, merged_into__isnull=True).first()
    if body is not None:
        return link_mention(mention, body, user)
    return _decide(mention, Decision.Kind.LINKED, user, lambda own: _found(own, name))


def show_picture(picture: Picture) -> None:
    """Make mentions, posts and records stand as in a decision's picture."""
    kind = picture["kind"]
    own = mentions_of_form(picture["article"], kind, picture["form"])
    _write_records(kind, {pk: fields for pk, fields in picture["records"].items() if fields is not None})
    for each in own:
        each.status, each.certain = picture["status"], picture["certain"]
        setattr(each, f"{kind}_id", picture["record"])
        setattr(each, f"{kind}_before_merge_id", picture.get("former"))
    Mention.objects.bulk_update(own, ["status", "certain", kind, f"{kind}_before_merge"])
    if kind == Mention.Kind.PERSON:
        _write_posts(own, picture)
    _remove_records(kind, [int(pk) for pk, fields in picture["records"].items() if fields is None])
    _note(picture["article"])


def mentions_of_form(article: int, kind: str, form: str) -> list[Mention]:
    """Every place where an article prints a form of a name."""
    found = Mention.objects.filter(article=article, kind=kind).select_related("article__page__issue__paper")
    return [mention for mention in found if printed_form(mention.surface) == form]


@transaction.atomic
def _decide(
    mention: Mention, kind: Decision.Kind, user: User, change: Callable[[list[Mention]], None]
) -> Decision | None:
    page = Page.objects.select_for_update().get(pk=mention.article.page_id)
    form = printed_form(mention.surface)
    own = mentions_of_form(mention.article_id, mention.kind, form)
    if not own:
        raise GestureRefusedError(_("这个名字已不在稿件里，请刷新后再试"))
    proved = set(Appointment.objects.filter(evidence__mention__in=own).values_list("pk", flat=True))
    before = _picture(own, form)
    change(own)
    Appointment.objects.filter(pk__in=proved, evidence__isnull=True).delete()
    after = _picture(mentions_of_form(mention.article_id, mention.kind, form), form)
    for pk in after["records"].keys() - before["records"].keys():
        there = mention.kind == Mention.Kind.PERSON and after["records"][pk]["name"] != form
        before["records"][pk] = after["records"][pk] if there else None
    if before == after:
        return None
    Page.objects.filter(pk=page.pk).update(version=F("version") + 1)
    _note(mention.article_id)
    return Decision.objects.create(
        kind=kind,
        page=page,
        article_id=mention.article_id,
        actor=user,
        reason=_reason(mention, after)[:500],
        before={"naming": before},
        after={"naming": after},
    )


def _confirm(own: list[Mention], distinction: str | None) -> None:
    head = _with_posts(own)
    if distinction is not None:
        head.person = None
    confirm_mention(head, distinction=distinction)
    for each in own:
        each.status = Mention.Status.ACCEPTED
        each.person, each.organisation = head.person, head.organisation
    Mention.objects.bulk_update(own, ["status", "person", "organisation"])


def _found(own: list[Mention], name: str) -> None:
    """A new body by this name."""
    body = Organisation(name=name[:150], kind=kind_of(name))
    speak_names(body)
    body.save()
    for each in own:
        each.organisation, each.status = body, Mention.Status.ACCEPTED
    Mention.objects.bulk_update(own, ["organisation", "status"])


def _with_posts(own: list[Mention]) -> Mention:
    return next((mention for mention in own if mention.posts.exists()), own[0])


def _picture(own: list[Mention], form: str) -> Picture:
    """How a name stands now, as JSON. `records`: everyone of that name, for what a verdict does to namesakes."""
    head = _with_posts(own)
    record = head.person_id if head.kind == Mention.Kind.PERSON else head.organisation_id
    former = head.person_before_merge_id or head.organisation_before_merge_id
    posts = head.posts.select_related("appointment")
    return {
        "article": head.article_id,
        "kind": str(head.kind),
        "form": form,
        "status": str(head.status),
        "certain": head.certain,
        "record": record,
        "former": former,
        "posts": [post.appointment.post_id if post.appointment else None for post in posts],
        "records": _records(head.kind, form, record),
    }


def _records(kind: str, form: str, record: int | None) -> dict[str, dict[str, Any] | None]:
    wanted = Q(name=form) | Q(pk=record) if record else Q(name=form)
    model = _model(kind)
    return {str(row.pop("pk")): row for row in model.objects.filter(wanted).values("pk", *_RECORD_FIELDS[kind])}


def _model(kind: str) -> type[Person] | type[Organisation]:
    return Person if kind == Mention.Kind.PERSON else Organisation


def _write_records(kind: str, records: dict[str, dict[str, Any]]) -> None:
    there = _model(kind).objects.in_bulk([int(pk) for pk in records])
    for pk, fields in records.items():
        record: Model = there.get(int(pk)) or _model(kind)(pk=int(pk))
        if all(getattr(record, name) == value for name, value in fields.items()) and int(pk) in there:
            continue
        for name, value in fields.items():
            setattr(record, name, value)
        speak_names(record)  # type: ignore[arg-type]
        record.save()


def _write_posts(own: list[Mention], picture: Picture) -> None:
    head = _with_posts(own)
    proved = set(Appointment.objects.filter(evidence__mention__in=own).values_list("pk", flat=True))
    for post, wanted in zip(head.posts.all(), picture["posts"], strict=False):
        appointment = None
        if wanted is not None and picture["record"] is not None:
            appointment, _new = Appointment.objects.get_or_create(person_id=picture["record"], post_id=wanted)
        post.appointment = appointment
        post.save(update_fields=["appointment"])
    Appointment.objects.filter(pk__in=proved, evidence__isnull=True).delete()


def _remove_records(kind: str, ids: list[int]) -> None:
    """A record that a verdict made goes with it, unless something else leads to it by now."""
    for record in _model(kind).objects.filter(pk__in=ids):
        if record.mentions.exists() or (isinstance(record, Person) and record.bylines.exists()):
            continue
        try:
            with transaction.atomic():
                record.delete()
        except ProtectedError:
            continue


def _note(article: int) -> None:
    note_changed(Article.objects.published().filter(pk=article).values_list("pk", flat=True))


def _reason(mention: Mention, after: Picture) -> str:
    """“张红军” → 张红军（管委会主任）."""
    record = _model(mention.kind).objects.filter(pk=after["record"]).first()
    if after["status"] == Mention.Status.REJECTED or record is None:
        return _("“%(form)s”") % {"form": after["form"]}
    return _("“%(form)s”→ %(record)s") % {"form": after["form"], "record": record}
