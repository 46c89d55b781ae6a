"""A press for tests: sets type on a sheet and prints it as a PDF, in a font that every reader knows without its glyphs.

page = Press()
page.line(40, 60, "春耕备耕全面铺开", 24)
page.flow(["…", "…"], [(40, 90), (200, 90)], cells=14, depth=20)
data = page.pdf()
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

HANGING = "，。、；：！？”》）"
SONG, HEI = "STSong-Light", "STHeiti-Regular"


class Press:
    """One sheet, in points from the top left. `each` draws letter by letter; `unit` sets type by its matrix."""

    def __init__(self, width: float = 700, height: float = 1000, *, each: bool = False, unit: bool = False) -> None:
        self.width, self.height = width, height
        self.each, self.unit = each, unit
        self.drawn: list[str] = []
        self.turned = 0
        self.in_form = False

    # ---- type

    def line(self, x: float, base: float, text: str, size: float = 10, font: str = SONG) -> None:
        """A line of type whose base line is `base`."""
        if self.each:
            for place, char in _places(text, size):
                if not char.isspace():
                    self._show(x + place, base, char, size, font)
        else:
            self._show(x, base, text, size, font)

    def centred(self, x0: float, x1: float, base: float, text: str, size: float, font: str = HEI) -> None:
        """A line in the middle between two edges."""
        self.line((x0 + x1 - width_of(text, size)) / 2, base, text, size, font)

    def to_right(self, edge: float, base: float, text: str, size: float = 10, font: str = SONG) -> None:
        """A line that ends at an edge."""
        self.line(edge - width_of(text, size), base, text, size, font)

    def down(self, x: float, top: float, text: str, size: float, font: str = HEI) -> None:
        """A vertical line, letter under letter."""
        for place, char in enumerate(text):
            if not char.isspace():
                self._show(x, top + size * (1 + 1.05 * place), char, size, font)

    def flow(
        self,
        paragraphs: Sequence[str],
        columns: Sequence[tuple[float, float]],
        *,
        cells: int = 14,
        depth: int | Sequence[int] = 20,
        size: float = 10,
        leading: float = 15,
        indent: int = 2,
        font: str = SONG,
    ) -> int:
        """Text over columns, each from (left, top) with room for `depth` lines; gives how many lines it took."""
        room = [depth] * len(columns) if isinstance(depth, int) else list(depth)
        lines = [line for paragraph in paragraphs for line in wrapped(paragraph, cells, indent)]
        slots = [
            (x, top + leading * (row + 1)) for (x, top), rows in zip(columns, room, strict=True) for row in range(rows)
        ]
        assert len(lines) <= len(slots), f"{len(lines)} lines, room for {len(slots)}"
        for (inwards, text), (x, base) in zip(lines, slots, strict=False):
            self.line(x + inwards * size, base, text, size, font)
        return len(lines)

    def _show(self, x: float, base: float, text: str, size: float, font: str) -> None:
        name = {SONG: "F1", HEI: "F2"}[font]
        code = text.encode("utf-16-be").hex()
        y = self.height - base
        scale = f"{size} 0 0 {size} {x:.3f} {y:.3f} Tm /{name} 1 Tf"
        plain = f"1 0 0 1 {x:.3f} {y:.3f} Tm /{name} {size} Tf"
        self.drawn.append(f"BT {scale if self.unit else plain} <{code}> Tj ET")

    # ---- rules and pictures

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A hair line."""
        self.drawn.append(f"0.5 w {x0} {self.height - y0} m {x1} {self.height - y1} l S")

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """An outline."""
        self.drawn.append(f"0.8 w {x0} {self.height - y1} {x1 - x0} {y1 - y0} re S")

    def tint(self, x0: float, y0: float, x1: float, y1: float, grey: float = 0.75) -> None:
        """A filled area: a photo's place, or a bar behind type."""
        self.drawn.append(f"q {grey} g {x0} {self.height - y1} {x1 - x0} {y1 - y0} re f Q")

    # ---- out

    def pdf(self, pages: int = 1) -> bytes:
        """The sheet as a file, `pages` times."""
        return self._file([4] * pages, {})

    def _content(self) -> bytes:
        stream = "\n".join(self.drawn).encode("latin-1")
        content = b"q 1 0 0 1 0 0 cm /X Do Q" if self.in_form else stream
        media = self._media()
        if self.turned:
            turn = {
                90: f"0 1 -1 0 {media[0]} 0",
                180: f"-1 0 0 -1 {media[0]} {media[1]}",
                270: f"0 -1 1 0 0 {media[1]}",
            }
            content = f"q {turn[self.turned]} cm\n".encode() + content + b"\nQ"
        return content

    def _media(self) -> tuple[float, float]:
        return (self.height, self.width) if self.turned % 180 else (self.width, self.height)

    def _file(self, contents: Sequence[int], more: dict[int, bytes]) -> bytes:
        """Pages with the content of these objects; 4 is this sheet's own."""
        stream = "\n".join(self.drawn).encode("latin-1")
        fonts = b"<< /Font << /F1 5 0 R /F2 7 0 R >> /XObject << /X 9 0 R >> >>"
        form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 %d %d] /Matrix [1 0 0 1 0 0] /Resources %s /Length %d >>"
        content, media = self._content(), self._media()
        kids = b" ".join(b"%d 0 R" % (11 + at) for at in range(len(contents)))
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %g %g] /Rotate %d /Contents %d 0 R /Resources %s >>"
        objects = {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(contents)),
            4: _stream(content),
            5: _font(SONG, 6),
            6: _descendant(SONG),
            7: _font(HEI, 8),
            8: _descendant(HEI),
            9: form % (self.width, self.height, b"<< /Font << /F1 5 0 R /F2 7 0 R >> >>", len(stream))
            + b"\nstream\n%s\nendstream" % stream,
        }
        objects |= {11 + at: page % (*media, self.turned, number, fonts) for at, number in enumerate(contents)}
        return _file(objects | more)


