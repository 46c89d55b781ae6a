"""`manage.py import_issue PATH…`: a file, folder or zip of pages becomes an issue."""

from __future__ import annotations

import csv
import datetime
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from articles.management.index_bar import index_with_bar
from articles.services.importing import IssueOutcome, PageOutcome, PagesError, default_paper, find_pages, import_pages
from articles.services.publishing import PublishingRefusedError
from articles.services.uploading import UploadRefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMED = 20  # of a kind that needs nobody's attention; more are counted


class Command(BaseCommand):
    """Exit status 1 if nothing could be imported or something was refused; what could be read is kept."""

    help = "把版面文件（文件、文件夹或 zip）导入为一期报纸，并立即识读。中断后再运行一次，从停下的地方接着来。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="版面文件、文件夹或 zip")
        parser.add_argument("--date", required=True, metavar="YYYY-MM-DD", help="出版日期")
        parser.add_argument("--number", type=int, metavar="N", help="期号")
        parser.add_argument("--paper", default="", metavar="NAME", help="报纸名称")
        parser.add_argument("--edition", type=int, default=1, metavar="N", help="版次，默认 1")
        parser.add_argument("--workers", type=int, metavar="N", help="同时识读几版，默认与处理器核数相同")
        parser.add_argument("--publish", action="store_true", help="识读后立即发布")
        parser.add_argument("--report", type=Path, metavar="FILE", help="把每个文件的结果写成表（CSV）")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            date = datetime.date.fromisoformat(options["date"])
        except ValueError:
            raise CommandError(_("日期“%(date)s”看不懂，应像 2022-10-12") % {"date": options["date"]}) from None
        told: list[PageOutcome] = []
        counts: Counter[str] = Counter()
        try:
            found = find_pages(options["paths"])
            with tqdm(total=len(found.pages), unit=" pages", file=self.stderr._out, mininterval=0.5) as bar:

                def tell(page: PageOutcome) -> None:
                    told.append(page)
                    counts[page.state] += 1
                    if page.state != "repeated" or counts[page.state] <= _NAMED:
                        self._tell(bar, page)
                    bar.update()

                outcome = import_pages(
                    found.pages,
                    paper=options["paper"].strip() or default_paper(),
                    date=date,
                    edition=options["edition"],
                    number=options["number"],
                    publish=options["publish"],
                    workers=options["workers"],
                    on_page=tell,
                )
        except (PagesError, UploadRefusedError) as error:
            raise CommandError(str(error)) from error
        except PublishingRefusedError as error:
            self._name_what_is_missing(told)
            message = _("已导入，但还不能发布：%(obstacles)s")
            raise CommandError(message % {"obstacles": "；".join(o.message for o in error.obstacles)}) from error
        pages = [PageOutcome(name, "refused", message=message) for name, message in found.refused]
        outcome.pages = [*pages, *outcome.pages]
        outcome.notices = [*found.notices, *outcome.notices]
        if outcome.published:
            index_with_bar(self.stderr)
        self._report(outcome)
        if options["report"]:
            _write(options["report"], outcome.pages)
        if any(page.state in ("refused", "failed") for page in outcome.pages):
            raise CommandError(_("有文件没有导入，见上"))

    def _tell(self, bar: tqdm[NoReturn], page: PageOutcome) -> None:
        """What became of a page, as soon as it is in, above the bar."""
        with bar.external_write_mode():
            self.stdout.write(_told(page))
            self.stdout.flush()

    def _report(self, outcome: IssueOutcome) -> None:
        """Everything by its outcome; what was not taken in is named with its reason."""
        counts = Counter(page.state for page in outcome.pages)
        for notice in outcome.notices[:_NAMED]:
            self.stdout.write(notice)
        if len(outcome.notices) > _NAMED:
            self.stdout.write(_("另有 %(count)s 条这样的提示") % {"count": len(outcome.notices) - _NAMED})
        if counts["repeated"] > _NAMED:
            more = counts["repeated"] - _NAMED
            self.stdout.write(_("另有 %(count)s 个文件也已经导入过，没有改动") % {"count": more})
        self._name_what_is_missing(outcome.pages)
        if outcome.issue is not None and outcome.changed:
            summary = _("%(issue)s：识读 %(pages)s 版，发布 %(published)s 篇")
            about = {"issue": outcome.issue, "pages": len(outcome.read), "published": outcome.published}
            self.stdout.write(summary % about)
        elif not counts["refused"]:
            self.stdout.write(_("没有新内容，什么也没有改动"))
        if len(outcome.pages) > 1:
            line = _("共 %(all)s 个文件：识读 %(read)s，已导入过 %(repeated)s，没有导入 %(bad)s，稿件 %(articles)s 篇")
            about = {
                "all": len(outcome.pages),
                "read": counts["read"],
                "repeated": counts["repeated"],
                "bad": counts["refused"] + counts["failed"],
                "articles": sum(page.articles for page in outcome.pages),
            }
            self.stdout.write(line % about)

    def _name_what_is_missing(self, pages: Sequence[PageOutcome]) -> None:
        for page in pages:
            if page.state in ("refused", "failed"):
                self.stderr.write(f"{page.name}：{page.message}")


def _told(page: PageOutcome) -> str:
    """One line of the summary."""
    about = {"name": page.name, "number": page.number, "count": page.articles}
    if page.state == "read":
        return _("第%(number)s版 “%(name)s”：%(count)s 篇") % about
    if page.state == "repeated":
        return _("“%(name)s”已经导入过，没有改动") % about
    return _("“%(name)s”没有读成，原因见下") % about


def _write(path: Path, pages: Sequence[PageOutcome]) -> None:
    """A table that opens in a spreadsheet: one row a file."""
    states = {"read": _("已识读"), "repeated": _("已导入过"), "refused": _("没有导入"), "failed": _("没有读成")}
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            table = csv.writer(file)
            table.writerow([_("文件"), _("版"), _("结果"), _("篇数"), _("说明")])
            table.writerows([p.name, p.number or "", states[p.state], p.articles, p.message] for p in pages)
    except OSError as error:
        why = {"name": path, "why": error.strerror}
        raise CommandError(_("结果表“%(name)s”写不了（%(why)s）；导入已经完成") % why) from error
