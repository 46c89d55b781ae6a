"""A bundle: papers with what their short forms mean, tables and dumps, named in one JSON file and loaded in order."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from articles.models import Issue, Paper
from articles.services.linking import set_short_forms

from .importer import ImportOutcome, import_table
from .issue import import_pages
from .pages import PageOnDisk


def load_bundle(path: Path) -> Iterator[tuple[str, int]]:
    """Load a bundle and publish what is in it; file names are relative to the folder above the bundle's.

    Yields what was loaded and how many articles that newly made readable. Loading it again changes nothing, not even
    what editors have since changed or withdrawn.
    """
    bundle = json.loads(path.read_text(encoding="utf-8"))
    root = path.parent.parent
    for entry in bundle["papers"]:
        _paper(entry)
    for name in bundle["tables"]:
        outcome: ImportOutcome = import_table(root / name, publish=True)
        yield Path(name).name, outcome.published
    for entry in bundle["issues"]:
        yield f"{entry['paper']} {entry['date']}", _issue(entry, root)


@transaction.atomic
def _paper(entry: dict[str, Any]) -> None:
    """A paper that is there already belongs to its editors."""
    defaults = {"place": entry["place"], "note": entry["note"]}
    paper, created = Paper.objects.get_or_create(name=entry["name"], defaults=defaults)
    if created:
        set_short_forms(paper, entry["short_forms"])


def _issue(entry: dict[str, Any], root: Path) -> int:
    date = datetime.date.fromisoformat(entry["date"])
    out = Issue.objects.filter(paper__name=entry["paper"], date=date, published_at__isnull=False)
    if out.exists():
        return 0
    files = []
    for page in entry["pages"]:
        file = root / page["file"]
        files.append(PageOnDisk(file.name, file.read_bytes, page["number"], page["section"]))
    return import_pages(files, paper=entry["paper"], date=date, number=entry.get("number"), publish=True).published
