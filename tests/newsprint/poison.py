"""Files that mean harm or are of no use, each as an uploader might send it: name → bytes.

None of them may cost more than its own sentence.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from .documents import word, zipped
from .press import Press

SENTENCE = "本报讯 连日来，河湾区各乡镇组织农技人员深入田间地头，指导农户开展春耕工作，确保丰收。"


def sheet(**size: float) -> Press:
    """A page with one article."""
    press = Press(**size)
    press.line(40, 60, "春耕备耕全面铺开", 24)
    press.flow([SENTENCE, SENTENCE], [(40, 70)], cells=20)
    return press


def locked(data: bytes) -> bytes:
    """A PDF that asks for a password."""
    keys = b"/O <%s> /U <%s>" % (b"41" * 32, b"42" * 32)
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 %s >> /ID [<00> <00>]" % keys
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R " + lock)


def with_content(stream: bytes, extra: bytes = b"") -> bytes:
    """A page whose content stream is replaced."""
    data = sheet().pdf()
    start, end = data.index(b"4 0 obj"), data.index(b"5 0 obj")
    body = b"4 0 obj\n<< /Length %d %s >>\nstream\n%s\nendstream\nendobj\n" % (len(stream), extra, stream)
    return data[:start] + body + data[end:]  # the table of offsets is wrong now; readers mend that


def flooded(own: bytes = b"", megabytes: int = 500) -> bytes:
    """A PDF of half a megabyte whose page unpacks to half a gigabyte; `own` makes it differ from others."""
    packer = zlib.compressobj(1)
    stream = b"".join(packer.compress(bytes(1_000_000)) for _ in range(megabytes)) + packer.flush()
    return with_content(stream, b"/Filter /FlateDecode") + b"\n%" + own


def swelling_word(own: str = "") -> bytes:
    """A Word document with a bomb of entities."""
    names = zip("bcdefgh", "abcdefg", strict=True)
    inner = "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for name, before in names)
    return word(f"<w:p>&h;{own}</w:p>", declaration=f'<!DOCTYPE x [<!ENTITY a "bomb">{inner}]>')


def vast_png(side: int = 40_000) -> bytes:
    """A hundred bytes that claim to be a picture of 1.6 thousand million pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\x00" * 99)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def linking_zip() -> bytes:
    """A zip whose only page is a symbolic link out of it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("p2.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


def nested_zip(depth: int = 4) -> bytes:
    """A zip in a zip in a zip."""
    data = zipped({"p2.txt": SENTENCE})
    for _ in range(depth):
        data = zipped({"p2.zip": data})
    return data


MAP_OF_NOTHING = (
    '<html><head><title>第02版：要闻</title></head><body><img src="p.jpg" usemap="#m"><map name="m">'
    '<area coords="0,0,9,9" href="content_1.htm"></map></body></html>'
)

INPUTS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "encrypted PDF": ("p2.pdf", lambda: locked(sheet().pdf())),
    "truncated PDF": ("p2.pdf", lambda: sheet().pdf()[:700]),
    "zip that calls itself a PDF": ("p2.pdf", lambda: b"%PDF-1.7\n" + zipped({"p.txt": SENTENCE})),
    "web page that calls itself a PDF": ("p2.pdf", lambda: b"<html><script>alert(1)</script></html>"),
    "program that calls itself a text": ("p2.txt", lambda: b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 9),
    "PDF of 50,000 pages": ("p2.pdf", lambda: sheet().pdf(pages=50_000)),
    "PDF with a page of 140 metres": ("p2.pdf", lambda: sheet(width=400_000, height=400_000).pdf()),
    "PDF whose page unpacks to 500 MB": ("p2.pdf", flooded),
    "zip with ..": ("p2.zip", lambda: zipped({"../../p2.txt": SENTENCE})),
    "zip with an absolute path": ("p2.zip", lambda: zipped({"/etc/p2.txt": SENTENCE})),
    "zip with a link": ("p2.zip", linking_zip),
    "zip in a zip in a zip": ("p2.zip", nested_zip),
    "zip of 1000:1": ("p2.zip", lambda: zipped({"p2.txt": b"0" * 30_000_000})),
    "PNG of 40,000 by 40,000": ("p2.png", vast_png),
    "docx with an entity bomb": ("p2.docx", swelling_word),
    "text of one line of 10 MB": ("p2.txt", lambda: "字".encode() * 3_400_000),
    "web page whose map names no file": ("p2.html", MAP_OF_NOTHING.encode),
}
