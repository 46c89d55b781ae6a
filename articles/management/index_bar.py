"""The search index brought up to date before a command ends, with its progress and the time left."""

from __future__ import annotations

from django.core.management.base import OutputWrapper
from django.utils.translation import gettext as _
from tqdm import tqdm

from articles.services.indexing import drain, waiting


def index_with_bar(stderr: OutputWrapper) -> None:
    """Empty the outbox. It may be interrupted: what is left is done by the worker."""
    total = waiting()
    if not total:
        return
    stderr.write(_("正在更新检索索引。可以中断：文章已经保存，索引由后台补上，或用 rebuild_index 重建。"))
    try:
        with tqdm(total=total, desc=_("检索索引"), unit=" entries", file=stderr._out, mininterval=0.5) as bar:
            drain(on_batch=lambda done: bar.update(done))
    except KeyboardInterrupt:
        stderr.write(_("索引没有更新完，请运行 rebuild_index。"))
