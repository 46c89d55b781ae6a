import os
import signal
import subprocess
import sys
import textwrap

import pytest
from django.conf import settings as django_settings
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from articles.models import Job, Page
from articles.services import presence, working
from articles.services.presence import Presence
from tests.factories import PageFactory

from .printed import SMALL_PAGE, living, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def queue(settings):
    """The real queue instead of running tasks at once."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["reading", "indexing"]}}


def run_queued():
    """What a worker does with each task that is ready."""
    for result in list(DBTaskResult.objects.filter(status=TaskResultStatus.READY)):
        result.claim("tests")
        result.task.call(*result.args_kwargs["args"])
        result.set_successful(None)


def test_a_page_waits_in_the_queue_and_is_read_by_the_worker(queue):
    page = upload().pages[0]
    job = Job.objects.get(page=page)
    assert (job.status, living(page)) == (Job.Status.WAITING, [])
    run_queued()
    job.refresh_from_db()
    assert (job.status, job.done, job.total, job.attempts) == (Job.Status.DONE, 2, 2, 1)
    assert len(living(page)) == 2


def test_a_page_is_queued_once_however_often_it_is_asked_for(queue):
    page = upload().pages[0]
    working.enqueue_reading(page)
    assert Job.objects.count() == DBTaskResult.objects.count() == 1


def test_a_job_whose_worker_died_is_put_back_and_done_by_the_next(queue):
    page = upload().pages[0]
    Job.objects.update(status=Job.Status.RUNNING, worker="gone", attempts=1)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, worker_ids=["gone"])
    assert working.sweep() == 1
    assert DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).count() == 1
    run_queued()
    job = Job.objects.get()
    assert (job.status, job.attempts) == (Job.Status.DONE, 2)
    assert "后台程序中断" in job.log
    assert len(living(page)) == 2


def test_a_job_that_kills_its_worker_each_time_fails_with_a_reason(queue):
    page = upload().pages[0]
    Job.objects.update(status=Job.Status.RUNNING, worker="gone", attempts=Job.MAX_ATTEMPTS)
    working.sweep()
    page.refresh_from_db()
    assert Job.objects.get().status == Job.Status.FAILED
    assert page.status == Page.Status.FAILED
    assert "后台程序中断，试了 3 次都没有读成" in page.error


def test_a_job_of_a_living_worker_is_left_alone(queue):
    upload()
    other = Presence()
    other.enter()
    try:
        Job.objects.update(status=Job.Status.RUNNING, worker=other.name, attempts=1)
        DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, worker_ids=[other.name])
        assert working.sweep() == 0
    finally:
        other.leave()
    assert Job.objects.get().status == Job.Status.RUNNING
    assert working.sweep() == 1


def test_a_waiting_job_that_the_queue_lost_is_queued_again(queue):
    upload()
    DBTaskResult.objects.all().delete()
    assert working.sweep() == 1
    assert working.sweep() == 0
    run_queued()
    assert Job.objects.get().status == Job.Status.DONE


def test_a_task_that_runs_twice_does_its_work_once(queue):
    page = upload().pages[0]
    job = Job.objects.get()
    run_queued()
    working.run_job.call(job.pk)
    job.refresh_from_db()
    assert job.attempts == 1
    assert len(living(page)) == 2


def test_an_unreadable_page_is_not_tried_again():
    page = PageFactory()
    job = working.enqueue_reading(page)
    job.refresh_from_db()
    assert job.status == Job.Status.DONE
    bad = upload(SMALL_PAGE).pages[0]
    bad.sources.get().content.storage.delete(bad.sources.get().content.name)
    job = working.enqueue_reading(bad)
    job.refresh_from_db()
    assert (job.status, job.attempts) == (Job.Status.FAILED, Job.MAX_ATTEMPTS)


def test_a_worker_that_is_killed_lets_go_of_its_presence(monkeypatch):
    script = textwrap.dedent("""
        import sys, django
        django.setup()
        from articles.services.presence import Presence
        presence = Presence("to-be-killed")
        presence.enter()
        print("here", flush=True)
        sys.stdin.read()
    """)
    monkeypatch.setattr(presence, "_in_database", lambda: False)
    environment = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PYTEST_XDIST_WORKER")
    } | {
        "DJANGO_SETTINGS_MODULE": "newsarchive.settings.test",
        "NEWSARCHIVE_TEST_HOME": str(django_settings.HOME),
    }
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        cwd=django_settings.BASE_DIR,
    ) as process:
        assert process.stdout.readline() == b"here\n"
        assert Presence.alive("to-be-killed")
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert not Presence.alive("to-be-killed")


def test_a_scan_shows_how_far_it_is_and_stops_in_the_middle_when_it_is_cancelled(queue, monkeypatch):
    page = upload().pages[0]
    seen = []

    def read_slowly(*arguments):
        progress = arguments[-1]
        progress(0, 0)
        for done in (20, 60):
            progress(done, 100)
            seen.append(Job.objects.values_list("stage", "done", "total").get())
        working.cancel_job(Job.objects.get())
        progress(80, 100)
        raise AssertionError("went on")

    monkeypatch.setattr("articles.services.reading.read_page", read_slowly)
    run_queued()
    assert seen == [("识别文字", 20, 100), ("识别文字", 60, 100)]
    job = Job.objects.get()
    page.refresh_from_db()
    assert (job.status, page.status, living(page)) == (Job.Status.CANCELLED, Page.Status.UPLOADED, [])
