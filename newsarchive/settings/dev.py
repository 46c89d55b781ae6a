"""A laptop: everything on, a secret key made once and kept in the home folder."""

import os
import secrets

from .base import *  # noqa: F403
from .base import HOME, env


def _own_secret_key() -> str:
    path = HOME / "secret_key"
    try:
        # O_EXCL: of two processes that start together, one makes the key and the other reads it.
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text()


DEBUG = env.bool("NEWSARCHIVE_DEBUG", default=False)
SECRET_KEY = _own_secret_key()
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env.list("NEWSARCHIVE_HOSTS", default=[])]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
