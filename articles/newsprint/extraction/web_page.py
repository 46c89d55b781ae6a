"""A page of a digital paper: its map of areas, the picture of the page and the files of its articles. Runs in the sandbox.

<img src="p01.jpg" usemap="#PagePicMap"> <map name="PagePicMap"><area coords="3,4,90,40" href="content_1.htm">
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from articles.newsprint.extraction.areas import Polygon, polygon_of, whole_size
from articles.newsprint.extraction.web_article import WebArticle, read_web_article
from articles.newsprint.extraction.web_text import text_in, text_of_file, tree_of
from articles.newsprint.extraction.zipped import PackedFile
from articles.newsprint.values import Mark, ReadingError, SourceLine, ZoneReading

_PAGE = (".htm", ".html", ".shtml", ".xhtml")
_PICTURE = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp")
_LINK = re.compile(r"[\w%./-]+\.s?x?html?", re.IGNORECASE)
_FOLIO = re.compile(r"(?:第\s*)?([A-Za-z]?)0*(\d{1,3})\s*版(?:\s*[:：]\s*|\s+|　)?([\u4e00-\u9fff·A-Za-z]{0,12})")


@dataclass(frozen=True, slots=True)
class HotPage:
    """What a page's own file says: its number and name, its picture, and its areas by the article they lead to."""

    number: int | None
    section: str
    picture: str
    articles: tuple[str, ...]
    areas: tuple[tuple[str, Polygon], ...] = ()


@dataclass(frozen=True, slots=True)
class WebReading:
    """What was read of a page or of one saved article."""

    lines: tuple[SourceLine, ...]
    zones: tuple[ZoneReading, ...]
    encoding: str | None
    notices: tuple[str, ...] = ()


def has_map(data: bytes) -> bool:
    """Whether a file looks like the page of a digital paper; a quick look at its bytes."""
    lower = data.lower()
    return b"<area" in lower and b"<map" in lower


def members_of_pages(
    pages: Sequence[PackedFile], _name: str, names: Sequence[str]
) -> list[tuple[str, int | None, str, tuple[str, ...]]]:
    """Of each page its file, number, section and which of the files named belong to it: articles and picture."""
    own = {page.name for page in pages}
    out: list[tuple[str, int | None, str, tuple[str, ...]]] = []
    for page in pages:
        try:
            hot = _hot_page(page, names, None)
        except ReadingError:  # it is told when the page itself is read
            out.append((page.name, None, "", ()))
            continue
        links = [*hot.articles, *([hot.picture] if hot.picture else [])]
        paths = [path for link in links if (path := match(link, page.name, names)) and path not in own]
        out.append((page.name, hot.number, hot.section, tuple(dict.fromkeys(paths))))
    return out


def read_web(files: Sequence[PackedFile], name: str) -> WebReading:
    """A page with its articles, or one saved article.

    Raises ReadingError: `no-articles` where the map leads to no file that is there, `no-article`, `several-pages`.
    """
    pages = [file for file in files if file.name.lower().endswith(_PAGE) and has_map(file.content)]
    if len(pages) > 1:
        raise ReadingError(
            "several-pages",
            f"“{name}”里有 {len(pages)} 个版面。请用“上传一期”或 import_issue 整包导入，系统会按版拆开。",
        )
    if pages:
        return _read_page(pages[0], files, name)
    articles = [file for file in files if file.name.lower().endswith(_PAGE)]
    if len(articles) != 1:
        raise ReadingError("no-articles", f"“{name}”里没有数字报的版面文件。请把版面文件和稿件文件一起打包上传。")
    article = read_web_article(articles[0].content, name)
    return WebReading(tuple(_lines([article])), (), _encoding(articles[0], name))


def _read_page(page: PackedFile, files: Sequence[PackedFile], name: str) -> WebReading:
    sizes = {file.name: file for file in files}
    hot = _hot_page(page, list(sizes), _picture_size(page, sizes))
    found: list[tuple[str, WebArticle]] = []
    missing, unread = [], []
    for link in hot.articles:
        path = match(link, page.name, list(sizes))
        if path is None:
            missing.append(posixpath.basename(link))
            continue
        try:
            found.append((link, read_web_article(sizes[path].content, path)))
        except ReadingError:
            unread.append(posixpath.basename(link))
    if not found:
        raise _without_articles(hot, name)
    notices = []
    if missing:
        notices.append(f"“{name}”的版面图指向的 {len(missing)} 个文件没有找到，没有读入：{_listed(missing)}。")
    if unread:
        notices.append(f"“{name}”有 {len(unread)} 个稿件文件里没有正文，没有读入：{_listed(unread)}。")
    at = {link: index for index, (link, _article) in enumerate(found)}
    zones = tuple(ZoneReading(at[link], polygon) for link, polygon in hot.areas if link in at)
    return WebReading(
        tuple(_lines([article for _link, article in found])), zones, _encoding(page, name), tuple(notices)
    )


def _without_articles(hot: HotPage, name: str) -> ReadingError:
    if not hot.articles:
        return ReadingError("no-articles", f"“{name}”的版面图没有指向任何稿件文件。请检查版面文件是否保存完整。")
    return ReadingError(
        "no-articles",
        f"“{name}”的版面图指向的稿件文件一个也没有找到（{_listed([posixpath.basename(a) for a in hot.articles])}）。"
        "请把版面文件和稿件文件放在同一个文件夹里，打包成 zip 上传。",
    )


def _listed(names: Sequence[str]) -> str:
    return "、".join(names[:5]) + (f" 等 {len(names)} 个" if len(names) > 5 else "")


