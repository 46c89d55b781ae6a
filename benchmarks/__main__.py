"""Times reading a page, and searching beside other engines; compare ratios on one machine, not numbers between machines.

make bench                                         # 5,000 articles
make bench ARGS="--articles 100000 --skip stock_haystack"
make bench ARGS="--articles 20000 --keep /tmp/bench --results results.json"
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.peers import NAMES

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "fixtures" / "pages"


def time_reading() -> None:
    """Every fixture page, from bytes to articles with their people, bodies and dates."""
    from articles.newsprint import read_page

    print("reading a page, milliseconds")
    for path in sorted(PAGES.glob("*/*.txt")):
        content = path.read_bytes()
        read_page(content, path.name)
        taken = []
        for _ in range(3):
            start = time.process_time()
            read_page(content, path.name)
            taken.append((time.process_time() - start) * 1000)
        print(f"  {path.parent.name}/{path.name:<30}{statistics.median(taken):>9.1f}", flush=True)


def main() -> None:
    """Measure in a home that is gone afterwards, unless told to keep it."""
    from benchmarks.search_run import run

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=5000, help="5000 (default), 20000 or 100000")
    parser.add_argument(
        "--skip", action="append", default=[], choices=NAMES, help="leave an engine out; may be repeated"
    )
    parser.add_argument("--rounds", type=int, default=5, help="how often each question is asked")
    parser.add_argument("--keep", type=Path, help="build in this folder, or use what is built there, and leave it")
    parser.add_argument("--results", type=Path, help="add the figures to this JSON file, for benchmarks.growth")
    parser.add_argument("--no-reading", action="store_true", help="leave out reading pages")
    options = parser.parse_args()
    if options.articles < 1000:
        parser.error("fewer than 1,000 articles say nothing")
    if not options.no_reading:
        time_reading()
    engines = [name for name in NAMES if name not in options.skip]
    results = options.results.resolve() if options.results else None
    print(f"\nsearching, Python {sys.version.split()[0]}", flush=True)
    if options.keep:
        run(options.keep.resolve(), options.articles, engines, options.rounds, results)
        return
    with tempfile.TemporaryDirectory(prefix="newsarchive-bench-", ignore_cleanup_errors=True) as home:
        run(Path(home), options.articles, engines, options.rounds, results)


if __name__ == "__main__":
    main()
