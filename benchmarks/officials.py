"""People and bodies at size: their pages, a body's line-up, and how fast a change of records is seen everywhere.

python -m benchmarks.officials                      # 20,000 articles, 3,000 people, two of them named 5,000 times each
python -m benchmarks.officials --articles 5000 --keep /tmp/officials
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.timing import p95

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.corpus import Printed
    from benchmarks.names import Names

OFTEN = 5000  # mentions of each of the two who are merged
SHOWN_BY = "到现场察看"
ASKED = 60  # pages of a kind, each asked once: nothing is warm but the process
ONE, OTHER = 1, 2  # the two most often named, who are merged and split
HELD = {"person": 60, "line-up": 150}  # CPU milliseconds, 95 of 100 pages


def print_often(articles: list[Printed], names: Names) -> None:
    """Name both in up to OFTEN articles, each in a paragraph of its own."""
    from articles.search.analysis import index_words, normalise

    draw = random.Random(7)
    for pk in (ONE, OTHER):
        named = sum(pk in article.people for article in articles)
        others = [article for article in articles if pk not in article.people]
        for article in draw.sample(others, max(0, min(OFTEN - named, len(others)))):
            added = f"同日，{names.people[pk]}{SHOWN_BY}。"
            article.body += "\n" + added
            article.people = tuple(sorted((*article.people, pk)))
            article.words += " " + " ".join(index_words(added))
            article.parts += "\n" + normalise(added)


def build(folder: Path, count: int) -> None:
    """The archive and its index, unless an earlier run was told to keep them."""
    from benchmarks import corpus, home

    home.enter(folder)
    stamp = folder / f"officials-{count}-{corpus.VERSION}"
    if stamp.exists():
        return
    from articles.services.indexing import rebuild

    start = time.perf_counter()
    articles, names = corpus.printed_archive(count)
    print_often(articles, names)
    home.load(articles, names)
    rebuild()
    stamp.touch()
    print(f"  {count:,} articles loaded and indexed: {time.perf_counter() - start:.0f} s", flush=True)


def timed(ask: Callable[[], Any]) -> tuple[float, float, Any]:
    """Milliseconds of CPU, of wall, and what was answered."""
    wall, cpu = time.perf_counter(), time.process_time()
    answer = ask()
    return (time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000, answer


def time_pages(client: Any) -> dict[str, dict[str, float]]:
    """Every kind of page, the people and bodies drawn as they are named: half among the most named, half anywhere."""
    from articles.models import Organisation, Person, Post
    from newsarchive.webserver import settle_in

    settle_in()  # as a web process does, or the collector looks through the whole made-up archive meanwhile
    draw = random.Random(11)

    def some(model: Any, named: list[int]) -> list[int]:
        everyone = list(model.objects.values_list("pk", flat=True))
        return named + draw.sample(everyone, min(len(everyone), ASKED - len(named)))

    profiles = Person.objects.filter(has_profile=True)
    pages = {
        "person": [f"/people/{pk}/" for pk in some(Person, list(range(1, ASKED // 2)))],
        "organisation": [f"/organisations/{pk}/" for pk in some(Organisation, list(range(1, ASKED // 2)))],
        "line-up": [
            f"/organisations/{pk}/line-up/?on={draw.randrange(2013, 2022)}-{draw.randrange(1, 13):02d}-15"
            for pk in some(Organisation, list(range(1, ASKED // 2)))
        ],
        "post": [f"/posts/{pk}/" for pk in some(Post, [])],
        "list of people": [f"/people/?initial={letter}" for letter in "CGHLWYZ"] + ["/people/"],
        "list of bodies": ["/organisations/"],
    }
    public = set(profiles.values_list("pk", flat=True))
    pages["person"] = [page for page in pages["person"] if int(page.split("/")[2]) in public]
    figures = {}
    for kind, addresses in pages.items():
        client.get(addresses[0])
        answers = [timed(lambda address=address: client.get(address)) for address in addresses]
        answered = [(cpu, wall) for cpu, wall, response in answers if response.status_code == 200]
        cpus, walls = [cpu for cpu, _ in answered], [wall for _, wall in answered]
        figures[kind] = {
            "pages": len(answered),
            "cpu_p50": round(statistics.median(cpus), 1),
            "cpu_p95": round(p95(cpus), 1),
            "wall_p95": round(p95(walls), 1),
        }
    return figures


def found(client: Any, person: int) -> bool:
    """Whether the search and the facet of another search count a person's articles as the database does."""
    from articles.models import Article

    theirs = Article.objects.filter(mentions__person=person).distinct()
    total = client.get("/api/v1/search", {"person": person}).json()["total"]
    facet = client.get("/api/v1/search", {"q": f'"{SHOWN_BY}"'}).json()["facets"]["people"]
    counted = {one["id"]: one["count"] for one in facet}
    return total == theirs.count() and counted.get(person) == theirs.filter(body__contains=SHOWN_BY).count()


