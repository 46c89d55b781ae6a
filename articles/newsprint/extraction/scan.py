"""A scanned page → its lines with places, sizes and confidence, and the rules and pictures among them.

Runs in the sandbox. Straightened first; large pages are recognised in bands; coordinates are those of the straight page.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from articles.newsprint.extraction.progress import tell
from articles.newsprint.extraction.scan_ink import Found, blanks_in, mark_may_follow, measured
from articles.newsprint.extraction.scan_lines import (
    around,
    joined,
    over_gutters,
    size_of_text,
    source_lines,
    to_read_again,
)
from articles.newsprint.extraction.scan_pace import BANDS, WHOLE, Pace
from articles.newsprint.extraction.scan_shapes import shapes_on
from articles.newsprint.extraction.straighten import straightened
from articles.newsprint.values import ReadingError, Sheet, Source, SourceLine

MAX_PIXELS = 150_000_000  # a broadsheet at 600 dpi
_WORKING_PIXELS = 14_000_000  # more than a broadsheet at 200 dpi has; type is as legible then
_BAND_PIXELS = 5_000_000
_OVERLAP = 220  # pixels that two bands share: more than the tallest headline
_DPI = 200
_UNSURE = 0.6
_MARKS = "，。、；：！？"
_FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "GIF", "WEBP")
_BITMAP = NDArray[np.uint8]


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
    engine = _engine()
    pieces = list(_recognised(bitmap, engine))
    tell(BANDS, WHOLE)
    if not pieces:
        raise ReadingError("empty", f"“{name}”的图像里没有认出文字。请用 200 dpi 以上重新扫描，保持页面平整清晰。")
    height, width = bitmap.shape
    points = 72 / dpi
    boxes, pieces = pieces, measured(bitmap, pieces)
    shapes = shapes_on(bitmap, [(line.x0, line.y0, line.x1, line.y1) for line in (*boxes, *pieces)])
    text_size = size_of_text(pieces)
    found = joined(_read_again(bitmap, engine, pieces, text_size), text_size)
    lines = source_lines(found, text_size, width, height, points)
    unsure = sum(line.score < _UNSURE for line in found)
    notices = (f"“{name}”是扫描识别的，有 {unsure} 行把握不大，请对照版面核对。",) if unsure else ()
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


def _read_again(bitmap: _BITMAP, engine: Any, pieces: list[Found], text_size: float) -> list[Found]:
    """What was found in pieces, “ 天眼 ”看麦浪, as a whole; across a gutter, in parts; without its last mark, with it."""
    out = list(pieces)
    for group in to_read_again(pieces, text_size):
        whole = _read(bitmap, engine, around(group))
        if whole and whole.score >= 0.8 and len(whole.text) >= 0.8 * sum(len(piece.text) for piece in group):
            out = [piece for piece in out if piece not in group] + [whole]
    parted = over_gutters(out, [blanks_in(bitmap, piece) for piece in out], text_size)
    for at, places in sorted(parted.items(), reverse=True):
        parts = [part for place in places if (part := _read(bitmap, engine, place))]
        if len(parts) == len(places):
            out[at : at + 1] = parts
    paper = float(np.median(bitmap))
    for at, line in enumerate(out):
        if mark_may_follow(bitmap, line, paper):
            longer = _read(bitmap, engine, replace(line, x1=line.x1 + 0.9 * line.em))
            if longer and longer.text[:-1] == line.text and longer.text[-1] in _MARKS:
                out[at] = longer
    return out


def _read(bitmap: _BITMAP, engine: Any, place: Found) -> Found | None:
    """Recognise what stands in a place that was measured before."""
    margin = 0.12 * place.em
    top, left = max(0, int(place.y0 - margin)), max(0, int(place.x0 - margin))
    part = bitmap[top : int(place.y1 + margin), left : int(place.x1 + margin), None]
    read = engine(np.repeat(part, 3, axis=2), use_det=False, use_cls=False, use_rec=True)
    if read.txts is None or read.scores is None or not str(read.txts[0]).strip():
        return None
    (found,) = measured(bitmap, [replace(place, text=str(read.txts[0]).strip(), score=round(float(read.scores[0]), 3))])
    return found


def _recognised(bitmap: _BITMAP, engine: Any) -> Iterator[Found]:
    """Lines band by band; what a band's edge may have cut is left to the band that holds it whole."""
    height, width = bitmap.shape
    tall = max(3 * _OVERLAP, _BAND_PIXELS // width)
    step = tall - _OVERLAP
    tops = list(range(0, max(1, height - _OVERLAP), step))
    pace = Pace(engine, len(tops))
    for number, top in enumerate(tops):
        pace.at_band(number)
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
                    text.strip(),
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
