"""`manage.py import_articles FILE`: a table of old articles, JSONL or CSV, becomes articles."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from articles.management.index_bar import index_with_bar
from articles.services.importing import ImportOutcome, Problem, TableError, count_rows, import_table

_SHOWN = 200  # problems named one by one


class Command(BaseCommand):
    """Exit status 1 if no row at all could be used, 130 if interrupted; what went in stays in."""

    help = "从表格（.jsonl 或 .csv）导入旧稿件：title、date、body 必填，可有 subtitle、kicker、page、section、author。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="表格文件")
        parser.add_argument("--paper", default="", metavar="NAME", help="报纸名称")
        parser.add_argument("--publish", action="store_true", help="导入后立即发布")
        parser.add_argument("--no-recognition", action="store_true", help="不识别人物、机构和时间")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if len(options["paper"]) > 100:
            raise CommandError(_("报纸名称不超过 100 字"))
        latest = ImportOutcome()
        try:
            with tqdm(total=count_rows(path), unit=" rows", file=self.stderr._out, mininterval=0.5) as bar:
                shown = 0

                def on_problem(problem: Problem) -> None:
                    nonlocal shown
                    shown += 1
                    if shown <= _SHOWN:
                        bar.write(self._line(problem), file=self.stderr._out)

                def on_batch(outcome: ImportOutcome, rows: int) -> None:
                    nonlocal latest
                    latest = outcome
                    bar.update(rows)

                latest = import_table(
                    path,
                    paper=options["paper"],
                    publish=options["publish"],
                    recognition=not options["no_recognition"],
                    on_batch=on_batch,
                    on_problem=on_problem,
                )
        except TableError as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            self.stderr.write("\n" + _("已中断。已经导入的都保存了；再运行一次同样的命令，会从断处接着导入。"))
            self._sum_up(latest, path)
            sys.exit(130)
        if latest.published:
            index_with_bar(self.stderr)
        self._sum_up(latest, path)
        if latest.problems and len(latest.problems) == latest.rows:
            sys.exit(1)

    def _line(self, problem: Problem) -> str:
        return _("第 %(row)s 行：%(message)s，已跳过") % {"row": problem.row, "message": problem.message}

    def _sum_up(self, outcome: ImportOutcome, path: Path) -> None:
        counts = {
            "file": path.name,
            "imported": outcome.imported,
            "repeated": outcome.repeated,
            "skipped": len(outcome.problems),
            "published": outcome.published,
        }
        more = len(outcome.problems) - _SHOWN
        if more > 0:
            self.stderr.write(_("还有 %(count)s 行有问题，没有逐行列出。") % {"count": more})
        self.stdout.write(
            _("%(file)s：新导入 %(imported)s 篇，已有 %(repeated)s 篇，跳过 %(skipped)s 行，发布 %(published)s 篇。")
            % counts
        )
        if outcome.papers:
            self.stdout.write(_("报纸：%(papers)s") % {"papers": "、".join(sorted(outcome.papers))})
