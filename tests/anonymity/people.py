"""Invented writers, and essays that name whoever wrote them wherever such a file can."""

import io
import zipfile
from dataclasses import dataclass
from datetime import datetime

from docx import Document
from PIL import Image, PngImagePlugin


@dataclass(frozen=True)
class Writer:
    """Somebody who enters, with everything the form asks of them."""

    first: str
    last: str
    email: str
    phone: str
    postal_address: str
    registration_number: str
    organisation: str
    co_authors: tuple[tuple[str, str], ...] = ()
    """Pairs of name and e-mail."""

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"

    @property
    def fields(self) -> dict[str, str]:
        """What they type into the form about themselves."""
        return {
            "name": self.name,
            "email": self.email,
            "phone": self.phone,
            "postal_address": self.postal_address,
            "registration_number": self.registration_number,
            "organisations": self.organisation,
            "co_authors": "\n".join(", ".join(each) for each in self.co_authors),
        }


# Long and short names, one or several words, with and without co-authors: whatever depends on a name's
# length, alphabet or place in the alphabet has something to differ by.
WRITERS = (
    Writer(
        "Zephyrine", "Quackenbush", "zephyrine@quackenbush.example", "01632 960100",
        "7 Winterbourne Row, Ludlow SY8 2PQ", "GMC 7654321", "Winterbourne Zigzag Surgery",
        (("Hesper Dunnock", "hesper@dunnock.example"), ("Ulf Brandtzaeg", "ulf@brandtzaeg.example")),
    ),
    Writer(
        "Bo", "Nwosu", "bo@nwosu.example", "020 7946 0991",
        "Flat 2, 88 Cinnabar Street, London E1 7XX", "NMC 12A3456B", "Cinnabar Walk Clinic",
    ),
    Writer(
        "Maximiliana", "Featherstonehaugh-Villanueva", "maximiliana@villanueva.example", "0131 496 0755",
        "The Old Observatory, Upper Marchmont, Edinburgh EH9 1XY", "GMC 1122334",
        "Marchmont and Observatory Road Medical Practice", (("Al Poe", "al@poe.example"),),
    ),
    Writer(
        "Aurelio", "Brankovic", "aurelio@brankovic.example", "0117 496 0333",
        "15 Tannery Rise, Bristol BS3 4RT", "HCPC PYL22222", "Tannery Rise Hospice",
    ),
)  # fmt: skip


def telling_docx(writer: Writer, paragraphs: tuple[str, ...], *, title: str, saved_at: datetime) -> bytes:
    """A Word document that names its writer in text, header, footer, comment, picture and properties."""
    drawing, out = io.BytesIO(), io.BytesIO()
    note = PngImagePlugin.PngInfo()
    note.add_text("Author", writer.name)
    Image.new("RGB", (60, 40), "white").save(drawing, "PNG", pnginfo=note)
    drawing.seek(0)
    document = Document()
    properties = document.core_properties
    properties.author = properties.last_modified_by = writer.name
    properties.title = properties.keywords = properties.comments = f"{writer.name}, {writer.organisation}"
    properties.created = properties.modified = saved_at.replace(tzinfo=None)
    document.sections[0].header.paragraphs[0].text = f"{writer.name}, {writer.organisation}"
    document.sections[0].footer.paragraphs[0].text = writer.email
    document.add_heading(title, level=0)
    for paragraph in signed(writer, paragraphs):
        document.add_paragraph(paragraph)
    document.add_picture(drawing)
    document.add_comment(
        document.paragraphs[2].runs, text=f"{writer.first}, cut this?", author=writer.name, initials="ZQ"
    )
    document.save(out)
    return _zipped_at(out.getvalue(), saved_at)


def telling_text(writer: Writer, paragraphs: tuple[str, ...], *, title: str) -> str:
    """The same as Markdown, to be pasted."""
    return "\n\n".join((f"# {title}", *signed(writer, paragraphs))) + "\n"


def signed(writer: Writer, paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """The paragraphs as this writer would have written them, with what surely names them."""
    return (
        f"by {writer.name}",
        *(each.format(first=writer.first, last=writer.last, work=writer.organisation) for each in paragraphs),
        f"Dr {writer.name}",
        writer.email,
        writer.phone,
        writer.registration_number,
    )


def _zipped_at(content: bytes, saved_at: datetime) -> bytes:
    """The same document with every part dated as this writer's machine would."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, saved_at.timetuple()[:6]), old.read(name))
    return out.getvalue()
