"""Who may ask for what: one line for every address of the project."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.urls import reverse

Audience = Literal["everyone", "members", "staff", "editors", "superusers"]
Arguments = Callable[[Any], list[tuple[list[Any], str | None]]]

ADMITTED = {
    "everyone": {"stranger", "reader", "staff", "editor", "superuser"},
    "members": {"reader", "staff", "editor", "superuser"},
    "staff": {"staff", "editor", "superuser"},
    "editors": {"editor", "superuser"},
    "superusers": {"superuser"},
}


@dataclass(frozen=True)
class Rule:
    """Who is let in, and with what arguments the address is asked for: (arguments, status of the article or None)."""

    audience: Audience
    arguments: Arguments
    answers_questions: bool = False  # takes ?q= and filters
    open_to_all: bool = False  # even where the archive is for members only

    def admits(self, role: str) -> bool:
        """Whether this role is let in."""
        return role in ADMITTED[self.audience]

    def addresses(self, name: str, world: Any) -> Iterator[tuple[str, str | None]]:
        """Every address of this name to ask for."""
        for arguments, status in self.arguments(world):
            yield reverse(name, args=arguments), status


def once(world: Any) -> list[tuple[list[Any], str | None]]:
    """An address without arguments."""
    return [([], None)]


def given(*arguments: Any) -> Arguments:
    """An address asked for with these arguments."""
    return lambda world: [(list(arguments), None)]


def each(pick: Callable[[Any], list[Any]], together: bool = True) -> Arguments:
    """An address about one article or what hangs on it, for each status, alone in its issue and among others.

    What hangs on the page of all three is shown to readers, so its status is that of the published one.
    """

    def arguments(world: Any) -> list[tuple[list[Any], str | None]]:
        alone = [(pick(printed), status) for status, printed in world.alone.items()]
        return alone + ([(pick(printed), None) for printed in world.together.values()] if together else [])

    return arguments


article = each(lambda printed: [printed.article.pk])
page = each(lambda printed: [printed.article.page.issue.date.isoformat(), printed.article.page.number])
issue = each(lambda printed: [printed.article.page.issue.date.isoformat()])
person = each(lambda printed: [printed.person.pk])
organisation = each(lambda printed: [printed.organisation.pk])
post = each(lambda printed: [printed.organisation.posts.first().pk])
issue_id = each(lambda printed: [printed.article.page.issue_id])
page_id = each(lambda printed: [printed.article.page_id])
mention_id = each(lambda printed: [printed.mention.pk])
source_id = each(lambda printed: [printed.source.pk])


def pictured(world: Any) -> list[tuple[list[Any], str | None]]:
    """Pages by their id. None of them was drawn, so their pictures are nowhere; test_takedown asks for some that are."""
    return [(arguments, status if status != "published" else None) for arguments, status in page_id(world)]


def job(world: Any) -> list[tuple[list[Any], str | None]]:
    """The one piece of background work there is."""
    return [([world.job.pk], None)]


def decision(world: Any) -> list[tuple[list[Any], str | None]]:
    """A line of the log."""
    return [([world.decision.pk], None)]


def everyone(arguments: Arguments = once, **more: bool) -> Rule:
    """A page of the archive."""
    return Rule("everyone", arguments, **more)


def editors(arguments: Arguments = once) -> Rule:
    """A page of the desk."""
    return Rule("editors", arguments)


RULES: dict[str, Rule] = {
    # The machine's own
    "articles:healthz": everyone(open_to_all=True),
    "articles:readyz": everyone(open_to_all=True),
    # The archive
    "articles:home": everyone(),
    "articles:search": everyone(answers_questions=True),
    "articles:suggest": everyone(answers_questions=True),
    "articles:calendar": everyone(),
    "articles:calendar-year": everyone(given(2021)),
    "articles:calendar-month": everyone(lambda world: [([2021, 3], None), ([2021, 4], None), ([2021, 13], None)]),
    "articles:issue-detail": everyone(issue),
    "articles:page-detail": everyone(page),
    "articles:page-picture": everyone(pictured),
    "articles:page-thumbnail": everyone(pictured),
    "articles:article-detail": everyone(article),
    "articles:people": everyone(),
    "articles:person-detail": everyone(person),
    "articles:organisations": everyone(),
    "articles:organisation-detail": everyone(organisation),
    "articles:organisation-line-up": everyone(organisation),
    "articles:post-detail": everyone(post),
    "articles:posts": everyone(),
    "articles:day-detail": everyone(given("2021-03-05")),
    "articles:on-this-day-today": everyone(),
    "articles:on-this-day": everyone(given("03-05")),
    "articles:feed-latest": everyone(),
    "articles:feed-person": everyone(person),
    "articles:report": everyone(),
    "articles:preferences": everyone(open_to_all=True),
    # For programs
    "articles:api:search": everyone(answers_questions=True),
    "articles:api:suggest": everyone(answers_questions=True),
    "articles:api:article": everyone(article),
    "articles:api:related": everyone(article),
    "articles:api:people": everyone(answers_questions=True),
    "articles:api:person": everyone(person),
    "articles:api:organisations": everyone(answers_questions=True),
    "articles:api:organisation": everyone(organisation),
    "articles:api:issues": everyone(),
    "articles:api:openapi-json": everyone(),
    "articles:api:nothing": everyone(),
    "articles:api:nowhere": everyone(given("no/such/thing")),
    # The desk
    "articles:desk-home": editors(),
    "articles:desk-upload": editors(),
    "articles:desk-upload-check": editors(given("no-such-token")),
    "articles:desk-upload-thumbnail": editors(given("no-such-token", 0)),
    "articles:desk-issue": editors(issue_id),
    "articles:desk-issue-progress": editors(issue_id),
    "articles:desk-issue-publish": editors(issue_id),
    "articles:desk-issue-preview": editors(issue_id),
    "articles:desk-article-preview": editors(article),
    "articles:desk-version-restore": editors(decision),
    "articles:desk-job": editors(job),
    "articles:desk-page": editors(page_id),
    "articles:desk-page-present": editors(page_id),
    "articles:desk-page-picture": editors(page_id),
    "articles:desk-page-thumbnail": editors(page_id),
    "articles:desk-page-lines": editors(page_id),
    "articles:desk-page-zones": editors(page_id),
    "articles:desk-page-part": editors(page_id),
    "articles:desk-page-undo": editors(page_id),
    "articles:desk-page-redo": editors(page_id),
    "articles:desk-page-reread": editors(page_id),
    "articles:desk-page-reviewed": editors(page_id),
    "articles:desk-page-number": editors(page_id),
    "articles:desk-source": editors(source_id),
    "articles:desk-article-edit": editors(article),
    "articles:desk-article-keep": editors(article),
    "articles:desk-article-merge": editors(article),
    "articles:desk-article-join": editors(article),
    "articles:desk-article-part": editors(article),
    "articles:desk-article-split": editors(article),
    "articles:desk-article-publish": editors(article),
    "articles:desk-article-withdraw": editors(article),
    "articles:desk-article-restore": editors(article),
    "articles:desk-records": editors(given("people")),
    "articles:desk-record": editors(given("people", 1)),
    "articles:desk-record-merge": editors(given("people", 1)),
    "articles:desk-record-move": editors(given("people", 1)),
    "articles:desk-record-rename": editors(given("people", 1)),
    "articles:desk-record-reject": editors(given("people", 1)),
    "articles:desk-record-profile": editors(given("people", 1)),
    "articles:desk-letters": editors(),
    "articles:desk-letter-settle": editors(given(1)),
    "articles:desk-rosters": editors(),
    "articles:desk-roster": editors(given("csv")),
    "articles:desk-questions": editors(),
    "articles:desk-occasions": editors(),
    "articles:desk-districts": editors(),
    "articles:desk-district": editors(given(1)),
    "articles:desk-district-profile": editors(given(1)),
    "articles:desk-table-undo": editors(given(1)),
    "articles:desk-record-undo": editors(given(1)),
    "articles:desk-article-names": editors(article),
    "articles:desk-mention": editors(mention_id),
    "articles:desk-next-doubt": editors(issue_id),
    "articles:desk-history": editors(),
    "articles:desk-likenesses": editors(),
    "articles:desk-likeness": editors(given(1)),
    "articles:desk-log": Rule("staff", once),
    "articles:desk-log-export": Rule("staff", once),
    # Accounts; administrators are let in too
    "articles:desk-accounts": Rule("superusers", once),
    "articles:desk-account": Rule("superusers", given(1)),
    "articles:account-welcome": everyone(given("MQ", "no-such-token"), open_to_all=True),
    "login": everyone(open_to_all=True),
    "logout": everyone(),
    "password_change": Rule("members", once),
    "password_change_done": Rule("members", once),
    "set_language": everyone(open_to_all=True),
    "admin:*": Rule("superusers", once),
}
