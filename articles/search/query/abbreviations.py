"""Abbreviations that need never have been printed: 城管局 for 城市管理局, 市六院 for 市第六人民医院.

The characters stand in the full name in this order and its kind is kept. One body alone may fit.
"""

from __future__ import annotations

import re
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q

from articles.models import Organisation, OrganisationName
from articles.search.analysis import normalise

from .names import described

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from .names import Name, NameKind
    from .runs import Run

SHORTEST, LONGEST = 3, 8  # characters
_MOST = 12  # candidates in one query

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
    fitting: dict[str, set[int]] = {}
    bodies = _bodies_like(wanted)
    for form in wanted:
        found = {record for record, name in bodies if fits(form, normalise(name))}
        if found:
            fitting[form] = found
    names = described({("organisation", form): records for form, records in fitting.items()})
    full: dict[str, Name] = {}
    for (_kind, form), name in names.items():
        known_name = known.get(("organisation", form))
        if len(name.records) == 1 and (known_name or not _stands_alone(form)):
            full[form] = known_name.and_also(name) if known_name else name
    return full


def _is_explained(form: str, name: Name | None) -> bool:
    """It is another name of a body whose full name it shortens."""
    return name is not None and any(len(normalise(full)) > len(form) for full in name.full)


def _stands_alone(form: str) -> bool:
    """It is no abbreviation but what several names end in: 派出所, 服务中心."""
    return Organisation.objects.living().filter(name__contains=form).exists()


def _bodies_like(forms: Iterable[str]) -> set[tuple[int, str]]:
    condition = reduce(or_, (_spelt_like(form) for form in forms))
    bodies = Organisation.objects.living().filter(condition).values_list("pk", "name")
    others = OrganisationName.objects.filter(organisation__merged_into__isnull=True).filter(condition)
    return {*bodies, *others.values_list("organisation", "name")}


def _spelt_like(form: str) -> Q:
    return reduce(lambda so_far, character: so_far & Q(name__contains=character), form, Q())


def fits(form: str, name: str) -> bool:
    """The characters in order, the kind kept: 城管局 in 城市管理局, but not in 城市管理局幼儿园."""
    name = _LEGAL_FORM.sub("", name) if not form.endswith("公司") else name
    if len(name) <= len(form) or form in name:
        return False
    kind = next((ending for ending in _ENDINGS if form.endswith(ending)), "")
    stem, place = form.removesuffix(kind), 0
    if not kind or not stem or not name.endswith((kind, _KINDS.get(kind, kind))):
        return False
    rest = name.removesuffix(_KINDS.get(kind, kind)).removesuffix(kind)
    for character in stem:
        place = rest.find(character, place) + 1
        if not place:
            return False
    return True
