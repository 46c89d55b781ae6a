"""Writes an article's bylines, mentions and printed posts, and the records they lead to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.db import connection, transaction

from articles.models import Appointment, Byline, Mention, Organisation, PrintedPost
from articles.newsprint.recognition import recognise
from articles.newsprint.reconstruction import bylines_within, read_signature
from articles.newsprint.values import ArticleDraft, ArticleLines, OrganisationReading, PersonReading, Recognised
from articles.services.indexing import note_changed

from .bodies import Bodies
from .gazetteer import profile_of
from .printed import Beside, Printed, beside, forms_in, posts_of
from .register import Identity, Register
from .rows import (
    Decided,
    form_key,
    mentions_of_bodies,
    mentions_of_people,
    mentions_of_times,
    printed_posts,
    signatures,
    verdict_on,
)
from .spans import spans_of

if TYPE_CHECKING:
    import datetime

    from articles.models import Article, Paper
    from articles.newsprint.values import Byline as BylineReading


@dataclass(frozen=True, slots=True)
class _History:
    """What editors decided in an article, and what the machine last wrote there."""

    decided: dict[tuple[str, str], Mention] = field(default_factory=dict)
    former: dict[str, Mention] = field(default_factory=dict)


_NO_HISTORY = _History()
_ADVISORY_LOCK = 0x6E657773  # any number, the same in every process


def link_article(article: Article, recognised: Recognised, bylines: Sequence[BylineReading] | None) -> None:
    """Write an article's bylines, mentions and posts in place of what the machine wrote before."""
    link_articles([Printed(article, recognised, bylines)])


@transaction.atomic
def link_articles(printed: Sequence[Printed], *, fresh: bool = False) -> None:
    """The same for many articles, in the order given, with a number of queries that doesn't grow with them.

    What editors accepted or rejected in an article stays so. `fresh`: none of them was ever linked.
    """
    _one_at_a_time()
    if fresh:
        _link(printed, {})
        return
    articles = [item.article.pk for item in printed]
    proved = set(Appointment.objects.filter(evidence__mention__article__in=articles).values_list("pk", flat=True))
    _link(printed, _histories(articles))
    Appointment.objects.filter(pk__in=proved, evidence__isnull=True).delete()


@transaction.atomic
def relink_article(article: Article, issue_date: datetime.date) -> None:
    """Recognise an edited article again: its bylines, people, bodies and times."""
    recognised = recognise(_draft_of(article), issue_date, profile_of(article.page.issue.paper))
    link_articles([Printed(article, recognised, bylines_of(article.signed_text, article.paragraphs))])
    if article.status == article.Status.PUBLISHED:
        note_changed([article.pk])


def bylines_of(byline_text: str, paragraphs: Sequence[str]) -> tuple[BylineReading, ...]:
    """Who signed, by the byline's lines and by brackets in the body: 本报讯（记者 孙庆辉）."""
    found = list(bylines_within(tuple(paragraphs)))
    for line in byline_text.splitlines():
        signature = read_signature(line)
        found += signature.bylines if signature else ()
    return tuple(dict.fromkeys(found))


@transaction.atomic
def set_short_forms(paper: Paper, meanings: Mapping[str, str]) -> None:
    """Say what short forms mean in a paper's district, by the full names of bodies; those are made if need be."""
    _one_at_a_time()
    bodies = Bodies()
    bodies.load((paper, form) for pair in meanings.items() for form in pair)
    for short, name in meanings.items():
        bodies.set_short_form(short, name, paper)
    bodies.save()


