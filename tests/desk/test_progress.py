"""How long an editor still has to wait, and stopping and going on."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Job, SourceFile
from articles.selectors.progress import seconds_left
from tests.desk.test_desk import desk  # noqa: F401 - a fixture
from tests.factories import PageFactory

pytestmark = pytest.mark.django_db


def job(status, number, took=None, since=0, kind="pdf"):
    page = PageFactory(number=number)
    SourceFile.objects.create(page=page, name="p", sha256=f"{number:064d}", size=1, kind=kind)
    now = timezone.now()
    times = {}
    if took:
        times = {"started_at": now - datetime.timedelta(seconds=took), "finished_at": now}
    if status == "running":
        times = {"started_at": now - datetime.timedelta(seconds=since), "worker": "one"}
    return Job.objects.create(queue="reading", status=status, page=page, **times)


def test_time_left_follows_from_how_long_pages_of_that_kind_took():
    for number in (1, 2, 3):
        job("done", number, took=20)
    job("done", 4, took=200, kind="scan")
    running, waiting, scan = job("running", 5, since=5), job("waiting", 6), job("waiting", 7, kind="scan")
    left = seconds_left([running, waiting, scan])
    assert left[running.pk] == pytest.approx(15, abs=2)
    assert left[waiting.pk] == pytest.approx(35, abs=2)
    assert left[scan.pk] == pytest.approx(235, abs=2)


def test_a_page_that_takes_longer_than_usual_is_never_overdue():
    job("done", 1, took=3)
    running = job("running", 2, since=500)
    assert seconds_left([running])[running.pk] == 1


def test_what_does_not_wait_has_no_time_left():
    assert seconds_left([job("done", 1, took=3), job("cancelled", 2)]) == {}


def test_the_issue_tells_the_time_left_and_lets_a_cancelled_page_go_on(desk):  # noqa: F811
    waiting = job("waiting", 1)
    issue = reverse("articles:desk-issue", args=[waiting.page.issue_id])
    assert "约还要 5 秒" in desk.get(issue).content.decode()
    address = reverse("articles:desk-job", args=[waiting.pk])
    desk.post(address, {"cancel": "1"})
    html = desk.get(issue).content.decode()
    assert "接着识读" in html
    assert "约还要" not in html
    desk.post(address, {"again": "1"})
    assert Job.objects.filter(page=waiting.page).count() == 2


def test_the_issue_shows_a_bar_that_says_how_far_a_scan_is(desk):  # noqa: F811
    running = job("running", 1, since=5, kind="scan")
    Job.objects.filter(pk=running.pk).update(stage="识别文字", done=34, total=100)
    html = desk.get(reverse("articles:desk-issue", args=[running.page.issue_id])).content.decode()
    assert '识别文字 34/100 <progress value="34" max="100">' in html
