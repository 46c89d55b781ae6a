"""Xapian through Debian's python3-xapian, or a package of the same name in the virtual environment.

Words are terms, a headline's counted three times; pairs of characters have positions for phrases; dates are values.
Facets are counted by its own match spies, one slot for each of the first records of an article.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from .peer import FACET_SIZE, SHOWN, Absent, Found, Peer, Question, snippet
from .tantivy import pairs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.corpus import Printed

DATE, YEAR, SECTION, FIRST_LINK = 0, 1, 2, 3
SLOTS = {"people": 12, "organisations": 8, "reporters": 2}


class Engine(Peer):
    """A glass database in one folder."""

    title = "Xapian"

    def __init__(self, folder: Any) -> None:
        super().__init__(folder)
        debian = "/usr/lib/python3/dist-packages"
        try:
            import xapian
        except ImportError:
            sys.path.append(debian)  # its extension modules fit a Python of the same version
            try:
                import xapian
            except ImportError:
                raise Absent("not installed: apt install python3-xapian") from None
            finally:
                sys.path.remove(debian)
        self.xapian = xapian

    def build(self, articles: Sequence[Printed]) -> None:
        x = self.xapian
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        database = x.WritableDatabase(str(self.folder), x.DB_CREATE_OR_OPEN)
        generator = x.TermGenerator()
        for number, a in enumerate(articles):
            document = x.Document()
            for word in a.headline_words.split():
                document.add_term("W" + word[:60], 3)
            for word in a.words.split():
                document.add_term("W" + word[:60], 1)
            generator.set_document(document)
            generator.set_termpos(0)
            for part in a.parts.split("\n"):
                generator.index_text(" ".join(pair for pair in pairs(part) if pair.isalnum()), 1, "G")
                generator.increase_termpos()
            for person in a.people:
                document.add_boolean_term(f"P{person}")
            document.add_value(DATE, x.sortable_serialise(a.date.toordinal()))
            document.add_value(YEAR, str(a.date.year))
            document.add_value(SECTION, a.section)
            slot = FIRST_LINK
            for kind, slots in SLOTS.items():
                for offset, record in enumerate(getattr(a, kind)[:slots]):
                    document.add_value(slot + offset, str(record))
                slot += slots
            document.set_data(json.dumps([a.headline, a.body], ensure_ascii=False))
            database.add_document(document)  # ids count from 1 in both
            if number % 20_000 == 19_999:
                database.commit()
        database.commit()
        compact = str(self.folder) + ".compact"
        database.compact(compact)
        database.close()
        import shutil
        from pathlib import Path

        shutil.rmtree(self.folder)
        Path(compact).rename(self.folder)

    def open(self) -> None:
        self.database = self.xapian.Database(str(self.folder))

    def _enquire(self, question: Question) -> Any:
        x = self.xapian
        if question.phrase:
            query = x.Query(x.Query.OP_PHRASE, ["G" + pair for pair in pairs(question.phrase)])
        else:
            query = x.Query(x.Query.OP_AND, ["W" + word[:60] for word in question.words])
        if question.person:
            query = x.Query(x.Query.OP_FILTER, query, x.Query(f"P{question.person}"))
        if question.since and question.until:
            days = [x.sortable_serialise(day.toordinal()) for day in (question.since, question.until)]
            query = x.Query(x.Query.OP_FILTER, query, x.Query(x.Query.OP_VALUE_RANGE, DATE, *days))
        enquire = x.Enquire(self.database)
        enquire.set_query(query)
        enquire.set_weighting_scheme(x.BM25Weight(1.2, 0, 1, 0.75, 0.5))
        if question.newest:
            enquire.set_sort_by_value(DATE, True)
        elif question.phrase:
            enquire.set_weighting_scheme(x.BoolWeight())
        return enquire

    def find(self, question: Question) -> Found:
        found = self._enquire(question).get_mset(0, SHOWN, self.database.get_doccount())
        return Found(found.get_matches_estimated(), [hit.docid for hit in found])

    def page(self, question: Question) -> Found:
        x = self.xapian
        enquire = self._enquire(question)
        spies: dict[str, list[Any]] = {
            "years": [x.ValueCountMatchSpy(YEAR)],
            "sections": [x.ValueCountMatchSpy(SECTION)],
        }
        slot = FIRST_LINK
        for kind, slots in SLOTS.items():
            spies[kind] = [x.ValueCountMatchSpy(slot + offset) for offset in range(slots)]
            slot += slots
        for own in spies.values():
            for spy in own:
                enquire.add_matchspy(spy)
        found = enquire.get_mset(0, SHOWN, self.database.get_doccount())
        ids, snippets = [], []
        for hit in found:
            ids.append(hit.docid)
            snippets.append(snippet(question, *json.loads(hit.document.get_data())))
        facets = {}
        for kind, own in spies.items():
            counts: Counter[str] = Counter()
            for spy in own:
                for item in spy.values():
                    counts[item.term.decode()] += item.termfreq
            facets[kind] = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:FACET_SIZE]
        return Found(found.get_matches_estimated(), ids, facets, snippets)

    def every(self, question: Question) -> set[int]:
        found = self._enquire(question).get_mset(0, self.database.get_doccount())
        return {hit.docid for hit in found}

    def close(self) -> None:
        self.database.close()
