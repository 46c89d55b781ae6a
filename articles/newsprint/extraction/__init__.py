"""File → source lines. One function for every kind; kinds that can't be read yet say what to do instead."""

from __future__ import annotations

import hashlib
from pathlib import Path

from articles.newsprint.extraction.kinds import kind_of, refuse
from articles.newsprint.extraction.plain_text import decode, split_lines
from articles.newsprint.values import ReadingError, Source

__all__ = ["MAX_BYTES", "extract"]

MAX_BYTES = 5_000_000


def extract(source: Path | str | bytes, name: str | None = None) -> Source:
    """Lines of a file (a path) or of its bytes, with its SHA-256.

    Raises ReadingError: `not-found`, `unreadable`, `empty`, `too-large`, `binary`, `unsupported-kind`,
    `unknown-encoding`, `line-too-long`, `too-many-lines`.
    """
    if isinstance(source, bytes):
        data, label = source, name or "page.txt"
    else:
        label = name or Path(source).name
        data = _load(Path(source), label)
    if len(data) > MAX_BYTES:
        raise ReadingError(
            "too-large",
            f"“{label}”超过 {MAX_BYTES // 1_000_000} MB，不像是一个版面的文本。请按版面拆成多个文件后上传。",
        )
    kind = kind_of(data, label)
    if kind != "text":
        refuse(kind, label)
    text, encoding = decode(data, label)
    return Source(
        file=label,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=encoding,
        kind="text",
        lines=split_lines(text, label),
    )


def _load(path: Path, label: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise ReadingError("not-found", f"找不到文件“{label}”。请检查文件名和路径。") from None
    except IsADirectoryError:
        raise ReadingError("unreadable", f"“{label}”是文件夹。请给出其中的版面文件。") from None
    except OSError as error:
        reason = error.strerror or ""
        raise ReadingError("unreadable", f"无法打开“{label}”（{reason}）。请检查文件权限。") from None
