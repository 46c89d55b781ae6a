"""`manage.py export_roster FILE`: the archive's officials and organisations as a list."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.services.rosters import roster_csv, roster_popolo


class Command(BaseCommand):
    """CSV or Popolo JSON, by the file's ending."""

    help = "导出官员和机构名册（.csv 或 .json）。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="写到哪里，.csv 或 .json")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if path.suffix not in (".csv", ".json"):
            raise CommandError("文件名请以 .csv 或 .json 结尾。")
        text = "".join(roster_csv()) if path.suffix == ".csv" else json.dumps(roster_popolo(), ensure_ascii=False)
        try:
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"写不了 {path}：{error.strerror}") from error
