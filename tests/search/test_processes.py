"""Several processes on one index: forked readers, an indexer that is killed at any moment, readers beside it."""

import contextlib
import datetime
import multiprocessing
import os
import random
import signal
import time
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace

import numpy as np
import pytest
from django.db import connections, transaction

from articles.models import Article, OutboxEntry
from articles.search import plan
from articles.search.engines.whoosh import backend, links, sharing
from articles.search.engines.whoosh.executor import Execution
from articles.search.engines.whoosh.folder import IndexFolder
from articles.search.engines.whoosh.segment import Segment
from articles.search.entries import all_entries
from articles.search.entry import Entry
from articles.services import indexing
from tests.factories import ArticleFactory

FORK = multiprocessing.get_context("fork")
EVERY = plan.Request(plan.Word("月季"), stop=10**6, facets=plan.FACETS)
PATIENCE = 60


def entry(article, words=("月季", "开幕")):
    """An article as the index takes it, all its texts the same."""
    return Entry(
        article=article,
        paper=1,
        date=datetime.date(2021, 3, 5) + datetime.timedelta(article % 700),
        page=article % 4 + 1,
        section="要闻",
        headline_words=words,
        words=words,
        parts=("".join(words), f"第{article}篇"),
        people=(article % 5 + 1,),
        organisations=(),
        reporters=(),
        signed=(),
        fingerprint=article,
    )


def put(folder, articles):
    """One commit of the indexer, as `update` makes it."""
    writer = folder.current_or_new().writer()
    try:
        writer.remove(articles)
        for article in articles:
            writer.put(entry(article))
    except BaseException:
        writer.cancel()
        raise
    writer.commit(mergetype=lambda writer, segments: segments)


def found(folder):
    """All articles that the word finds, from a fresh look at the folder."""
    return sorted(Execution(folder.snapshot()).answer(EVERY).articles)


@contextlib.contextmanager
def child(work, *arguments):
    """A forked process; it is waited for, and killed where it goes on for too long."""
    process = FORK.Process(target=work, args=arguments, daemon=True)
    process.start()
    try:
        yield process
    finally:
        process.join(PATIENCE)
        if process.is_alive():
            process.kill()
            process.join()
            pytest.fail("a process went on and on")


def answer_when_asked(folder, pipe):
    with contextlib.suppress(EOFError):
        while pipe.recv() == "search":
            pipe.send(found(folder))
    os._exit(0)


def test_forked_workers_of_a_parent_that_searched_see_later_commits(tmp_path):
    folder = IndexFolder(tmp_path / "index")
    put(folder, [1, 2, 3])
    assert found(folder) == [1, 2, 3]
    pipes = []
    with contextlib.ExitStack() as stack:
        for _ in range(3):
            ours, theirs = FORK.Pipe()
            stack.enter_context(child(answer_when_asked, folder, theirs))
            pipes.append(ours)
            stack.callback(ours.send, "stop")
        for latest in (4, 5):
            put(folder, [latest])
            for pipe in pipes:
                pipe.send("search")
            for pipe in pipes:
                assert pipe.poll(PATIENCE)
                assert pipe.recv() == list(range(1, latest + 1))
        folder.use(folder.new_generation())
        put(folder, [9])
        for pipe in pipes:
            pipe.send("search")
            assert pipe.poll(PATIENCE)
            assert pipe.recv() == [9]


def test_process_forked_while_the_index_is_being_read_does_not_wait_for_ever(tmp_path):
    folder = IndexFolder(tmp_path / "index")
    put(folder, [1, 2, 3])
    ours, theirs = FORK.Pipe()
    names = folder._numberings
    with contextlib.ExitStack() as stack:
        with folder._lock, names.sections._lock, names.months._lock, names.records["people"]._lock:
            stack.enter_context(child(answer_when_asked, folder, theirs))
        stack.callback(ours.send, "stop")
        ours.send("search")
        assert ours.poll(PATIENCE)
        assert ours.recv() == [1, 2, 3]


def search_until_told(folder, stop, report):
    seen = 0
    try:
        while not stop.is_set():
            answer = Execution(folder.snapshot()).answer(EVERY)
            assert len(answer.articles) == answer.total == sum(count for _, count in answer.facets["people"])
            seen += 1
        report.send(seen)
    except BaseException as error:
        report.send(repr(error))
    os._exit(0)


def index_for_ever(path, begun):
    folder = IndexFolder(path)
    begun.set()
    for batch in range(10**6):
        with contextlib.suppress(Exception):
            put(folder, list(range(1 + batch % 7, 40, 3)))


