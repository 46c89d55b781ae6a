"""What is drawn on a PDF page beside type: rules, outlined or tinted areas, pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from articles.newsprint.extraction.pdf_letters import Frame
from articles.newsprint.values import Shape, ShapeKind

MAX_OBJECTS = 60_000  # looked at; what a map or a chart has beyond them is no rule of the page
MAX_SHAPES = 4_000
_MAX_SEGMENTS = 2_000
_DEPTH = 4
_THIN = 3.5  # points
_SHORT = 12.0
_WHOLE_PAGE = 0.9

Matrix = tuple[float, float, float, float, float, float]
Bounds = tuple[float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def drawn_shapes(page: pypdfium2.PdfPage, frame: Frame) -> tuple[Shape, ...]:
    """Shapes in drawing order, each once; backgrounds of the whole page and specks are left out."""
    out: dict[Shape, None] = {}
    for kind, (x0, y0, x1, y1) in _drawn(page, frame):
        across, down = x1 - x0, y1 - y0
        if across * down > _WHOLE_PAGE * frame.width * frame.height:
            continue
        if kind != "picture" and min(across, down) <= _THIN:
            kind = "rule"
        if max(across, down) < _SHORT or x1 <= 0 or y1 <= 0 or x0 >= frame.width or y0 >= frame.height:
            continue
        out[Shape(kind, frame.fractions(x0, y0, x1, y1))] = None
        if len(out) >= MAX_SHAPES:
            break
    return tuple(out)


def _drawn(page: pypdfium2.PdfPage, frame: Frame) -> Iterator[tuple[ShapeKind, Bounds]]:
    for drawn, matrix in _objects(page):
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            yield "picture" if kind == pdfium.FPDF_PAGEOBJ_IMAGE else "area", _bounds(drawn, matrix, frame)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and _visible(drawn):
            yield from _path(drawn, matrix, frame)


def _objects(page: pypdfium2.PdfPage) -> Iterator[tuple[pdfium.FPDF_PAGEOBJECT, Matrix]]:
    """Objects with the matrix of the forms they stand in."""
    seen = 0
    stack: list[tuple[pdfium.FPDF_PAGEOBJECT, Matrix, int]] = []
    for index in range(min(pdfium.FPDFPage_CountObjects(page), MAX_OBJECTS)):
        stack.append((pdfium.FPDFPage_GetObject(page, index), _SAME, 0))
        while stack:
            drawn, matrix, depth = stack.pop()
            seen += 1
            if seen > MAX_OBJECTS:
                return
            if pdfium.FPDFPageObj_GetType(drawn) != pdfium.FPDF_PAGEOBJ_FORM:
                yield drawn, matrix
            elif depth < _DEPTH:
                inner = _times(_own_matrix(drawn), matrix)
                count = min(pdfium.FPDFFormObj_CountObjects(drawn), MAX_OBJECTS)
                stack += [(pdfium.FPDFFormObj_GetObject(drawn, at), inner, depth + 1) for at in range(count)]


def _own_matrix(drawn: pdfium.FPDF_PAGEOBJECT) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(drawn, ctypes.byref(matrix)):
        return _SAME
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _placed(points: list[tuple[float, float]], matrix: Matrix, frame: Frame) -> Bounds:
    a, b, c, d, e, f = matrix
    on_sheet = [frame.place(a * x + c * y + e, b * x + d * y + f) for x, y in points]
    across, down = [x for x, _ in on_sheet], [y for _, y in on_sheet]
    return min(across), min(down), max(across), max(down)


def _bounds(drawn: pdfium.FPDF_PAGEOBJECT, matrix: Matrix, frame: Frame) -> Bounds:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    by_ref = [ctypes.byref(value) for value in (left, bottom, right, top)]
    if not pdfium.FPDFPageObj_GetBounds(drawn, *by_ref):
        return 0.0, 0.0, 0.0, 0.0
    return _placed([(left.value, bottom.value), (right.value, top.value)], matrix, frame)


def _visible(drawn: pdfium.FPDF_PAGEOBJECT) -> bool:
    """A path that is stroked, or filled with something other than the white of the paper."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(drawn, ctypes.byref(fill), ctypes.byref(stroke)):
        return False
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    colour = [ctypes.byref(value) for value in (red, green, blue, alpha)]
    if stroke.value and (not pdfium.FPDFPageObj_GetStrokeColor(drawn, *colour) or _inked(red, green, blue, alpha)):
        return True
    return bool(fill.value and (not pdfium.FPDFPageObj_GetFillColor(drawn, *colour) or _inked(red, green, blue, alpha)))


def _inked(red: ctypes.c_uint, green: ctypes.c_uint, blue: ctypes.c_uint, alpha: ctypes.c_uint) -> bool:
    return alpha.value > 8 and min(red.value, green.value, blue.value) < 250


def _path(drawn: pdfium.FPDF_PAGEOBJECT, matrix: Matrix, frame: Frame) -> Iterator[tuple[ShapeKind, Bounds]]:
    """Each stretch of a path by itself: all rules of a page may be one path."""
    count = pdfium.FPDFPath_CountSegments(drawn)
    if not 0 < count <= _MAX_SEGMENTS:
        yield "area", _bounds(drawn, matrix, frame)
        return
    place = _times(_own_matrix(drawn), matrix)
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(drawn, index)
        starts = pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO
        if starts and len(points) > 1:
            yield "area", _placed(points, place, frame)
        if starts:
            points = []
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        points.append((x.value, y.value))
    if len(points) > 1:
        yield "area", _placed(points, place, frame)
