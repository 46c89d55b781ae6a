"""The other forms of a body: short forms of a full name, forms the district knows, every repetition."""

from __future__ import annotations

from collections.abc import Iterable

from . import reasons
from .bodies_found import LEGAL, REGION, BodiesFound
from .lexicon import part_of_speech, tagged
from .passages import Passage, places


def known_forms(bodies: BodiesFound, forms: Iterable[str]) -> None:
    """Names and short forms that the district's editors have told."""
    for passage in bodies.passages:
        for form in forms:
            for start in places(passage.text, form):
                bodies.add(passage, start, start + len(form), certain=True, reason=reasons.KNOWN_FORM)


def short_forms(bodies: BodiesFound) -> None:
    """朔陵恒麦食品有限公司 is 恒麦食品 further on."""
    full = dict.fromkeys(name for name, _, _ in bodies.found.values() if LEGAL.search(name) and len(name) >= 6)
    for name in full:
        stem = LEGAL.sub("", name)
        starts = {0}
        tokens = tagged(stem)
        if tokens and len(tokens[0][0]) <= 3 and len(stem) - len(tokens[0][0]) >= 3:
            starts.add(len(tokens[0][0]))
        if region := REGION.match(stem):
            starts.add(region.end())
        if len(stem) >= 4:
            starts.add(2)
        for passage in bodies.passages:
            for begin in sorted(starts):
                _short_form(bodies, passage, stem[begin:], least=3 if begin or not REGION.match(stem) else 5)


def _short_form(bodies: BodiesFound, passage: Passage, stem: str, least: int) -> None:
    if len(stem) < least:
        # 临海港务集团有限公司 is 港务集团: two characters are enough with what they are.
        for tail in ("集团", "公司") if len(stem) == 2 else ():
            for start in places(passage.text, stem + tail):
                bodies.add(passage, start, start + 4, certain=True, reason=reasons.SHORT_FORM)
        return
    for start in places(passage.text, stem[:least]):
        length = least
        while length < len(stem) and passage.text.startswith(stem[: length + 1], start):
            length += 1
        end = start + length
        for tail in ("集团", "公司"):
            if passage.text.startswith(tail, end):
                end += len(tail)
        form = passage.text[start:end]
        if not part_of_speech(form) and _ends_word(stem, length):
            bodies.add(passage, start, end, certain=True, reason=reasons.SHORT_FORM)


def _ends_word(stem: str, length: int) -> bool:
    if length == len(stem) or length >= 4:
        return True
    position = 0
    for word, _ in tagged(stem):
        position += len(word)
        if position == length:
            return True
    return False


def everywhere(bodies: BodiesFound) -> None:
    """A form found once is looked for in the whole article."""
    forms = {name: (certain, reason) for name, certain, reason in bodies.found.values() if len(name) >= 3}
    for passage in bodies.passages:
        for form, (certain, reason) in forms.items():
            for start in places(passage.text, form):
                bodies.add(passage, start, start + len(form), certain=certain, reason=reason)
