"""A scanned page → its lines with places, sizes and confidence, and the rules and pictures among them.

Runs in the sandbox. Straightened first; large pages are recognised in bands; coordinates are those of the straight page.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from articles.newsprint.extraction.scan_shapes import shapes_on
from articles.newsprint.extraction.straighten import straightened
from articles.newsprint.values import ReadingError, Sheet, Source, SourceLine

MAX_PIXELS = 150_000_000  # a broadsheet at 600 dpi
_WORKING_PIXELS = 14_000_000  # more than a broadsheet at 200 dpi has; type is as legible then
_BAND_PIXELS = 5_000_000
_OVERLAP = 220  # pixels that two bands share: more than the tallest headline
_DPI = 200
_UNSURE = 0.6
_LARGE = 60  # pixels: type of headlines
_BLANK = 0.55  # of its height: more parts the headlines of two columns
_DASH = re.compile(r"^(?:—一|一—|—-|-—)")
_OF_HEIGHT = 0.84  # of a box's height, the type
_FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "GIF", "WEBP")
_BITMAP = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Found:
    """A line as it was recognised, in pixels of the straight page."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    score: float


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """What was read off a scan."""

    lines: tuple[SourceLine, ...]
    sheet: Sheet
    notices: tuple[str, ...] = ()


def check_scan(data: bytes, name: str) -> tuple[int, int]:
    """Width and height in pixels, from the header only. Raises ReadingError `broken-image`, `too-many-pixels`, …"""
    with opened_scan(data, name) as image:
        return image.size


def scanned_source(data: bytes, name: str, digest: str, pdf: bool, page_index: int | None) -> Source:
    """An image, or a PDF page drawn first. Raises ReadingError as the readers below do."""
    page = read_scanned_pdf(data, name, page_index) if pdf else read_scan(data, name)
    return Source(name, digest, None, "scan", page.lines, page.sheet, page.notices)


def read_scan(data: bytes, name: str) -> ScannedPage:
    """Raises ReadingError `broken-image`, `too-many-pixels`, `too-small`, `several-pages`, `empty`."""
    with opened_scan(data, name) as image:
        dpi = image.info.get("dpi", (_DPI, _DPI))[0]
        shrink = (_WORKING_PIXELS / (image.width * image.height)) ** 0.5
        try:
            if shrink < 1:
                image.draft("L", (round(image.width * shrink), round(image.height * shrink)))
            grey = image.convert("L")
        except (OSError, ValueError, SyntaxError):
            raise _broken(name) from None
    if grey.width * grey.height > _WORKING_PIXELS:
        shrink = (_WORKING_PIXELS / (grey.width * grey.height)) ** 0.5
        grey = grey.resize((round(grey.width * shrink), round(grey.height * shrink)), Image.Resampling.LANCZOS)
    return read_picture(grey, name, float(dpi) if 60 <= float(dpi) <= 1300 else _DPI)


def read_scanned_pdf(data: bytes, name: str, page_index: int | None = None) -> ScannedPage:
    """A PDF page whose text layer is missing or wrong, drawn and recognised."""
    from articles.newsprint.extraction.pdf import opened, the_page

    with opened(data, name) as document:
        page = the_page(document, name, page_index)
        width, height = page.get_size()
        scale = min(_DPI / 72, (_WORKING_PIXELS / (width * height)) ** 0.5)
        grey = page.render(scale=scale, may_draw_forms=False, grayscale=True).to_pil().convert("L")
    return read_picture(grey, name, 72 * scale)


