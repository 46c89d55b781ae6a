"""Many short strings in one text, one a line: no object for each, and looked through as fast as memory is read."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence


class Lines:
    """Lines by number, from 0."""

    __slots__ = ("starts", "text")

    def __init__(self, lines: Sequence[str]) -> None:
        self.text = "\n" + "".join(f"{line}\n" for line in lines)
        self.starts = array("L", accumulate((len(line) + 1 for line in lines), initial=1))

    def __getitem__(self, number: int) -> str:
        return self.text[self.starts[number] : self.starts[number + 1] - 1]

    def equal_to(self, wanted: str) -> list[int]:
        """Lines that are this."""
        return list(self._numbers(f"\n{wanted}\n", 0, 1))

    def beginning_with(self, wanted: str) -> list[int]:
        """Lines that begin so."""
        return list(self._numbers(f"\n{wanted}", 0, 1))

    def holding(self, wanted: str, first: int = 0) -> list[int]:
        """Lines from the first on that this stands in."""
        return list(self._numbers(wanted, self.starts[first], 0))

    def matching(self, pattern: re.Pattern[str]) -> list[int]:
        """Lines of which the newline before them matches."""
        return [bisect_right(self.starts, match.start() + 1) - 1 for match in pattern.finditer(self.text)]

    def places_of(self, wanted: str, first: int = 0) -> Iterator[tuple[int, int]]:
        """Wherever this stands in lines from the first on: the line, and the place in the text."""
        place = self.text.find(wanted, self.starts[first])
        while place >= 0:
            yield bisect_right(self.starts, place) - 1, place
            place = self.text.find(wanted, place + 1)

    def _numbers(self, wanted: str, place: int, lead: int) -> Iterator[int]:
        """Each line once that has it, `lead` characters of it standing before the line."""
        place = self.text.find(wanted, place)
        while place >= 0:
            number = bisect_right(self.starts, place + lead) - 1
            yield number
            place = self.text.find(wanted, self.starts[number + 1] - 1)
