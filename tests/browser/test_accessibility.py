"""axe-core finds nothing on any kind of page, on a phone and on a desk."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command

from articles.models import ADMINISTRATOR, Appointment, Article, Mention, Organisation, Person
from articles.services.publishing import publish_issue
from tests.factories import UserFactory
from tests.services.printed import fixture_page, page_of

from .desk import PASSWORD, sign_in

GONE = "/articles/999999/"


@pytest.fixture
def archive(live_server):
    """A published issue from a real page, a draft issue beside it, and somebody who may see everything."""
    call_command("rebuild_index", interactive=False, verbosity=0)
    user = UserFactory(username="editor", role=ADMINISTRATOR, is_superuser=True)
    user.set_password(PASSWORD)
    user.save()
    page = fixture_page()
    publish_issue(page.issue, user, in_doubt=True)
    return page, page_of(user=user)


def for_readers(page):
    """One address of each kind that readers meet."""
    day = page.issue.date.isoformat()
    article = Article.objects.filter(page=page, status="published").order_by("-pk").first()
    seen = Appointment.objects.filter(person__has_profile=True, post__organisation__isnull=False).first()
    assert seen is not None
    yield from ("/", "/search/?q=企业", "/search/?q=没有这样的词", "/search/", "/accounts/login/")
    yield from ("/issues/", "/issues/2022/", "/issues/2022/10/", f"/issues/{day}/", f"/issues/{day}/pages/1/")
    yield from (f"/articles/{article.pk}/", "/people/", f"/people/{seen.person_id}/", "/organisations/")
    yield from (f"/organisations/{seen.post.organisation_id}/", f"/organisations/{seen.post.organisation_id}/line-up/")
    yield from (f"/posts/{seen.post_id}/", f"/days/{day}/", "/on-this-day/", f"/report/?article={article.pk}", GONE)


def for_editors(page, draft):
    """One address of each kind at the desk."""
    article = Article.objects.filter(page=draft).first()
    person, body = Person.objects.first(), Organisation.objects.first()
    mention = Mention.objects.exclude(kind="time").filter(article__page=page).first()
    yield from ("/desk/", "/desk/upload/", f"/desk/issues/{page.issue_id}/", f"/desk/issues/{draft.issue_id}/")
    yield from (f"/desk/pages/{page.pk}/", f"/desk/pages/{draft.pk}/", f"/desk/articles/{article.pk}/edit/")
    yield from (f"/desk/articles/{article.pk}/preview/", f"/desk/issues/{draft.issue_id}/preview/")
    yield from (
        "/desk/records/people/",
        f"/desk/records/people/{person.pk}/",
        f"/desk/records/organisations/{body.pk}/",
    )
    yield from (f"/desk/mentions/{mention.pk}/", "/desk/likenesses/", "/desk/letters/", "/desk/rosters/")
    yield from ("/desk/history/", "/desk/log/", "/desk/accounts/", "/accounts/password_change/")


def violations(page, address):
    """What axe-core says about an address, a line for each element."""
    page.goto(address)
    found = Axe().run(page).response["violations"]
    return [
        f"{address} {fault['id']}: {node['target']} {node['html'][:120]}" for fault in found for node in fault["nodes"]
    ]


@pytest.mark.parametrize("width", [390, 1280], ids=["phone", "desk"])
def test_no_page_stands_in_the_way_of_assistive_technology(width, visitor, archive):
    window = visitor.open(width=width)
    faults = [fault for address in for_readers(archive[0]) for fault in violations(window, address)]
    visitor.complaints[:] = [each for each in visitor.complaints if GONE not in each]
    sign_in(window)
    faults += [fault for address in for_editors(*archive) for fault in violations(window, address)]
    assert faults == []
