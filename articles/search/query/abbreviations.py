"""Abbreviations that need never have been printed: 城管局 for 城市管理局, 市六院 for 市第六人民医院.

The characters stand in the full name in this order and its kind is kept; or it is the end of the full name, as in
第六人民医院. One body alone may fit.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from articles.search.analysis import normalise
from articles.search.directory import directory

from .names import described

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from articles.search.directory import Directory

    from .names import Name, NameKind
    from .runs import Run

SHORTEST, LONGEST = 3, 12  # characters
_SURE_TAIL = 5  # characters from which the end of a name is taken for the body
_MOST = 12  # candidates in one query
_FEW = 20  # records that may become one, those that only drafts print left out

# What an abbreviation may end in, and how the full name then ends.
_KINDS = {
    **{kind: kind for kind in "局院委办所站队部厅处会校园厂馆行社场库"},
    **{kind: kind for kind in ("中心", "集团", "公司", "银行", "大学", "学院", "中学", "小学", "街道", "社区", "医院")},
    "中": "中学",
    "小": "小学",
    "办": "办公室",
    "委": "委员会",
    "街道": "街道办事处",
}
_ENDINGS = tuple(sorted({*_KINDS, "办", "委", "街道"}, key=len, reverse=True))
_LEGAL_FORM = re.compile(r"(?:股份|有限|责任)+公司$|有限$")


def candidates_in(run: Run) -> list[str]:
    """Stretches of a run that end like an abbreviation, the longest first."""
    forms = {run.form.text[start:end] for start, end in run.spans() if SHORTEST <= end - start <= LONGEST}
    kept = [form for form in forms if " " not in form and not form.isascii() and form.endswith(_ENDINGS)]
    return sorted(kept, key=lambda form: (-len(form), form))[:_MOST]


def spelt_out(candidates: Collection[str], known: Mapping[tuple[NameKind, str], Name]) -> dict[str, Name]:
    """The one body that each abbreviation fits, as a name; known short forms together with what they mean already."""
    wanted = [form for form in dict.fromkeys(candidates) if not _is_explained(form, known.get(("organisation", form)))]
    if not wanted:
        return {}
    bodies = directory()
    fitting: dict[str, set[int]] = {}
    for form in wanted:
        found = _fitting(bodies, form) or (_ending_in(bodies, form) if len(form) >= _SURE_TAIL else set())
        # What stands in other names is nobody's alone: 派出所, 服务中心.
        if 0 < len(found) <= _FEW and (("organisation", form) in known or _is_one_bodys(bodies, form, found)):
            fitting[form] = found
    if not fitting:
        return {}
    names = described({("organisation", form): records for form, records in fitting.items()})
    full: dict[str, Name] = {}
    for (_kind, form), name in names.items():
        known_name = known.get(("organisation", form))
        if len(name.records) == 1:
            full[form] = known_name.and_also(name) if known_name else name
    return full


def _is_explained(form: str, name: Name | None) -> bool:
    """It is another name of a body whose full name it shortens."""
    return name is not None and any(len(normalise(full)) > len(form) for full in name.full)


def _fitting(names: Directory, form: str) -> set[int]:
    """Records that the form may abbreviate."""
    wanted = _Abbreviation(form)
    if not wanted.stem:
        return set()
    rarest = min(wanted.stem, key=names.texts.text.count)
    return {record for record, name in _full_names(names, rarest) if wanted.fits(name) or wanted.fits(_essential(name))}


def _full_names(names: Directory, text: str) -> Iterator[tuple[int, str]]:
    """Records and names of bodies that hold the text, without the short forms that a district's profile gives: they
    are abbreviations themselves."""
    for number in names.texts.holding(text, names.bodies_from):
        if number < names.short_from:
            yield names.record(number), names.texts[number]


def _ending_in(names: Directory, form: str) -> set[int]:
    """Records of which a name ends so: 第六人民医院."""
    return {
        record for record, name in _full_names(names, form) if name.endswith(form) or _essential(name).endswith(form)
    }


def _is_one_bodys(names: Directory, form: str, records: set[int]) -> bool:
    """It stands in no other body's name."""
    return all(record in records for record, _name in _full_names(names, form))


class _Abbreviation:
    """What a form asks of a full name."""

    def __init__(self, form: str) -> None:
        self.form = form
        self.kind = next((ending for ending in _ENDINGS if form.endswith(ending)), "")
        self.stem = form.removesuffix(self.kind)
        self.endings = tuple({self.kind, _KINDS.get(self.kind, self.kind)})

    def fits(self, name: str) -> bool:
        """The name is without what only says a company's legal form."""
        if not name.endswith(self.endings) or self.form in name or not self.kind or not self.stem:
            return False
        place = 0
        for character in self.stem:
            place = name.find(character, place) + 1
            if not place:
                return False
        # The characters of the kind are no part of what was shortened: 局 in 城管局 isn't found twice.
        return place <= len(name) - max(len(ending) for ending in self.endings if name.endswith(ending))


def _essential(name: str) -> str:
    return _LEGAL_FORM.sub("", name)


def fits(form: str, name: str) -> bool:
    """The characters in order, the kind kept: 城管局 in 城市管理局, but not in 城市管理局幼儿园."""
    return len(name) > len(form) and _Abbreviation(form).fits(name if form.endswith("公司") else _essential(name))
