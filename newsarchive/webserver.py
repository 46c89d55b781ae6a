"""Settings of gunicorn on a server; each can be overridden in GUNICORN_CMD_ARGS."""

import os
from pathlib import Path

_MEMORY = Path("/dev/shm")  # noqa: S108  # a worker's sign of life must not wait for a disk

bind = f"0.0.0.0:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
# Workers are replaced now and then, not all at once, so that memory can't creep.
max_requests = 5000
max_requests_jitter = 500
worker_tmp_dir = str(_MEMORY) if _MEMORY.is_dir() else None
accesslog = "-"
control_socket_disable = True
