"""`manage.py worker`: the background. Reads pages from the queue, keeps the index in step, puts orphaned work back."""

from __future__ import annotations

import logging
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connection
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker

from articles.services.indexing import drain, tell_of_unusable_index
from articles.services.likenesses import compare_waiting
from articles.services.planning import publish_due
from articles.services.presence import Presence
from articles.services.staging import drop_old_stages
from articles.services.working import QUEUES, sweep

logger = logging.getLogger(__name__)
COMPARE_EVERY = 60  # seconds between looks for articles that were printed twice, sooner while many wait
AT_ONCE = 200  # articles compared in one go, some two seconds: the index waits that long
SWEEP_EVERY = 10  # seconds; the first sweep comes at the start


class Command(BaseCommand):
    """Several workers may run at once, on one machine or, with PostgreSQL, on many."""

    help = "后台：识读排队的版面，更新索引，找回中断的任务。可以同时开几个。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", action="store_true", help="做完排队的任务就退出")
        parser.add_argument("--interval", type=float, default=1.0, help="没有任务时隔几秒再看")

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        with Presence.of_this_process() as presence:
            worker = Worker(
                queue_names=list(QUEUES),
                interval=options["interval"],
                batch=options["batch"],
                backend_name=DEFAULT_TASK_BACKEND_ALIAS,
                startup_delay=False,
                max_tasks=None,
                worker_id=presence.name,
                excluded_queue_names=[],
            )
            worker.configure_signals()
            tell_of_unusable_index()
            sweep()
            upkeep = threading.Thread(target=_keep_up, args=(stop,), name="upkeep", daemon=True)
            upkeep.start()
            try:
                worker.run()
            finally:
                stop.set()
                upkeep.join(timeout=30)
            drain()


def _keep_up(stop: threading.Event) -> None:
    """The index every second, orphaned work every few seconds, until the worker stops."""
    seconds, more = 0, False
    while not stop.wait(1):
        seconds += 1
        try:
            close_old_connections()
            drain()
            if seconds % SWEEP_EVERY == 0:
                sweep()
                publish_due()
                drop_old_stages()
            if seconds % (SWEEP_EVERY if more else COMPARE_EVERY) == 0:
                more = compare_waiting(AT_ONCE) == AT_ONCE
        except Exception:
            logger.exception("Upkeep failed; it is tried again")
    connection.close()