def read_picture(grey: Image.Image, name: str, dpi: float) -> ScannedPage:
    """A page in shades of grey. Raises ReadingError `empty` where no line is found."""
    page = straightened(grey)
    bitmap: _BITMAP = np.asarray(page, dtype=np.uint8)
    found = _joined(list(_recognised(bitmap)))
    if not found:
        raise ReadingError("empty", f"“{name}”的图像里没有认出文字。请用 200 dpi 以上重新扫描，保持页面平整清晰。")
    height, width = bitmap.shape
    points = 72 / dpi
    lines = _lines(found, width, height, points)
    unsure = sum(line.score < _UNSURE for line in found)
    notices = (f"“{name}”是扫描识别的，有 {unsure} 行把握不大，请对照版面核对。",) if unsure else ()
    shapes = shapes_on(bitmap, [(line.x0, line.y0, line.x1, line.y1) for line in found])
    return ScannedPage(lines, Sheet(width * points, height * points, shapes), notices)


def opened_scan(data: bytes, name: str) -> Image.Image:
    """The image, its header looked at. Raises ReadingError `broken-image`, `too-many-pixels`, `too-small`, …"""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_large(name) from None
    except (OSError, ValueError, SyntaxError):
        raise _broken(name) from None
    if image.width * image.height > MAX_PIXELS:
        raise _too_large(name)
    if min(image.size) < 200:
        raise ReadingError(
            "too-small", f"“{name}”只有 {image.width} × {image.height} 像素，看不清文字。请用 200 dpi 以上重新扫描。"
        )
    if getattr(image, "n_frames", 1) > 1 and image.format == "TIFF":
        raise ReadingError("several-pages", f"“{name}”里有几页图像。请每个版面存成一个文件后上传。")
    return image


def _too_large(name: str) -> ReadingError:
    return ReadingError(
        "too-many-pixels",
        f"“{name}”超过 {MAX_PIXELS // 1_000_000} 百万像素，不像是一个版面。请用 200 到 300 dpi 重新扫描后上传。",
    )


def _broken(name: str) -> ReadingError:
    return ReadingError("broken-image", f"“{name}”不是完整的图片（可能没有下载完或已损坏）。请重新扫描或导出后上传。")


