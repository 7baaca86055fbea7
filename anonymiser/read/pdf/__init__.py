"""Reads a PDF that holds text: what is seen on its pages, in the order in which it is read, and nothing else."""

from anonymiser.read.reading import Reading


def read_pdf(source: bytes) -> Reading:
    """Read the PDF whole, or raise Refused; with `scanned` where its pages are pictures."""
    # pdfium takes a quarter of a second to load, which most uses of the library never need.
    from anonymiser.read.pdf.document import read_document

    return read_document(source)
