"""`make run` from an empty home to a served archive and back, as a newcomer lives through it."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

import pytest

from newsarchive.launch import ROOT


class Served:
    """The archive as its own process. Lines are read as they come, so nothing is waited for blindly."""

    def __init__(self, home):
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        clean = {key: value for key, value in os.environ.items() if not key.startswith(("NEWSARCHIVE", "DATABASE"))}
        clean |= {"NEWSARCHIVE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "newsarchive.settings.dev"}
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(self.port)],
            cwd=ROOT,
            env=clean | {"PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.said = ""
        for line in self.process.stdout:
            self.said += line
            if "The archive is at" in line:
                break
        else:
            pytest.fail(self.said)

    def stop(self, number=signal.SIGINT):
        """As Ctrl-C does it: the signal reaches every process of the group."""
        os.killpg(self.process.pid, number)
        try:
            rest, _ = self.process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.communicate()
            raise
        self.said += rest
        return self.process.returncode

    def is_gone(self):
        """Whether no process of the group is left and the port is free."""
        with pytest.raises(ProcessLookupError):
            os.killpg(self.process.pid, 0)
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) != 0

    def sign_in(self, name, password):
        """A browser's way through the login form; returns the status and where it ends."""
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        address = f"http://127.0.0.1:{self.port}/accounts/login/?next=/desk/"
        with browser.open(address) as page:
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())[1]
        form = {"csrfmiddlewaretoken": token, "username": name, "password": password}
        try:
            with browser.open(address, urllib.parse.urlencode(form).encode()) as answer:
                return answer.status, answer.url
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.url


def content(home):
    """Every row of the archive's own tables."""
    with sqlite3.connect(home / "newsarchive.sqlite3") as database:
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = [name for name in names if name.startswith(("articles_", "auth_"))]
        rows = {name: sorted(map(repr, database.execute(f'SELECT * FROM "{name}"'))) for name in kept}
    database.close()
    rows["auth_user"] = len(rows["auth_user"])  # signing in notes the time
    return rows


def test_first_start_fills_the_home_and_the_second_changes_nothing(tmp_path):
    home = tmp_path / "home"
    first = Served(home)
    try:
        passwords = dict(re.findall(r"^  (editor|staff) +(\S+)$", first.said, re.M))
        assert set(passwords) == {"editor", "staff"}
        status, address = first.sign_in("editor", passwords["editor"])
        assert (status, address) == (200, f"http://127.0.0.1:{first.port}/desk/")
        assert first.sign_in("staff", passwords["staff"])[0] == 403
        found = urllib.request.urlopen(
            f"http://127.0.0.1:{first.port}/api/v1/search?q=%22%E8%83%BD%E6%BA%90%E7%94%B5%E6%B1%A0%22"
        )
        with found:
            assert b'"total"' in found.read()
    finally:
        status = first.stop()
    assert status == 0, first.said
    assert first.is_gone()
    assert "Traceback" not in first.said
    before = content(home)
    assert len(before["articles_article"]) > 50

    second = Served(home)
    status = second.stop(signal.SIGTERM)
    assert status == 0
    assert second.is_gone()
    for password in passwords.values():
        assert password not in second.said
    assert "editor" not in second.said
    assert content(home) == before