@transaction.atomic
def confirm_mention(mention: Mention, distinction: str | None = None) -> None:
    """Give an accepted mention what a doubtful one goes without: a record, and its posts as evidence.

    With a `distinction` the name means the person who is told apart by it, made if need be.
    """
    _one_at_a_time()
    item = Printed(mention.article, Recognised())
    bodies, register = Bodies(), Register()
    if mention.kind == Mention.Kind.ORGANISATION and mention.organisation is None:
        bodies.load([(item.paper, mention.surface)])
        mention.organisation = bodies.find_or_make(mention.surface, (), item.paper, certain=True)
        bodies.save()
        mention.save(update_fields=["organisation"])
    if mention.kind != Mention.Kind.PERSON:
        return
    rows = list(mention.posts.all())
    posts = tuple(row.text for row in rows)
    person = PersonReading(mention.surface, posts, True, spans_of(mention.article, {mention.surface}))
    readings, here = _bodies_told(mention.article)
    bodies.load((item.paper, form) for form in forms_in(replace(item, recognised=Recognised(people=(person,)))))
    found = posts_of(mention.article, person, readings, here, bodies, item.paper)
    bodies.save()
    name = form_key(mention.surface)
    register.load_people({name})
    current = [b.seen for b in found if not b.former]
    if distinction is None:
        who = register.confirm(mention.person, name, current, item.day)
    else:
        who = register.told_apart(name, distinction, current, item.day)
    register.save_people()
    register.load_posts(_posts(found))
    written = list(printed_posts(mention, who, found, register))
    register.save_appointments()
    mention.person = who.person
    mention.save(update_fields=["person"])
    for row, new in zip(rows, written, strict=True):
        row.appointment = new.appointment
        row.save(update_fields=["appointment"])


@transaction.atomic
def move_posts(mention: Mention) -> None:
    """After a mention was given to another person, or to nobody: its posts are evidence for that one only."""
    proved = set(Appointment.objects.filter(evidence__mention=mention).values_list("pk", flat=True))
    mention.posts.update(appointment=None)
    if mention.person is not None:
        confirm_mention(mention)
    Appointment.objects.filter(pk__in=proved, evidence__isnull=True).delete()


def _one_at_a_time() -> None:
    """Two linkers at once would make two records of one person; SQLite lets only one write anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADVISORY_LOCK])


def _link(printed: Sequence[Printed], histories: Mapping[int, _History]) -> None:
    past = [histories.get(item.article.pk, _NO_HISTORY) for item in printed]
    printed = [_with_accepted(item, known.decided) for item, known in zip(printed, past, strict=True)]
    bodies, register = Bodies(), Register()
    bodies.load((item.paper, form) for item in printed for form in forms_in(item))
    named = [_bodies_named(item, bodies, known.decided) for item, known in zip(printed, past, strict=True)]
    near = [
        {id(person): beside(item, person, here, bodies) for person in item.recognised.people}
        for item, here in zip(printed, named, strict=True)
    ]
    bodies.save()
    names = {form_key(person.name) for item in printed for person in item.recognised.people}
    register.load_people(names | {form_key(byline.name) for item in printed for byline in item.bylines or ()})
    if histories:
        _clear(printed)  # only now: until here it was evidence of who is who
    mentions: list[Mention] = []
    bylines: list[Byline] = []
    people: list[tuple[Mention, Identity, list[Beside]]] = []
    for item, here, found, known in zip(printed, named, near, past, strict=True):
        bylines += signatures(item, register)
        for own, who, posts in mentions_of_people(item, found, here, register, known.decided, known.former):
            mentions += own
            people.append((own[0], who, posts))
        mentions += mentions_of_bodies(item, here, known.decided)
        mentions += mentions_of_times(item, known.decided)
    register.save_people()
    register.load_posts(key for _, _, posts in people for key in _posts(posts))
    rows = [row for mention, who, posts in people for row in printed_posts(mention, who, posts, register)]
    register.save_appointments()
    Byline.objects.bulk_create(bylines)
    Mention.objects.bulk_create(mentions)
    PrintedPost.objects.bulk_create(rows)


def _bodies_named(item: Printed, bodies: Bodies, decided: Decided) -> dict[str, Organisation | None]:
    """What each printed form stands for in this article."""
    here: dict[str, Organisation | None] = {}
    for reading in item.recognised.organisations:
        verdict = verdict_on(reading.name, reading.surfaces, decided)
        body = verdict.organisation if verdict else None
        if body is None and (verdict is None or verdict.status == Mention.Status.ACCEPTED):
            certain = reading.certain or verdict is not None
            body = bodies.find_or_make(reading.name, reading.surfaces, item.paper, certain=certain)
        for form in (reading.name, *reading.surfaces):
            here.setdefault(form, body)
    return here


def _bodies_told(article: Article) -> tuple[tuple[OrganisationReading, ...], dict[str, Organisation | None]]:
    """The bodies that an article's mentions name, and what each form means there."""
    here: dict[str, Organisation | None] = {}
    named = article.mentions.filter(kind=Mention.Kind.ORGANISATION, organisation__isnull=False)
    for mention in named.exclude(status=Mention.Status.REJECTED).select_related("organisation"):
        here.setdefault(form_key(mention.surface), mention.organisation)
    return tuple(OrganisationReading(form, (form,), True, spans_of(article, {form})) for form in here), here


