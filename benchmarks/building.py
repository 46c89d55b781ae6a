"""Builds the made-up archive and every engine's index of it, or takes what an earlier run was told to keep."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks import corpus, home
from benchmarks.peers import Absent, peer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.corpus import Printed
    from benchmarks.names import Names
    from benchmarks.peers import Peer


@dataclass
class Archive:
    """The articles, and the engines that hold them, by name."""

    folder: Path
    articles: list[Printed]
    names: Names
    peers: dict[str, Peer] = field(default_factory=dict)
    built: dict[str, float] = field(default_factory=dict)  # seconds of CPU of those built now


def build(folder: Path, count: int, engines: Sequence[str]) -> Archive:
    """Django must not have been started yet. Says what it does, since some of it takes long."""
    home.enter(folder)
    start = time.process_time()
    articles, names = corpus.printed_archive(count)
    stamp = folder / f"articles-{count}-{corpus.VERSION}"
    if not stamp.exists():
        home.load(articles, names)
        stamp.touch()
    else:
        home.same_sections(articles)
    print(f"  {count} articles printed and loaded: {time.process_time() - start:.0f} s of CPU", flush=True)
    archive = Archive(folder, articles, names)
    for name in engines:
        try:
            own = peer(
                name, folder / ("index" if name == "newsarchive" else "stock" if name == "stock_haystack" else name)
            )
            marker = folder / f"built-{name}"
            if name != "newsarchive" and not marker.exists():  # its build is a measurement of its own, made every time
                shutil.rmtree(own.folder, ignore_errors=True)  # half of one that was interrupted
                start = time.process_time()
                wall = time.perf_counter()
                own.build(articles)
                archive.built[name] = time.process_time() - start
                wall = time.perf_counter() - wall
                print(f"  {own.title} built: {archive.built[name]:.0f} s of CPU here, {wall:.0f} s", flush=True)
                marker.touch()
            own.open()
        except Absent as absent:
            print(f"  {name} left out: {absent}", flush=True)
            continue
        archive.peers[name] = own
    return archive
