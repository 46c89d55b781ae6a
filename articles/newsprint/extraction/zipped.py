"""Zips: what is in them, looked at before anything is unpacked. Runs in the sandbox.

A bomb, a path that leads out, a link, a zip within: refused by name; the rest is unpacked.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from articles.newsprint.values import ReadingError

MAX_ENTRIES = 20_000
MAX_TOTAL = 1024 * 1024 * 1024
MAX_RATIO = 100  # text packs 1:5, layout XML 1:20; a bomb 1:1000
_SMALL = 1024 * 1024  # a short file of blanks may pack better than that
_OUTSIDE = re.compile(r"^(?:/|[A-Za-z]:)|(?:^|/)\.\.(?:/|$)")
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
_NESTED = (".zip", ".rar", ".7z", ".gz", ".tgz", ".bz2", ".xz", ".tar")
_SYSTEM = {"thumbs.db", "desktop.ini", "__macosx", ".ds_store"}


@dataclass(frozen=True, slots=True)
class PackedFile:
    """One file of a zip or folder; `name` is its path inside, with slashes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What a zip held, and one sentence for each file that was left in it."""

    files: tuple[PackedFile, ...]
    refused: tuple[tuple[str, str], ...] = ()


def unpack(data: bytes, name: str, most: int) -> Unpacked:
    """Every file of at most `most` bytes. Raises ReadingError `broken-zip`, `zip-bomb`, `too-many-files`."""
    files: list[PackedFile] = []
    refused: list[tuple[str, str]] = []
    with opened(data, name) as archive:
        for entry, path in _entries(archive):
            if is_system(path):
                continue
            complaint = _complaint(entry, path, most)
            if complaint:
                refused.append((path, complaint))
                continue
            try:
                content = read_entry(archive, entry, path)
            except ReadingError as error:
                refused.append((path, error.message))
                continue
            if content.startswith(_ZIPS) and path.lower().endswith(_NESTED):
                refused.append((path, f"“{path}”是压缩包里的压缩包，没有读入。请解压后上传。"))
                continue
            files.append(PackedFile(path, content))
    return Unpacked(tuple(files), tuple(refused))


@contextmanager
def opened(data: bytes, name: str) -> Iterator[zipfile.ZipFile]:
    """A zip whose directory is in order and whose whole is no bomb. Raises ReadingError."""
    broken = ReadingError("broken-zip", f"“{name}”解不开：压缩包损坏或有密码。请重新打包后上传。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ENTRIES:
                raise ReadingError(
                    "too-many-files", f"“{name}”里有 {len(entries)} 个文件，最多 {MAX_ENTRIES} 个。请分成几个上传。"
                )
            small = [entry.file_size for entry in entries if not _is_bomb(entry)]
            # Entries that share their bytes add up to more than the whole can hold.
            if sum(small) > min(MAX_TOTAL, max(64 * _SMALL, MAX_RATIO * len(data))):
                raise ReadingError("zip-bomb", f"“{name}”解压后大得不正常，没有读入。请检查后重新打包。")
            yield archive
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, ValueError, OSError, zlib.error):
        # RuntimeError is what an encrypted zip gives.
        raise broken from None


def read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str) -> bytes:
    """At most what the directory of the zip promised, which was checked; it may lie."""
    if _is_bomb(entry):
        raise ReadingError("zip-bomb", f"“{path}”解压后大得不正常，没有读入。请检查后重新打包。")
    try:
        with archive.open(entry) as file:
            content = file.read(entry.file_size + 1)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, ValueError, zlib.error):
        raise ReadingError("broken-zip", f"“{path}”解不开：压缩包损坏或有密码。请重新打包后上传。") from None
    if len(content) > entry.file_size:
        raise ReadingError("zip-bomb", f"“{path}”解压后大得不正常，没有读入。请检查后重新打包。")
    return content


def is_system(path: str) -> bool:
    """Files that systems leave everywhere: .DS_Store, Thumbs.db, __MACOSX."""
    parts = path.split("/")
    return any(part.lower() in _SYSTEM or (part.startswith(".") and part not in (".", "..")) for part in parts)


def _entries(archive: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, str]]:
    for entry in archive.infolist():
        if not entry.is_dir():
            yield entry, _name(entry)


def _name(entry: zipfile.ZipInfo) -> str:
    """The entry's path; packers on Chinese Windows write GBK without saying so."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("gb18030")
        except UnicodeError:
            name = entry.filename
    return name.replace("\\", "/")


def _complaint(entry: zipfile.ZipInfo, path: str, most: int) -> str:
    """Why this entry stays in the zip; empty where it may come out."""
    mode = entry.external_attr >> 16
    if _OUTSIDE.search(path):
        return f"“{path}”的路径指向压缩包以外，没有读入。请重新打包后上传。"
    if stat.S_ISLNK(mode) or (mode and stat.S_IFMT(mode) and not stat.S_ISREG(mode)):
        return f"“{path}”不是普通文件而是链接，没有读入。请换成文件本身，重新打包后上传。"
    if path.lower().endswith(_NESTED):
        return f"“{path}”是压缩包里的压缩包，没有读入。请解压后上传。"
    if entry.file_size > most:
        return f"“{path}”超过 {most // 1_000_000} MB，没有读入。请按版面拆开后上传。"
    return ""


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > _SMALL and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
