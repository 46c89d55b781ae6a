"""Work in the background: Job rows that people can read, the queue's task, and the sweep that loses nothing."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from articles.models import Decision, Job, Page
from articles.newsprint.values import ReadingError
from articles.services.logbook import write_down
from articles.services.presence import Presence
from articles.services.reading import JobCancelledError, read_page_sources

if TYPE_CHECKING:
    from django.contrib.auth.models import User

logger = logging.getLogger(__name__)
QUEUES = tuple(Job.Queue.values)
_UNFINISHED = (Job.Status.WAITING, Job.Status.RUNNING)


@transaction.atomic
def enqueue_reading(page: Page, user: User | None = None) -> Job:
    """Queue a page for reading; a page that already waits keeps its place."""
    waiting = Job.objects.filter(page=page, queue=Job.Queue.READING, status=Job.Status.WAITING).first()
    if waiting:
        return waiting
    job = Job.objects.create(queue=Job.Queue.READING, page=page, created_by=user, stage=_("排队"))
    run_job.enqueue(job.pk)
    return job


@transaction.atomic
def read_again(page: Page, user: User) -> Job:
    """An editor wants a page read once more."""
    write_down(Decision.Kind.READ_AGAIN, user, "", page=page)
    return enqueue_reading(page, user)


@task(queue_name=Job.Queue.READING)
def run_job(job_id: int) -> None:
    """The queue's one task: whatever the Job row says. Running it again after any interruption is safe."""
    with Presence.of_this_process() as presence:
        claimed = Job.objects.filter(pk=job_id, status=Job.Status.WAITING).update(
            status=Job.Status.RUNNING,
            worker=presence.name,
            attempts=F("attempts") + 1,
            started_at=timezone.now(),
            finished_at=None,
        )
        if claimed:
            _work(Job.objects.select_related("page__issue").get(pk=job_id))


def _work(job: Job) -> None:
    if job.page is None:
        _finish(job, Job.Status.FAILED, _("没有要识读的版面"))
        return
    try:
        read_page_sources(job.page, job=job)
    except ReadingError as error:
        _fail(job, error.message)
    except JobCancelledError:
        _finish(job, Job.Status.CANCELLED, _("已取消"))
    except Exception as error:
        logger.exception("Job %s, page %s", job.pk, job.page_id)
        _try_again(job, _("程序出错（%(error)s）") % {"error": type(error).__name__})
    else:
        _finish(job, Job.Status.DONE, _("完成"))


@transaction.atomic
def _try_again(job: Job, what: str) -> None:
    """Back into the queue, or, after the last attempt, failed for good: a poison page fails alone."""
    if job.attempts >= Job.MAX_ATTEMPTS:
        reason = _("%(what)s，试了 %(count)s 次都没有读成。原文件还在，请换一个导出的文件，或请管理员查看日志")
        _fail(job, reason % {"what": what, "count": job.attempts})
        return
    message = _("%(what)s，第 %(count)s 次，再试") % {"what": what, "count": job.attempts}
    Job.objects.filter(pk=job.pk, status__in=_UNFINISHED).update(
        status=Job.Status.WAITING, worker="", log=_log(job, message)
    )
    run_job.enqueue(job.pk)


@transaction.atomic
def _fail(job: Job, reason: str) -> None:
    if job.page_id:
        Page.objects.filter(pk=job.page_id).update(status=Page.Status.FAILED, error=reason[:500])
    _finish(job, Job.Status.FAILED, reason)


def _finish(job: Job, status: Job.Status, message: str) -> None:
    Job.objects.filter(pk=job.pk, status__in=_UNFINISHED).update(
        status=status, worker="", finished_at=timezone.now(), log=_log(job, message)
    )


def _log(job: Job, message: str) -> str:
    """One line a happening, with the time of day, as an editor reads it."""
    log = Job.objects.values_list("log", flat=True).get(pk=job.pk)
    return f"{log}{timezone.localtime():%m-%d %H:%M:%S} {message}\n"


@transaction.atomic
def cancel_job(job: Job, user: User | None = None) -> bool:
    """Stop a job: at once while it waits, at its next stage while it runs."""
    stopped = Job.objects.filter(pk=job.pk, status__in=_UNFINISHED).update(
        status=Job.Status.CANCELLED, finished_at=timezone.now(), log=_log(job, _("已取消"))
    )
    if stopped:
        write_down(Decision.Kind.CANCELLED, user, "", page=job.page)
    return bool(stopped)


def sweep() -> int:
    """Put back what a dead worker left behind; returns how many jobs. Several workers may sweep at once."""
    put_back = 0
    for job in Job.objects.filter(status=Job.Status.RUNNING).exclude(worker=""):
        if not Presence.alive(job.worker):
            put_back += _put_back(job, worker=job.worker)
    _close_dead_tasks()
    queued = _queued_jobs()
    for job in Job.objects.filter(status=Job.Status.WAITING):
        if job.pk not in queued:
            put_back += _queue_again(job)
    return put_back


@transaction.atomic
def _put_back(job: Job, worker: str) -> int:
    # Whoever changes the row first does the work; another worker's sweep then finds nothing.
    if not Job.objects.filter(pk=job.pk, status=Job.Status.RUNNING, worker=worker).update(worker=""):
        return 0
    _try_again(job, _("后台程序中断"))
    return 1


@transaction.atomic
def _queue_again(job: Job) -> int:
    waiting = Job.objects.select_for_update().filter(pk=job.pk, status=Job.Status.WAITING)
    if not waiting.exists() or job.pk in _queued_jobs():
        return 0
    run_job.enqueue(job.pk)
    return 1


def _queued_jobs() -> set[int]:
    """Jobs for which the queue still holds a task that will run or is running."""
    alive = DBTaskResult.objects.filter(
        status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING), task_path=run_job.module_path
    )
    return {job for arguments in alive.values_list("args_kwargs", flat=True) for job in arguments["args"]}


def _close_dead_tasks() -> None:
    """The queue itself leaves a killed task running for ever."""
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, task_path=run_job.module_path)
    for result in running:
        if result.worker_ids and not Presence.alive(result.worker_ids[-1]):
            result.set_failed(RuntimeError("the worker died"))