def _histories(articles: Sequence[int]) -> dict[int, _History]:
    """What stands in these articles now: an entry for each, empty or not."""
    histories: dict[int, _History] = {pk: _History() for pk in articles}
    mentions = Mention.objects.filter(article__in=articles).select_related("person", "organisation")
    for mention in mentions.prefetch_related("posts").order_by("article", "paragraph", "start", "pk"):
        history, form = histories[mention.article_id], form_key(mention.surface)
        if mention.status != Mention.Status.PROPOSED:
            history.decided[(mention.kind, form)] = mention
        elif mention.kind == Mention.Kind.PERSON and (form not in history.former or mention.posts.all()):
            history.former[form] = mention
    return histories


def _clear(printed: Sequence[Printed]) -> None:
    """Take away what is written anew; rejections stay."""
    articles = [item.article.pk for item in printed]
    Mention.objects.filter(article__in=articles).exclude(status=Mention.Status.REJECTED).delete()
    signed_anew = [item.article.pk for item in printed if item.bylines is not None]
    Byline.objects.filter(article__in=signed_anew).delete()


def _with_accepted(item: Printed, decided: Decided) -> Printed:
    """The readings with those that only an editor saw; words that are gone from the text are no evidence any more."""
    people, bodies = list(item.recognised.people), list(item.recognised.organisations)
    for (kind, form), mention in decided.items():
        spans = spans_of(item.article, {mention.surface})
        if mention.status != Mention.Status.ACCEPTED or not spans:
            continue
        posts = tuple(post.text for post in mention.posts.all())
        if kind == Mention.Kind.PERSON:
            read = next((person for person in people if form_key(person.name) == form), None)
            if read is None:
                people.append(PersonReading(form, posts, True, spans))
            elif not read.posts:
                people[people.index(read)] = replace(read, posts=posts)
        elif kind == Mention.Kind.ORGANISATION and not any(form in (body.name, *body.surfaces) for body in bodies):
            bodies.append(OrganisationReading(mention.surface, (mention.surface,), True, spans))
    recognised = replace(item.recognised, people=tuple(people), organisations=tuple(bodies))
    return replace(item, recognised=recognised)


def _draft_of(article: Article) -> ArticleDraft:
    return ArticleDraft(
        headline=article.headline,
        paragraphs=tuple(article.paragraphs),
        lines=ArticleLines(),
        kicker=article.kicker or None,
        subtitle=article.subtitle or None,
        byline_text=article.signed_text or None,
        bylines=bylines_of(article.signed_text, article.paragraphs),
    )


def _posts(found: Sequence[Beside]) -> list[tuple[str, int | None]]:
    return [(item.seen.title, item.body.pk if item.body else None) for item in found if item.is_post]
