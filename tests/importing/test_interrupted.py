"""An import that is killed in the middle and run again ends as if nothing had happened."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings

PAGE = """春耕备耕全面铺开

本报讯 连日来，河湾区各乡镇抢抓农时，组织农技人员深入田间地头，指导农户开展
春耕备耕工作。这是第{n}版的稿件，与别的版不同。
记者 程望舒
"""
PAGES = 20
LOOK = """
import json
from articles.models import Article, Block, Issue, Page, SourceFile, SourceLine
print(json.dumps({
    "issues": Issue.objects.count(),
    "pages": sorted(Page.objects.values_list("number", "status")),
    "sources": sorted(SourceFile.objects.values_list("name", flat=True)),
    "articles": Article.objects.count(),
    "lines": SourceLine.objects.count(),
    "homeless": SourceLine.objects.exclude(text="").filter(block=None).count(),
}))
"""


@pytest.fixture
def manage(tmp_path):
    """`manage.py` with a home of its own, in a process group that can be killed whole."""
    environment = os.environ | {
        "NEWSARCHIVE_HOME": str(tmp_path / "home"),
        "DJANGO_SETTINGS_MODULE": "newsarchive.settings.dev",
    }
    environment.pop("DATABASE_URL", None)

    def start(*arguments):
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    return start


def test_an_import_killed_twice_is_taken_up_where_it_stopped_and_nothing_stands_twice(tmp_path, manage):
    folder = tmp_path / "issue"
    folder.mkdir()
    for n in range(1, PAGES + 1):
        (folder / f"p{n}.txt").write_text(PAGE.format(n=n))
    (folder / f"p{PAGES + 1}.txt").write_bytes(b"\x00\x01\x02" * 50)  # one that can't be read
    assert manage("migrate", "-v", "0").communicate()[0] == ""
    arguments = ("import_issue", str(folder), "--date", "2022-03-04", "--workers", "2")

    for number in (3, 12):
        run = manage(*arguments)
        for line in run.stdout:
            if line.startswith(f"第{number}版"):
                run.send_signal(signal.SIGKILL)
                break
        assert run.wait() == -signal.SIGKILL
        run.stdout.close()

    told = manage(*arguments).communicate()[0]
    assert "“p1.txt”已经导入过" in told
    assert f"第{PAGES}版 “p{PAGES}.txt”：1 篇" in told
    state = json.loads(manage("shell", "-v", "0", "-c", LOOK).communicate()[0])
    assert state == {
        "issues": 1,
        "pages": [[n, "read"] for n in range(1, PAGES + 1)],
        "sources": sorted(f"p{n}.txt" for n in range(1, PAGES + 1)),
        "articles": PAGES,
        "lines": 5 * PAGES,
        "homeless": 0,
    }
    again = manage(*arguments).communicate()[0]
    assert f"共 {PAGES + 1} 个文件：识读 0，已导入过 {PAGES}，没有导入 1" in again
    assert json.loads(manage("shell", "-v", "0", "-c", LOOK).communicate()[0]) == state
