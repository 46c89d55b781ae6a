"""The laptop's settings, with a second Haystack connection: its own Whoosh backend, as jieba's manual has it set up."""

from newsarchive.settings.dev import *  # noqa: F403
from newsarchive.settings.dev import BASE_DIR, HAYSTACK_CONNECTIONS, HOME, LOGGING, TEMPLATES

HAYSTACK_CONNECTIONS["stock"] = {
    "ENGINE": "benchmarks.peers.stock_backend.ChineseWhooshEngine",
    "PATH": str(HOME / "stock"),
    "SILENTLY_FAIL": False,
}
HAYSTACK_LIMIT_TO_REGISTERED_MODELS = True  # Haystack's default; the archive's engine asks for no such filter
ROOT_URLCONF = "benchmarks.urls"
TEMPLATES[0]["DIRS"] = [*TEMPLATES[0]["DIRS"], BASE_DIR / "benchmarks" / "templates"]
LOGGING["root"]["level"] = "WARNING"
