"""Translation catalogues without gettext installed: compile them, bring them up to date, find what lacks English.

The msgids are the Chinese texts themselves, so only the English catalogue exists.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
ROOMS = ("articles", "newsarchive", "templates")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def read(path: Path) -> Catalog:
    """The catalogue in a .po file."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def compile_all(folder: Path = LOCALE) -> list[Path]:
    """Write the .mo beside every .po that has none or an older one; returns what was written."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        content = io.BytesIO()
        write_mo(content, read(source))
        target.write_bytes(content.getvalue())
        written.append(target)
    return written


def strings_in_use(root: Path = ROOT, rooms: Iterable[str] = ROOMS) -> Catalog:
    """Every string that code and templates wrap for translation, with the places where they stand."""
    catalog = Catalog()
    for path in _sources(root, rooms):
        text = path.read_text(encoding="utf-8")
        # Django's own step turns a template into something that looks like code with the calls at the same lines.
        # Its lines lose their indent, which means nothing there and would be read as Python's.
        code = text if path.suffix == ".py" else "\n".join(map(str.lstrip, templatize(text).split("\n")))
        place = path.relative_to(root).as_posix()
        for line, message, _comments, context in extract("python", io.BytesIO(code.encode()), KEYWORDS):
            catalog.add(message, locations=[(place, line)], context=context)
    return catalog


def _sources(root: Path, rooms: Iterable[str]) -> Iterator[Path]:
    for room in rooms:
        for path in sorted((root / room).rglob("*")):
            if path.suffix in {".py", ".html", ".txt", ".xml"} and "data" not in path.parts and path.is_file():
                yield path


def shortcomings(root: Path = ROOT) -> list[str]:
    """What keeps the English catalogue from being complete, one line each."""
    catalog = read(root / "locale" / "en" / "LC_MESSAGES" / "django.po")
    found = []
    for wanted in strings_in_use(root):
        if not wanted.id:
            continue
        place = "{}:{}".format(*wanted.locations[0])
        message = catalog.get(wanted.id, wanted.context)
        if message is None:
            found.append(f"{place}: {wanted.id!r} is not in the catalogue")
            continue
        texts = message.string if isinstance(message.string, list | tuple) else (message.string,)
        if not all(texts):
            found.append(f"{place}: {wanted.id!r} has no English")
        elif message.fuzzy:
            found.append(f"{place}: {wanted.id!r} is marked fuzzy")
        found += [f"{place}: {wanted.id!r}: {error}" for error in message.check(catalog)]
    return found


def update(root: Path = ROOT) -> None:
    """Add new strings to the English catalogue and drop those that are no longer used; never guess a translation."""
    path = root / "locale" / "en" / "LC_MESSAGES" / "django.po"
    catalog = read(path)
    created = catalog.creation_date
    catalog.update(strings_in_use(root), no_fuzzy_matching=True)
    catalog.creation_date = created  # no change in the file where no string changed
    catalog.obsolete.clear()
    with path.open("wb") as file:
        write_po(file, catalog, width=120, omit_header=False)


def main(arguments: list[str]) -> int:
    """`compile`, `update` or `check`."""
    match arguments:
        case ["compile"]:
            compile_all()
        case ["update"]:
            update()
        case ["check"]:
            found = shortcomings()
            sys.stdout.writelines(f"{line}\n" for line in found)
            return 1 if found else 0
        case _:
            sys.stderr.write("usage: python -m newsarchive.catalogues compile|update|check\n")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
