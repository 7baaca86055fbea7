"""The calls into pdfium that are made for every word: the same functions as in `raw`, with pointers as plain numbers.

The bindings wrap each pointer in an object, which costs more than the call, and so does giving up the
interpreter's lock for it.
"""

import ctypes
from typing import Any

from pypdfium2 import raw

_HANDLE, _INT = ctypes.c_void_p, ctypes.c_int


def _declare(name: str, result: Any, *arguments: Any) -> Any:
    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


_COLOUR = ctypes.POINTER(ctypes.c_uint)
object_at = _declare("FPDFText_GetTextObject", _HANDLE, _HANDLE, _INT)
loose_box_at = _declare("FPDFText_GetLooseCharBox", _INT, _HANDLE, _INT, ctypes.POINTER(raw.FS_RECTF))
origin_at = _declare(
    "FPDFText_GetCharOrigin",
    _INT,
    _HANDLE,
    _INT,
    ctypes.POINTER(ctypes.c_double),
    ctypes.POINTER(ctypes.c_double),
)
matrix_at = _declare("FPDFText_GetMatrix", _INT, _HANDLE, _INT, ctypes.POINTER(raw.FS_MATRIX))
size_at = _declare("FPDFText_GetFontSize", ctypes.c_double, _HANDLE, _INT)
unmapped_at = _declare("FPDFText_HasUnicodeMapError", _INT, _HANDLE, _INT)
font_of = _declare("FPDFTextObj_GetFont", _HANDLE, _HANDLE)
mode_of = _declare("FPDFTextObj_GetTextRenderMode", _INT, _HANDLE)
fill_of = _declare("FPDFPageObj_GetFillColor", _INT, _HANDLE, _COLOUR, _COLOUR, _COLOUR, _COLOUR)
type_of = _declare("FPDFPageObj_GetType", _INT, _HANDLE)
_FLOAT = ctypes.POINTER(ctypes.c_float)
bounds_of = _declare("FPDFPageObj_GetBounds", _INT, _HANDLE, _FLOAT, _FLOAT, _FLOAT, _FLOAT)
matrix_of = _declare("FPDFPageObj_GetMatrix", _INT, _HANDLE, ctypes.POINTER(raw.FS_MATRIX))
count_objects = _declare("FPDFPage_CountObjects", _INT, _HANDLE)
object_of_page = _declare("FPDFPage_GetObject", _HANDLE, _HANDLE, _INT)
count_inner = _declare("FPDFFormObj_CountObjects", _INT, _HANDLE)
inner_object = _declare("FPDFFormObj_GetObject", _HANDLE, _HANDLE, ctypes.c_ulong)
activate = _declare("FPDFPageObj_SetIsActive", _INT, _HANDLE, _INT)
draw_mode_of = _declare("FPDFPath_GetDrawMode", _INT, _HANDLE, ctypes.POINTER(_INT), ctypes.POINTER(_INT))
segments_of = _declare("FPDFPath_CountSegments", _INT, _HANDLE)
