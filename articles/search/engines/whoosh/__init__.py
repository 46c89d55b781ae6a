"""Whoosh as the store, numpy as the executor: the engine that needs no service."""

from .backend import WhooshBackend, WhooshEngine

__all__ = ["WhooshBackend", "WhooshEngine"]
