"""How often what happens to a page of this printer: three classes, from orderly to rough."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Accidents:
    """Chances of each accident, per article unless noted."""

    name: str
    headline_after: float  # the headline stands below its body
    headline_inside: float  # ... at a column end inside it
    headlines_gathered: float  # per page: all headlines are dumped first or last
    lead_moved: float
    headless: float  # no headline at all; the report then opens with 本报讯
    opening_dropped: float  # a report begins without 本报讯
    column_end: float  # per line: a blank line in mid-paragraph
    shuffled: float  # per page
    between: tuple[int, ...]  # advertisements, drawn per page
    captions: tuple[int, ...]
    furniture: tuple[int, ...]
    jump: float  # 下转第3版 at the end


CLASSES = {
    "mild": Accidents("mild", 0.02, 0.0, 0.0, 0.02, 0.0, 0.0, 0.03, 0.0, (0, 0, 1), (0, 0, 1), (0, 1, 2), 0.03),
    "usual": Accidents("usual", 0.12, 0.06, 0.06, 0.1, 0.03, 0.1, 0.05, 0.5, (0, 0, 1, 1), (0, 1, 1), (1, 2, 3), 0.06),
    "hard": Accidents("hard", 0.25, 0.12, 0.2, 0.2, 0.08, 0.3, 0.08, 0.9, (0, 1, 2), (0, 1, 2), (1, 2, 4), 0.1),
}
