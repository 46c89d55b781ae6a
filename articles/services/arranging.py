"""An upload taken apart before it is taken in: zips are opened, PDFs of several pages parted, pages of digital papers
packed with their articles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from articles.newsprint.extraction import (
    MAX_BYTES,
    Bundle,
    LooseFile,
    arranged,
    has_several_pages,
    kind_of,
    unpacked,
)
from articles.newsprint.values import ReadingError
from articles.services.folios import guess_folio
from articles.services.uploading import PageFile, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

_LETTERED = re.compile(r"(?<![A-Za-z])([A-H])0*(\d{1,2})(?!\d)")
_LAST = 100_000


@dataclass(frozen=True, slots=True)
class Arranged:
    """Pages in order, and what was left out. `opened` says that something was unpacked or packed."""

    files: tuple[PageFile, ...]
    refused: tuple[Refusal, ...] = ()
    notices: tuple[str, ...] = ()
    opened: bool = False


def arrange_upload(files: Sequence[PageFile]) -> Arranged:
    """Every file that is left is one page. What can't be opened is refused by name; the rest goes on."""
    kinds = [kind_of(file.content, file.name) for file in files]
    if not {"zip", "html"} & set(kinds) and not any(has_several_pages(file.content, file.name) for file in files):
        return Arranged(tuple(files))
    loose: list[LooseFile] = []
    refused: list[Refusal] = []
    for file, kind in zip(files, kinds, strict=True):
        if kind == "zip":
            inside, left = open_zip(file.content, file.name)
            loose += inside
            refused += left
        else:
            loose.append(LooseFile(file.name, partial(bytes, file.content)))
    bundle = arranged(loose)
    numbers = page_numbers([(page.name, page.number) for page in bundle.pages])
    pages = [
        PageFile(page.name, page.read(), number, page.section)
        for page, number in zip(bundle.pages, numbers, strict=True)
    ]
    refused += [Refusal(*item) for item in bundle.refused]
    in_order = sorted(pages, key=lambda page: (page.page_number or _LAST, page.name))
    return Arranged(
        tuple(in_order), tuple(refused), left_out(bundle), opened=len(pages) != len(files) or "zip" in kinds
    )


def open_zip(content: bytes, name: str) -> tuple[list[LooseFile], list[Refusal]]:
    """Files of a zip, and a sentence for each that stays in it, or for the whole where it can't be opened."""
    try:
        files, refused = unpacked(content, name, MAX_BYTES)
    except ReadingError as error:
        return [], [Refusal(name, error.message)]
    return files, [Refusal(*item) for item in refused]


def page_numbers(pages: Sequence[tuple[str, int | None]]) -> list[int | None]:
    """Numbers of pages by what they say themselves or by their names; A01 … A08, B01 become 1 … 8, 9."""
    letters = [_LETTERED.search(name) for name, number in pages if number is None]
    if len({found.group(1) for found in letters if found}) > 1 and all(letters) and len(letters) == len(pages):
        places = sorted((found.group(1), int(found.group(2)), at) for at, found in enumerate(letters) if found)
        order = {at: number for number, (_letter, _number, at) in enumerate(places, 1)}
        return [order[at] for at in range(len(pages))]
    return [number or guess_folio(name) for name, number in pages]


def left_out(bundle: Bundle) -> tuple[str, ...]:
    """What was done with the files, and one sentence about those that are no pages."""
    names = bundle.ignored
    if not names:
        return tuple(bundle.notices)
    message = _("%(count)s 个文件不是版面（样式、脚本、图标等），没有读入：%(names)s")
    shown = "、".join(names[:5]) + (" …" if len(names) > 5 else "")
    return (*bundle.notices, message % {"count": len(names), "names": shown})
