"""How long work in the background will still take, told by how long such work took."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from django.utils import timezone

from articles.models import Job, SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterable

_LOOKED_AT = 30  # finished jobs
_QUICK, _SLOW = 4.0, 90.0  # seconds for a page, before any was read; a scan takes far longer


def seconds_left(jobs: Iterable[Job]) -> dict[int, int]:
    """For each job that waits or runs: seconds until it is done, those before it in the queue included."""
    asked = {job.pk for job in jobs if job.status in (Job.Status.WAITING, Job.Status.RUNNING)}
    if not asked:
        return {}
    ahead = list(
        Job.objects.filter(
            queue=Job.Queue.READING, status__in=(Job.Status.WAITING, Job.Status.RUNNING), page__isnull=False
        ).order_by("pk")
    )
    done = list(
        Job.objects.filter(
            queue=Job.Queue.READING, status=Job.Status.DONE, page__isnull=False, started_at__isnull=False
        ).order_by("-pk")[:_LOOKED_AT]
    )
    scanned = set(
        SourceFile.objects.filter(
            page__in={job.page_id for job in (*ahead, *done)}, kind=SourceFile.Kind.SCAN, superseded_at__isnull=True
        ).values_list("page_id", flat=True)
    )
    took: dict[bool, list[float]] = {False: [], True: []}
    for job in done:
        if job.started_at and job.finished_at:
            took[job.page_id in scanned].append((job.finished_at - job.started_at).total_seconds())
    usual = {scan: median(times) if times else (_SLOW if scan else _QUICK) for scan, times in took.items()}
    hands = max(1, len({job.worker for job in ahead if job.status == Job.Status.RUNNING and job.worker}))
    now, found, queued = timezone.now(), {}, 0.0
    for job in sorted(ahead, key=lambda job: (job.status != Job.Status.RUNNING, job.pk)):
        needs = usual[job.page_id in scanned]
        if job.status == Job.Status.RUNNING and job.started_at:
            needs = max(1.0, needs - (now - job.started_at).total_seconds())
        queued += needs
        own = needs if job.status == Job.Status.RUNNING else max(needs, queued / hands)
        if job.pk in asked:
            found[job.pk] = round(own)
    return found
