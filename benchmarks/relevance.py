"""How well answers are ranked: python -m benchmarks.relevance QUERIES.json ARTICLES.json

ARTICLES is a list of issues: [{"paper", "date", "number", "pages": [{"page", "section", "articles": [{"id", "kicker",
"headline", "subtitle", "paras", "byline", "bylines", "people", "organisations"}]}]}]. People and organisations are
linked as they are listed there. QUERIES is a list of [{"query", "kind", "relevant": [ids of articles]}]; `relevant`
may also be {id: grade}. Everything is loaded into a throwaway home.
"""

from __future__ import annotations

import argparse
import json
import math
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

DEPTH = 20


def rows_of(issues: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[str]]:
    """Rows for the importer, and each one's id."""
    rows, ids = [], []
    for issue in issues:
        for page in issue["pages"]:
            for article in page["articles"]:
                ids.append(article["id"])
                rows.append(
                    {
                        "paper": issue["paper"],
                        "date": issue["date"],
                        "number": issue.get("number"),
                        "page": page["page"],
                        "section": page.get("section") or "",
                        "kicker": article.get("kicker") or "",
                        "title": article["headline"].replace("\n", " "),
                        "subtitle": article.get("subtitle") or "",
                        "body": "\n".join(article["paras"]),
                        "author": " ".join(article.get("byline") or ()),
                        **{name: article.get(name) or [] for name in ("bylines", "people", "organisations", "dates")},
                    }
                )
    return rows, ids


def load(issues: list[dict[str, Any]], home: Path) -> dict[int, str]:
    """Publish them as a table with judged names is; ids in the archive and the file's."""
    from django.core.management import call_command

    from articles.models import Article
    from articles.services.importing import import_table
    from articles.services.indexing import rebuild

    rows, ids = rows_of(issues)
    (home / "articles.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    call_command("migrate", verbosity=0)
    import_table(home / "articles.jsonl", publish=True)
    rebuild()
    known = {
        (str(date), page, headline, body[:40]): pk
        for pk, date, page, headline, body in Article.objects.published().values_list(
            "pk", "page__issue__date", "page__number", "headline", "body"
        )
    }
    return {
        known[row["date"], row["page"], row["title"], row["body"][:40]]: one for row, one in zip(rows, ids, strict=True)
    }


def judged(query: dict[str, Any], found: list[str]) -> dict[str, float]:
    """success@1, recall@20, nDCG@10 of one answer."""
    relevant = query["relevant"]
    grades = dict.fromkeys(relevant, 1.0) if isinstance(relevant, list) else {k: float(v) for k, v in relevant.items()}
    grades = {one: grade for one, grade in grades.items() if grade > 0}
    gain = sum(grades.get(one, 0) / math.log2(place + 2) for place, one in enumerate(found[:10]))
    best = sum(grade / math.log2(place + 2) for place, grade in enumerate(sorted(grades.values(), reverse=True)[:10]))
    return {
        "success@1": float(bool(found) and found[0] in grades),
        "recall@20": sum(one in grades for one in found[:DEPTH]) / len(grades),
        "nDCG@10": gain / best,
    }


def main() -> None:
    """Print a line for each kind, and with --details one for each query that isn't answered perfectly."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("queries", type=Path)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--details", action="store_true", help="show queries that are not answered perfectly")
    options = parser.parse_args()
    queries = [query for query in json.loads(options.queries.read_text(encoding="utf-8")) if query["relevant"]]
    issues = json.loads(options.articles.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="newsarchive-relevance-") as home:
        from benchmarks.home import enter

        enter(Path(home))
        from articles.search import Criteria, search

        names = load(issues, Path(home))
        kinds: dict[str, list[dict[str, float]]] = defaultdict(list)
        for query in queries:
            hits = search(Criteria(q=query["query"], page_size=DEPTH)).hits
            scores = judged(query, [names[hit.article.pk] for hit in hits])
            kinds[query.get("kind", "")].append(scores)
            kinds["all"].append(scores)
            if options.details and min(scores.values()) < 1:
                print(f"  {query['query']}: " + ", ".join(f"{name} {value:.2f}" for name, value in scores.items()))
        print(f"{'kind':<24}{'queries':>8}{'success@1':>11}{'recall@20':>11}{'nDCG@10':>9}")
        for kind, scored in sorted(kinds.items(), key=lambda pair: (pair[0] == "all", pair[0])):
            means = [sum(one[name] for one in scored) / len(scored) for name in ("success@1", "recall@20", "nDCG@10")]
            print(f"{kind:<24}{len(scored):>8}{means[0]:>11.3f}{means[1]:>11.3f}{means[2]:>9.3f}")


if __name__ == "__main__":
    main()