def test_indexer_killed_at_any_moment_loses_nothing_and_readers_never_see_an_error(tmp_path):
    path = tmp_path / "index"
    folder = IndexFolder(path)
    put(folder, list(range(1, 40)))
    stop = FORK.Event()
    moments = random.Random(3)
    with contextlib.ExitStack() as stack:
        reports = []
        for _ in range(2):
            ours, theirs = FORK.Pipe()
            stack.enter_context(child(search_until_told, IndexFolder(path), stop, theirs))
            reports.append(ours)
        stack.callback(stop.set)
        for _ in range(12):
            begun = FORK.Event()
            process = FORK.Process(target=index_for_ever, args=(path, begun), daemon=True)
            process.start()
            assert begun.wait(PATIENCE)
            # A random moment of its work, told by the commits it has made and then by a random number of looks.
            number = folder.current().commit_number()
            deadline = time.monotonic() + PATIENCE
            while folder.current().commit_number() == number and time.monotonic() < deadline:
                pass
            for _ in range(moments.randrange(400)):
                folder.current().commit_number()
            os.kill(process.pid, signal.SIGKILL)
            process.join()
            assert found(IndexFolder(path)) == list(range(1, 40))
        put(folder, [40])  # the lock went with the process
        assert found(folder) == list(range(1, 41))
        stop.set()
        for report in reports:
            assert report.poll(PATIENCE)
            seen = report.recv()
            assert isinstance(seen, int), seen
            assert seen > 0


def change_and_index_for_ever(ids, begun):
    """Articles changed, withdrawn and published again, each time with their outbox rows and the index after the commit."""
    draw = random.Random(4)
    begun.set()
    for number in range(10**6):
        with transaction.atomic():
            for pk in draw.sample(ids, 4):
                article = Article.objects.get(pk=pk)
                article.headline = f"月季花展第{number}回"
                article.save()
                status = draw.choice([Article.Status.PUBLISHED, Article.Status.WITHDRAWN])
                Article.objects.filter(pk=pk).update(status=status)
                indexing.note_changed([pk])
        indexing.drain()


@pytest.mark.django_db(transaction=True)
def test_outbox_brings_the_index_in_order_after_its_indexer_was_killed_at_any_moment(index):
    ids = [ArticleFactory(headline=f"月季花展第{number}天", published=True).pk for number in range(30)]
    indexing.rebuild()
    moments = random.Random(6)
    left_over = 0
    for _ in range(10):
        connections.close_all()
        begun = FORK.Event()
        with child(change_and_index_for_ever, ids, begun) as process:
            assert begun.wait(PATIENCE)
            for _ in range(moments.randrange(1, 4)):
                number = index.folder.current().commit_number()
                deadline = time.monotonic() + PATIENCE
                while index.folder.current().commit_number() == number and time.monotonic() < deadline:
                    assert process.is_alive()
            for _ in range(moments.randrange(300)):
                index.folder.current().commit_number()
            os.kill(process.pid, signal.SIGKILL)
        left_over += OutboxEntry.objects.exists()
        indexing.settle()
        check = indexing.check()
        assert (check.problem, check.missing, check.phantom, check.stale, check.waiting) == ("", (), (), (), 0)
        assert check.indexed == check.published == Article.objects.published().count()
    assert left_over


def test_reader_that_holds_a_state_goes_on_after_its_files_are_gone(tmp_path):
    folder = IndexFolder(tmp_path / "index")
    put(folder, [1, 2, 3])
    old = folder.snapshot()
    for _ in range(3):
        folder.use(folder.new_generation())
        put(folder, [7])
    answer = Execution(old).answer(
        plan.Request(plan.All((plan.Word("月季"), plan.Characters("第2篇"))), facets=plan.FACETS)
    )
    assert answer.articles == (2,)
    assert found(folder) == [7]


def contents(folder):
    """Everything that the index says, segment by segment."""
    return [
        (
            [segment.columns_of(number) for number in range(segment.count)],
            [
                (field, term, documents.tolist(), None if counts is None else counts.tolist())
                for field, term, documents, counts in segment.all_postings()
            ],
            [array.tolist() for array in segment.strings.taken_over(np.arange(segment.count))],
        )
        for segment in folder.snapshot().segments
    ]


