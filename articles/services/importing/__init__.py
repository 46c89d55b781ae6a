"""Old articles and issues from disk: tables (JSONL, CSV) row by row, pages as files, folders and zips.

Bad rows and files are named and skipped; the same table or the same bytes twice change nothing.
"""

from .bundle import load_bundle
from .importer import ImportOutcome, default_paper, import_table
from .issue import IssueOutcome, PageOutcome, import_pages
from .pages import PageOnDisk, PagesError, find_pages
from .rows import Problem
from .tables import TableError, count_rows

__all__ = [
    "ImportOutcome",
    "IssueOutcome",
    "PageOnDisk",
    "PageOutcome",
    "PagesError",
    "Problem",
    "TableError",
    "count_rows",
    "default_paper",
    "find_pages",
    "import_pages",
    "import_table",
    "load_bundle",
]
