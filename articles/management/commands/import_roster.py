"""`manage.py import_roster FILE`: a list of officials and organisations into the archive's records."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.services.rosters import RosterRefusedError, import_roster


class Command(BaseCommand):
    """The same list twice changes nothing."""

    help = "导入官员和机构名册（CSV 或 Popolo JSON）。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="名册文件，.csv 或 .json")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            report = import_roster(path.read_bytes(), path.name)
        except OSError as error:
            raise CommandError(f"打不开 {path}：{error.strerror}") from error
        except RosterRefusedError as refusal:
            raise CommandError(str(refusal)) from refusal
        for problem in report.problems:
            self.stderr.write(problem)
        self.stdout.write(f"新立 {report.made} 条，原有 {report.known} 条。")
