"""What pypdf, which is nobody's here, makes of a reading copy: asked where somebody checks a file they were given."""

from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

_ACTIVE = {"/OpenAction", "/AA", "/AcroForm", "/Names", "/Outlines", "/OCProperties", "/AF", "/Metadata"}


def agrees(pdf: bytes) -> bool:
    """Whether it too opens as pages of text with a title, and holds nothing that says or does more."""
    try:
        reader = PdfReader(BytesIO(pdf), strict=True)
        root = reader.root_object
        return (
            set(reader.metadata or ()) <= {"/Title"}
            and not _ACTIVE & set(root)
            and not reader.attachments
            and not any({"/Annots", "/AA"} & set(page) for page in reader.pages)
            and any(page.extract_text().strip() for page in reader.pages)
        )
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return False
