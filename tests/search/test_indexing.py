"""The index follows the database: what is published is found, what is withdrawn is gone, nothing is lost."""

import importlib
import json
import subprocess
import sys
import threading
from dataclasses import replace
from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from haystack.query import SearchQuerySet
from whoosh.index import LockError

from articles.models import Article, ArticleTokens, Mention, OutboxEntry
from articles.search import Criteria, plan, search
from articles.search.analysis import analysis_stamp
from articles.search.engines.whoosh import folder
from articles.search.engines.whoosh.writer import ARTICLES_A_SEGMENT, segments_to_merge
from articles.services import indexing
from tests.factories import ArticleFactory
from tests.indexed import rebuild
from tests.search.archive import build


def found(query, **filters):
    return [hit.article.pk for hit in search(Criteria(q=query, page_size=50, **filters)).hits]


@pytest.mark.django_db
def test_empty_home_finds_nothing_and_says_what_to_run():
    ArticleFactory(published=True)
    page = search(Criteria(q="会议"))
    assert (page.total, page.hits, page.pages) == (0, (), 1)
    assert "rebuild_index" in page.reading.notes[-1]


@pytest.mark.django_db(transaction=True)
def test_commit_makes_an_article_findable_and_rollback_does_not():
    with transaction.atomic():
        article = ArticleFactory(headline="月季花展开幕", published=True)
        indexing.note_changed([article.pk])
    assert found("月季") == [article.pk]
    assert not OutboxEntry.objects.exists()
    with transaction.atomic():
        other = ArticleFactory(headline="月季花展闭幕", published=True)
        indexing.note_changed([other.pk])
        transaction.set_rollback(True)
    assert found("月季") == [article.pk]


@pytest.mark.django_db(transaction=True)
def test_printed_spelling_is_found_beside_the_corrected_one():
    article = ArticleFactory(headline="月季花展开幕", body="程望书主持。", printed="程望舒主持。", published=True)
    indexing.note_changed([article.pk])
    indexing.drain()
    assert found('"程望舒"') == found('"程望书"') == [article.pk]
    assert indexing.check().stale == ()
    Article.objects.filter(pk=article.pk).update(printed="")
    assert indexing.check().stale == (article.pk,)


@pytest.mark.django_db(transaction=True)
def test_corrected_article_is_found_by_its_new_words_only():
    article = ArticleFactory(headline="月季花展开幕", published=True)
    indexing.rebuild()
    article.headline = "牡丹花展开幕"
    with transaction.atomic():
        article.save()
        indexing.note_changed([article.pk])
    assert (found("月季"), found("牡丹")) == ([], [article.pk])


@pytest.mark.django_db
def test_withdrawn_article_is_gone_before_the_indexer_comes():
    articles = [ArticleFactory(headline="月季花展开幕", published=True) for _ in range(3)]
    rebuild()
    Article.objects.filter(pk=articles[1].pk).update(status=Article.Status.WITHDRAWN)
    indexing.note_changed([articles[1].pk])
    page = search(Criteria(q="月季"))
    assert page.total == 2
    assert articles[1].pk not in {hit.article.pk for hit in page.hits}
    assert sum(choice.count for choice in page.facets.sections) == 2
    assert indexing.drain() == 1
    assert search(Criteria(q="月季")).total == 2


@pytest.mark.django_db
def test_deleted_article_leaves_the_index():
    article = ArticleFactory(headline="月季花展开幕", published=True)
    rebuild()
    pk = article.pk
    article.delete()
    indexing.note_changed([pk])
    indexing.drain()
    assert indexing.check().indexed == 0


@pytest.mark.django_db
def test_locked_index_loses_nothing(index, monkeypatch):
    rebuild()
    article = ArticleFactory(headline="月季花展开幕", published=True)
    indexing.note_changed([article.pk])
    monkeypatch.setattr("articles.search.engines.whoosh.backend._LOCK_ATTEMPTS", 1)
    other = index.folder.current().writer()
    with pytest.raises(LockError):
        indexing.drain()
    assert OutboxEntry.objects.count() == 1
    other.cancel()
    assert indexing.drain() == 1
    assert found("月季") == [article.pk]


