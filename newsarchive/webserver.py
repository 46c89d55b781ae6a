"""Settings of gunicorn; each can be overridden on its command line or in GUNICORN_CMD_ARGS."""

from __future__ import annotations

import gc
import logging
import os
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gunicorn.workers.base import Worker

_MEMORY = Path("/dev/shm")  # noqa: S108  # a worker's sign of life must not wait for a disk

bind = f"0.0.0.0:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
# Workers are replaced now and then, not all at once, so that memory can't creep.
max_requests = 5000
max_requests_jitter = 500
worker_tmp_dir = str(_MEMORY) if _MEMORY.is_dir() else None
control_socket_disable = True


def post_worker_init(worker: Worker) -> None:
    """Leave Ctrl-C, which reaches a terminal's whole group, to the master: a worker that is told to stop by both at
    once can wait for its own lock for ever. Then make ready for readers beside those that are already there."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=settle_in, name="settling in", daemon=True).start()


def settle_in() -> None:
    """Ask one question, so that names, dictionaries and the index have been read before most readers come; and tell
    Python that what is in memory now stays there, or it looks through all of it again and again while readers wait.
    What goes wrong is told in the log only."""
    from django.db import connections

    from articles.search import Criteria, search, suggest

    try:
        search(Criteria(q="记者"))
        suggest("记者")
    except Exception:
        logging.getLogger(__name__).exception("the first search could not be made")
    finally:
        connections.close_all()  # this thread's own; it serves nobody
    gc.collect()
    gc.freeze()
