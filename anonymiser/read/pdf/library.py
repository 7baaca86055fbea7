"""Opens a PDF with pdfium, one at a time, and closes it again whatever happens."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
from pypdfium2 import raw

from anonymiser.errors import RefusalCode, Refused

# pdfium keeps its state in globals: two documents at once in two threads corrupt each other.
_one_at_a_time = threading.Lock()


@contextmanager
def opened(source: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Raises: Refused."""
    with _one_at_a_time:
        try:
            document = pypdfium2.PdfDocument(source)
        except pypdfium2.PdfiumError as error:
            if error.err_code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}:
                raise Refused(RefusalCode.ENCRYPTED) from None
            whole = b"%%EOF" in source[-2048:]
            raise Refused(RefusalCode.UNREADABLE if whole else RefusalCode.TRUNCATED) from None
        try:
            yield document
        except pypdfium2.PdfiumError:
            raise Refused(RefusalCode.UNREADABLE) from None
        finally:
            document.close()
