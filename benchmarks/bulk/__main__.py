"""Makes a folder of pages, imports it, imports it again, kills imports in the middle, and compares what is there then.

python -m benchmarks.bulk make FOLDER --pages 1000    # every kind of page, 3 % of them broken
python -m benchmarks.bulk time FOLDER                 # a whole import, then the same again
python -m benchmarks.bulk kill FOLDER --kills 3       # kill -9 of all its processes, and again until it is done

FOLDER may be any folder of pages. `--keep HOME` leaves the archive there; `kill` compares with what `time` has left in
the HOME of the same name, or imports once without kills before.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.bulk.home import Home, Run

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Exit status 1 where anything was lost, doubled or changed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("make", "time", "kill"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--workers", type=int)
    parser.add_argument("--keep", type=Path, metavar="HOME")
    given = parser.parse_args(arguments)
    if given.what == "make":
        from benchmarks.bulk.pages import make

        print("broken:", *make(given.folder, given.pages, given.seed))
        return
    with tempfile.TemporaryDirectory(prefix="newsarchive-bulk-", ignore_cleanup_errors=True) as temporary:
        home = given.keep or Path(temporary)
        if given.what == "time":
            sys.exit(_time(home, given.folder, given.workers))
        sys.exit(_kill(home, given.folder, given.workers, given.kills, given.seed))


def _time(folder: Path, pages: Path, workers: int | None) -> int:
    home = Home(folder / "whole", pages, workers)
    first = home.imported()
    state = home.state()
    _tell("first", first, state)
    (folder / "whole.json").write_text(json.dumps({"state": state, "seconds": first.seconds}))
    again = home.imported()
    after = home.state()
    _tell("again", again, after)
    return _verdict(state, after)


def _kill(folder: Path, pages: Path, workers: int | None, kills: int, seed: int) -> int:
    kept = folder / "whole.json"
    if not kept.exists():
        _time(folder, pages, workers)
    whole = json.loads(kept.read_text())
    home, dice = Home(folder / "killed", pages, workers), random.Random(seed)
    for number in range(1, kills + 1):
        run = home.imported(kill_after=dice.uniform(0.05, 0.9 / kills) * whole["seconds"] + 2)
        _tell(f"kill {number}", run, home.state())
    _tell("to the end", home.imported(), home.state())
    return _verdict(whole["state"], home.state())


def _tell(name: str, run: Run, state: dict[str, Any]) -> None:
    rate = state["pages"] / run.seconds
    print(
        f"{name}: {run.seconds:.1f} s, exit {run.code}, {state['pages']} pages ({rate:.1f}/s), {run.cpu:.1f} s of CPU"
    )
    print("   ", ", ".join(f"{key} {value}" for key, value in state.items() if key != "every page"))
    print("    MB at most:", ", ".join(f"{role} {most}" for role, most in run.memory.items()), f"all {run.at_once}")
    sys.stdout.flush()


def _verdict(wanted: dict[str, Any], found: dict[str, Any]) -> int:
    faults = [
        f"{key}: {found[key]}, not {wanted[key]}" for key in wanted if found[key] != wanted[key] and key != "every page"
    ]
    pages = {tuple(page) for page in map(tuple, wanted["every page"])} ^ {
        tuple(page) for page in map(tuple, found["every page"])
    }
    faults += [f"pages that differ: {sorted({page[0] for page in pages})[:20]}"] * bool(pages)
    faults += [f"{found['doubled']} files stand twice"] * bool(found["doubled"])
    faults += [f"{found['homeless']} lines stand nowhere"] * bool(found["homeless"])
    print("nothing lost, nothing twice" if not faults else "\n".join(faults), flush=True)
    return 1 if faults else 0


if __name__ == "__main__":
    main()