def _recognised(bitmap: _BITMAP) -> Iterator[Found]:
    """Lines band by band; what a band's edge may have cut is left to the band that holds it whole."""
    engine = _engine()
    height, width = bitmap.shape
    tall = max(3 * _OVERLAP, _BAND_PIXELS // width)
    step = tall - _OVERLAP
    tops = list(range(0, max(1, height - _OVERLAP), step))
    for top in tops:
        bottom = min(height, top + tall)
        band = np.repeat(bitmap[top:bottom, :, None], 3, axis=2)
        read = engine(band, use_det=True, use_cls=False, use_rec=True)
        if read.boxes is None or read.txts is None:
            continue
        first, last = top == tops[0], top == tops[-1]
        low = top if first else top + _OVERLAP / 2
        high = bottom if last else bottom - _OVERLAP / 2
        for box, text, score in zip(read.boxes, read.txts, read.scores, strict=True):
            across, down = box[:, 0].tolist(), [y + top for y in box[:, 1].tolist()]
            if text.strip() and low <= sum(down) / len(down) < high:
                yield Found(
                    _DASH.sub("——", text.strip()),
                    min(across),
                    min(down),
                    max(across),
                    max(down),
                    round(float(score), 3),
                )


def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.max_side_len": 12_000,  # the default shrinks whole pages until type is lost
            "Global.text_score": 0.05,
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": 2,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _joined(found: Sequence[Found]) -> list[Found]:
    """Pieces of one line, which a blank or the edge of a band has parted, are one line again."""
    upright = [line for line in found if not _is_vertical(line)]
    hanging = [_turned(line) for line in found if _is_vertical(line)]
    lines = [*_together(upright), *(_turned(line) for line in _together(hanging))]
    return sorted(lines, key=lambda line: (line.y0, line.x0))


def _turned(line: Found) -> Found:
    """With across and down exchanged, so that a vertical line is joined like any other."""
    return Found(line.text, line.y0, line.x0, line.y1, line.x1, line.score)


def _together(found: Sequence[Found]) -> list[Found]:
    out: list[Found] = []
    for piece in sorted(found, key=lambda line: (line.x0, line.y0)):
        for at, line in enumerate(out):
            text = _continued(line, piece)
            if text is not None:
                top, bottom = min(line.y0, piece.y0), max(line.y1, piece.y1)
                right, score = max(line.x1, piece.x1), min(line.score, piece.score)
                out[at] = Found(text, line.x0, top, right, bottom, score)
                break
        else:
            out.append(piece)
    return out


def _continued(line: Found, piece: Found) -> str | None:
    """The text of both where they are one line: read twice in two bands, or large type set with blanks."""
    high = min(line.y1 - line.y0, piece.y1 - piece.y0)
    level = (min(line.y1, piece.y1) - max(line.y0, piece.y0)) / high
    alike = 0.87 < (line.y1 - line.y0) / (piece.y1 - piece.y0) < 1.15
    gap = (piece.x0 - line.x1) / high
    if level > 0.6 and gap < -0.5:
        if piece.x1 <= line.x1 + 0.5 * high:
            return line.text
        shared = max(n for n in range(len(piece.text) + 1) if line.text.endswith(piece.text[:n]))
        return line.text + piece.text[shared:] if shared else None
    if level > 0.8 and alike and high > _LARGE and gap < _BLANK:
        return f"{line.text} {piece.text}"
    return None


def _lines(found: Sequence[Found], width: int, height: int, points: float) -> tuple[SourceLine, ...]:
    """With the size of its type. What is nearly of the text's size is of that size: a scan's boxes tremble."""
    sizes = [_em(line) for line in found]
    weights: dict[float, float] = {}
    for line, size in zip(found, sizes, strict=True):
        for near in (round(size * 2) / 2 + step for step in (-1, -0.5, 0, 0.5, 1)):
            weights[near] = weights.get(near, 0.0) + len(line.text)
    text_size = max(weights, key=lambda size: weights[size])
    own = [size for size in sizes if abs(size - text_size) <= 0.06 * text_size]
    text_size = float(np.median(own)) if own else text_size
    sizes = [_em(line, text_size) for line in found]
    out = []
    for number, (line, size) in enumerate(zip(found, sizes, strict=True), 1):
        slack = 0.07 if _cells(line.text) >= 8 else 0.24
        out.append(
            _line(number, line, text_size if abs(size / text_size - 1) <= slack else size, width, height, points)
        )
    return tuple(out)


def _cells(text: str) -> float:
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def _is_vertical(line: Found) -> bool:
    return line.y1 - line.y0 > 1.8 * (line.x1 - line.x0) and len(line.text) > 1


def _em(line: Found, text_size: float | None = None) -> float:
    """What a character takes of the line, in pixels; short lines and those larger than the text go by their height."""
    long, across = line.x1 - line.x0, line.y1 - line.y0
    if _is_vertical(line):
        long, across = across, long
    cells = _cells(line.text)
    by_height = _OF_HEIGHT * across
    if cells < 6 or (text_size and by_height > 1.2 * text_size):
        return by_height
    return min(1.15 * by_height, (long - (1 - _OF_HEIGHT) * across) / cells)


def _line(number: int, line: Found, em: float, width: int, height: int, points: float) -> SourceLine:
    """Boxes are drawn a little wider than the type."""
    margin = (1 - _OF_HEIGHT) / 2 * min(line.x1 - line.x0, line.y1 - line.y0)
    x0, y0, x1, y1 = line.x0 + margin, line.y0 + margin, line.x1 - margin, line.y1 - margin
    box = (_part(x0, width), _part(y0, height), _part(x1, width), _part(y1, height))
    size = round(em * points, 2)
    return SourceLine(number, line.text, box, size, line.score, vertical=_is_vertical(line))


def _part(value: float, whole: int) -> float:
    return min(1.0, max(0.0, round(float(value) / whole, 6)))
