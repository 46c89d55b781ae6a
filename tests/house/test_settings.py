"""Settings come from the environment, and a home that is given holds all state."""

import json
import os
import stat
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from newsarchive.launch import ROOT

ASK = """
import json, sys, django
from django.conf import settings
django.setup()
database = settings.DATABASES["default"]
print(json.dumps({
    "engine": database["ENGINE"], "name": str(database["NAME"]), "host": database["HOST"], "user": database["USER"],
    "index": settings.HAYSTACK_CONNECTIONS["default"].get("PATH"), "media": str(settings.MEDIA_ROOT),
    "access": settings.ACCESS, "debug": settings.DEBUG, "secret": settings.SECRET_KEY,
}))
"""


def ask(home, which="dev", **environment):
    """What the settings are in a process of their own; its errors where there are none."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("NEWSARCHIVE", "DATABASE"))}
    clean |= {"DJANGO_SETTINGS_MODULE": f"newsarchive.settings.{which}", "NEWSARCHIVE_HOME": str(home), **environment}
    result = subprocess.run(
        [sys.executable, "-c", ASK], env=clean, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    return json.loads(result.stdout) if result.returncode == 0 else result.stderr


def test_everything_lives_in_the_home_that_is_given(tmp_path):
    said = ask(tmp_path)
    assert said["engine"] == "django.db.backends.sqlite3"
    assert said["debug"] is False
    assert said["access"] == "public"
    for place in ("name", "index", "media"):
        assert said[place].startswith(f"{tmp_path}/")


def test_secret_key_is_made_once_and_for_its_owner_only(tmp_path):
    first, second = ask(tmp_path), ask(tmp_path)
    assert first["secret"] == second["secret"]
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert ask(tmp_path / "other")["secret"] != first["secret"]


def test_database_url_moves_the_archive_to_postgresql(tmp_path):
    said = ask(tmp_path, DATABASE_URL="postgres://wang:s3cret@db.example:5433/archive")
    assert said["engine"] == "django.db.backends.postgresql"
    assert (said["name"], said["host"], said["user"]) == ("archive", "db.example", "wang")


@pytest.mark.parametrize("missing", ["NEWSARCHIVE_SECRET_KEY", "NEWSARCHIVE_HOSTS"])
def test_a_server_does_not_start_without_what_it_needs_and_names_it(missing, tmp_path):
    given = {"NEWSARCHIVE_SECRET_KEY": "long and random", "NEWSARCHIVE_HOSTS": "archive.example"}
    assert ask(tmp_path, "prod", **given)["secret"] == "long and random"
    del given[missing]
    assert missing in ask(tmp_path, "prod", **given)


@pytest.mark.django_db
def test_sqlite_lets_readers_go_on_while_one_writes():
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
            assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] == 20_000
    else:
        assert settings.DATABASES["default"]["CONN_HEALTH_CHECKS"] is True
