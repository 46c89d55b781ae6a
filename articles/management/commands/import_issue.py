"""`manage.py import_issue PATH…`: a file, folder or zip of pages becomes an issue."""

from __future__ import annotations

import datetime
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from articles.management.index_bar import index_with_bar
from articles.services.importing import IssueOutcome, PageOutcome, PagesError, default_paper, find_pages, import_pages
from articles.services.publishing import PublishingRefusedError
from articles.services.uploading import UploadRefusedError


class Command(BaseCommand):
    """Exit status 1 if nothing could be imported or something was refused; what could be read is kept."""

    help = "把版面文件（文件、文件夹或 zip）导入为一期报纸，并立即识读。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="版面文件、文件夹或 zip")
        parser.add_argument("--date", required=True, metavar="YYYY-MM-DD", help="出版日期")
        parser.add_argument("--number", type=int, metavar="N", help="期号")
        parser.add_argument("--paper", default="", metavar="NAME", help="报纸名称")
        parser.add_argument("--edition", type=int, default=1, metavar="N", help="版次，默认 1")
        parser.add_argument("--workers", type=int, metavar="N", help="同时识读几版，默认与处理器核数相同")
        parser.add_argument("--publish", action="store_true", help="识读后立即发布")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            date = datetime.date.fromisoformat(options["date"])
        except ValueError:
            raise CommandError(_("日期“%(date)s”看不懂，应像 2022-10-12") % {"date": options["date"]}) from None
        try:
            found = find_pages(options["paths"])
            with tqdm(total=len(found.pages), unit=" pages", file=self.stderr._out, mininterval=0.5) as bar:
                outcome = import_pages(
                    found.pages,
                    paper=options["paper"].strip() or default_paper(),
                    date=date,
                    edition=options["edition"],
                    number=options["number"],
                    publish=options["publish"],
                    workers=options["workers"],
                    on_page=partial(self._tell, bar),
                )
        except (PagesError, UploadRefusedError) as error:
            raise CommandError(str(error)) from error
        except PublishingRefusedError as error:
            message = _("已导入，但还不能发布：%(obstacles)s")
            raise CommandError(message % {"obstacles": "；".join(o.message for o in error.obstacles)}) from error
        outcome.refused = [*found.refused, *outcome.refused]
        outcome.notices = [*found.notices, *outcome.notices]
        if outcome.published:
            index_with_bar(self.stderr)
        self._report(outcome)
        if outcome.refused or outcome.unread:
            raise CommandError(_("有文件没有导入，见上"))

    def _tell(self, bar: tqdm[NoReturn], page: PageOutcome) -> None:
        """What became of a page, as soon as it is in, above the bar."""
        with bar.external_write_mode():
            self.stdout.write(_told(page))
            self.stdout.flush()
        bar.update()

    def _report(self, outcome: IssueOutcome) -> None:
        for notice in outcome.notices:
            self.stdout.write(notice)
        for name, message in (*outcome.refused, *outcome.unread):
            self.stderr.write(f"{name}：{message}")
        if outcome.issue is not None and outcome.changed:
            summary = _("%(issue)s：识读 %(pages)s 版，发布 %(published)s 篇")
            counts = {"issue": outcome.issue, "pages": len(outcome.read), "published": outcome.published}
            self.stdout.write(summary % counts)
        elif not outcome.refused:
            self.stdout.write(_("没有新内容，什么也没有改动"))


def _told(page: PageOutcome) -> str:
    """One line of the summary."""
    about = {"name": page.name, "number": page.number, "count": page.articles}
    if page.state == "read":
        return _("第%(number)s版 “%(name)s”：%(count)s 篇") % about
    if page.state == "repeated":
        return _("“%(name)s”已经导入过，没有改动") % about
    return _("“%(name)s”没有读成，原因见下") % about
