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
_FOUNDER = (".fit", ".s2", ".s72", ".s92", ".ps2", ".mps")

_REFUSED = {
    "scan": "“{name}”是图片，目前还不能识别图片上的文字。请先用文字识别软件导出文本，再上传 .txt 文件。",
    "doc": "“{name}”是旧版 Word 或 WPS 文档，目前还不能直接读取。请在 Word 或 WPS 中“另存为”纯文本（.txt）后再上传。",
    "html": "“{name}”是网页文件，目前还不能直接读取。请在浏览器中打开，把正文复制到 .txt 文件后再上传。",
    "zip": "“{name}”是压缩包或内含压缩数据的文档。请解压后逐个上传其中的 .txt 文件。",
    "founder": "“{name}”是方正飞腾排版文件，无法直接读取。请在飞腾中输出 PDF 或纯文本，再上传文本（.txt）。",
    "rtf": "“{name}”是 RTF 文档，目前还不能直接读取。请在 Word 或 WPS 中“另存为”纯文本（.txt）后再上传。",
}


def kind_of(data: bytes, name: str) -> str:
    """`text`, `pdf`, or one of the kinds that are refused for now; an unknown kind counts as text."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    lower = head[:256].lower()
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx" if b"word/" in data else "zip"
    if head.startswith((b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")):
        return "zip"
    if head.startswith(_OLE):
        return "doc"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if _is_image(data):
        return "scan"
    if lower.startswith((b"<!doctype html", b"<html")) or (lower.startswith(b"<?xml") and b"<html" in lower):
        return "html"
    if name.lower().endswith(_FOUNDER):
        return "founder"
    if b"%PDF-" in head and b"startxref" in data[-2048:]:  # mail headers and the like may stand before a PDF
        return "pdf"
    return "text"


def _is_image(data: bytes) -> bool:
    """Short signatures such as BM also begin honest text, so they must be followed by binary."""
    if not data.startswith(_IMAGES):
        return False
    return not data.startswith((b"BM", b"RIFF")) or b"\x00" in data[:16]


def refuse(kind: str, name: str) -> NoReturn:
    """Raise the sentence that tells an editor what to do with a kind that can't be read yet."""
    raise ReadingError("unsupported-kind", _REFUSED[kind].format(name=name))