@pytest.mark.django_db
def test_only_one_indexer_works_at_a_time():
    indexing.note_changed([ArticleFactory(published=True).pk])
    with indexing._indexer() as first:
        assert first
        assert indexing.drain() == 0
    assert indexing.drain() == 1


@pytest.mark.django_db
def test_other_stamp_is_refused_kept_waiting_and_cured_by_rebuilding(monkeypatch):
    article = ArticleFactory(headline="月季花展开幕", published=True)
    rebuild()
    monkeypatch.setattr(folder, "SCHEMA_VERSION", "another")
    page = search(Criteria(q="月季"))
    assert page.total == 0
    assert "rebuild_index" in page.reading.notes[-1]
    indexing.note_changed([article.pk])
    assert indexing.drain() == 0
    assert OutboxEntry.objects.count() == 1
    with pytest.raises(CommandError, match="rebuild_index"):
        call_command("index_check")
    call_command("rebuild_index", interactive=False, verbosity=0)
    assert found("月季") == [article.pk]
    assert not OutboxEntry.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("start", ["web", "worker"])
def test_index_of_another_version_is_told_at_the_start_and_keeps_nothing_from_starting(monkeypatch, start):
    told = []

    def begin():
        told.clear()
        if start == "web":
            importlib.reload(importlib.import_module("newsarchive.wsgi"))
        else:
            call_command("worker", batch=True)

    monkeypatch.setattr("articles.management.commands.worker.Worker", mock.MagicMock())
    monkeypatch.setattr(indexing.log, "warning", told.append)  # the start sets logging up afresh
    monkeypatch.setattr(indexing.log, "exception", told.append)
    begin()  # no index yet
    assert told == []
    rebuild()
    begin()
    assert told == []
    monkeypatch.setattr(folder, "SCHEMA_VERSION", "another")
    begin()
    assert "manage.py rebuild_index" in told[0]
    monkeypatch.setattr(
        "articles.search.engines.whoosh.backend.WhooshBackend.check_stamp", mock.MagicMock(side_effect=OSError)
    )
    begin()
    assert "could not be looked at" in told[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "part", ["articles.search.analysis.stamp.NORMALISATION", "articles.search.analysis.stamp.CUTTING_VERSION"]
)
def test_index_of_another_analyser_is_told_and_repaired(monkeypatch, part):
    article = ArticleFactory(headline="月季花展开幕", published=True)
    rebuild()
    monkeypatch.setattr(part, "another")
    analysis_stamp.cache_clear()
    try:
        with pytest.raises(CommandError, match="rebuild_index"):
            call_command("index_check")
        call_command("index_check", repair=True)
        call_command("index_check")
        assert found("月季") == [article.pk]
    finally:
        analysis_stamp.cache_clear()


@pytest.mark.django_db
def test_check_tells_missing_phantom_and_stale_apart_and_repairs_them(capsys):
    archive = build()
    rebuild()
    call_command("index_check")
    assert "一致" in capsys.readouterr().out
    missing = ArticleFactory(published=True)
    phantom, stale, linked = archive.articles[:3]
    Article.objects.filter(pk=phantom.pk).update(status=Article.Status.DRAFT)
    stale.headline = "改过的标题"
    stale.save()
    Mention.objects.filter(article=linked).delete()
    found_wrong = indexing.check()
    assert found_wrong.missing == (missing.pk,)
    assert found_wrong.phantom == (phantom.pk,)
    assert found_wrong.stale == (stale.pk, linked.pk)
    with pytest.raises(CommandError, match="--repair"):
        call_command("index_check")
    call_command("index_check", repair=True)
    call_command("index_check")
    assert "一致" in capsys.readouterr().out


