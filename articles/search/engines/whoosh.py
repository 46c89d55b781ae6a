"""placeholder until the engine lands"""

from haystack.backends.whoosh_backend import WhooshEngine  # noqa: F401
