"""One import after another in a home of their own: started, watched, killed with everything they started, and counted."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DATE = "2024-06-07"
_LOOK = """
import hashlib, json
from django.db.models import Count
from articles.models import Article, Block, Decision, Issue, Mention, Organisation, Page, Person, SourceFile, SourceLine
def digest(values):
    return hashlib.sha256(repr(list(values)).encode()).hexdigest()
def pages():
    for page in Page.objects.order_by("issue", "number"):
        told = [
            list(page.sources.order_by("pk").values_list("name", "sha256", "superseded_at")),
            digest(SourceLine.objects.filter(source__page=page).order_by("source", "number").values_list("number", "text")),
            digest(page.articles.order_by("position").values_list("headline", "kicker", "subtitle", "body", "byline_text")),
            digest(Mention.objects.filter(article__page=page).order_by("article__position", "paragraph", "start", "kind")
                   .values_list("kind", "surface", "paragraph", "start", "end", "certain")),
            bool(page.image),
        ]
        yield page.number, page.status, page.articles.count(), digest(told)
print(json.dumps({
    "issues": Issue.objects.count(), "pages": Page.objects.count(), "sources": SourceFile.objects.count(),
    "articles": Article.objects.count(), "lines": SourceLine.objects.count(), "blocks": Block.objects.count(),
    "mentions": Mention.objects.count(), "people": Person.objects.count(), "bodies": Organisation.objects.count(),
    "decisions": Decision.objects.count(),
    "homeless": SourceLine.objects.exclude(text__regex=r"^\\s*$").filter(block=None).count(),
    "doubled": sum(row["n"] - 1 for row in SourceFile.objects.values("sha256").annotate(n=Count("pk")).filter(n__gt=1)),
    "every page": list(pages()),
}))
"""


@dataclass(slots=True)
class Run:
    """What an import took and said: seconds, CPU seconds of all its processes (where it came to its end), what it wrote,
    and the most memory (MB) of any process by what it does."""

    seconds: float
    cpu: float
    code: int
    out: str
    err: str
    memory: Counter[str] = field(default_factory=Counter)
    at_once: int = 0  # MB of all together


class Home:
    """A home folder and the command that imports into it."""

    def __init__(self, folder: Path, pages: Path, workers: int | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._more = [] if workers is None else ["--workers", str(workers)]
        self._pages = pages
        self._environment = os.environ | {
            "NEWSARCHIVE_HOME": str(folder),
            "DJANGO_SETTINGS_MODULE": "newsarchive.settings.dev",
        }
        self._environment.pop("DATABASE_URL", None)
        self._run("migrate", "-v", "0")

    def state(self) -> dict[str, Any]:
        """What is in the archive, with a fingerprint of every page."""
        found: dict[str, Any] = json.loads(self._run("shell", "-v", "0", "-c", _LOOK))
        return found

    def imported(self, kill_after: float | None = None) -> Run:
        """Import the folder; killed after so many seconds, with all its processes, if asked."""
        out, err = (self._folder / name for name in ("import.out", "import.err"))
        command = [sys.executable, "manage.py", "import_issue", str(self._pages), "--date", DATE, *self._more]
        start, before = time.monotonic(), _cpu()
        with out.open("w") as told, err.open("w") as bar:
            program = subprocess.Popen(command, cwd=ROOT, env=self._environment, stdout=told, stderr=bar)
            watched = _Watched(program.pid)
            while program.poll() is None:
                watched.look()
                if kill_after is not None and time.monotonic() - start > kill_after:
                    watched.kill()
                time.sleep(0.1)
        seconds = time.monotonic() - start
        return Run(
            seconds,
            _cpu() - before,
            program.returncode,
            out.read_text(),
            err.read_text(),
            watched.most,
            watched.at_once,
        )

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self._environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout


def _cpu() -> float:
    """Of all processes that this one has started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class _Watched:
    """A process with all that it started, by /proc."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self.most: Counter[str] = Counter()
        self.at_once = 0

    def tree(self) -> list[int]:
        """Processes that live, parents first."""
        parents = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdecimal():
                try:
                    parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                except (OSError, IndexError, ValueError):
                    continue
        found = [self._pid]
        for pid in found:
            found += [child for child, parent in parents.items() if parent == pid]
        return found

    def look(self) -> None:
        """Note the memory of each process."""
        together = 0
        for pid in self.tree():
            try:
                command = Path(f"/proc/{pid}/cmdline").read_text()
                pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
            except (OSError, IndexError, ValueError):
                continue
            megabytes = pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000
            together += megabytes
            role = "command" if pid == self._pid else _role(command)
            self.most[role] = max(self.most[role], megabytes)
        self.at_once = max(self.at_once, together)

    def kill(self) -> None:
        """kill -9 for all of them, in no order."""
        pids = self.tree()
        random.shuffle(pids)
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue


def _role(command: str) -> str:
    if "sandboxed" in command:
        return "parser"
    return "reader" if "multiprocessing" in command and "resource_tracker" not in command else "other"
