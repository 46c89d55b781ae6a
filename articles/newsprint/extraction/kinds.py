"""What kind of file it is, told by its first bytes: names lie, bytes do not."""

from __future__ import annotations

from typing import NoReturn

from articles.newsprint.values import ReadingError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"II*\x00",
    b"MM\x00*",
    b"GIF87a",
    b"GIF89a",
    b"BM",
    b"RIFF",
)
_FIT = ".fit"
_SHUBAN = (".s2", ".s72", ".s92", ".s10", ".ps2", ".mps", ".fbd")
_WEB = (".htm", ".html", ".shtml", ".xhtml")
_WORD_FIRST = (b"[Content_Types].xml", b"_rels/", b"word/", b"docProps/", b"customXml/")

_REFUSED = {
    "doc": "“{name}”是旧版 Word 或 WPS 文档（.doc、.wps），无法直接读取。请在 Word 或 WPS 中“另存为”.docx 后再上传。",
    "rtf": "“{name}”是 RTF 文档，无法直接读取。请在 Word 或 WPS 中“另存为”.docx 后再上传。",
    "office": "“{name}”是表格、演示或其他办公文档，无法直接读取。请在原来的软件中导出 PDF 后再上传。",
    "packed": "“{name}”是 RAR、7z、gzip 等压缩包，无法直接读取。请解压后上传，或重新打包成 zip。",
    "fit": "“{name}”是方正飞腾排版文件（.fit），无法直接读取。请在飞腾中用“文件—输出”导出 PDF（选“下载字体”），再上传 PDF。",
    "shuban": "“{name}”是方正书版文件，无法直接读取。请在书版中用“输出—直接输出 PDF”导出 PDF，再上传 PDF。",
    "ps": "“{name}”是 PostScript 文件（.ps），无法直接读取。请用 Acrobat Distiller 或方正文杰转成 PDF，再上传 PDF。",
    "indesign": "“{name}”是 InDesign 排版文件，无法直接读取。请在 InDesign 中用“文件—导出”导出 PDF，再上传 PDF。",
    "mht": "“{name}”是单文件网页（.mht），无法直接读取。请在浏览器中“另存为—网页，全部”，打包成 zip 后上传。",
}


def kind_of(data: bytes, name: str) -> str:
    """`text`, `pdf`, `docx`, `html`, `scan`, `zip`, or a kind that is refused; an unknown kind counts as text."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    for starts, kind in _STARTS:
        if head.startswith(starts):
            return kind
    if head.startswith(b"PK\x03\x04"):
        return _zip_kind(data)
    if _is_image(data):
        return "scan"
    if name.lower().endswith(_FIT):
        return "fit"
    if name.lower().endswith(_SHUBAN):
        return "shuban"
    if _is_web(data, name):
        return "html"
    if b"%PDF-" in head and b"startxref" in data[-2048:]:  # mail headers and the like may stand before a PDF
        return "pdf"
    return "mht" if name.lower().endswith(".mht") else "text"


_STARTS: tuple[tuple[bytes | tuple[bytes, ...], str], ...] = (
    (b"%PDF-", "pdf"),
    (b"%!PS", "ps"),
    ((b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"BZh9", b"\xfd7zXZ"), "packed"),
    (_OLE, "doc"),
    (b"{\\rtf", "rtf"),
    (b"\x06\x06\xed\xf5", "indesign"),
)


def _zip_kind(data: bytes) -> str:
    """Office documents are zips that begin with their own parts; other zips may hold such documents."""
    first = data[30 : 30 + int.from_bytes(data[26:28], "little")]
    if first.startswith(b"mimetype"):
        return "office"
    if first.startswith(_WORD_FIRST):
        return "docx" if b"word/" in data else "office"
    return "zip"


def _is_web(data: bytes, name: str) -> bool:
    lower = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if lower.startswith((b"<!doctype html", b"<html")) or (lower.startswith(b"<?xml") and b"<html" in lower):
        return True
    return name.lower().endswith(_WEB) and lower.startswith(b"<") and b"</" in data


def _is_image(data: bytes) -> bool:
    """Short signatures such as BM also begin honest text, so they must be followed by binary."""
    if not data.startswith(_IMAGES):
        return False
    return not data.startswith((b"BM", b"RIFF")) or b"\x00" in data[:16]


def refuse(kind: str, name: str) -> NoReturn:
    """Raise the sentence that tells an editor what to do with a kind that can't be read yet."""
    raise ReadingError("unsupported-kind", _REFUSED[kind].format(name=name))
