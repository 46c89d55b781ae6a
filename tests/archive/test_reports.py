"""Readers tell of errors; editors see and settle them."""

import pytest
from django.urls import reverse

from articles.models import ReaderReport
from articles.services import reporting
from tests.archive.conftest import shown
from tests.factories import editor

pytestmark = pytest.mark.django_db


def send(client, **form):
    return client.post(reverse("articles:report"), {"about": "/people/1/", "text": "职务写错了", **form})


def test_person_page_leads_to_the_form(client, printed):
    text = shown(client.get(printed.person.get_absolute_url()))
    address = f"{reverse('articles:report')}?about={printed.person.get_absolute_url()}"
    assert f'href="{address}"' in text
    assert f'href="{printed.person.get_absolute_url()}"' in shown(client.get(address))


def test_report_reaches_the_desk_and_is_settled(client):
    assert "收到了" in shown(send(client, contact="138"))
    client.force_login(editor())
    text = shown(client.get(reverse("articles:desk-letters")))
    assert "职务写错了" in text
    assert 'href="/people/1/"' in text
    report = ReaderReport.objects.get()
    for _time in range(2):
        client.post(reverse("articles:desk-letter-settle", args=[report.pk]))
    report.refresh_from_db()
    assert report.settled_by is not None
    assert not ReaderReport.objects.waiting().exists()


@pytest.mark.parametrize("text", ["", "  \0", "长" * 1001])
def test_empty_or_endless_report_is_refused_and_nothing_typed_is_lost(client, text):
    answer = send(client, text=text, contact="手机 138")
    assert answer.status_code == 400
    assert "手机 138" in shown(answer)
    assert not ReaderReport.objects.exists()


def test_address_of_another_site_is_not_linked(client):
    assert "//evil" not in shown(client.get(reverse("articles:report"), {"about": "//evil.example/"}))
    send(client, about="javascript:alert(1)")
    assert ReaderReport.objects.get().address == ""


def test_machine_that_fills_every_field_is_thanked_and_ignored(client):
    assert "收到了" in shown(send(client, website="http://spam.example"))
    assert not ReaderReport.objects.exists()


def test_flood_is_stopped(client, monkeypatch):
    monkeypatch.setattr(reporting, "MOST_A_DAY", 1)
    send(client)
    assert "请明天再来" in shown(send(client))
    assert ReaderReport.objects.count() == 1
