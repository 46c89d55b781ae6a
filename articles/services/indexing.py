"""Keeping the index in step with the database.

An outbox row is written in the transaction that changes an article. One indexer at a time empties the outbox: it
re-reads the article, puts it into the index or takes it out, commits the index, and only then deletes the row. A crash
at any point leaves the row, and doing it again changes nothing.
"""

from __future__ import annotations

import fcntl
import logging
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from haystack import connections

from articles.models import Article, OutboxEntry
from articles.search.engines import IndexMismatchError, IndexMissingError
from articles.search.entries import all_entries, fingerprints_of, published_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

log = logging.getLogger(__name__)

BATCH = 500
AT_ONCE = 200  # entries done in the request that changed them; more are left to the worker


def tell_of_unusable_index() -> None:
    """Say in the log what to run where the index was made by another version of the program. To be called when a web
    process or a worker starts; it never keeps one from starting."""
    try:
        _backend().check_stamp()
    except IndexMissingError:
        log.info("there is no index yet; to make one: python manage.py rebuild_index")
    except IndexMismatchError:
        _warn_of_another_version()
    except Exception:
        log.exception("the index could not be looked at")


def _warn_of_another_version() -> None:
    log.warning("the index was made by another version, nothing can be found; run: python manage.py rebuild_index")


def note_changed(article_ids: Iterable[int]) -> None:
    """Have the index look at these articles again. To be called in the transaction that changes them."""
    ids = list(dict.fromkeys(article_ids))
    if ids:
        OutboxEntry.objects.bulk_create([OutboxEntry(article_id=pk) for pk in ids], batch_size=1000)
        if len(ids) <= AT_ONCE:
            transaction.on_commit(_drain_after_commit)


def _drain_after_commit() -> None:
    """Index what was just saved. Whatever goes wrong, the change itself is saved and the worker comes by."""
    try:
        with _indexer() as mine:
            if mine:
                # The latest first: they are this request's own, however long the queue.
                _index_batch(OutboxEntry.objects.order_by("-pk")[:AT_ONCE])
    except Exception:
        log.exception("the index could not be updated at once; the worker will do it")


def waiting() -> int:
    """How many entries the outbox holds."""
    return OutboxEntry.objects.count()


def drain(on_batch: Callable[[int], None] = lambda done: None) -> int:
    """Empty the outbox and say how many entries were done. Returns at once while another indexer is at work.

    `on_batch` is told how many entries each batch had.
    """
    done = 0
    while OutboxEntry.objects.exists():
        with _indexer() as mine:
            batch = _index_batch(OutboxEntry.objects.order_by("pk")[:BATCH]) if mine else 0
        if not batch:
            break
        done += batch
        on_batch(batch)
    if done:
        tidy()
    return done


def settle() -> int:
    """As `drain`, but wait for an indexer at work."""
    done = 0
    while OutboxEntry.objects.exists():
        with _indexer(wait=True):
            batch = _index_batch(OutboxEntry.objects.order_by("pk")[:BATCH])
        if not batch:
            break
        done += batch
    return done


def _index_batch(entries: Any) -> int:
    """Bring the index up to date for these entries, then delete them; 0 when the index can't be used."""
    rows = list(entries.values_list("pk", "article_id"))
    if not rows:
        return 0
    backend = _backend()
    ids = {article for _pk, article in rows}
    articles = list(Article.objects.published().filter(pk__in=ids).only("pk"))
    try:
        # The articles are read again inside: one withdrawn since is left out there and has an entry of its own.
        backend.update(_article_index(), articles, gone=ids - {article.pk for article in articles})
    except IndexMismatchError:
        _warn_of_another_version()
        return 0
    OutboxEntry.objects.filter(pk__in=[pk for pk, _article in rows]).delete()
    return len(rows)


def tidy() -> None:
    """Merge the small parts that many updates leave in the index."""
    with _indexer() as mine:
        if mine:
            try:
                _backend().tidy()
            except (IndexMissingError, IndexMismatchError):
                return


def rebuild() -> int:
    """Build the whole index aside and swap it in; says how many articles it holds. Waits for an indexer at work."""
    with _indexer(wait=True):
        # Articles that change from here on have new entries and are indexed after the swap.
        seen = list(OutboxEntry.objects.values_list("pk", flat=True))
        count: int = _backend().build(all_entries())
        for start in range(0, len(seen), BATCH):
            OutboxEntry.objects.filter(pk__in=seen[start : start + BATCH]).delete()
    settle()
    return count


@dataclass(frozen=True, slots=True)
class Check:
    """Index against database. `problem` is set when there is no index to compare; ids are of articles."""

    problem: str = ""
    published: int = 0
    indexed: int = 0
    waiting: int = 0
    missing: tuple[int, ...] = ()
    phantom: tuple[int, ...] = ()
    stale: tuple[int, ...] = ()


def check() -> Check:
    """Compare every published article with what the index says of it."""
    try:
        indexed: dict[int, int] = _backend().fingerprints()
    except IndexMissingError:
        return Check(problem=_("还没有检索索引。"))
    except IndexMismatchError:
        return Check(problem=_("检索索引由另一版本的程序建立，不能使用。"))
    published = 0
    missing: list[int] = []
    stale: list[int] = []
    left = dict(indexed)
    for batch in published_ids():
        for article, fingerprint in fingerprints_of(batch).items():
            published += 1
            there = left.pop(article, None)
            if there is None:
                missing.append(article)
            elif there != fingerprint:
                stale.append(article)
    waiting = OutboxEntry.objects.count()
    return Check("", published, len(indexed), waiting, tuple(missing), tuple(sorted(left)), tuple(stale))


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
