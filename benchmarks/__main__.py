"""Times reading a page and searching; compare ratios on one machine, not numbers between machines.

make bench                      # 2,000 articles
.venv/bin/python -m benchmarks --articles 20000
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "fixtures" / "pages"
QUERIES = (
    "企业",
    "营商环境 服务",
    '"高新区"',
    "项目 -天气",
    "headline:工作",
    "date:2018-03 群众",
    "没有这样的词语组合",
)


def report(name: str, action: Callable[[], object], times: int) -> None:
    """Median and 95th percentile of an action, in milliseconds."""
    action()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        taken.append((time.perf_counter() - start) * 1000)
    slow = statistics.quantiles(taken, n=20)[-1]
    print(f"  {name:<40}{statistics.median(taken):>9.1f}{slow:>9.1f}", flush=True)


def time_reading() -> None:
    """Every fixture page, from bytes to articles with their people, bodies and dates."""
    from articles.newsprint import read_page

    for path in sorted(PAGES.rglob("*.txt"))[:5]:
        content = path.read_bytes()
        report(f"read {path.parent.name}/{path.name}", lambda c=content, n=path.name: read_page(c, n), 5)


def time_searching(articles: int, home: Path) -> None:
    """Import, index, then whole pages of results with facets and snippets."""
    from django.core.management import call_command

    from articles.search import search
    from articles.search.criteria import Criteria
    from benchmarks.corpus import write_table

    table = home / "articles.jsonl"
    write_table(table, PAGES, articles)
    call_command("migrate", verbosity=0)
    start = time.perf_counter()
    call_command("import_articles", str(table), "--publish", "--no-recognition")
    print(f"  import {articles / (time.perf_counter() - start):.0f} articles/s", flush=True)
    start = time.perf_counter()
    call_command("rebuild_index", interactive=False, verbosity=0)
    print(f"  index  {articles / (time.perf_counter() - start):.0f} articles/s", flush=True)
    for query in QUERIES:
        report(f"search {query}", lambda q=query: search(Criteria(q=q)), 20)
    report("search 企业, newest, page 5", lambda: search(Criteria(q="企业", sort="newest", page=5)), 20)


def main() -> None:
    """Measure in a home that is gone afterwards."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="newsarchive-bench-") as home:
        os.environ.pop("DATABASE_URL", None)
        os.environ["NEWSARCHIVE_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "newsarchive.settings.dev"
        import django

        django.setup()
        print(f"milliseconds{'median':>39}{'p95':>9}")
        time_reading()
        time_searching(options.articles, Path(home))


if __name__ == "__main__":
    main()
