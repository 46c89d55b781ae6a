"""Bytes of an HTML file → its tree and the text in it. Runs in the sandbox."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from articles.newsprint.extraction.plain_text import decode
from articles.newsprint.values import ReadingError

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_XML = re.compile(r"^\s*<\?xml[^>]*\?>")
_BLOCKS = frozenset(
    ("p", "div", "br", "tr", "li", "ul", "ol", "table", "tbody", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "section")
) | {"article", "blockquote", "dl", "dt", "dd", "center", "figure", "figcaption", "founder-content"}
_UNPRINTED = frozenset(("script", "style", "noscript", "iframe", "select", "button", "form", "head", "object", "map"))
_BLANKS = re.compile(r"[ \t\r\n\f\v\xa0]+")


def tree_of(data: bytes, name: str) -> Any:
    """The root element of a page. Raises ReadingError `empty`, `binary`, `broken-html`."""
    try:
        parser = html.HTMLParser(huge_tree=True)  # pages nest deep; the sandbox has its limits
        return html.document_fromstring(_XML.sub("", text_of_file(data, name)).replace("\x00", ""), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise ReadingError("broken-html", f"“{name}”不是完整的网页文件。请从浏览器重新保存后上传。") from None


def text_of_file(data: bytes, name: str) -> str:
    """Text of a page in the encoding that it names, or that its bytes show where it names none or a wrong one."""
    declared = _CHARSET.search(data[:4096])
    if declared and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        named = declared.group(1).decode("ascii").lower()
        named = "gb18030" if named in ("gb2312", "gbk", "gb_2312-80", "x-gbk") else named
        try:
            return data.decode(named)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data, name)[0]


def text_in(element: Any) -> str:
    """All printed text of an element on one line: 春耕　备耕 <br> 全面铺开 → 春耕　备耕 全面铺开."""
    return " ".join(part.strip() for part, _ in _pieces(element) if part.strip())


def paragraphs_in(nodes: list[Any]) -> Iterator[tuple[str, bool]]:
    """Paragraphs of what stands in these nodes, and whether each is printed with a picture, so a caption."""
    for node in nodes:
        for text, captioned in _pieces(node):
            squeezed = text.strip(" 　")
            if squeezed:
                yield squeezed, captioned


def _pieces(element: Any) -> Iterator[tuple[str, bool]]:
    """Text between the borders of blocks; cells of a row are parted by a blank as wide as a character."""
    text = ""
    for what, caption in _walk(element, in_picture=False):
        if what is None:
            if text.strip():
                yield _BLANKS.sub(" ", text), caption
            text = ""
        else:
            text += what
    if text.strip():
        yield _BLANKS.sub(" ", text), False


def _walk(root: Any, *, in_picture: bool) -> Iterator[tuple[str | None, bool]]:
    """Text in printed order without recursion: hostile pages nest thousands deep. None is the border of a block."""
    stack: list[tuple[Any, bool, str]] = [(root, in_picture, "open")]
    while stack:
        node, picture, state = stack.pop()
        if isinstance(node, str):
            yield node, picture
            continue
        tag = node.tag if isinstance(node.tag, str) else None
        if state == "close":
            if tag in _BLOCKS:
                yield None, picture
            elif tag in ("td", "th"):
                yield "　", picture
            continue
        if tag is None or tag in _UNPRINTED:
            continue
        if tag in _BLOCKS:
            yield None, picture
        picture = picture or _holds_picture(node, tag)
        stack.append((node, picture, "close"))
        for child in reversed(node):
            if child.tail:
                stack.append((child.tail, picture, "text"))
            stack.append((child, picture, "open"))
        if node.text:
            stack.append((node.text, picture, "text"))


def _holds_picture(node: Any, tag: str) -> bool:
    """A figure, or a small table that holds a picture and a few words."""
    if tag in ("figure", "figcaption"):
        return True
    if tag not in ("table", "div") or node.find(".//img") is None:
        return False
    words = sum(len("".join(text.split())) for text in node.itertext())
    return words <= 120 and node.find(".//table") is None and node.find(".//h1") is None
