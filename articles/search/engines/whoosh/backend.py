"""The engine as Haystack sees it: its commands, `SearchQuerySet`, and the archive's own requests.

Haystack's Whoosh backend is not built on: it can't highlight Chinese, computes pages wrongly for slices that are not
page-aligned (`calculate_page`), loses a removal while another writer holds the lock, subtracts from its counts, gives
multi-valued facets a bucket for nothing, opens three readers a page, and raises on orders of mixed direction.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from haystack.backends import BaseEngine, BaseSearchBackend, log_query
from haystack.models import SearchResult
from haystack.utils import get_identifier
from whoosh.index import LockError

from articles.search.engines.errors import IndexMismatchError, IndexMissingError
from articles.search.plan import Answer, Node, Request

from .executor import Execution
from .folder import IndexFolder
from .query import ArchiveSearchQuery
from .segment import Segment
from .sharing import parts_of, written, written_apart
from .writer import ARTICLES_A_SEGMENT, segments_to_merge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from haystack.indexes import SearchIndex

    from .folder import Generation
    from .writer import ArchiveWriter

MERGED_AT_ONCE = 3_000  # articles: merged in under a second, so that an update still is quick to be seen
_LOCK_ATTEMPTS = 100


@cache
def index_folder(path: Path) -> IndexFolder:
    """One object for all connections and threads of this process."""
    return IndexFolder(path)


class WhooshBackend(BaseSearchBackend):  # type: ignore[misc]
    """Writes and reads the index in the folder PATH."""

    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **options)
        self.folder = index_folder(Path(options["PATH"]))

    # Asking

    def answer(self, request: Request) -> Answer:
        """What the index says; with a notice and nothing found where it can't be used."""
        try:
            return Execution(self.folder.snapshot()).answer(request)
        except IndexMissingError:
            return Answer(notice=_("检索索引尚未建立。请管理员运行 python manage.py rebuild_index。"))
        except IndexMismatchError:
            return Answer(
                notice=_("检索索引由另一版本的程序建立，不能使用。请管理员运行 python manage.py rebuild_index。")
            )

    def count(self, nodes: Iterable[Node]) -> list[int]:
        """How many articles meet each of them alone."""
        nodes = list(nodes)
        try:
            execution = Execution(self.folder.snapshot())
        except (IndexMissingError, IndexMismatchError):
            return [0] * len(nodes)
        return [execution.count(node) for node in nodes]

    @log_query  # type: ignore[untyped-decorator]
    def search(self, query_string: str, request: Request | None = None, **options: Any) -> dict[str, Any]:
        """Haystack's own form of question and answer; `query_string` is in the archive's query language."""
        if request is None:
            query = ArchiveSearchQuery(using=self.connection_alias)
            query.raw_search(query_string)
            request = query.request_of(options)
        answer = self.answer(request)
        result_class = options.get("result_class") or SearchResult
        return {
            "results": [
                result_class("articles", "article", str(pk), score, id=f"articles.article.{pk}")
                for pk, score in zip(answer.articles, answer.scores, strict=True)
            ],
            "hits": answer.total,
            "facets": {"fields": {name: list(counts) for name, counts in answer.facets.items()}},
            "answer": answer,
        }

    def check_stamp(self) -> None:
        """Raises IndexMissingError where there is no index, IndexMismatchError where another version made it."""
        self.folder.current()

    def total(self) -> int:
        """How many articles the index holds."""
        return self.answer(Request(stop=0)).total

    def fingerprints(self) -> dict[int, int]:
        """Every article in the index and the fingerprint of what was indexed. Raises where there is no index."""
        snapshot = self.folder.snapshot()
        facts = snapshot.facts[snapshot.alive]
        return dict(zip(facts["article"].tolist(), facts["fingerprint"].tolist(), strict=True))

    # Writing

    @contextmanager
    def _writing(self, generation: Generation) -> Iterator[ArchiveWriter]:
        """A writer that is committed at the end and cancelled on an error. Another writer is waited for: Haystack's
        backend loses a removal instead. Raises LockError when it goes on for seconds."""
        for attempt in range(_LOCK_ATTEMPTS):
            try:
                writer = generation.writer()
                break
            except LockError:
                if attempt == _LOCK_ATTEMPTS - 1:
                    raise
                time.sleep(0.05)
        try:
            yield writer
        except BaseException:
            writer.cancel()
            raise
        writer.commit(mergetype=lambda writer, segments: segments)

    def update(
        self, index: SearchIndex, iterable: Iterable[Any], commit: bool = True, *, gone: Iterable[int] = ()
    ) -> None:
        """Put these articles into the index in the place of what was there, and take out those that are gone or no
        longer published. Readers see all of it at once."""
        articles = list(iterable)
        leaving = [*(article.pk for article in articles), *gone]
        if leaving:
            with self._writing(self.folder.current_or_new()) as writer:
                writer.remove(leaving)
                for entry in index.entries(articles):
                    writer.put(entry)
            self.tidy(MERGED_AT_ONCE)

    def remove(self, obj_or_string: Any, commit: bool = True) -> None:
        """Take one article out, given itself or its Haystack identifier."""
        self.remove_articles([int(get_identifier(obj_or_string).rsplit(".", 1)[-1])])

    def remove_articles(self, articles: Iterable[int]) -> None:
        """Take articles out."""
        try:
            generation = self.folder.current()
        except IndexMissingError:
            return
        with self._writing(generation) as writer:
            writer.remove(articles)

    def tidy(self, most: int = ARTICLES_A_SEGMENT) -> None:
        """Make one segment of several of like size, so that a term needn't be looked up in each."""
        generation = self.folder.current()
        while segments_to_merge(generation.segments(), most):
            with self._writing(generation) as writer:
                # What is merged is looked for again behind the lock: another process may have been here.
                merged = segments_to_merge(writer.segments, most)
                for segment in merged:
                    writer.put_segment(Segment(generation.storage, segment), set(segment.deleted_docs()))
                writer.segments = [segment for segment in writer.segments if segment not in merged]

    def clear(self, models: Iterable[Any] | None = None, commit: bool = True) -> None:
        """Empty the index. The archive's only indexed model is the article, so `models` makes no difference."""
        self.folder.use(self.folder.new_generation())

    def build(self, entries: Iterable[Any]) -> int:
        """Build a new generation aside from all entries, then let readers have it. Says how many articles it holds.

        Entries that come in parts are shared among processes, one a core; the segments are the same and in the same
        order as if one had made them all.
        """
        generation = self.folder.new_generation()
        parts = parts_of(entries)
        segments = list(written_apart(generation, parts) if len(parts) > 1 else written(generation, entries))
        with self._writing(generation) as writer:
            writer.segments = segments
        self.folder.use(generation)
        return sum(segment.doc_count() for segment in segments)


class WhooshEngine(BaseEngine):  # type: ignore[misc]
    """For HAYSTACK_CONNECTIONS."""

    backend = WhooshBackend
    query = ArchiveSearchQuery


__all__ = ["WhooshBackend", "WhooshEngine", "index_folder"]
