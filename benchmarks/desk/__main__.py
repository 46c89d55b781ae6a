"""Sits an editor down at the desk with pages whose truth is known, and counts gestures; or kills the servers meanwhile.

python -m benchmarks.desk FOLDER                       # the session, one log line an article
python -m benchmarks.desk FOLDER --kill 50             # the same under 50 kills of web server and worker
python -m benchmarks.desk FOLDER --poison              # two workers, and a page that kills whoever reads it

FOLDER holds pages (*.txt, *.pdf) with their truth beside them (*.json).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.desk import office

if TYPE_CHECKING:
    from typing import Any

    from benchmarks.desk.session import Session

MOST_GESTURES, LEAST_UNTOUCHED = 2, 0.6  # an article, at the least good that is let pass; the aim is 1 and 75 %


def main() -> None:
    """In a home that is gone afterwards, unless told to keep it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--damage", default="usual", help="text pages of this kind only; “all” takes every one")
    parser.add_argument(
        "--kill", type=int, default=0, metavar="N", help="kill -9 web server or worker N times meanwhile"
    )
    parser.add_argument("--form", choices=["text", "PDF"], help="pages of this form only")
    parser.add_argument("--poison", action="store_true", help="two workers, and a page that kills whoever reads it")
    parser.add_argument("--seed", type=int, default=1, help="of the moments of the kills")
    parser.add_argument(
        "--minutes", type=float, default=60, help="no kill later than this; what was lost is still told"
    )
    parser.add_argument("--log", type=Path, help="where to write one JSON object an article")
    parser.add_argument("--keep", type=Path, help="use this new folder as home and leave it there")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="desk-") as temporary:
        home = args.keep or Path(temporary)
        office.enter(home)
        from benchmarks.desk.truth import load_issues

        issues = load_issues(args.folder, None if args.damage == "all" else args.damage)
        issues = [issue for issue in issues if args.form in (None, issue.form)]
        if not issues:
            sys.exit(f"no such pages in {args.folder}")
        here = office.Office(home)
        try:
            here.start()
            if args.poison:
                from benchmarks.desk.poison import poison_drill

                sys.exit(poison_drill(issues, here))
            if args.kill:
                from benchmarks.desk.drill import drill

                sys.exit(drill(issues, here, kills=args.kill, seed=args.seed, minutes=args.minutes))
            _session(issues, here, args.log)
        finally:
            here.close()


def _session(issues: list, here: office.Office, log: Path | None) -> None:  # type: ignore[type-arg]
    from benchmarks.desk.editor import Editor
    from benchmarks.desk.session import Session

    editor = Editor(here.address)
    editor.sign_in()
    session = Session(editor, here)
    start = time.monotonic()
    for issue in issues:
        session.work_on(issue, issue.edition)
    taken = time.monotonic() - start
    entries = session.lines()
    if log:
        log.write_text("".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries), encoding="utf-8")
    print(f"{len(issues)} issues, {taken:.0f} s")
    for form in dict.fromkeys(entry["form"] for entry in entries):
        print(f"\n{form}, {sum(len(issue.pages) for issue in issues if issue.form == form)} pages")
        print(summary(session, form))
    if not all(entry["exact"] for entry in entries):
        sys.exit("not every article is as printed")
    if failed := below_floor(entries):
        sys.exit(failed)


def summary(session: Session, form: str) -> str:
    """Figures of a session's text pages or PDFs as lines of text."""
    entries = [entry for entry in session.lines() if entry["form"] == form]
    done = [each for each in session.done if session.forms[each.page] == form]
    count, touched = len(entries), [entry["gestures"] for entry in entries]
    kinds = ", ".join(f"{kind} {number}" for kind, number in Counter(each.kind for each in done).most_common())
    return "\n".join(
        [
            f"articles                      {count}",
            f"as printed at once            {sum(e['right_at_once'] for e in entries) / count:.1%}",
            f"no gesture touched            {touched.count(0) / count:.1%}",
            f"gestures in all               {len(done)}  ({kinds or 'none'})",
            f"gestures an article           {len(done) / count:.2f}",
            f"touches an article            {sum(touched) / count:.2f}  (a gesture between two articles touches both)",
            f"most for one article          {max(touched)}",
            f"as printed in the end         {sum(e['exact'] for e in entries) / count:.1%}",
        ]
    )


def below_floor(entries: list[dict[str, Any]]) -> str:
    """What is too much work, in a sentence; empty where each form keeps the floor."""
    for form in dict.fromkeys(entry["form"] for entry in entries):
        touched = [entry["gestures"] for entry in entries if entry["form"] == form]
        if sum(touched) > MOST_GESTURES * len(touched) or touched.count(0) < LEAST_UNTOUCHED * len(touched):
            return (
                f"{form}: more than {MOST_GESTURES} gestures an article, or less than {LEAST_UNTOUCHED:.0%} untouched"
            )
    return ""


if __name__ == "__main__":
    main()
