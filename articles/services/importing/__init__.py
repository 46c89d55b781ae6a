"""Tables of old articles: JSONL or CSV in, articles out. Bad rows are named by number and skipped."""

from .importer import ImportOutcome, import_table
from .rows import Problem
from .tables import TableError, count_rows

__all__ = ["ImportOutcome", "Problem", "TableError", "count_rows", "import_table"]
