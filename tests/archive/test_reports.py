"""Readers tell of errors; editors see and settle them."""

import re
from urllib.parse import quote

import pytest
from django.urls import reverse

from articles.models import ReaderReport
from articles.services import reporting
from tests.archive.conftest import shown
from tests.factories import editor

pytestmark = pytest.mark.django_db


def send(client, **form):
    return client.post(reverse("articles:report"), {"about": "/people/1/", "text": "职务写错了", **form})


@pytest.mark.parametrize("about", ["person", "forestry", "lead", "front", "head"])
def test_every_page_of_a_record_leads_to_the_form(client, printed, about):
    record = getattr(printed, about)
    page = reverse("articles:post-detail", args=[record.pk]) if about == "head" else record.get_absolute_url()
    address = f"{reverse('articles:report')}?about={quote(page)}"
    assert f'href="{address}"' in shown(client.get(page))
    assert f'href="{page}"' in shown(client.get(address))


@pytest.mark.parametrize(
    ("about", "named"),
    [
        ("lead", "稿件 河湾区召开林长制会议"),
        ("person", "人物 程望舒"),
        ("forestry", "机构 河湾区林业局"),
        ("front", "第1版"),
    ],
)
def test_letter_says_which_page_it_is_about(client, printed, about, named):
    send(client, about=getattr(printed, about).get_absolute_url())
    client.force_login(editor())
    text = re.sub(r"<[^>]+>|\s+", " ", shown(client.get(reverse("articles:desk-letters"))))
    assert named in re.sub(r" +", " ", text)


def test_letter_about_a_page_that_is_gone_is_shown(client):
    send(client, about="/people/999/")
    client.force_login(editor())
    assert "已经没有这条记录" in shown(client.get(reverse("articles:desk-letters")))


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
