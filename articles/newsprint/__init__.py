"""The printed page in plain Python: a file in, a frozen reading of its articles out. Imports no Django."""

from .reader import read_page

__all__ = ["read_page"]
