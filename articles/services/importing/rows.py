"""One row of a table, checked: what an article needs, in the types it needs, or why the row can't be taken."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from articles.services.folios import guess_folio
from articles.services.uploading import UploadRefusedError, check_issue

from .tables import RowError

_DATE = re.compile(r"\s*(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*[-/.月]?\s*(\d{1,2})\s*日?(?:[T ]\d{1,2}:\d{2}.*)?\s*$")
_CONTROL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))
_LONGEST = {"title": 300, "kicker": 300, "subtitle": 500, "section": 50, "author": 300, "paper": 100}
_RECOGNISED = ("people", "organisations", "dates")


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that was skipped, by its number in the file, and why."""

    row: int
    message: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row that can become an article. `readings`: people, organisations and dates that the table brings along."""

    number: int
    title: str
    date: datetime.date
    body: str
    kicker: str
    subtitle: str
    page: int
    section: str
    author: str
    paper: str
    issue_number: int | None
    bylines: tuple[dict[str, Any], ...] | None
    readings: dict[str, list[dict[str, Any]]] | None

    def key(self, paper: str) -> str:
        """The same row gives the same key, so that it goes in once. What it brings along doesn't count."""
        parts = [
            paper,
            self.date.isoformat(),
            self.page,
            self.kicker,
            self.title,
            self.subtitle,
            self.body,
            self.author,
        ]
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def checked(number: int, raw: dict[str, Any]) -> Row:
    """The row, its text cleaned of control characters. Raises RowError."""
    texts = {name: _line(raw, name) for name in _LONGEST}
    body = _body(raw.get("body"))
    if not texts["title"]:
        raise RowError(_("没有标题（title）"))
    date = _date(raw.get("date"))
    if not body:
        raise RowError(_("没有正文（body）"))
    readings: dict[str, list[dict[str, Any]]] | None = None
    if any(raw.get(name) is not None for name in _RECOGNISED):
        readings = {name: _objects(raw, name, "surface" if name == "dates" else "name") for name in _RECOGNISED}
    return Row(
        number=number,
        title=texts["title"],
        date=date,
        body=body,
        kicker=texts["kicker"],
        subtitle=texts["subtitle"],
        page=_page(raw.get("page")),
        section=texts["section"],
        author=texts["author"],
        paper=texts["paper"],
        issue_number=_issue_number(raw.get("number"), date),
        bylines=tuple(_objects(raw, "bylines", "name")) if raw.get("bylines") is not None else None,
        readings=readings,
    )


def _text(raw: dict[str, Any], name: str) -> str:
    value = raw.get(name)
    if value is None:
        return ""
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        raise RowError(_("%(field)s 应是文字") % {"field": name})
    return _clean(str(value))


def _clean(text: str) -> str:
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise RowError(_("有无法识别的字节，请把文件存为 UTF-8"))
    return text.translate(_CONTROL)


def _line(raw: dict[str, Any], name: str) -> str:
    text = " ".join(_text(raw, name).split())
    if len(text) > _LONGEST[name]:
        message = _("%(field)s 有 %(length)s 字，最多 %(most)s 字")
        raise RowError(message % {"field": name, "length": len(text), "most": _LONGEST[name]})
    return text


def _body(value: Any) -> str:
    """Paragraphs, one a line, none empty, without the indent that makes them paragraphs in print."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = "\n".join(value)
    if value is not None and not isinstance(value, str):
        raise RowError(_("body 应是文字，段落之间换行"))
    lines = _clean(value or "").splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())


def _date(value: Any) -> datetime.date:
    text = str(value if value is not None else "").strip()
    if not text:
        raise RowError(_("没有日期（date）"))
    match = _DATE.match(text)
    try:
        day = datetime.date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        day = None
    if day is None:
        raise RowError(_("日期“%(date)s”看不懂，应像 2022-10-12") % {"date": text[:30]})
    try:
        check_issue(day)
    except UploadRefusedError as error:
        raise RowError(error.message) from error
    return day


def _page(value: Any) -> int:
    text = str(value if value is not None else "").strip()
    if not text:
        return 1
    number = guess_folio(text.removesuffix(".0"))
    if number is None:
        raise RowError(_("版号“%(page)s”看不懂，应是 1 到 999 的数字") % {"page": text[:30]})
    return number


def _issue_number(value: Any, date: datetime.date) -> int | None:
    text = str(value if value is not None else "").strip()
    if not text:
        return None
    try:
        number = int(text)
        check_issue(date, number=number)
    except (ValueError, UploadRefusedError) as error:
        raise RowError(_("期号“%(number)s”看不懂，应是数字") % {"number": text[:30]}) from error
    return number


def _objects(raw: dict[str, Any], name: str, key: str) -> list[dict[str, Any]]:
    """A list of objects that each have the key and hold clean text only."""
    value = raw.get(name) or []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise RowError(_("%(field)s 应是对象的列表") % {"field": name})
    found = [{field: _inner(item[field], name) for field in item} for item in value]
    if not all(isinstance(item.get(key), str) and item[key].strip() for item in found):
        raise RowError(_("%(field)s 的每一项都要有 %(key)s") % {"field": name, "key": key})
    return found


def _inner(value: Any, name: str) -> Any:
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, list):
        if not all(isinstance(item, str) for item in value):
            raise RowError(_("%(field)s 里的列表应是文字的列表") % {"field": name})
        return [_clean(item) for item in value]
    return value
