"""The archive on a laptop: prepares the home folder, then runs the web server and the background worker together."""

from __future__ import annotations

import secrets
import signal
import subprocess
import sys
import time
import urllib.request
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from articles.models import ADMINISTRATOR, EDITOR, STAFF

if TYPE_CHECKING:
    from argparse import ArgumentParser

PATIENCE = 10  # seconds that a program gets to finish what it is doing
PAUSE = 0.1  # seconds between two looks


class Command(BaseCommand):
    """Serve, and at the very first start fill the new home with the demo archive and two accounts."""

    help = "Prepares the archive and serves it with its background worker until Ctrl-C."
    requires_system_checks: list[str] = []  # the database may not stand yet

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The port on this machine."""
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare, then serve."""
        accounts = self._prepare()
        if accounts:
            self.stdout.write("Accounts of the demo archive; the passwords are shown this once only:")
            width = max(map(len, accounts)) + 2
            for name, password in accounts.items():
                self.stdout.write(f"  {name:<{width}}{password}")
        self._serve(options["port"])

    def _prepare(self) -> dict[str, str]:
        """Bring the home up to date. Returns new accounts with their passwords, at the first start only."""
        # The mark stays until everything stands, so that an interrupted first start is taken up again.
        mark = Path(settings.HOME) / "first-start"
        try:
            if not MigrationRecorder(connection).applied_migrations():
                mark.touch()
            call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
        except OperationalError as error:
            raise CommandError(f"The database does not answer ({error}); check DATABASE_URL.") from error
        accounts: dict[str, str] = {}
        if mark.exists():
            self.stdout.write("Loading the demo archive")
            call_command("demo")
        if not _index_stands():
            self.stdout.write("Building the search index")
            call_command("rebuild_index", interactive=False, verbosity=0)
        if mark.exists():
            accounts = make_accounts()
            mark.unlink()
        return accounts

    def _serve(self, port: int) -> None:
        """Run both programs until one stops or a signal comes; leave none behind."""
        # Noted, not raised: an exception raised by a signal is lost when it comes while an object is taken down.
        asked: list[int] = []
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda number, frame: asked.append(number))
        address = f"http://127.0.0.1:{port}"
        web = [sys.executable, "-m", "gunicorn", "newsarchive.wsgi", "--config=python:newsarchive.webserver"]
        web += [f"--bind=127.0.0.1:{port}", "--workers=1", "--threads=8"]
        web += ["--graceful-timeout=3", "--log-level=warning"]
        commands = {"web server": web, "background worker": [sys.executable, "manage.py", "worker"]}
        running: dict[str, subprocess.Popen[bytes]] = {}
        try:
            for name, command in commands.items():
                running[name] = subprocess.Popen(command, cwd=settings.BASE_DIR)
            if _answers(f"{address}/healthz", running["web server"], asked):
                self.stdout.write(f"The archive is at {address} (stop it with Ctrl-C)")
            while not asked:
                ended = [name for name, program in running.items() if program.poll() is not None]
                time.sleep(PAUSE)  # Ctrl-C reaches all three: one that it ended has not stopped by itself
                if ended and not asked:
                    status = running[ended[0]].returncode
                    raise CommandError(f"The {ended[0]} stopped by itself (exit status {status}).")
            if asked[0] == signal.SIGINT:
                self.stdout.write("\nStopping")
                # A second signal would make the worker drop the page it reads.
                _wait(list(running.values()), PATIENCE / 2)
        finally:
            _stop(list(running.values()))


def make_accounts() -> dict[str, str]:
    """An administrator, an editor and a staff member with random passwords, where no account of that name stands."""
    made = {}
    with transaction.atomic():
        for role in (ADMINISTRATOR, EDITOR, STAFF):
            user, new = User.objects.get_or_create(username=role)
            if new:
                made[role] = secrets.token_urlsafe(9)
                user.set_password(made[role])
                user.save()
                user.groups.add(Group.objects.get(name=role))
    return made


def _index_stands() -> bool:
    """Whether there is an index on this disk; one on a server looks after itself."""
    path = settings.HAYSTACK_CONNECTIONS["default"].get("PATH")
    return path is None or (Path(str(path)).is_dir() and any(Path(str(path)).iterdir()))


def _answers(address: str, program: subprocess.Popen[bytes], asked: list[int]) -> bool:
    """Wait until the web server answers; False when it is gone or a signal came."""
    while program.poll() is None and not asked:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310  # always http to this machine
                return True
        except (OSError, HTTPException):  # not yet there, or just now gone
            time.sleep(PAUSE)
    return False


def _wait(programs: list[subprocess.Popen[bytes]], seconds: float) -> None:
    """Until all have ended, but not longer than this."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and any(program.poll() is None for program in programs):
        time.sleep(PAUSE)


def _stop(programs: list[subprocess.Popen[bytes]]) -> None:
    """Ask those that still run to finish, wait, and end those that do not."""
    for program in programs:
        if program.poll() is None:
            program.terminate()
    _wait(programs, PATIENCE)
    for program in programs:
        if program.poll() is None:
            program.kill()
            program.wait()
