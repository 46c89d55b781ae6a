import csv
import io

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from articles.models import ADMINISTRATOR, CHIEF, EDITOR, READER, STAFF, Decision, is_chief, is_editor, is_staff
from articles.services import reviewing
from tests.factories import UserFactory, editor, staff
from tests.services.printed import living, page_of
from tests.services.test_reviewing import texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    user = UserFactory(role=ADMINISTRATOR)
    client.force_login(user)
    return user


def invite(client, **fields):
    data = {"username": "zhang", "name": "张三", "role": EDITOR} | fields
    return client.post(reverse("articles:desk-accounts"), data)


def change(client, user, **data):
    return client.post(reverse("articles:desk-account", args=[user.pk]), data)


def test_each_role_may_what_the_one_before_it_may():
    checks = (is_staff, is_editor, is_chief)
    granted = {
        role: [check(UserFactory(role=role)) for check in checks]
        for role in (READER, STAFF, EDITOR, CHIEF, ADMINISTRATOR)
    }
    assert granted == {
        READER: [False, False, False],
        STAFF: [True, False, False],
        EDITOR: [True, True, False],
        CHIEF: [True, True, True],
        ADMINISTRATOR: [True, True, True],
    }


def test_whoever_is_invited_sets_a_password_once_and_comes_in(client, administrator):
    response = invite(client)
    link = response.context["link"]
    client.logout()
    form = client.get(link, follow=True)
    typed = {"new_password1": "lin-zhang-77", "new_password2": "lin-zhang-77"}
    client.post(form.redirect_chain[-1][0], typed)
    assert client.login(username="zhang", password="lin-zhang-77")
    assert client.get(reverse("articles:desk-home")).status_code == 200
    client.logout()
    assert "已经用过或过期" in client.get(link, follow=True).content.decode()


def test_an_invitation_opens_where_the_archive_is_for_members(client, administrator, settings):
    settings.ACCESS = "members"
    link = invite(client).context["link"]
    client.logout()
    assert client.get(link, follow=True).context["validlink"]


@pytest.mark.parametrize("fields", [{"username": ""}, {"username": "有 空格"}, {"username": "USER"}, {"role": "king"}])
def test_a_wrong_invitation_is_told_and_makes_nothing(client, administrator, fields):
    UserFactory(username="user")
    count = User.objects.count()
    assert invite(client, **fields).status_code == 422
    assert User.objects.count() == count


def test_a_role_is_changed_and_an_account_stopped_and_both_are_in_the_log(client, administrator):
    user = editor()
    change(client, user, role=CHIEF)
    assert is_chief(User.objects.get(pk=user.pk))
    change(client, user, active="0")
    assert not User.objects.get(pk=user.pk).is_active
    reasons = Decision.objects.filter(kind=Decision.Kind.ACCOUNT, actor=administrator).values_list("reason", flat=True)
    assert len(reasons) == 2
    assert all(user.username in reason for reason in reasons)


def test_nobody_changes_the_own_account_or_a_superusers(client, administrator):
    root = User.objects.create_superuser("root")
    for user in (administrator, root):
        for data in ({"role": READER}, {"active": "0"}, {"link": "1"}):
            assert change(client, user, **data).status_code == 409
    assert not Decision.objects.filter(kind=Decision.Kind.ACCOUNT).exists()


@pytest.mark.parametrize("role", [READER, STAFF, EDITOR, CHIEF])
def test_accounts_are_the_administrators_business(client, role):
    client.force_login(UserFactory(role=role))
    assert client.get(reverse("articles:desk-accounts")).status_code == 403


def rows_of(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))[1:]


def test_the_log_is_filtered_and_exported_alike(client):
    page, user = page_of(), editor()
    first, _second = living(page)
    reviewing.edit_article(first, texts(first, headline="=1+1"), user, version=first.version)
    client.force_login(user)
    assert len(rows_of(client.get(reverse("articles:desk-log-export")))) >= 2
    asked = {"actor": user.pk, "kind": "edited", "since": "2020-01-01"}
    rows = rows_of(client.get(reverse("articles:desk-log-export"), asked))
    assert [(row[1], row[4]) for row in rows] == [(user.username, "'=1+1")]
    html = client.get(reverse("articles:desk-log"), {"kind": "withdrawn"}).content.decode()
    assert "没有这样的操作" in html


def test_staff_read_the_log_without_the_words_of_drafts(client):
    page = page_of()
    first, _second = living(page)
    reviewing.edit_article(first, texts(first, headline="未发布的标题"), editor(), version=first.version)
    client.force_login(staff())
    html = client.get(reverse("articles:desk-log")).content.decode()
    assert f"#{first.pk}" in html
    assert "未发布的标题" not in html


@pytest.mark.parametrize("asked", [{"since": "昨天"}, {"actor": "x"}, {"page": "x"}, {"kind": "没有"}])
def test_odd_questions_to_the_log_are_answered(client, asked):
    client.force_login(staff())
    assert client.get(reverse("articles:desk-log"), asked).status_code in (200, 422)


def test_uploads_seen_pages_and_page_numbers_are_in_the_log(client):
    page, user = page_of(), editor()
    client.force_login(user)
    client.post(reverse("articles:desk-page-reviewed", args=[page.pk]))
    client.post(reverse("articles:desk-page-number", args=[page.pk]), {"number": "3", "section": "综合"})
    kinds = set(Decision.objects.filter(actor=user).values_list("kind", flat=True))
    assert kinds == {"signed-in", "seen", "renumbered"}
