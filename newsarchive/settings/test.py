"""Tests: a home of their own, fast passwords, tasks run at once."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "NEWSARCHIVE_TEST_HOME" not in os.environ:
    _home = tempfile.mkdtemp(prefix="newsarchive-test-")
    os.environ["NEWSARCHIVE_TEST_HOME"] = _home
    atexit.register(shutil.rmtree, _home, ignore_errors=True)
# Each process of a run on several cores has a folder of its own in it.
os.environ["NEWSARCHIVE_HOME"] = str(
    Path(os.environ["NEWSARCHIVE_TEST_HOME"], os.environ.get("PYTEST_XDIST_WORKER", ""))
)
os.environ.pop("NEWSARCHIVE_ACCESS", None)

from .base import *  # noqa: F403
from .base import DATABASES, HOME

HOME.mkdir(exist_ok=True)

# A file, so that a server thread and the test each have a connection as in life; on PostgreSQL none is kept open.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0

DEBUG = False
SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend",
        "QUEUES": ["reading", "indexing"],
    }
}
AXES_ENABLED = False
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
