"""Invented writers, and essays that name whoever wrote them wherever such a file can."""

import io
import zipfile
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

from docx import Document
from PIL import Image, PngImagePlugin

_OASIS = ("office", "style", "text", "meta")


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
    drawing, out = io.BytesIO(_drawing(writer)), io.BytesIO()
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


def telling_odt(writer: Writer, paragraphs: tuple[str, ...], *, title: str, saved_at: datetime) -> bytes:
    """The same as OpenDocument, which keeps each of these in a place of its own."""
    out = io.BytesIO()
    first, *rest = (escape(each) for each in signed(writer, paragraphs))
    comment = (
        f"<office:annotation><dc:creator>{writer.name}</dc:creator><text:p>{writer.first}, cut this?</text:p>"
        "</office:annotation>"
    )
    frame = (
        '<draw:frame svg:width="60pt" svg:height="40pt" text:anchor-type="as-char"><draw:image '
        'xlink:href="Pictures/1.png"/></draw:frame>'
    )
    written = f"<text:p>{first}</text:p><text:p>{rest[0]}{comment}</text:p>" + "".join(
        f"<text:p>{each}</text:p>" for each in rest[1:]
    )
    body = f'<text:p text:style-name="Title">{escape(title)}</text:p>{written}<text:p>{frame}</text:p>'
    master = (
        '<office:master-styles><style:master-page style:name="Standard">'
        f"<style:header><text:p>{writer.name}, {writer.organisation}</text:p></style:header>"
        f"<style:footer><text:p>{writer.email}</text:p></style:footer></style:master-page></office:master-styles>"
    )
    named = '<office:styles><style:style style:name="Title" style:family="paragraph"/></office:styles>'
    about = f"<meta:initial-creator>{writer.name}</meta:initial-creator><dc:title>{writer.organisation}</dc:title>"
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": _odf("content", f"<office:body><office:text>{body}</office:text></office:body>"),
        "styles.xml": _odf("styles", named + master),
        "meta.xml": _odf("meta", f"<office:meta>{about}</office:meta>"),
        "Pictures/1.png": _drawing(writer),
    }
    with zipfile.ZipFile(out, "w") as new:
        for name, content in parts.items():
            new.writestr(zipfile.ZipInfo(name, saved_at.timetuple()[:6]), content)
    return out.getvalue()


def telling_rtf(writer: Writer, paragraphs: tuple[str, ...], *, title: str, saved_at: datetime) -> bytes:
    """The same as rich text: its author and comment stand in groups of the one file."""
    first, *rest = (_rich(each) for each in signed(writer, paragraphs))
    comment = (
        rf"{{\*\atnid ZQ}}{{\*\atnauthor {_rich(writer.name)}}}"
        rf"{{\*\annotation {_rich(writer.first)}, cut this?}}"
    )
    written = [first, rest[0] + comment, *rest[1:]]
    picture = r"{\pict\pngblip\picw60\pich40\picwgoal1200\pichgoal800 " + _drawing(writer).hex() + "}"
    lines = "".join(rf"\pard\plain {each}\par" + "\n" for each in (*written, picture))
    return (
        r"{\rtf1\ansi\ansicpg1252{\stylesheet{\s0 Normal;}{\s1 Title;}}"
        rf"{{\info{{\author {_rich(writer.name)}}}{{\company {_rich(writer.organisation)}}}"
        rf"{{\creatim\yr{saved_at.year}\mo{saved_at.month}\dy{saved_at.day}}}}}"
        rf"{{\header {_rich(writer.name)}\par}}{{\footer {_rich(writer.email)}\par}}"
        rf"\pard\plain\s1 {_rich(title)}\par" + "\n" + lines + "}"
    ).encode("ascii")


def telling_file(
    writer: Writer, paragraphs: tuple[str, ...], *, title: str, saved_at: datetime, file_name: str
) -> bytes:
    """The essay in the kind of file that its name says."""
    make = {"docx": telling_docx, "odt": telling_odt, "rtf": telling_rtf}[file_name.rpartition(".")[2]]
    return make(writer, paragraphs, title=title, saved_at=saved_at)


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


def _drawing(writer: Writer) -> bytes:
    out, note = io.BytesIO(), PngImagePlugin.PngInfo()
    note.add_text("Author", writer.name)
    Image.new("RGB", (60, 40), "white").save(out, "PNG", pnginfo=note)
    return out.getvalue()


def _odf(kind: str, inner: str) -> str:
    spaces = {each: f"urn:oasis:names:tc:opendocument:xmlns:{each}:1.0" for each in _OASIS} | {
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
        "xlink": "http://www.w3.org/1999/xlink",
    }
    named = "".join(f' xmlns:{each}="{space}"' for each, space in spaces.items())
    return f"<office:document-{kind}{named}>{inner}</office:document-{kind}>"


def _rich(text: str) -> str:
    return "".join(each if each.isascii() else rf"\u{ord(each)}?" for each in text)


def _zipped_at(content: bytes, saved_at: datetime) -> bytes:
    """The same document with every part dated as this writer's machine would."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, saved_at.timetuple()[:6]), old.read(name))
    return out.getvalue()
