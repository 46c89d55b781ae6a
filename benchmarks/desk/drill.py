"""The session under kill -9 of web server and worker at random moments, and the proof that nothing was lost."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from itertools import count
from typing import TYPE_CHECKING

from benchmarks.desk.editor import Editor
from benchmarks.desk.office import PATIENCE, USER
from benchmarks.desk.session import Session

if TYPE_CHECKING:
    from benchmarks.desk.office import Office
    from benchmarks.desk.truth import PrintedIssue

PHASES = {"uploading": 0.4, "reading": 2.5, "correcting": 1.5, "publishing": 0.5, "indexing": 1.5}
"""What the editor is at, and the longest time in seconds from its beginning to a kill."""
AHEAD = 2  # kills by which a phase may be ahead of the one that had fewest


class Killer(threading.Thread):
    """Kills one of the programs or both and starts them again, in each phase of the work about equally often.

    A kill waits for a random while in its phase; where the phase was over by then, it is none. A phase that had its
    share is let pass.
    """

    def __init__(self, office: Office, session: Session, kills: int, seed: int, minutes: float) -> None:
        super().__init__(name="killer", daemon=True)
        self._office, self._session, self._kills = office, session, kills
        self._until = time.monotonic() + 60 * minutes
        self._random = random.Random(seed)
        self.killed: list[tuple[str, str]] = []

    def run(self) -> None:
        """All kills, each noted with what the editor was doing."""
        counts = Counter(dict.fromkeys(PHASES, 0))
        while len(self.killed) < self._kills and time.monotonic() < self._until:
            phase = self._phase()
            if phase is None or counts[phase] > min(counts.values()) + AHEAD:
                time.sleep(0.005)
                continue
            time.sleep(self._random.uniform(0, PHASES[phase]))
            if self._phase() != phase:
                continue
            names = self._random.choice((("web",), ("worker",), ("web", "worker")))
            self._office.kill(*names)
            counts[phase] += 1
            self.killed.append(("+".join(names), phase))
            self._office.start(*names)

    def _phase(self) -> str | None:
        return self._session.doing.split()[0] if self._session.doing else None


def drill(issues: list[PrintedIssue], office: Office, *, kills: int, seed: int, minutes: float) -> int:
    """Sessions over the issues, edition after edition, until all kills were made or the time is over. Returns the exit
    status."""
    editor = Editor(office.address)
    editor.sign_in()
    session = Session(editor, office, insist=True, back_and_forth=True, dice=random.Random(seed))
    killer = Killer(office, session, kills, seed, minutes)
    killer.start()
    worked: dict[int, PrintedIssue] = {}
    editions = max(issue.edition for issue in issues)
    for nth, issue in ((nth, issue) for nth in count() for issue in issues):
        worked[session.work_on(issue, issue.edition + nth * editions)] = issue
        if not killer.is_alive():
            break
    office.wait()
    faults = _settle() + check(session, worked)
    told = sum(done.told for done in session.done)
    print(f"{len(killer.killed)} kills ({_counted(name for name, _phase in killer.killed)})")
    print(f"while {_counted(phase for _name, phase in killer.killed)}")
    forms = _counted(page.form for issue in worked.values() for page in issue.pages)
    print(f"{len(worked)} issues, pages: {forms}, {len(session.exact)} articles")
    print(f"{len(session.done)} gestures with undo and redo of each")
    print(f"{told} gestures acknowledged, {len(session.done) - told} found done although no answer came")
    print("nothing lost" if not faults else "\n".join(faults))
    return 1 if faults else 0


def _counted(names) -> str:  # type: ignore[no-untyped-def]
    return ", ".join(f"{name} {number}" for name, number in Counter(names).most_common())


def _settle() -> list[str]:
    """Wait until the background has nothing left; what is left after a long while is stuck."""
    until = time.monotonic() + PATIENCE
    while left := _unfinished():
        if time.monotonic() > until:
            return left
        time.sleep(0.5)
    return []


def _unfinished() -> list[str]:
    from django_tasks_db.models import DBTaskResult

    from articles.models import Job, OutboxEntry

    jobs = Job.objects.filter(status__in=("waiting", "running"))
    tasks = DBTaskResult.objects.filter(status__in=("READY", "RUNNING"))
    return [
        *(f"job {job.pk} of page {job.page_id} is still {job.status}" for job in jobs),
        *(f"task {task.pk} is still {task.status}" for task in tasks),
        *(f"{entry} still waits for the index" for entry in OutboxEntry.objects.all()),
    ]


def check(session: Session, worked: dict[int, PrintedIssue]) -> list[str]:
    """What is wrong, in sentences; empty where nothing was lost or doubled."""
    return [*_history(session), *_lines(worked), *_articles(session, worked), *_work(), *_search(session)]


def _history(session: Session) -> list[str]:
    """Each gesture is one decision of the editor, in force, and there is none besides."""
    from articles.models import Decision

    wanted = Counter((done.page, done.kind) for done in session.done)
    kinds = {kind for _page, kind in wanted} | {"moved", "merged", "split", "set-aside", "edited"}
    found = Counter(
        Decision.objects.filter(actor__username=USER, kind__in=kinds, undone_at=None).values_list("page", "kind")
    )
    undone = Decision.objects.filter(kind__in=kinds, undone_at__isnull=False).count()
    faults = [
        f"history of page {page}: {found[page, kind]} {kind}, done {wanted[page, kind]}"
        for page, kind in {*wanted, *found}
        if wanted[page, kind] != found[page, kind]
    ]
    return faults + ([f"{undone} gestures stand as undone"] if undone else [])


def _lines(worked: dict[int, PrintedIssue]) -> list[str]:
    """Each printed line of each file is there once, in one block of its own page."""
    from django.db.models import F

    from articles.models import SourceFile, SourceLine
    from articles.newsprint.extraction import extract

    faults = []
    homeless = SourceLine.objects.filter(block=None).exclude(text__regex=r"^\s*$").count()
    strange = SourceLine.objects.exclude(block=None).exclude(block__page=F("source__page")).count()
    faults += [f"{homeless} lines stand nowhere"] * bool(homeless) + [f"{strange} lines stand on another page"] * bool(
        strange
    )
    for pk, issue in worked.items():
        for printed in issue.pages:
            files = list(SourceFile.objects.filter(page__issue=pk, page__number=printed.number))
            if len(files) != 1:
                faults.append(f"issue {pk} page {printed.number} has {len(files)} files")
                continue
            stored = list(files[0].lines.order_by("number").values_list("number", "text"))
            if stored != [(line.number, line.text) for line in extract(printed.path).lines]:
                faults.append(f"issue {pk} page {printed.number}: lines differ from the file")
    return faults


def _articles(session: Session, worked: dict[int, PrintedIssue]) -> list[str]:
    """Each printed article is there exactly once, published; nothing else is."""
    from articles.models import Article, Page

    faults = [f"page {page}: {name} is not as printed" for (page, name), exact in session.exact.items() if not exact]
    for pk, issue in worked.items():
        pages = Page.objects.filter(issue=pk)
        if pages.count() != len(issue.pages):
            faults.append(f"issue {pk} has {pages.count()} pages, not {len(issue.pages)}")
        wanted = sum(len(page.articles) for page in issue.pages)
        living = Article.objects.filter(page__issue=pk, merged_into=None)
        states = Counter(living.values_list("status", flat=True))
        if states != Counter(published=wanted):
            faults.append(f"issue {pk} has {dict(states)}, printed {wanted}")
        if len(set(living.values_list("body", flat=True))) != living.count():
            faults.append(f"issue {pk} has an article twice")
    return faults


def _work() -> list[str]:
    """No job was given up; every page was read, and once."""
    from django.db.models import Count, Q

    from articles.models import Job, Page

    faults = [f"job {job.pk} is {job.status}: {job.log}" for job in Job.objects.exclude(status="done")]
    faults += [f"page {page.pk} is {page.status}: {page.error}" for page in Page.objects.exclude(status="reviewed")]
    read = Page.objects.annotate(readings=Count("jobs", filter=Q(jobs__queue=Job.Queue.READING)))
    return faults + [f"page {page.pk} was read {page.readings} times" for page in read.exclude(readings=1)]


def _search(session: Session) -> list[str]:
    """The index holds what is published, and readers find each article."""
    from articles.models import Article
    from articles.services.indexing import check as compare

    index = compare()
    faults = [index.problem] if index.problem else []
    for what, ids in (("missing", index.missing), ("phantom", index.phantom), ("stale", index.stale)):
        faults += [f"{what} in the index: {sorted(ids)[:5]}"] * bool(ids)
    for article in Article.objects.filter(status="published", merged_into=None):
        if article.pk not in session.editor.found(article.headline):
            faults.append(f"“{article}” is not found")
    return faults
