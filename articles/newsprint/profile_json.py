"""A district's profile as JSON: {"short_forms": {"管委会": "…"}, "organisations": ["…"], "people": ["…"]}."""

from __future__ import annotations

import json

from articles.newsprint.recognition import Profile


def profile_from_json(text: str) -> Profile:
    """All three parts may be left out. Raises ValueError with a sentence for what is no profile."""
    try:
        data = json.loads(text)
    except ValueError as error:
        raise ValueError(f"不是 JSON：{error}") from error
    if not isinstance(data, dict):
        raise ValueError("最外层要是一个对象：{“short_forms”: …, “organisations”: …, “people”: …}")
    short_forms = data.get("short_forms", {})
    if not isinstance(short_forms, dict) or not all(isinstance(full, str) for full in short_forms.values()):
        raise ValueError("short_forms 要写成 {“简称”: “全称”}")
    return Profile(
        {short: full for short, full in short_forms.items() if short and full},
        people=_names(data, "people"),
        organisations=_names(data, "organisations"),
    )


def _names(data: dict[str, object], part: str) -> frozenset[str]:
    names = data.get(part, [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ValueError(f"{part} 要写成名称的列表")
    return frozenset(filter(None, names))
