"""The questions of each row, drawn from the archive itself by how many articles hold what is asked."""

from __future__ import annotations

import datetime
import random
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from benchmarks.peers import Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.corpus import Printed

EACH = 6
PHRASES = {"phrase 0.01 %": 0.0001, "phrase 1 %": 0.01, "phrase 10 %": 0.1, "phrase 30 %": 0.3}
SAMPLE = 2000


def matching(question: Question, articles: Sequence[Printed]) -> set[int]:
    """Ids of the articles that meet it, by looking at every one: what an answer is held against."""
    words = [f" {word} " for word in question.words]
    found = set()
    for a in articles:
        text = f" {a.headline_words} {a.words} "
        if (
            all(word in text for word in words)
            and question.phrase in a.parts
            and (question.person is None or question.person in a.people)
            and (question.since is None or question.since <= a.date)
            and (question.until is None or a.date <= question.until)
        ):
            found.add(a.id)
    return found


class Asker:
    """Draws questions; the same for the same archive."""

    def __init__(self, articles: Sequence[Printed], counts: Counter[str]) -> None:
        self.articles = articles
        self.draw = random.Random(7)
        self.shares = {
            word: number / len(articles)
            for word, number in counts.items()
            if len(word) > 1 and not any(c.isdigit() for c in word)
        }

    def rows(self) -> dict[str, list[Question]]:
        """Questions by row, in the order of the table."""
        common = [Question("common word", (word,)) for word in self._words(0.2, 0.7)]
        rows = {
            "common word": common,
            "rare word": [Question("rare word", (word,)) for word in self._words(0.0001, 0.002)],
            "two words": [Question("two words", words) for words in self._together(2)],
            "three words": [Question("three words", words) for words in self._together(3)],
            **{row: [Question(row, phrase=p) for p in self._phrases(share)] for row, share in PHRASES.items()},
            "word + person": self._with_person(),
            "word + dates, newest": self._with_dates(),
        }
        mixed = [*common[:2], *rows["two words"][:2], rows["phrase 1 %"][0], rows["word + person"][0]]
        rows["whole page"] = [replace(question, row="whole page") for question in mixed]
        return {row: questions for row, questions in rows.items() if questions}

    def _words(self, low: float, high: float) -> list[str]:
        fitting = sorted(word for word, share in self.shares.items() if low <= share <= high)
        return self.draw.sample(fitting, min(EACH, len(fitting)))

    def _together(self, number: int) -> list[tuple[str, ...]]:
        """Words of middling frequency that stand in one article."""
        found: list[tuple[str, ...]] = []
        while len(found) < EACH:
            words = self.draw.choice(self.articles).words.split()
            fitting = sorted({word for word in words if 0.02 <= self.shares.get(word, 0) <= 0.3})
            if len(fitting) >= number:
                found.append(tuple(self.draw.sample(fitting, number)))
        return found

    def _phrases(self, share: float) -> list[str]:
        """Strings of 4 to 6 characters that this share of the articles holds, no dictionary word among them."""
        sample = self.draw.sample(list(self.articles), min(SAMPLE, len(self.articles)))
        joined = "\x00".join(a.parts for a in sample)
        known: dict[str, float] = {}
        for _ in range(6000):
            part = self.draw.choice(self.draw.choice(sample).parts.split("\n"))
            length = self.draw.randrange(3 if share > 0.2 else 4, 7)
            start = self.draw.randrange(max(1, len(part) - length))
            phrase = part[start : start + length]
            if len(phrase) == length and phrase.isalpha() and phrase not in self.shares and phrase not in known:
                known[phrase] = 0.0
                if len(known) > 600:
                    break
        for phrase in known:
            known[phrase] = self._share(phrase, sample, joined)
        best = sorted(known, key=lambda phrase: (abs(known[phrase] - share), phrase))
        return best[:EACH]

    @staticmethod
    def _share(phrase: str, sample: Sequence[Printed], joined: str) -> float:
        if phrase not in joined:
            return 0.0
        return sum(phrase in a.parts for a in sample) / len(sample)

    def _with_person(self) -> list[Question]:
        people = [pk for pk, _ in Counter(p for a in self.articles for p in a.people).most_common(60)]
        words = self._words(0.1, 0.6)
        return [
            Question("word + person", (w,), person=p)
            for w, p in zip(words, self.draw.sample(people, len(words)), strict=True)
        ]

    def _with_dates(self) -> list[Question]:
        first, last = self.articles[0].date, self.articles[-1].date
        found = []
        for word in self._words(0.1, 0.6):
            since = first + datetime.timedelta(days=self.draw.randrange(max(1, (last - first).days * 2 // 3)))
            until = since + datetime.timedelta(days=365)
            found.append(Question("word + dates, newest", (word,), since=since, until=until, newest=True))
        return found
