"""Changing authority records: merge, move mentions, rename, reject, take a profile away; each can be undone.

Every change is logged with who and why, and later imports obey it.
"""

from .changes import AuthorityRefusedError, undo
from .closing import reject, set_profile
from .merging import MergePreview, merge, preview_merge
from .moving import move_mentions, move_to_new
from .naming import rename
from .telling import confirm_same, join_people, split_post, tell_apart

__all__ = [
    "AuthorityRefusedError",
    "MergePreview",
    "confirm_same",
    "join_people",
    "merge",
    "move_mentions",
    "move_to_new",
    "preview_merge",
    "reject",
    "rename",
    "set_profile",
    "split_post",
    "tell_apart",
    "undo",
]
