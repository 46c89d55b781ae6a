"""Why an engine can't answer."""


class IndexMissingError(Exception):
    """There is no index yet."""


class IndexMismatchError(Exception):
    """The index was made by another analyser or schema; it must be rebuilt."""