@pytest.mark.django_db(transaction=True)
def test_index_built_by_several_processes_is_the_one_that_a_single_process_builds(index, monkeypatch):
    for number in range(25):
        ArticleFactory(headline=f"月季花展第{number}天", published=True)
    monkeypatch.setattr(backend, "parts_of", lambda entries: entries.parts(10))
    assert indexing.rebuild() == 25
    shared = contents(index.folder)
    assert [len(columns) for columns, *_ in shared] == [10, 10, 5]
    assert indexing.rebuild() == 25
    assert contents(index.folder) == shared
    monkeypatch.setattr(backend, "parts_of", lambda entries: [])
    monkeypatch.setattr(sharing, "ARTICLES_A_SEGMENT", 10)
    assert indexing.rebuild() == 25
    assert contents(index.folder) == shared


@pytest.mark.django_db
def test_parts_hold_every_published_article_once(index):
    pks = [ArticleFactory(published=number % 3 > 0).pk for number in range(20)]
    Article.objects.filter(pk=pks[7]).delete()
    entries = all_entries()
    whole = [one.article for one in entries]
    for size in (1, 3, 12, 50):
        parts = [[one.article for one in entries.between(*part)] for part in entries.parts(size)]
        assert [article for part in parts for article in part] == whole
        assert all(len(part) == size for part in parts[:-1])


@pytest.mark.django_db(transaction=True)
def test_process_that_dies_while_building_leaves_the_index_in_use_as_it_was(index, monkeypatch):
    articles = [ArticleFactory(published=True).pk for _ in range(4)]
    indexing.rebuild()
    before = index.folder.current().path
    monkeypatch.setattr(backend, "parts_of", lambda entries: entries.parts(2))
    monkeypatch.setattr(sharing, "written", lambda generation, entries: os.kill(os.getpid(), signal.SIGKILL))
    with pytest.raises(BrokenProcessPool):
        indexing.rebuild()
    assert index.folder.current().path == before
    assert sorted(index.fingerprints()) == articles


def answers(folder_or_state):
    """Everything that is asked of a state: order, counts of every facet, counts where records were merged."""
    state = folder_or_state.snapshot() if isinstance(folder_or_state, IndexFolder) else folder_or_state
    asked = [
        plan.Request(node, sort=sort, stop=10**6, facets=plan.FACETS, merged=merged)
        for node in (plan.Word("月季"), plan.Linked("people", (2, 11)), plan.InSection("第3版"))
        for sort in ("relevance", "newest", "oldest")
        for merged in ({}, {"people": {1: 2, 3: 12}})
    ]
    return [Execution(state).answer(request) for request in asked]


@pytest.mark.parametrize("large", [1, 8, 1_000])
def test_reader_who_saw_every_commit_answers_as_one_who_comes_last_and_an_old_state_as_it_did(
    tmp_path, monkeypatch, large
):
    monkeypatch.setattr(links, "LARGE", large)
    path = tmp_path / "index"
    writing, reading = IndexFolder(path), IndexFolder(path)
    draw = random.Random(8)
    states = []
    for number in range(14):
        writer = writing.current_or_new().writer()
        articles = draw.sample(range(1, 60), 6)
        writer.remove([*articles, draw.randrange(1, 60)])
        for article in articles:
            people = tuple(sorted(draw.sample([1, 2, 3, 10, 11, 12, 100, number + 200], 3)))
            writer.put(replace(entry(article), people=people, section=f"第{draw.randrange(number + 1)}版"))
        # Now and then the segments are made one, as the indexer does it.
        merge = number % 5 == 4
        if merge:
            for segment in writer.segments[-3:]:
                writer.put_segment(Segment(writing.current().storage, segment), set(segment.deleted_docs()))
            writer.segments = writer.segments[:-3]
        writer.commit(mergetype=lambda writer, segments: segments)
        fresh = answers(IndexFolder(path))
        assert answers(reading) == fresh
        assert sum(answer.total for answer in fresh)
        states.append((reading.snapshot(), IndexFolder(path).snapshot(), fresh))
    for seen, unread, told in states:
        assert answers(seen) == answers(unread) == told


def test_commit_leaves_what_was_worked_out_of_other_segments_as_it_is(tmp_path):
    folder = IndexFolder(tmp_path / "index")
    put(folder, [1, 2, 3])
    found(folder)
    (before,) = folder.snapshot().segments
    links, months = before.links("people"), before.months
    put(folder, [4])
    assert found(folder) == [1, 2, 3, 4]
    first, second = folder.snapshot().segments
    assert (first, second.count) == (before, 1)
    assert first.links("people") is links
    assert first.months is months
