"""Counts what a PDF carries beside its pages and what never passes: comments, files, programs, properties."""

from ctypes import c_ushort

import pypdfium2
from pypdfium2 import raw

from anonymiser.errors import RefusalCode, Refused
from anonymiser.read.reading import Tally

_PROPERTIES = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate")
_EMPTY = 2  # bytes of a text without characters
_MOST = 10_000  # annotations of a page, entries of an outline
_UNREMARKABLE = {raw.FPDF_ANNOT_POPUP}
_UNTOUCHED = {"", "Off"}


def count_leftovers(document: pypdfium2.PdfDocument, tally: Tally) -> None:
    lengths = [raw.FPDF_GetMetaText(document, tag.encode(), None, 0) for tag in _PROPERTIES]
    tally.add("property", "package", sum(length > _EMPTY for length in lengths))
    tally.add("embedded file", "package", max(0, raw.FPDFDoc_GetAttachmentCount(document)))
    tally.add("macro", "package", max(0, raw.FPDFDoc_GetJavaScriptActionCount(document)))
    tally.add("digital signature", "package", max(0, raw.FPDF_GetSignatureCount(document)))
    entries = 0
    entry = raw.FPDFBookmark_GetFirstChild(document, None)
    while entry and entries < _MOST:
        entries += 1
        entry = raw.FPDFBookmark_GetNextSibling(document, entry)
    tally.add("bookmark", "package", entries)


def count_annotations(page: pypdfium2.PdfPage, tally: Tally) -> None:
    count = raw.FPDFPage_GetAnnotCount(page)
    if count > _MOST:
        raise Refused(RefusalCode.TOO_COMPLEX)
    for index in range(count):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            what = _name(annotation)
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
        if what:
            tally.add(what, "text")


def _name(annotation: object) -> str:
    kind = raw.FPDFAnnot_GetSubtype(annotation)
    if kind in _UNREMARKABLE:
        return ""
    if kind == raw.FPDF_ANNOT_LINK:
        return "link target"
    if kind == raw.FPDF_ANNOT_FILEATTACHMENT:
        return "embedded file"
    if kind == raw.FPDF_ANNOT_WIDGET:
        return "" if _value(annotation) in _UNTOUCHED else "form field, could not be kept"
    return "comment"


def _value(annotation: object) -> str:
    buffer = (c_ushort * 64)()
    raw.FPDFAnnot_GetStringValue(annotation, b"V", buffer, 128)
    return bytes(buffer).decode("utf-16-le", "replace").split("\0")[0].strip()