def _encoding(file: PackedFile, name: str) -> str:
    text = text_of_file(file.content, name)
    for encoding in ("utf-8", "gb18030"):
        try:
            if file.content.decode(encoding).strip("\ufeff") == text.strip("\ufeff"):
                return encoding
        except UnicodeDecodeError:
            continue
    return "unknown"


def _lines(articles: Sequence[WebArticle]) -> list[SourceLine]:
    """Every article's lines in printed order, marked with what they are."""
    out: list[SourceLine] = []
    for at, article in enumerate(articles):
        parts: list[tuple[str, Mark]] = [
            (article.kicker, Mark("kicker", at)),
            (article.headline, Mark("headline", at)),
            (article.subtitle, Mark("subtitle", at)),
            *((text, Mark("body", at)) for text in article.paragraphs),
            (article.author if not _signed(article) else "", Mark("byline", at)),
            *((text, Mark("caption")) for text in article.captions),
        ]
        out += [SourceLine(len(out) + n, text, mark=mark) for n, (text, mark) in enumerate(filter(_printed, parts), 1)]
    return out


def _printed(part: tuple[str, Mark]) -> bool:
    return bool(part[0].strip())


def _signed(article: WebArticle) -> bool:
    """Whether the text itself names the authors: then the system's field only repeats them."""
    names = re.findall(r"[\u4e00-\u9fff]{2,4}", re.sub(r"本报|记者|通讯员|作者|文/图|摄影|特约", " ", article.author))
    text = "".join((*article.paragraphs[:2], *article.paragraphs[-2:], *article.captions))
    return bool(names) and all(name in text for name in names)


def _hot_page(page: PackedFile, names: Sequence[str], picture: tuple[float, float] | None) -> HotPage:
    root = tree_of(page.content, page.name)
    maps = [(len(found), found, element) for element in root.iter("map") if (found := list(element.iter("area")))]
    _count, areas, hot = max(maps, key=lambda item: item[0]) if maps else (0, [], None)
    image = _image_of(root, hot)
    width, height = whole_size(image, areas, picture)
    zones: list[tuple[str, Polygon]] = []
    links: dict[str, None] = {}
    for area in areas:
        link = _link(area)
        if link:
            links[link] = None
            if polygon := polygon_of(area, width, height):
                zones.append((link, polygon))
    for anchor in root.iter("a"):  # articles that the list names and the map forgets
        link = _link(anchor)
        path = match(link, page.name, names) if link else None
        if path and path != page.name and link not in links and not _is_page(path):
            links[link] = None
    number, section = _folio(root, page.name)
    return HotPage(number, section, _picture(image), tuple(links), tuple(zones))


def _is_page(path: str) -> bool:
    """node_3.htm and index.html are pages, content_3.htm is an article."""
    return bool(
        re.match(r"(?:node|index|default|paperindex|layout)\b|(?:node|layout)[-_]?\d", posixpath.basename(path).lower())
    )


def _link(element: Any) -> str:
    """The file that an area or a link leads to; also where a script opens it: javascript:show('content_1.htm')."""
    for attribute in ("href", "onclick"):
        value = (element.get(attribute) or "").strip()
        if attribute == "href" and not value.lower().startswith("javascript:"):
            value = unquote(re.split(r"[?#]", value)[0])
            if value.lower().endswith(_PAGE):
                return value
        elif found := _LINK.search(unquote(value)):
            return found.group()
    return ""


def match(link: str, page: str, names: Sequence[str]) -> str | None:
    """The file that a link on a page means: by its path, else the only one of that name."""
    link = link.replace("\\", "/")
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), link))
    if path in names:
        return path
    own = posixpath.basename(link).lower()
    same = [name for name in names if posixpath.basename(name).lower() == own]
    return same[0] if len(same) == 1 else None


def _image_of(root: Any, hot: Any) -> Any:
    """The picture that the map lies on."""
    if hot is None:
        return None
    wanted = {(hot.get("name") or "").lower(), (hot.get("id") or "").lower()} - {""}
    for image in root.iter("img", "input", "object"):
        if (image.get("usemap") or "").lstrip("#").lower() in wanted:
            return image
    return None


def _picture(image: Any) -> str:
    source = unquote(re.split(r"[?#]", image.get("src") or "")[0]) if image is not None else ""
    return source if source.lower().endswith(_PICTURE) else ""


def _picture_size(page: PackedFile, files: dict[str, PackedFile]) -> tuple[float, float] | None:
    """Of the page's picture in pixels, from its header."""
    root = tree_of(page.content, page.name)
    for element in root.iter("map"):
        path = match(_picture(_image_of(root, element)) or "-", page.name, list(files))
        if path:
            from PIL import Image

            try:
                with Image.open(io.BytesIO(files[path].content)) as image:
                    return float(image.width), float(image.height)
            except (OSError, ValueError, Image.DecompressionBombError):
                return None
    return None


def _folio(root: Any, path: str) -> tuple[int | None, str]:
    """Number and name of this page: in the window's title, outside links, or in the link to itself."""
    own = posixpath.basename(path).lower()
    links = {element: _link(element) for element in root.iter("a")}
    itself = [text_in(a) for a, link in links.items() if posixpath.basename(link).lower() == own]
    outside = [
        text_in(element)
        for element in root.iter("div", "td", "span", "h1", "h2", "h3", "strong", "p", "li", "b", "font")
        if len("".join(element.itertext())) <= 40
        and element.find(".//a") is None
        and not any(element.iterancestors("a"))
    ]
    for text in (*root.xpath("//title/text()"), *itself, *outside):
        if found := _FOLIO.search(text):
            return int(found.group(2)) or None, found.group(3)
    return None, ""
