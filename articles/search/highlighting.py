"""Terms of a search carried into an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .snippets import mark_all, pattern_of

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from .criteria import Reading


def highlight(text: str, reading: Reading) -> SafeString:
    """The text as safe HTML with every hit of the reading marked."""
    return mark_all(text, pattern_of(reading.marks))
