"""Two workers at once and a page that kills whoever reads it: it fails alone, with its reason; all others are read.

`python -m benchmarks.desk.poison` is such a worker: the archive's own, with a reader that dies of one page.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING

from benchmarks.desk.editor import Editor
from benchmarks.desk.office import PATIENCE, ROOT, SETTINGS

if TYPE_CHECKING:
    from benchmarks.desk.office import Office
    from benchmarks.desk.truth import PrintedIssue

POISON = "这一版读了就死"
NUMBER = 99  # its page
WORKERS = 2


def poison_drill(issues: list[PrintedIssue], office: Office) -> int:
    """Upload everything with the poison among it, keep two workers alive. Returns the exit status."""
    editor = Editor(office.address)
    office.kill("worker")
    editor.sign_in()
    for issue in issues:
        files, numbers = issue.files(), issue.numbers
        if issue is issues[0]:
            files, numbers = [(f"{issue.date}-{NUMBER}.txt", POISON.encode()), *files], [NUMBER, *numbers]
        editor.upload(issue.paper, issue.date, issue.edition, files, numbers)
    deaths = _work_off()
    faults = _check(sum(len(issue.pages) for issue in issues))
    print(f"{WORKERS} workers, {deaths} deaths of a worker")
    print("the poison failed alone" if not faults else "\n".join(faults))
    return 1 if faults else 0


def _work_off() -> int:
    from articles.models import Job

    workers = [_start() for _ in range(WORKERS)]
    deaths, until = 0, time.monotonic() + 3 * PATIENCE
    try:
        while Job.objects.filter(status__in=("waiting", "running")).exists():
            if time.monotonic() > until:
                break
            for at, worker in enumerate(workers):
                if worker.poll() is not None:
                    deaths += 1
                    workers[at] = _start()
            time.sleep(0.2)
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
    return deaths


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "benchmarks.desk.poison"], cwd=ROOT, stderr=subprocess.DEVNULL)


def _check(pages: int) -> list[str]:
    from django.db.models import Count

    from articles.models import Article, Decision, Job, Page

    faults = []
    job = Job.objects.get(page__number=NUMBER)
    page = Page.objects.get(number=NUMBER)
    print(f"its page: {page.status}, {job.attempts} attempts, “{page.error}”")
    if (job.status, page.status, job.attempts) != ("failed", "failed", Job.MAX_ATTEMPTS) or not page.error:
        faults.append(f"the poison is {job.status}, its page {page.status}")
    others = Counter(Job.objects.exclude(pk=job.pk).values_list("status", "attempts"))
    if others != Counter({("done", 1): pages}):
        faults.append(f"other jobs by status and attempts: {dict(others)}")
    twice = Decision.objects.filter(kind="read").values("page").annotate(n=Count("pk")).filter(n__gt=1).count()
    empty = Page.objects.exclude(number=NUMBER).filter(articles__isnull=True).count()
    faults += [f"{twice} pages were read twice"] * bool(twice) + [f"{empty} pages have no article"] * bool(empty)
    doubled = Article.objects.values("page", "body").annotate(n=Count("pk")).filter(n__gt=1).count()
    return faults + [f"{doubled} articles stand twice"] * bool(doubled)


def main() -> None:
    """The archive's worker, with a reader that dies of the poison."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    django.setup()
    from django.core.management import call_command

    from articles.services import reading

    read_page = reading.read_page

    def deadly(content: bytes, *rest: object) -> object:
        if content == POISON.encode():
            os.kill(os.getpid(), signal.SIGKILL)
        return read_page(content, *rest)  # type: ignore[arg-type]

    reading.read_page = deadly  # type: ignore[assignment]
    call_command("worker", interval=0.2)


if __name__ == "__main__":
    main()
