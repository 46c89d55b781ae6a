"""A server. Secrets come from the environment only, and a missing one stops the start with its name."""

from .base import *  # noqa: F403
from .base import BASE_DIR, env

DEBUG = False
SECRET_KEY = env.str("NEWSARCHIVE_SECRET_KEY")
ALLOWED_HOSTS = [*env.list("NEWSARCHIVE_HOSTS"), "localhost", "127.0.0.1"]  # health checks ask from this machine
CSRF_TRUSTED_ORIGINS = env.list("NEWSARCHIVE_ORIGINS", default=[])
STATIC_ROOT = BASE_DIR / "collected"  # belongs to the release, not to the home, which outlives it
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.bool("NEWSARCHIVE_HTTPS", default=True)
SECURE_HSTS_SECONDS = env.int("NEWSARCHIVE_HSTS_SECONDS", default=0)
