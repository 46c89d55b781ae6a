"""Whether a text layer says what is printed: fonts without a code table leave boxes, private codes or wrong letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articles.newsprint.extraction.pdf_letters import Letter
from articles.newsprint.extraction.plain_text import plausibility

_WIDE_LATIN = frozenset("MWmw%@—…‰")


@dataclass(frozen=True, slots=True)
class Legibility:
    """How many letters there are, how many can't be right, and how much the rest looks like Chinese, 0..1."""

    letters: int
    bad: int
    plausible: float

    @property
    def hopeless(self) -> bool:
        """The text layer can't be used: 北塬新报 as ⊠⊠⊠⊠, as §·¶¨ or as 咎烷氦疚."""
        return self.bad > 0.15 * self.letters or self.plausible < 0.1

    @property
    def doubtful(self) -> bool:
        """Most of it can be used."""
        return self.bad > max(3, 0.002 * self.letters)


def legibility(letters: Sequence[Letter]) -> Legibility:
    """Judge the letters of a page, blanks aside."""
    printed = [letter for letter in letters if not letter.char.isspace()]
    bad = sum(_cannot_be_right(letter) for letter in printed)
    text = "".join(letter.char for letter in printed)
    return Legibility(len(printed), bad, plausibility(text) if len(printed) >= 100 else 1.0)


def _cannot_be_right(letter: Letter) -> bool:
    code = ord(letter.char)
    if letter.char == "\ufffd" or code < 0x20 or 0x7F <= code < 0xA0:
        return True
    if 0xE000 <= code <= 0xF8FF or code >= 0xF0000:
        return True
    # Glyphs a full em wide that claim to be Latin letters are Chinese ones with a broken table.
    wide = letter.x1 - letter.x0 >= 0.95 * letter.size and not letter.sideways
    return wide and (letter.unmapped or (0x21 <= code < 0x250 and letter.char not in _WIDE_LATIN))
