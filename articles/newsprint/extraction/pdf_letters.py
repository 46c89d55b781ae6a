"""Letters of a PDF page: which, how large, where on the sheet as a reader holds it."""

from __future__ import annotations

import ctypes
import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

MAX_LETTERS = 60_000
_SAME_PLACE = 0.2  # of an em: bold type is often printed twice, a hair apart


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the page that is shown, in PDF points, and its quarter turns clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int = 0

    @property
    def width(self) -> float:
        """Of the sheet as it is shown, in points."""
        return self.top - self.bottom if self.turns % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """Of the sheet as it is shown, in points."""
        return self.right - self.left if self.turns % 2 else self.top - self.bottom

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page, in points from the top left corner of the sheet."""
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        if self.turns == 3:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def on_page(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """The reverse for a box on the sheet: left, bottom, right, top in points of the page."""
        if self.turns == 1:
            return self.left + y0, self.bottom + x0, self.left + y1, self.bottom + x1
        if self.turns == 2:
            return self.right - x1, self.bottom + y0, self.right - x0, self.bottom + y1
        if self.turns == 3:
            return self.right - y1, self.top - x1, self.right - y0, self.top - x0
        return self.left + x0, self.top - y1, self.left + x1, self.top - y0

    def fractions(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """A box on the sheet in fractions of it, cut off at its edges."""
        across = [min(1.0, max(0.0, round(x / self.width, 6))) for x in (x0, x1)]
        down = [min(1.0, max(0.0, round(y / self.height, 6))) for y in (y0, y1)]
        return across[0], down[0], across[1], down[1]


@dataclass(slots=True)
class Letter:
    """One character. `x0`, `x1` bound its advance, `base` is its base line, all in points from the top left."""

    char: str
    x0: float
    x1: float
    base: float
    size: float
    font: str
    sideways: int  # 0 upright; 1 the line runs down the sheet, -1 up
    unmapped: bool
    parted: bool = False  # PDFium sees a blank before it that was not set as a letter


@dataclass(frozen=True, slots=True)
class _Face:
    size: float
    font: str
    sideways: int


def letters_on(textpage: pypdfium2.PdfTextPage) -> int:
    """How many letters PDFium counts on the page."""
    return int(pdfium.FPDFText_CountChars(textpage))


def letters(textpage: pypdfium2.PdfTextPage, frame: Frame) -> list[Letter]:
    """Letters in the order in which they are drawn; blanks too, since they were set. None is given twice."""
    out: list[Letter] = []
    there: dict[tuple[str, int, int], list[Letter]] = defaultdict(list)
    for letter in _drawn(textpage, frame):
        if not (0 <= letter.x0 < frame.width and 0 <= letter.base - letter.size * 0.4 <= frame.height):
            continue
        if _printed_before(letter, there):
            continue
        out.append(letter)
    return out


def _printed_before(letter: Letter, there: dict[tuple[str, int, int], list[Letter]]) -> bool:
    reach = max(0.5, letter.size * _SAME_PLACE)
    column, row = round(letter.x0 / 4), round(letter.base / 4)
    span = math.ceil(reach / 4)
    for x in range(column - span, column + span + 1):
        for y in range(row - span, row + span + 1):
            for other in there.get((letter.char, x, y), ()):
                if abs(other.x0 - letter.x0) <= reach and abs(other.base - letter.base) <= reach:
                    return True
    there[letter.char, column, row].append(letter)
    return False


def _drawn(textpage: pypdfium2.PdfTextPage, frame: Frame) -> Iterator[Letter]:
    faces: dict[int, _Face] = {}
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    raw = textpage.raw
    parted = False
    for index in range(letters_on(textpage)):
        if pdfium.FPDFText_IsGenerated(raw, index) == 1:
            parted = True
            continue
        code = pdfium.FPDFText_GetUnicode(raw, index)
        drawn = pdfium.FPDFText_GetTextObject(raw, index)
        key = ctypes.cast(drawn, ctypes.c_void_p).value or 0
        face = faces.get(key)
        if face is None:
            face = faces[key] = _face(raw, index, drawn, frame)
        if face.size < 1.0 or not pdfium.FPDFText_GetLooseCharBox(raw, index, ctypes.byref(box)):
            continue
        pdfium.FPDFText_GetCharOrigin(raw, index, ctypes.byref(x), ctypes.byref(y))
        ax, ay = frame.place(box.left, box.bottom)
        bx, by = frame.place(box.right, box.top)
        _, base = frame.place(x.value, y.value)
        if face.sideways:
            base = max(ay, by)
        char = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        unmapped = pdfium.FPDFText_HasUnicodeMapError(raw, index) == 1
        yield Letter(char, min(ax, bx), max(ax, bx), base, face.size, face.font, face.sideways, unmapped, parted)
        parted = False


def _face(raw: pdfium.FPDF_TEXTPAGE, index: int, drawn: pdfium.FPDF_PAGEOBJECT, frame: Frame) -> _Face:
    """Size, font and direction of the run that a letter was drawn in; sizes are those on the sheet."""
    matrix = pdfium.FS_MATRIX()
    points = pdfium.FPDFText_GetFontSize(raw, index)
    if not pdfium.FPDFText_GetMatrix(raw, index, ctypes.byref(matrix)):
        matrix.a = matrix.d = 1.0
    size = abs(points) * math.hypot(matrix.c, matrix.d)
    ox, oy = frame.place(0, 0)
    dx, dy = frame.place(matrix.a, matrix.b)
    sideways = 0 if abs(dx - ox) >= abs(dy - oy) else 1 if dy > oy else -1
    return _Face(size, _font_name(drawn), sideways)


def _font_name(drawn: pdfium.FPDF_PAGEOBJECT) -> str:
    """Base font without the tag of its subset: ABCDEF+FZHTJW--GB1-0 → FZHTJW--GB1-0."""
    font = pdfium.FPDFTextObj_GetFont(drawn) if drawn else None
    if not font:
        return ""
    length = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(max(1, min(length, 500)))
    pdfium.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
    name = buffer.value.decode("utf-8", "replace")
    return name[7:] if name[6:7] == "+" else name
