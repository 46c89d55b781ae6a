"""`python -m benchmarks.recognition [FILE…]`: how well recognition does on texts with known truth.

Without files, on the four files of paragraphs beside this one. The truth of a page is judged twice: on the truth's own paragraphs,
where recognition alone can go wrong, and on the page as it is read, where reading can too.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from articles.newsprint import read_page
from articles.newsprint.recognition import recognise_text
from articles.newsprint.values import ArticleReading, ReadingError

from .judging import Tally, figures, judge
from .truth import TrueArticle, TruthFile, read_truth, squash

HERE = Path(__file__).parent
PARAGRAPHS = ("tuned", "left_out", "wider", "wider_left_out")


def of_paragraphs(files: Sequence[TruthFile]) -> tuple[Tally, float]:
    """Counts on the truth's own paragraphs, and characters a second of CPU."""
    tally, characters = Tally(), 0
    began = time.process_time()
    for article in (article for file in files for article in file.articles):
        found = recognise_text(
            article.paragraphs,
            article.issue_date,
            headline=article.headline,
            kicker=article.kicker,
            subtitle=article.subtitle,
            bylines=article.bylines,
        )
        characters += sum(map(len, article.paragraphs))
        judge(tally, article, found)
    return tally, characters / max(time.process_time() - began, 1e-9)


def of_pages(files: Sequence[TruthFile]) -> Tally:
    """Counts on what the page reader makes of the pages."""
    tally = Tally()
    for file in files:
        if file.source is None or not file.source.exists():
            continue
        try:
            readings = read_page(file.source, issue_date=file.articles[0].issue_date).articles
        except ReadingError as error:
            tally.notes.append(f"{file.source}: {error.message}")
            readings = ()
        for article in file.articles:
            reading = _counterpart(article, readings)
            judge(tally, article, reading.recognised if reading else None)
    return tally


def _counterpart(article: TrueArticle, readings: Sequence[ArticleReading]) -> ArticleReading | None:
    """The article of the page whose text shares most with the true one, at least a tenth of it."""
    wanted = _pairs(article.paragraphs)
    shared = [((wanted & _pairs(reading.draft.paragraphs)).total(), at) for at, reading in enumerate(readings)]
    most, at = max(shared, default=(0, 0))
    return readings[at] if most and most >= 0.1 * wanted.total() else None


def _pairs(paragraphs: Sequence[str]) -> Counter[str]:
    text = squash("".join(paragraphs))
    return Counter(text[at : at + 2] for at in range(len(text) - 1))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, help="paragraphs (*.txt) or truths of pages (*.json)")
    parser.add_argument("--details", action="store_true", help="say what was missed (-) and made up (!)")
    options = parser.parse_args()
    paths: list[Path] = options.files or [HERE / f"{name}.txt" for name in PARAGRAPHS]
    try:
        files = [read_truth(path) for path in paths]
    except (OSError, ValueError) as error:
        parser.error(str(error))
    groups = {file.path.name: [file] for file in files if file.source is None}
    if pages := [file for file in files if file.source is not None]:
        groups["pages"] = pages
    for name, group in groups.items():
        tally, speed = of_paragraphs(group)
        columns = {"paragraphs": tally}
        if group[0].source is not None:
            columns["as read"] = of_pages(group)
        articles = sum(len(file.articles) for file in group)
        paragraphs = sum(len(article.paragraphs) for file in group for article in file.articles)
        print(f"{name}: {articles} articles, {paragraphs} paragraphs, {speed:,.0f} characters/s")
        tables = {column: figures(counted) for column, counted in columns.items()}
        print(f"  {'':<20}" + "".join(f"{column:>12}" for column in tables))
        for figure in tables["paragraphs"]:
            print(f"  {figure:<20}" + "".join(f"{table[figure]:>12.3f}" for table in tables.values()))
        if options.details:
            for column, counted in columns.items():
                print("\n".join(f"  [{column}] {note}" for note in counted.notes))
    return 0


if __name__ == "__main__":
    sys.exit(main())
