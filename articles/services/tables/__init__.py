"""Tables that readings go by, kept by editors: feasts and events, and what is known of a paper's district.

Every change is logged with who and why, and can be undone.
"""

from .changes import TableRefusedError, undo_change
from .district import (
    Resolving,
    drop_short_form,
    import_profile,
    preview_short_form,
    profile_json,
    set_known_names,
    set_short_form,
)
from .occasions import Typed, drop_occasion, set_occasion, typed_from

__all__ = [
    "Resolving",
    "TableRefusedError",
    "Typed",
    "drop_occasion",
    "drop_short_form",
    "import_profile",
    "preview_short_form",
    "profile_json",
    "set_known_names",
    "set_occasion",
    "set_short_form",
    "typed_from",
    "undo_change",
]
