"""`manage.py rebuild_index`: Haystack's command, building aside so that searching goes on meanwhile."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError
from haystack.management.commands.rebuild_index import Command as HaystackCommand

from articles.services.indexing import rebuild


class Command(HaystackCommand):  # type: ignore[misc]
    """Haystack's own empties the index first: readers would find nothing until the last article is back."""

    help = "重建检索索引：在旁边建好后一次换上，建的时候照常可以检索。"

    def handle(self, **options: Any) -> None:
        try:
            count = rebuild()
        except OSError as error:
            raise CommandError(f"索引写不进去：{error}。请检查 NEWSARCHIVE_HOME 的权限和磁盘空间。") from error
        if options["verbosity"]:
            self.stdout.write(f"索引已重建：{count} 篇稿件。")
