"""`manage.py index_check [--repair]`: does the index say what the database says?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.services.indexing import check, note_changed, rebuild, settle


class Command(BaseCommand):
    """Exits with status 1 when the index is not in order and was not repaired."""

    help = "核对检索索引与数据库；--repair 修好。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="把缺的补上、多的去掉、旧的换新；不能用的索引重建")

    def handle(self, *args: Any, **options: Any) -> None:
        found = check()
        if found.problem:
            self.stdout.write(found.problem)
            if not options["repair"]:
                raise CommandError("请运行 python manage.py rebuild_index")
            self.stdout.write(f"索引已重建：{rebuild()} 篇稿件。")
            return
        self.stdout.write(
            f"数据库已发布 {found.published} 篇，索引 {found.indexed} 篇；"
            f"缺 {len(found.missing)}，多 {len(found.phantom)}，旧 {len(found.stale)}；待处理 {found.waiting}。"
        )
        wrong = {*found.missing, *found.phantom, *found.stale}
        if not wrong:
            self.stdout.write("索引与数据库一致。")
            return
        if not options["repair"]:
            raise CommandError("请运行 python manage.py index_check --repair")
        note_changed(wrong)
        settle()
        left = check()
        if left.missing or left.phantom or left.stale:
            raise CommandError("没有完全修好，请运行 python manage.py rebuild_index")
        self.stdout.write(f"已修好 {len(wrong)} 篇。")
