"""What a table of answers doesn't show: building, opening, memory, size, suggestions, and new articles under load."""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.timing import p95

if TYPE_CHECKING:
    from benchmarks.building import Archive

ROOT = Path(__file__).resolve().parent.parent
READERS = 8
PAUSE = 0.05  # seconds between one reader's searches
EVERY = 0.5  # seconds from one search to a reader's next, where readers keep a pace: 16 searches a second of all
NEW = 40
TIMES = 5
MARK = "琉璃厂"  # a word that no made-up article holds


def rebuild(archive: Archive) -> dict[str, float]:
    """Articles a second of CPU, from stored words to an index in use."""
    from articles.services import indexing

    start, wall = os.times(), time.perf_counter()
    count = indexing.rebuild()
    end, wall = os.times(), time.perf_counter() - wall
    used = sum(end[:4]) - sum(start[:4])  # of processes that it starts too
    return {"articles_per_cpu_second": round(count / used, 1), "seconds": round(wall, 1)}


def size(archive: Archive) -> dict[str, float]:
    """Bytes of each index over bytes of the articles' text (UTF-8)."""
    text = sum(len(f"{a.headline}{a.body}".encode()) for a in archive.articles)
    sizes = {name: round(own.size() / text, 2) for name, own in archive.peers.items() if name != "newsarchive"}
    current = archive.folder / "index" / (archive.folder / "index" / "current").read_text().strip()
    sizes["newsarchive"] = round(sum(path.stat().st_size for path in current.iterdir()) / text, 2)
    return sizes


def suggest(archive: Archive) -> dict[str, float]:
    """CPU of a suggestion while names, pinyin, initials and headlines are typed, in milliseconds."""
    from articles.newsprint.recognition.pinyin import name_pinyin
    from articles.search import suggest as suggestions

    typed: list[str] = []
    for name in [*list(archive.names.people.values())[:40], *list(archive.names.organisations.values())[:20]]:
        read = name_pinyin(name)
        typed += [name[:1], name[:2], name[:3], read.full.replace(" ", "")[:4], read.initials[:2], read.initials[:3]]
    typed += [a.headline[:n] for a in archive.articles[:: len(archive.articles) // 20] for n in (2, 4, 6)]
    suggestions("张")
    times = []
    for text in typed:
        start = time.process_time()
        suggestions(text)
        times.append((time.process_time() - start) * 1000)
    return {"p50": round(sorted(times)[len(times) // 2], 2), "p95": round(p95(times), 2), "asked": len(times)}


def fresh_process(archive: Archive, queries: list[str]) -> dict[str, float]:
    """A web process from its start: opening the index, memory after 200 searches."""
    environment = {**os.environ, "NEWSARCHIVE_HOME": str(archive.folder), "BENCH_QUERIES": json.dumps(queries)}
    command = [sys.executable, "-m", "benchmarks.web_process"]
    said = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout
    figures: dict[str, float] = json.loads(said.splitlines()[-1])
    return figures


def _read(home: Path, queries: list[str], paced: bool, ready: Any, stop: Any, results: Any) -> None:
    """One reader: searches until told to stop, then hands over its times and errors. At a pace, a search that had to
    wait for the one before is timed from when it was due."""
    from benchmarks.home import enter

    enter(home)
    from articles.search import Criteria, search
    from newsarchive.webserver import settle_in

    settle_in()
    ready.wait()
    times, errors = [], []
    number = os.getpid()
    due = time.perf_counter() + number % READERS * EVERY / READERS  # not all at once
    while not stop.is_set():
        number += 1
        if paced:
            time.sleep(max(0.0, due - time.perf_counter()))
        start, due = due if paced else time.perf_counter(), due + EVERY
        try:
            search(Criteria(q=queries[number % len(queries)]))
        except Exception as error:
            errors.append(repr(error))
        times.append((time.perf_counter() - start) * 1000)
        if not paced:
            time.sleep(PAUSE)
    results.put((times, errors))


def new_articles_under_load(archive: Archive, queries: list[str], *, paced: bool = False) -> dict[str, object]:
    """Seconds from the start of publishing 40 new articles until a search finds them all, while 8 processes search:
    each again as soon as it has its answer and paused, or at a pace.

    The transaction that publishes them is part of it. The articles are taken away again afterwards.
    """
    from articles.search import Criteria, search

    context = multiprocessing.get_context("spawn")
    ready, stop, results = context.Barrier(READERS + 1), context.Event(), context.Queue()
    told = (archive.folder, queries, paced, ready, stop, results)
    readers = [context.Process(target=_read, args=told, daemon=True) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    ready.wait(timeout=300)
    seconds = []
    try:
        for number in range(TIMES):
            mark = f"{MARK}{chr(ord('甲') + 7 * number)}"
            start = time.perf_counter()
            ids = _publish(mark)
            while search(Criteria(q=f'"{mark}"')).total != NEW and time.perf_counter() - start < 30:
                time.sleep(0.005)
            seconds.append(round(time.perf_counter() - start, 3))
            _withdraw(ids)
            time.sleep(0.5)
    finally:
        stop.set()
        handed = [results.get(timeout=60) for _ in readers]
        for reader in readers:
            reader.join()
    times = sorted(value for own, _errors in handed for value in own)
    errors = [error for _own, own in handed for error in own]
    return {
        "searchable_after_s": seconds,
        "searches": len(times),
        "reader_p50_ms": round(times[len(times) // 2], 1),
        "reader_p99_ms": round(times[int(len(times) * 0.99)], 1),
        "errors": len(errors),
        "first_errors": errors[:3],
    }


def _publish(mark: str) -> list[int]:
    from django.db import transaction
    from django.utils import timezone

    from articles.models import Article, Page
    from articles.services.indexing import note_changed

    page = Page.objects.order_by("-pk")[0]
    with transaction.atomic():
        articles = [
            Article(
                page=page,
                position=1000 + number,
                headline=f"{mark}开街",
                body=f"本报讯 {mark}今日开街，第{number}家店铺迎来客人。\n当天客流超过三万人次，秩序井然。",
                status="published",
                published_at=timezone.now(),
            )
            for number in range(NEW)
        ]
        for article in articles:
            article.content_hash = article.hash_of_content()
        Article.objects.bulk_create(articles)
        ids = [article.pk for article in articles]
        note_changed(ids)
    return ids


def _withdraw(ids: list[int]) -> None:
    from django.db import transaction

    from articles.models import Article
    from articles.services.indexing import note_changed, settle, tidy

    with transaction.atomic():
        note_changed(ids)
        Article.objects.filter(pk__in=ids).delete()
    settle()
    tidy()
