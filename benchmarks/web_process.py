"""A web process as gunicorn starts one: measures opening the index, and memory after 200 results pages."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path


def memory() -> dict[str, float]:
    """Resident megabytes now: all, and without file pages that are shared with the page cache."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines() if ":" in line)
    return {name: round(int(status[key].split()[0]) / 1024, 1) for name, key in (("all", "VmRSS"), ("own", "RssAnon"))}


def main() -> None:
    """Prints one line of JSON."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsarchive.settings.dev"
    import django

    django.setup()
    from django.test import Client
    from haystack import connections

    from newsarchive.webserver import settle_in

    client = Client(HTTP_HOST="localhost")
    client.get("/healthz")
    folder = connections["default"].get_backend().folder
    cpu, wall = time.process_time(), time.perf_counter()
    folder.snapshot()
    figures = {
        "open_cpu_ms": round((time.process_time() - cpu) * 1000, 2),
        "open_wall_ms": round((time.perf_counter() - wall) * 1000, 2),
        "rss_opened_mb": memory()["all"],
    }
    settle_in()
    queries = json.loads(os.environ["BENCH_QUERIES"])
    for number in range(200):
        cpu = time.process_time()
        response = client.get("/search/", {"q": queries[number % len(queries)]})
        assert response.status_code == 200
        if number == 0:
            figures["first_page_cpu_ms"] = round((time.process_time() - cpu) * 1000, 1)
    print(json.dumps({**figures, "rss_mb": memory()["all"], "rss_own_mb": memory()["own"]}))


if __name__ == "__main__":
    main()