def bound(sheets: Sequence[Press]) -> bytes:
    """Sheets of one size, without forms, as the pages of one file."""
    rest = {1000 + at: _stream(sheet._content()) for at, sheet in enumerate(sheets[1:])}
    return sheets[0]._file([4, *rest], rest)


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def width_of(text: str, size: float) -> float:
    """Full-width type takes an em, the rest half of it."""
    return sum(0.5 if char.isascii() else 1.0 for char in text) * size


def wrapped(paragraph: str, cells: int, indent: int = 2) -> Iterator[tuple[int, str]]:
    """Lines of a paragraph with their indents; a closing mark hangs in the margin."""
    line, inwards, width = "", indent, float(indent)
    for char in paragraph:
        step = 0.5 if char.isascii() else 1.0
        if width + step > cells and not (char in HANGING and width <= cells + 1):
            yield inwards, line
            line, inwards, width = "", 0, 0.0
        line, width = line + char, width + step
    if line:
        yield inwards, line


def _places(text: str, size: float) -> Iterator[tuple[float, str]]:
    at = 0.0
    for char in text:
        yield at, char
        at += size * (0.5 if char.isascii() else 1.0)


def _font(name: str, below: int) -> bytes:
    return b"<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /UniGB-UCS2-H /DescendantFonts [%d 0 R] >>" % (
        name.encode(),
        below,
    )


def _descendant(name: str) -> bytes:
    return (
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /%s /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1)"
        b" /Supplement 4 >> /DW 1000 /W [1 95 500 814 939 500] /FontDescriptor << /Type /FontDescriptor /FontName /%s"
        b" /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
        b" >>" % (name.encode(), name.encode())
    )


def _file(objects: dict[int, bytes]) -> bytes:
    out, offsets = bytearray(b"%PDF-1.5\n%\xe4\xb8\xad\n"), {}
    for number in sorted(objects):
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    start, last = len(out), max(objects)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (last + 1)
    for number in range(1, last + 1):
        out += b"%010d 00000 n \n" % offsets[number] if number in offsets else b"0000000000 65535 f \n"
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (last + 1, start)
    return bytes(out)
