"""Links what was recognised in an article to the archive's people, bodies and posts.

One real person has one record, and two people of one name have two; `matching.py` says by which rules. A certain
reading makes the records that are missing; a doubtful one points at a record that exists, or waits without one.
"""

from .gazetteer import profile_of
from .linker import (
    bylines_of,
    confirm_mention,
    link_article,
    link_articles,
    move_posts,
    relink_article,
    set_short_forms,
)
from .names_of_bodies import kind_of, within_district
from .printed import Printed
from .rows import form_key as printed_form
from .spans import parts_of, spans_of
from .spoken import speak_names

__all__ = [
    "Printed",
    "bylines_of",
    "confirm_mention",
    "kind_of",
    "link_article",
    "link_articles",
    "move_posts",
    "parts_of",
    "printed_form",
    "profile_of",
    "relink_article",
    "set_short_forms",
    "spans_of",
    "speak_names",
    "within_district",
]