@pytest.mark.django_db
def test_words_are_cut_again_only_when_text_or_analyser_changed(monkeypatch):
    articles = [ArticleFactory(published=True) for _ in range(3)]
    rebuild()
    cut = []
    real = indexing.all_entries.__globals__["words_of"].__globals__["index_words"]
    monkeypatch.setattr("articles.search.tokens.index_words", lambda text: cut.append(text) or real(text))
    rebuild()
    assert cut == []
    articles[0].headline = "月季花展开幕"
    articles[0].save()
    rebuild()
    assert "月季花展开幕" in cut
    assert articles[1].headline not in cut
    ArticleTokens.objects.filter(article=articles[1]).update(stamp="old")
    rebuild()
    assert articles[1].headline in cut


@pytest.mark.django_db
def test_many_small_updates_are_merged_without_a_trace(index, monkeypatch):
    monkeypatch.setattr("articles.search.engines.whoosh.backend.MERGED_AT_ONCE", 0)
    articles = []
    for number in range(12):
        articles.append(ArticleFactory(headline=f"月季花展第{number}天", published=True))
        indexing.note_changed([articles[-1].pk])
        indexing._index_batch(OutboxEntry.objects.order_by("pk"))
    Article.objects.filter(pk=articles[5].pk).update(status=Article.Status.DRAFT)
    indexing.note_changed([articles[5].pk])
    indexing._index_batch(OutboxEntry.objects.order_by("pk"))
    before = search(Criteria(q="月季 会议"))
    assert len(index.folder.current().segments()) == 12
    indexing.tidy()
    after = search(Criteria(q="月季 会议"))
    assert len(index.folder.current().segments()) == 1
    assert [(h.article.pk, h.score) for h in after.hits] == [(h.article.pk, h.score) for h in before.hits]
    assert after.total == 11
    assert search(Criteria(q='"花展第7"')).total == 1


@pytest.mark.django_db
def test_updates_alone_never_leave_many_parts(index):
    articles = [ArticleFactory(headline=f"月季花展第{number}天", published=True) for number in range(30)]
    for article in articles:
        index.update(indexing._article_index(), [article])
        assert len(index.folder.current().segments()) <= 9
    assert sorted(index.fingerprints()) == [article.pk for article in articles]
    assert search(Criteria(q="月季")).total == 30


class Part:
    """A segment as far as merging looks at it."""

    def __init__(self, articles):
        self.articles = articles

    def doc_count(self):
        return self.articles


def test_parts_of_like_size_are_made_one_until_they_are_few():
    parts = []
    for _ in range(400):  # a big import in batches
        parts.append(Part(500))
        while merged := segments_to_merge(parts):
            total = sum(part.articles for part in merged)
            assert total <= ARTICLES_A_SEGMENT
            parts = [*(part for part in parts if part not in merged), Part(total)]
    assert sum(part.articles for part in parts) == 400 * 500
    assert len(parts) <= 25


@pytest.mark.django_db
def test_ranking_is_the_same_however_the_index_grew():
    archive = build()
    for article in archive.articles:
        indexing.note_changed([article.pk])
        indexing._index_batch(OutboxEntry.objects.order_by("pk"))
    queries = ("新能源 电池", "管委会", "", "河湾 -防汛")
    grown = [[(h.article.pk, h.score) for h in search(Criteria(q=q)).hits] for q in queries]
    rebuild()
    assert [[(h.article.pk, h.score) for h in search(Criteria(q=q)).hits] for q in queries] == grown


@pytest.mark.django_db
def test_slices_and_pages_agree():
    for _ in range(23):
        ArticleFactory(published=True)
    rebuild()
    whole = found("工作会议")
    assert len(whole) == 23
    pages = [[h.article.pk for h in search(Criteria(q="工作会议", page=n, page_size=5)).hits] for n in range(1, 6)]
    assert [pk for page in pages for pk in page] == whole
    results = SearchQuerySet().filter(content="工作会议")
    assert [int(r.pk) for r in results[5:17]] == whole[5:17]
    assert [int(r.pk) for r in results[0:9]][3:] == whole[3:9]
    assert results.count() == 23
    last = search(Criteria(q="工作会议", page=10**9, page_size=5))
    assert (last.page, last.pages, len(last.hits)) == (5, 5, 3)


