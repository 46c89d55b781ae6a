"""A newspaper's office for one session: a home folder with its web server and background worker, which can be killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from http.client import HTTPException
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = "newsarchive.settings.dev"
USER, PASSWORD = "editor", "lin-zhang-7"  # of a home that is gone afterwards
PATIENCE = 120  # seconds


def enter(home: Path) -> None:
    """Start Django in this home, with an empty archive and a chief editor. Once a process."""
    home.mkdir(parents=True, exist_ok=True)
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {"NEWSARCHIVE_HOME": str(home), "DJANGO_SETTINGS_MODULE": SETTINGS}
    import django

    django.setup()
    from django.contrib.auth.models import Group, User
    from django.core.management import call_command

    from articles.models import CHIEF

    call_command("migrate", verbosity=0)
    call_command("rebuild_index", interactive=False, verbosity=0)
    user = User.objects.create_user(USER, password=PASSWORD)
    user.groups.add(Group.objects.get(name=CHIEF))


class Office:
    """The two programs. Each leads a process group, so that a kill leaves nobody behind."""

    def __init__(self, home: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        web = [sys.executable, "-m", "gunicorn", "newsarchive.wsgi", "--config=python:newsarchive.webserver"]
        web += [f"--bind=127.0.0.1:{self.port}", "--workers=1", "--threads=4", "--log-level=warning"]
        self._commands = {"web": web, "worker": [sys.executable, "manage.py", "worker", "--interval=0.2"]}
        self._log = (home / "office.log").open("ab")
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, *names: str) -> None:
        """Start programs and wait until the web server answers."""
        for name in names or self._commands:
            self._running[name] = subprocess.Popen(
                self._commands[name], cwd=ROOT, stdout=self._log, stderr=self._log, start_new_session=True
            )
        self.wait()

    def wait(self) -> None:
        """Until the web server answers."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.address}/healthz", timeout=5):  # noqa: S310
                    return
            except (OSError, HTTPException):
                time.sleep(0.05)
        raise TimeoutError("the web server does not answer")

    def kill(self, *names: str) -> None:
        """kill -9, with all that a program started."""
        for name in names:
            os.killpg(self._running[name].pid, signal.SIGKILL)
            self._running[name].wait()

    def close(self) -> None:
        """End both."""
        for name, program in self._running.items():
            if program.poll() is None:
                self.kill(name)
        self._log.close()
