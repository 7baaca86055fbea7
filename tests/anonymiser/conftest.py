"""What the anonymiser's tests share: documents built from raw XML, one author, one heading."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import StreamObject

from anonymiser import Anonymised, Author, Heading, Manuscript, dump_manuscript
from anonymiser.manuscript import walk_paragraphs

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{_W}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def make_docx(body: str, parts: dict[str, str | bytes] | None = None, relations: str = "") -> bytes:
    """A Word document with this body. `parts` are wrapped in nothing; "{ns}" in them gives the namespaces."""
    found = parts or {}
    linked = "".join(
        f'<Relationship Id="auto-{kind}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>'
        for kind in ("styles", "numbering", "footnotes", "endnotes", "settings", "comments")
        if f"word/{kind}.xml" in found
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        package.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{_RELATIONS}">{linked}{relations}</Relationships>',
        )
        package.writestr(
            "word/document.xml", f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>"
        )
        for name, content in found.items():
            package.writestr(
                name, content.replace("{ns}", _NAMESPACES) if isinstance(content, str) else content
            )
    return out.getvalue()


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    run_properties = f"<w:rPr>{run}</w:rPr>" if run else ""
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r>{run_properties}"
        f'<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


@pytest.fixture
def docx() -> Callable[..., bytes]:
    return make_docx


@pytest.fixture
def para() -> Callable[..., str]:
    return paragraph


@pytest.fixture
def heading() -> Heading:
    return Heading("4173", "Larkspur")


@pytest.fixture
def author() -> Author:
    return Author(
        name="Dr Jane Mary Okonkwo",
        also_known_as=("Jane Brennan",),
        emails=("jane.okonkwo@larkfieldsurgery.nhs.uk",),
        phones=("+44 7700 900123",),
        organisations=("Larkfield Surgery", "Queens College Department of General Practice"),
        postal_address="14 Larkfield Road\nSheffield\nS10 2AB",
        orcid="0000-0002-1825-0097",
        registration_numbers=("GMC 1234567",),
    )


@pytest.fixture
def words_of() -> Callable[[Manuscript], str]:
    def words(manuscript: Manuscript) -> str:
        return "\n".join(paragraph.text for paragraph in walk_paragraphs(manuscript))

    return words


@pytest.fixture
def wild() -> Path:
    """Real documents from many programs, which lie beside the checkout where they are at all."""
    folder = Path(__file__).parents[2].parent / "shared" / "samples"
    if not folder.is_dir():
        pytest.skip("the documents from the wild are not beside this checkout")
    return folder


@pytest.fixture
def everything_of() -> Callable[[Anonymised], str]:
    """All that is kept or handed on of an essay as one text in lower case, the PDF's streams unpacked."""

    def everything(made: Anonymised) -> str:
        pdf = PdfReader(io.BytesIO(made.pdf))
        objects = [pdf.get_object(number) for table in pdf.xref.values() for number in table]
        streams = [each.get_data() for each in objects if isinstance(each, StreamObject)]
        report = json.dumps(made.report.as_json("entry")).encode()
        kept = b"".join((dump_manuscript(made.manuscript), report, made.pdf, *streams)).decode("latin-1")
        return (kept + "".join(page.extract_text() for page in pdf.pages)).casefold()

    return everything
