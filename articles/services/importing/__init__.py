"""Old articles and issues from disk: tables (JSONL, CSV) row by row, pages as files, folders and zips.

Bad rows and files are named and skipped; the same table or the same bytes twice change nothing.
"""

from .bundle import load_bundle
from .importer import ImportOutcome, default_paper, import_table
from .issue import IssueOutcome, import_pages
from .pages import PagesError, page_files
from .rows import Problem
from .tables import TableError, count_rows

__all__ = [
    "ImportOutcome",
    "IssueOutcome",
    "PagesError",
    "Problem",
    "TableError",
    "count_rows",
    "default_paper",
    "import_pages",
    "import_table",
    "load_bundle",
    "page_files",
]
