"""A table file → its rows as they stand, each with the number by which a person finds it in the file."""

from __future__ import annotations

import codecs
import csv
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

_SNIFFED = 1 << 20
_LONGEST_LINE = 32 * 1024 * 1024
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Headers as newsrooms write them; the English ones are the interface.
_HEADERS = {
    "title": "title",
    "标题": "title",
    "主题": "title",
    "主标题": "title",
    "subtitle": "subtitle",
    "副题": "subtitle",
    "副标题": "subtitle",
    "kicker": "kicker",
    "引题": "kicker",
    "肩题": "kicker",
    "date": "date",
    "日期": "date",
    "出版日期": "date",
    "page": "page",
    "版": "page",
    "版号": "page",
    "版面": "page",
    "section": "section",
    "版名": "section",
    "author": "author",
    "作者": "author",
    "署名": "author",
    "body": "body",
    "正文": "body",
    "内容": "body",
    "paper": "paper",
    "报纸": "paper",
    "报名": "paper",
    "number": "number",
    "期号": "number",
}
_REQUIRED = ("title", "date", "body")
# Half a row is worse than none: with a wrong line ending the csv module would read on for megabytes.
csv.field_size_limit(_LONGEST_LINE)


class TableError(Exception):
    """A file that is no table; nothing was imported. The message says what to do."""


class RowError(Exception):
    """A row that can't be taken."""


RawRow = tuple[int, dict[str, Any] | RowError]


def read_rows(path: Path) -> Iterator[RawRow]:
    """Rows in order; a row that can't be read is an error in its place. Raises TableError."""
    kind = path.suffix.lower()
    if kind not in (".jsonl", ".ndjson", ".csv", ".tsv"):
        raise TableError(_("“%(name)s”不是 .jsonl 或 .csv 文件") % {"name": path.name})
    return _json_lines(path) if kind in (".jsonl", ".ndjson") else _records(path)


def count_rows(path: Path) -> int:
    """How many rows there are, quickly; for a progress bar. Raises TableError."""
    return sum(1 for _row in read_rows(path)) if path.suffix.lower() in (".csv", ".tsv") else _count_lines(path)


def _count_lines(path: Path) -> int:
    try:
        with path.open(encoding=_encoding(path), errors="surrogateescape") as file:
            return sum(1 for line in file if line.strip())
    except (OSError, UnicodeError) as error:
        raise _unreadable(path) from error


def _json_lines(path: Path) -> Iterator[RawRow]:
    with _opened(path) as file:
        for number, line in enumerate(_lines(file, path), 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                yield number, RowError(_("这一行不是完整的 JSON"))
                continue
            yield number, row if isinstance(row, dict) else RowError(_("这一行不是 JSON 对象"))


def _records(path: Path) -> Iterator[RawRow]:
    """CSV rows, counted as a spreadsheet counts them: the header is row 1."""
    with _opened(path) as file:
        lines = (line.replace("\x00", "") for line in _lines(file, path))
        first = next(lines, "")
        delimiter = max(",\t;", key=first.count)
        header = next(csv.reader([first], delimiter=delimiter), [])
        fields = [_HEADERS.get(name.strip().lower(), name.strip()) for name in header]
        missing = [name for name in _REQUIRED if name not in fields]
        if missing:
            message = _("“%(name)s”的表头缺少 %(missing)s。第一行应是字段名：title, date, body 等")
            raise TableError(message % {"name": path.name, "missing": "、".join(missing)})
        reader = csv.reader(lines, delimiter=delimiter)
        for number in itertools.count(2):
            try:
                values = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield number, RowError(_("这一行不是完整的 CSV，请检查引号"))
                continue
            if not any(value.strip() for value in values):
                continue
            if len(values) > len(fields) and any(value.strip() for value in values[len(fields) :]):
                yield number, RowError(_("这一行的列数比表头多，请检查引号和逗号"))
                continue
            yield number, dict(zip(fields, values, strict=False))


def _opened(path: Path) -> Any:
    try:
        return path.open(encoding=_encoding(path), errors="surrogateescape", newline="")
    except OSError as error:
        raise _unreadable(path) from error


def _lines(file: Any, path: Path) -> Iterator[str]:
    """Lines, none of which can fill the memory."""
    while True:
        try:
            line = file.readline(_LONGEST_LINE)
        except (OSError, UnicodeError) as error:
            raise _unreadable(path) from error
        if not line:
            return
        if len(line) >= _LONGEST_LINE:
            raise TableError(_("“%(name)s”有一行太长，不像一行一篇的表格") % {"name": path.name})
        yield line


def _encoding(path: Path) -> str:
    """UTF-8 unless the beginning of the file is nothing but GB18030; a bad byte further on spoils its row only."""
    try:
        with path.open("rb") as file:
            head = file.read(_SNIFFED)
    except OSError as error:
        raise _unreadable(path) from error
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding
    errors = {encoding: _bad_bytes(head, encoding) for encoding in ("utf-8", "gb18030", "big5")}
    return min(errors, key=lambda encoding: errors[encoding])


def _bad_bytes(head: bytes, encoding: str) -> int:
    text = codecs.getincrementaldecoder(encoding)("surrogateescape").decode(head)
    return sum(1 for char in text if "\udc80" <= char <= "\udcff")


def _unreadable(path: Path) -> TableError:
    return TableError(_("读不了“%(name)s”，请检查文件是否存在、是否是文本") % {"name": path.name})
