"""Files, folders and zips of a newspaper's pages → page files in order. A zip is looked at before it is unpacked."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.utils.translation import gettext as _

from articles.services.folios import guess_folio
from articles.services.uploading import PageFile

MAX_RATIO = 100  # text packs 1:5, layout XML 1:20; a bomb 1:1000
MAX_TOTAL = 1024 * 1024 * 1024
_SYSTEM_FILES = {"thumbs.db", "desktop.ini", "__macosx", ".ds_store"}


class PagesError(Exception):
    """A path that holds no pages; nothing was imported. The message says what to do."""


def page_files(paths: Iterable[Path]) -> list[PageFile]:
    """Every page file under these paths, by page number where names tell it. Raises PagesError."""
    found = [file for path in paths for file in _files_of(path)]
    if not found:
        raise PagesError(_("没有找到版面文件"))
    if len(found) > settings.DATA_UPLOAD_MAX_NUMBER_FILES:
        message = _("有 %(count)s 个文件，一期最多 %(most)s 个")
        raise PagesError(message % {"count": len(found), "most": settings.DATA_UPLOAD_MAX_NUMBER_FILES})
    return sorted(found, key=lambda file: (guess_folio(file.name) or 1000, file.name))


def _files_of(path: Path) -> Iterator[PageFile]:
    try:
        if path.is_dir():
            for inner in sorted(path.rglob("*")):
                if inner.is_file() and not inner.is_symlink() and not _is_system(inner.relative_to(path).parts):
                    yield from _files_of(inner)
        elif path.suffix.lower() == ".zip":
            yield from _unpacked(path)
        else:
            if path.stat().st_size > settings.MAX_SOURCE_BYTES:
                raise PagesError(_too_large(path.name))
            yield PageFile(path.name, path.read_bytes())
    except OSError as error:
        raise PagesError(_("读不了“%(name)s”，请检查路径") % {"name": path.name}) from error


def _unpacked(path: Path) -> Iterator[PageFile]:
    """The files in a zip, read into memory under their bare names, so that no path in it can lead anywhere."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            named = [(_name(entry), entry) for entry in entries]
            pages = [(name, entry) for name, entry in named if not _is_system(PurePosixPath(name).parts)]
            _check(path, [entry for _name, entry in pages])
            for name, entry in pages:
                yield PageFile(PurePosixPath(name).name, _read(archive, entry, path))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, ValueError) as error:
        # RuntimeError is what an encrypted zip gives.
        raise PagesError(_("“%(name)s”解不开：压缩包损坏或有密码") % {"name": path.name}) from error


def _check(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > settings.DATA_UPLOAD_MAX_NUMBER_FILES or sum(e.file_size for e in entries) > MAX_TOTAL:
        raise PagesError(_("“%(name)s”里的文件太多或太大") % {"name": path.name})
    for entry in entries:
        if entry.file_size > settings.MAX_SOURCE_BYTES:
            raise PagesError(_too_large(entry.filename))
        if entry.file_size > 1024 * 1024 and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise PagesError(_("“%(name)s”解压后大得不正常，没有导入") % {"name": path.name})


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path) -> bytes:
    """At most what the directory of the zip promised, which was checked; it may lie."""
    with archive.open(entry) as file:
        content = file.read(entry.file_size + 1)
    if len(content) > entry.file_size:
        raise PagesError(_("“%(name)s”解压后大得不正常，没有导入") % {"name": path.name})
    return content


def _name(entry: zipfile.ZipInfo) -> str:
    """The entry's name; packers on Chinese Windows write GBK without saying so."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("gb18030")
        except UnicodeError:
            name = entry.filename
    return name.replace("\\", "/")


def _is_system(parts: Iterable[str]) -> bool:
    return any(part.lower() in _SYSTEM_FILES or (part.startswith(".") and part not in (".", "..")) for part in parts)


def _too_large(name: str) -> str:
    most = settings.MAX_SOURCE_BYTES // (1024 * 1024)
    return _("“%(name)s”超过 %(most)s MB") % {"name": name, "most": most}
