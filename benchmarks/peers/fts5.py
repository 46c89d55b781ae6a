"""SQLite FTS5, set up as its manual says.

Words come cut (unicode61 only parts them at blanks), content is external, headlines weigh three times by a
persistent rank, `optimize` has run, no prefix index. Phrases are asked of a second table with the trigram tokenizer.
A filter's ids are looked up for each match (the unary plus), not the match for each id. A page asks each match once, into a temporary table, and counts facets over that.
"""

# ruff: noqa: S608 (tables and columns are named here; what is asked goes in as parameters)
from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from .peer import FACET_SIZE, SHOWN, Found, Peer, Question, snippet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.corpus import Printed

SCHEMA = """
CREATE TABLE article (id INTEGER PRIMARY KEY, headline TEXT, body TEXT, headline_words TEXT, words TEXT, parts TEXT);
CREATE TABLE fact (id INTEGER PRIMARY KEY, date TEXT, year TEXT, section TEXT, paper INT);
CREATE TABLE link (kind TEXT, article INT, record INT, PRIMARY KEY (kind, article, record)) WITHOUT ROWID;
CREATE VIRTUAL TABLE by_word USING fts5(headline_words, words, content='article', content_rowid='id',
    tokenize="unicode61 remove_diacritics 0 tokenchars '.%-+/·~&@#_:'");
CREATE VIRTUAL TABLE by_phrase USING fts5(parts, content='article', content_rowid='id', tokenize='trigram');
"""
LINKS = ("people", "organisations", "reporters")


class Engine(Peer):
    """One file."""

    title = "SQLite FTS5"

    def open(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.db = sqlite3.connect(self.folder / "fts5.sqlite3", isolation_level=None)
        self.db.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA cache_size=-200000; PRAGMA mmap_size=4000000000;"
            "PRAGMA temp_store=MEMORY; CREATE TEMP TABLE hit (id INTEGER PRIMARY KEY, score REAL);"
        )

    def build(self, articles: Sequence[Printed]) -> None:
        self.open()
        self.db.executescript(SCHEMA)
        self.db.execute("BEGIN")
        self.db.executemany(
            "INSERT INTO article VALUES (?,?,?,?,?,?)",
            ((a.id, a.headline, a.body, a.headline_words, a.words, a.parts) for a in articles),
        )
        self.db.executemany(
            "INSERT INTO fact VALUES (?,?,?,?,?)",
            ((a.id, a.date.isoformat(), str(a.date.year), a.section, a.paper) for a in articles),
        )
        for kind in LINKS:
            self.db.executemany(
                "INSERT INTO link VALUES (?,?,?)",
                ((kind, a.id, record) for a in articles for record in getattr(a, kind)),
            )
        self.db.execute("CREATE INDEX link_by_record ON link (kind, record, article)")
        self.db.execute("CREATE INDEX fact_by_date ON fact (date, id)")
        self.db.execute("COMMIT")
        self.db.execute("INSERT INTO by_word(by_word, rank) VALUES ('rank', 'bm25(3.0, 1.0)')")
        for table in ("by_word", "by_phrase"):
            self.db.execute(f"INSERT INTO {table}({table}) VALUES ('rebuild')")
            self.db.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")
        self.db.executescript("ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)")
        self.db.close()

    @staticmethod
    def _where(question: Question) -> tuple[str, str, list[object]]:
        """Table, condition and parameters."""
        table = "by_phrase" if question.phrase else "by_word"
        asked = (question.phrase,) if question.phrase else question.words
        where = f"{table} MATCH ?"
        parameters: list[object] = [" AND ".join('"' + word.replace('"', '""') + '"' for word in asked)]
        if question.person:
            where += f" AND +{table}.rowid IN (SELECT article FROM link WHERE kind='people' AND record=?)"
            parameters.append(question.person)
        if question.since and question.until:
            where += f" AND +{table}.rowid IN (SELECT id FROM fact WHERE date BETWEEN ? AND ?)"
            parameters += [question.since.isoformat(), question.until.isoformat()]
        return table, where, parameters

    def find(self, question: Question) -> Found:
        table, where, parameters = self._where(question)
        total = self.db.execute(f"SELECT count(*) FROM {table} WHERE {where}", parameters).fetchone()[0]
        if question.newest:
            sql = f"SELECT f.id FROM {table} JOIN fact f ON f.id = {table}.rowid WHERE {where} ORDER BY f.date DESC, f.id DESC"
        else:
            sql = f"SELECT rowid FROM {table} WHERE {where} ORDER BY rank"
        return Found(total, [row[0] for row in self.db.execute(f"{sql} LIMIT {SHOWN}", parameters)])

    def page(self, question: Question) -> Found:
        table, where, parameters = self._where(question)
        run = self.db.execute
        run("DELETE FROM hit")
        run(f"INSERT INTO hit SELECT rowid, rank FROM {table} WHERE {where}", parameters)
        total = run("SELECT count(*) FROM hit").fetchone()[0]
        order = "f.date DESC, h.id DESC" if question.newest else "h.score"
        join = " JOIN fact f ON f.id = h.id" if question.newest else ""
        ids = [row[0] for row in run(f"SELECT h.id FROM hit h{join} ORDER BY {order} LIMIT {SHOWN}")]
        facets = {
            kind: run(
                "SELECT record, count(*) FROM hit JOIN link ON kind = ? AND article = id"
                f" GROUP BY record ORDER BY 2 DESC, 1 LIMIT {FACET_SIZE}",
                [kind],
            ).fetchall()
            for kind in LINKS
        }
        for name, column in (("years", "year"), ("sections", "section")):
            facets[name] = run(
                f"SELECT {column}, count(*) FROM hit JOIN fact USING (id) GROUP BY 1 ORDER BY 2 DESC LIMIT {FACET_SIZE}"
            ).fetchall()
        places = ",".join("?" * len(ids))
        rows = run(f"SELECT id, headline, body FROM article WHERE id IN ({places})", ids).fetchall()
        texts = {pk: (headline, body) for pk, headline, body in rows}
        facets = {name: [(str(value), number) for value, number in counts] for name, counts in facets.items()}
        return Found(total, ids, facets, [snippet(question, *texts[pk]) for pk in ids])

    def every(self, question: Question) -> set[int]:
        table, where, parameters = self._where(question)
        return {row[0] for row in self.db.execute(f"SELECT rowid FROM {table} WHERE {where}", parameters)}

    def size(self) -> int:
        pages = self.db.execute("SELECT sum(pgsize) FROM dbstat WHERE name NOT IN ('article', 'sqlite_schema')")
        return int(pages.fetchone()[0])

    def close(self) -> None:
        self.db.close()