def time_changes(client: Any) -> dict[str, Any]:
    """Merge two, undo it, and move half of one's mentions to a new record; until search and facets agree."""
    from articles.models import Mention, OutboxEntry, Person
    from articles.services.authority import merge, move_to_new, undo
    from articles.services.indexing import drain

    one, other = Person.objects.get(pk=ONE), Person.objects.get(pk=OTHER)
    named = {pk: Mention.objects.filter(person=pk).values("article").distinct().count() for pk in (ONE, OTHER)}
    figures: dict[str, Any] = {"articles of the two": f"{named[ONE]:,} and {named[OTHER]:,}"}

    def measured(what: str, change: Callable[[], Any], *counted: Callable[[Any], int]) -> Any:
        """A change in seconds, the outbox it leaves, and whether search and facets have followed once that is done."""
        _cpu, took, result = timed(change)
        left = OutboxEntry.objects.count()
        _cpu, indexing, _done = timed(drain)
        _cpu, following, agrees = timed(lambda: all(found(client, of(result)) for of in counted))
        figures[what] = {
            "seconds": round(took / 1000, 2),
            "to index": left,
            "index_seconds": round(indexing / 1000, 2),
            "search_seconds": round(following / 1000, 2),
            "agrees": agrees,
        }
        return result

    change = measured("merge", lambda: merge(other, one, None, "benchmark"), lambda _change: ONE)
    measured("undo", lambda: undo(change, None), lambda _none: ONE, lambda _none: OTHER)
    one.refresh_from_db()
    half = sorted(Mention.objects.filter(person=one).values_list("article", flat=True).distinct())[::2]
    split = measured(
        f"split off {len(half):,}",
        lambda: move_to_new(one, half, one.name, "另一人", None, "benchmark"),
        lambda _change: ONE,
        lambda change: change.other_person_id,
    )
    measured("undo that", lambda: undo(split, None), lambda _none: ONE)
    return figures


def main() -> None:
    """Measure in a home that is gone afterwards, unless told to keep it; prints JSON after the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20000)
    parser.add_argument("--keep", type=Path, help="build in this folder, or use what is built there, and leave it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="newsarchive-officials-", ignore_cleanup_errors=True) as temporary:
        build((options.keep or Path(temporary)).resolve(), options.articles)
        from django.test import Client

        client = Client(HTTP_HOST="localhost")
        pages = time_pages(client)
        print(f"\n{'':<18}{'pages':>6}{'CPU p50':>9}{'p95':>8}{'wall p95':>10}{'at most':>9}")
        for kind, row in pages.items():
            held = f"{HELD[kind]:>9}" if kind in HELD else ""
            print(
                f"{kind:<18}{row['pages']:>6}{row['cpu_p50']:>9}{row['cpu_p95']:>8}{row['wall_p95']:>10}{held}",
                flush=True,
            )
        changes = time_changes(client)
        for name, value in changes.items():
            print(f"  {name:<22}{value}")
        print(json.dumps({"articles": options.articles, "pages": pages, "changes": changes}))


if __name__ == "__main__":
    main()
