"""Reading from a page's picture: whether that is installed here, and how much it may take."""

from __future__ import annotations

import hashlib
import importlib.util

from articles.newsprint.extraction.progress import Progress
from articles.newsprint.extraction.sandbox import Limits, read_apart
from articles.newsprint.values import ReadingError, Source

_LIMITS = Limits(memory=6144, cpu=150, wall=400, result=16)
_MISSING = "这台服务器还没有安装文字识别：请管理员运行 make ocr（或 pip install .[ocr]），装好后再上传。"


def can_recognise() -> bool:
    """Whether the extra that reads scans is installed."""
    return all(importlib.util.find_spec(package) is not None for package in ("rapidocr", "onnxruntime"))


def recognised(
    data: bytes,
    name: str,
    page_index: int | None = None,
    reason: ReadingError | None = None,
    *,
    glance: bool = False,
    progress: Progress | None = None,
) -> Source:
    """Lines of an image, or of a PDF page for which `reason` says why its text can't be used; none at a glance.

    Raises ReadingError: `no-ocr` (a PDF's own reason keeps its code) where the extra is not installed, and those of
    `read_scan`.
    """
    if not can_recognise():
        what = "的文字层不能用，要从图像识别" if reason else "是扫描图，要从图像识别文字"
        raise ReadingError(reason.code if reason else "no-ocr", f"“{name}”{what}。{_MISSING}")
    digest = hashlib.sha256(data).hexdigest()
    if glance:
        return Source(name, digest, None, "scan", ())
    source: Source = read_apart(
        "scan",
        "scanned_source",
        data,
        name,
        digest,
        reason is not None,
        page_index,
        limits=_LIMITS,
        on_progress=progress,
    )
    return source