@pytest.mark.django_db
@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_any_slice_is_a_part_of_the_whole_answer(index, sort):
    for number in range(40):
        ArticleFactory(headline="会议" * (number % 3 + 1), published=True)
    rebuild()
    asked = plan.Request(plan.Word("会议"), sort=sort, stop=10**9)
    whole = index.answer(asked)
    assert len(whole.articles) == 40
    for start in range(42):
        for stop in range(start, 44):
            part = index.answer(replace(asked, start=start, stop=stop))
            assert (part.articles, part.scores) == (whole.articles[start:stop], whole.scores[start:stop])


@pytest.mark.django_db
def test_haystack_query_sets_and_commands_work():
    archive = build()
    call_command("rebuild_index", interactive=False, verbosity=0)
    assert SearchQuerySet().all().count() == 8
    assert {int(r.pk) for r in SearchQuerySet().filter(people=archive.red.pk)} == {
        archive.articles[0].pk,
        archive.articles[2].pk,
    }
    assert SearchQuerySet().exclude(content="新能源").count() == 5
    assert SearchQuerySet().filter(content__exact="能源电池").count() == 1
    assert [r.object for r in SearchQuerySet().filter(content="义诊").load_all()] == [archive.articles[4]]
    newest = SearchQuerySet().order_by("-date")
    assert int(newest[0].pk) == archive.articles[7].pk
    facets = SearchQuerySet().facet("sections").facet_counts()
    assert facets["fields"]["sections"] == [("民生", 4), ("要闻", 4)] or facets["fields"]["sections"] == [
        ("要闻", 4),
        ("民生", 4),
    ]
    Article.objects.filter(pk=archive.articles[0].pk).update(status=Article.Status.WITHDRAWN)
    call_command("update_index", remove=True, verbosity=0)
    assert SearchQuerySet().all().count() == 7
    call_command("clear_index", interactive=False, verbosity=0)
    assert SearchQuerySet().all().count() == 0


@pytest.mark.django_db(transaction=True)
def test_readers_and_a_writer_at_once_see_whole_states_only(index):
    ArticleFactory(headline="月季花展开幕", published=True)
    indexing.rebuild()
    stop = threading.Event()
    seen, errors = set(), []

    def read():
        try:
            while not stop.is_set():
                snapshot = index.folder.snapshot()
                seen.add((len(snapshot.postings("headline", "月季")[0]), snapshot.alive_count))
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(10):
        with transaction.atomic():
            indexing.note_changed([ArticleFactory(headline="月季花展开幕", published=True).pk])
        indexing.rebuild()
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert all(postings == alive for postings, alive in seen)
    assert search(Criteria(q="月季")).total == 11


@pytest.mark.django_db
def test_another_process_answers_the_same(index, tmp_path):
    build()
    rebuild()
    program = (
        "import sys, json, pathlib, django\n"
        "django.setup()\n"
        "from articles.search import plan\n"
        "from articles.search.engines.whoosh.executor import Execution\n"
        "from articles.search.engines.whoosh.folder import IndexFolder\n"
        "snapshot = IndexFolder(pathlib.Path(sys.argv[1])).snapshot()\n"
        "answer = Execution(snapshot).answer(plan.Request(plan.Word('新能源'), facets=plan.FACETS))\n"
        "print(json.dumps([answer.articles, answer.scores, answer.facets]))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(index.folder.path)],
        capture_output=True,
        text=True,
        check=True,
        env={"DJANGO_SETTINGS_MODULE": "newsarchive.settings.test", "NEWSARCHIVE_TEST_HOME": str(tmp_path), "PATH": ""},
    )
    own = index.answer(plan.Request(plan.Word("新能源"), facets=plan.FACETS))
    assert json.loads(run.stdout) == json.loads(json.dumps([own.articles, own.scores, own.facets]))
