"""`manage.py read_page FILE…`: reads pages and prints them as JSON, without touching any database."""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.newsprint import read_page
from articles.newsprint.page_json import error_json, page_json
from articles.newsprint.profile_json import profile_from_json
from articles.newsprint.recognition import Profile
from articles.newsprint.values import ReadingError


class Command(BaseCommand):
    """One JSON object a line, in the order of the files; exit status 1 if any of them could not be read."""

    help = "读取版面文件，输出重建的稿件（每个文件一行 JSON），不写入数据库。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="版面文件")
        parser.add_argument("--issue-date", metavar="YYYY-MM-DD", help="出版日期，用来推算“近日”“国庆期间”等时间")
        parser.add_argument("--profile", type=Path, metavar="FILE", help="地区资料（JSON）：简称、机构、人物")
        parser.add_argument("--json", action="store_true", help="输出 JSON（默认即是）")

    def handle(self, *args: Any, **options: Any) -> None:
        issue_date = _issue_date(options["issue_date"])
        profile = _profile(options["profile"])
        failed = False
        for path in options["files"]:
            try:
                shape = page_json(read_page(path, path.name, issue_date, profile))
            except ReadingError as error:
                shape = error_json(path, error)
                failed = True
            self.stdout.write(json.dumps(shape, ensure_ascii=False))
        if failed:
            sys.exit(1)


def _profile(path: Path | None) -> Profile | None:
    if path is None:
        return None
    try:
        return profile_from_json(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise CommandError(f"地区资料 {path} 读不出来：{error}") from error


def _issue_date(value: str | None) -> datetime.date | None:
    if not value:
        return None
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise CommandError(f"出版日期“{value}”无法识别，请写成 2022-10-12 的样子。") from None
