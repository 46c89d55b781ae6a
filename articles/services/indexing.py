"""Keeping the index in step with the database.

An outbox row is written in the transaction that changes an article. One indexer at a time empties the outbox: it
re-reads the article, puts it into the index or takes it out, commits the index, and only then deletes the row. A crash
at any point leaves the row, and doing it again changes nothing.
"""

from __future__ import annotations

import fcntl
import logging
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from haystack import connections

from articles.models import Article, OutboxEntry
from articles.search.engines.whoosh.folder import IndexMismatchError, IndexMissingError
from articles.search.entries import all_entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

log = logging.getLogger(__name__)

BATCH = 500
AT_ONCE = 200  # more than this is left to the worker, so that whoever saved needn't wait


def note_changed(article_ids: Iterable[int]) -> None:
    """Have the index look at these articles again. To be called in the transaction that changes them."""
    ids = list(dict.fromkeys(article_ids))
    if ids:
        OutboxEntry.objects.bulk_create([OutboxEntry(article_id=pk) for pk in ids], batch_size=1000)
        transaction.on_commit(partial(_drain_after_commit, len(ids)))


def _drain_after_commit(changed: int) -> None:
    """Index a few articles at once. Whatever goes wrong, the change itself is saved and the worker comes by."""
    if changed > AT_ONCE:
        return
    try:
        drain()
    except Exception:
        log.exception("the index could not be updated at once; the worker will do it")


def drain() -> int:
    """Empty the outbox and say how many entries were done. Returns 0 at once while another indexer is at work."""
    done = 0
    while OutboxEntry.objects.exists():
        with _indexer() as mine:
            if not mine:
                break
            batch_done = _drain_batches()
        done += batch_done
        if not batch_done:
            break
    return done


def _drain_batches() -> int:
    done = 0
    while True:
        rows = list(OutboxEntry.objects.order_by("pk").values_list("pk", "article_id")[:BATCH])
        if not rows:
            break
        try:
            _index_now({article for _, article in rows})
        except IndexMismatchError:
            log.warning("the index was made by another version; run: python manage.py rebuild_index")
            break
        OutboxEntry.objects.filter(pk__in=[pk for pk, _ in rows]).delete()
        done += len(rows)
    return done


def _index_now(ids: set[int]) -> None:
    """Index what is published of these articles, remove the rest."""
    backend = _backend()
    articles = list(Article.objects.published().filter(pk__in=ids).only("pk"))
    gone = ids - {article.pk for article in articles}
    if articles:
        backend.update(_article_index(), articles)
    if gone:
        backend.remove_articles(gone)


def tidy() -> None:
    """Merge small parts of the index; for the worker, when nothing else is to be done."""
    with _indexer() as mine:
        if mine:
            try:
                _backend().tidy()
            except (IndexMissingError, IndexMismatchError):
                return


def rebuild() -> int:
    """Build the whole index aside and swap it in; says how many articles it holds. Waits for an indexer at work."""
    with _indexer(wait=True):
        # Articles that change from here on have new rows and are indexed after the swap.
        seen = list(OutboxEntry.objects.values_list("pk", flat=True))
        count: int = _backend().build(all_entries())
        for start in range(0, len(seen), BATCH):
            OutboxEntry.objects.filter(pk__in=seen[start : start + BATCH]).delete()
    drain()
    return count


@contextmanager
def _indexer(*, wait: bool = False) -> Iterator[bool]:
    """True inside when this process is the one indexer; the lock goes with the process, however it ends."""
    with (settings.HOME / "indexer.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _backend() -> Any:
    return connections["default"].get_backend()


def _article_index() -> Any:
    return connections["default"].get_unified_index().get_index(Article)
