"""What is written down beside decisions on articles: who came, who was refused, what was read again or carried out."""

import pytest
from django.urls import reverse

from articles.models import ADMINISTRATOR, Decision, Job
from articles.services.working import enqueue_reading
from tests.factories import UserFactory
from tests.services.printed import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    user = UserFactory(username="wangshu", role=ADMINISTRATOR)
    user.set_password("lin-zhang-7")
    user.save()
    return user


def written(kind):
    return [(each.actor and each.actor.username, each.reason) for each in Decision.objects.filter(kind=kind)]


def sign_in(client, password, username="wangshu"):
    return client.post("/accounts/login/", {"username": username, "password": password})


def test_signing_in_and_out_is_in_the_log(client, person):
    sign_in(client, "lin-zhang-7")
    client.post("/accounts/logout/")
    assert written("signed-in") == [("wangshu", "")]
    assert written("signed-out") == [("wangshu", "")]


def test_a_refused_sign_in_names_the_account_but_never_what_else_was_typed(client, person):
    sign_in(client, "wrong")
    sign_in(client, "wrong", username="lin-zhang-7")  # the password in the wrong field
    reasons = {reason for _actor, reason in written("shut-out")}
    assert reasons == {"wangshu", "没有这个账号"}


def test_reading_again_and_cancelling_are_in_the_log_and_the_page_s_history(client, person, settings):
    page = page_of()
    client.force_login(person)
    client.post(reverse("articles:desk-page-reread", args=[page.pk]))
    assert written("read-again") == [("wangshu", "")]
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": ["reading"]}}
    job = enqueue_reading(page, person)
    assert job.status == Job.Status.WAITING
    client.post(reverse("articles:desk-job", args=[job.pk]), {"cancel": "1"})
    client.post(reverse("articles:desk-job", args=[job.pk]), {"cancel": "1"})
    assert written("cancelled") == [("wangshu", "")]
    html = client.get(reverse("articles:desk-history"), {"of": page.pk}).content.decode()
    assert "要求重新识读" in html
    assert "取消识读" in html


def test_what_was_carried_out_is_in_the_log(client, person):
    client.force_login(person)
    client.get(reverse("articles:desk-roster", args=["csv"]))
    client.get(reverse("articles:desk-log-export"))
    assert written("exported") == [("wangshu", "导出操作记录"), ("wangshu", "导出名录")]


def test_the_log_is_narrowed_to_sign_ins_and_the_history_leaves_them_out(client, person):
    sign_in(client, "wrong")
    sign_in(client, "lin-zhang-7")
    asked = {"kind": "shut-out"}
    html = client.get(reverse("articles:desk-log"), asked).content.decode()
    assert "没有这个账号" not in html
    table = b"".join(client.get(reverse("articles:desk-log-export"), asked).streaming_content).decode()
    assert [line.split(",")[2] for line in table.splitlines()[1:]] == ["登录未成"]
    history = client.get(reverse("articles:desk-history")).content.decode()
    assert "登录未成" not in history
