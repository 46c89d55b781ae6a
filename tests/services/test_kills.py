"""kill -9 in the middle of saving: nothing half done stays, and whoever comes next does the work once."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

PROGRAM = """
import json, os, signal, sys
import django
django.setup()
from django.core.management import call_command
from articles.models import Article, Block, Decision, Job, Page, SourceLine
from articles.services import reading, reviewing
from tests.services.printed import upload, lines_of

def dies_after(saving):
    def save(*args, **kwargs):
        saving(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)
    return save

def set_aside():
    article = Article.objects.order_by("pk").first()
    lines = lines_of(article, "byline")
    reviewing.move_lines(article.page, lines, reviewing.Destination(None, Block.Role.CAPTION), None)

verb = sys.argv[1]
if verb == "upload":
    call_command("migrate", verbosity=0)
    upload()
elif verb == "die reading":
    reading.save_makeup = dies_after(reading.save_makeup)
    call_command("worker", batch=True)
elif verb == "work":
    call_command("worker", batch=True)
elif verb == "die moving":
    reviewing.save_makeup = dies_after(reviewing.save_makeup)
    set_aside()
elif verb == "move":
    set_aside()
print(json.dumps({
    "lines": SourceLine.objects.exclude(text="").count(),
    "homeless": SourceLine.objects.exclude(text="").filter(block=None).count(),
    "articles": Article.objects.count(),
    "decisions": list(Decision.objects.order_by("pk").values_list("kind", flat=True)),
    "jobs": list(Job.objects.values_list("status", "attempts")),
}))
"""


@pytest.fixture
def run(tmp_path):
    """Runs the program in a home of its own; returns what it saw at the end, None where it was killed."""
    names = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment = names | {"NEWSARCHIVE_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "newsarchive.settings.dev"}

    def program(verb):
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", PROGRAM, verb],
            env=environment,
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
        )
        if done.returncode < 0:
            return None
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return program


def test_what_was_being_saved_when_the_program_was_killed_is_done_once_by_the_next(run):
    assert run("upload")["jobs"] == [["waiting", 0]]
    assert run("die reading") is None
    read = run("work")
    assert read["homeless"] == 0
    assert (read["articles"], read["decisions"], read["jobs"]) == (2, ["read"], [["done", 2]])
    assert run("die moving") is None
    moved = run("move")
    assert moved["decisions"] == ["read", "set-aside"]
    assert (moved["lines"], moved["homeless"]) == (read["lines"], 0)
