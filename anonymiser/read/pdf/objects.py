"""Lists what a page draws, in the order in which it is drawn: text, pictures, lines and areas, with their places."""

from collections.abc import Iterator
from ctypes import byref, c_float, c_void_p, cast
from dataclasses import dataclass, field

import pypdfium2
from pypdfium2 import raw

from anonymiser.errors import RefusalCode, Refused
from anonymiser.read.pdf import calls
from anonymiser.read.pdf.text import Box

_DEEPEST = 12  # forms within forms
_MOST = 200_000  # objects of a page
_THIN = 3.0  # points

Matrix = tuple[float, float, float, float, float, float]
_UNCHANGED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One object; `order` tells what lies above what. Places are in the page's own space."""

    handle: int
    kind: int
    order: int
    box: Box  # left, bottom, right, top

    @property
    def thin(self) -> bool:
        return self.box[2] - self.box[0] < _THIN or self.box[3] - self.box[1] < _THIN


@dataclass(slots=True)
class Contents:
    """A page's objects by kind; `order` holds that of each text object, by its handle."""

    order: dict[int, int]
    pictures: list[Drawn]
    paths: list[Drawn]
    forms: int = 0
    shadings: list[Drawn] = field(default_factory=list)
    count: int = 0

    @property
    def has_areas(self) -> bool:
        """Tell whether there is more than type and lines: something that may lie over or under words."""
        return bool(self.pictures or self.forms or self.shadings) or any(not path.thin for path in self.paths)


def list_contents(page: pypdfium2.PdfPage) -> Contents:
    """Raises: Refused, where there are far too many."""
    handle = cast(page.raw, c_void_p).value or 0
    contents = Contents({}, [], [])
    count = calls.count_objects(handle)
    _list(((calls.object_of_page(handle, index) or 0) for index in range(count)), contents, _UNCHANGED, 0)
    return contents


def _list(objects: Iterator[int], contents: Contents, matrix: Matrix, depth: int) -> None:
    for handle in objects:
        contents.count += 1
        if contents.count > _MOST:
            raise Refused(RefusalCode.TOO_COMPLEX)
        kind = calls.type_of(handle)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            contents.order[handle] = contents.count
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            contents.paths.append(Drawn(handle, kind, contents.count, _bounds(handle, matrix)))
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            contents.pictures.append(Drawn(handle, kind, contents.count, _bounds(handle, matrix)))
        elif kind == raw.FPDF_PAGEOBJ_SHADING:
            contents.shadings.append(Drawn(handle, kind, contents.count, _bounds(handle, matrix)))
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            contents.forms += 1
            inner = (
                calls.inner_object(handle, index) or 0 for index in range(max(0, calls.count_inner(handle)))
            )
            _list(inner, contents, _within(_matrix(handle), matrix), depth + 1)


def _bounds(handle: int, matrix: Matrix) -> Box:
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    calls.bounds_of(handle, left, bottom, right, top)
    if matrix == _UNCHANGED:
        return left.value, bottom.value, right.value, top.value
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (left.value, right.value) for y in (bottom.value, top.value)]
    across = [a * x + c * y + e for x, y in corners]
    upwards = [b * x + d * y + f for x, y in corners]
    return min(across), min(upwards), max(across), max(upwards)


def _matrix(handle: int) -> Matrix:
    found = raw.FS_MATRIX()
    calls.matrix_of(handle, byref(found))
    return found.a, found.b, found.c, found.d, found.e, found.f


def _within(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    k, m, n, p, q, r = outer
    return (a * k + b * n, a * m + b * p, c * k + d * n, c * m + d * p, e * k + f * n + q, e * m + f * p + r)
